# What the cases share that run the daemon itself. Sourced after helpers.bash: source Tests/Machine/daemon.bash
source Tests/Machine/listening.bash

daemon_program=$(built antiphond) || skip 'antiphond is not built; run "swift build"'
antiphon_program=$(built antiphon) || skip 'antiphon is not built; run "swift build"'
folder=$(mktemp -d)
server=machine-$$
export XDG_RUNTIME_DIR=$folder XDG_STATE_HOME=$folder/state XDG_CONFIG_HOME=$folder/config
export ANTIPHON_MODELS=$PWD/presets/models ANTIPHON_STYLES=$PWD/presets/styles

# What the daemon and jackd are run with, for example another user.
as=(env)

# daemon [OPTION...]: starts jackd with the dummy driver, and the daemon on it, and waits until it is on the sequencer.
# Then $in and $out are the addresses of its ports.
daemon() {
  serve "$@"
  eventually 20 has_client antiphon
  in=$(client_number antiphon):0
  out=$(client_number antiphon):1
}

# serve [OPTION...]: starts jackd and the daemon, and waits until it serves; $daemon is its number and $log its log.
# The rate is low because the machine's processor is emulated.
serve() {
  local model=presets/models/notes.safetensors font=/usr/share/sounds/sf2/TimGM6mb.sf2
  # Before a model is shipped the small one of the tests must do: it plays nonsense, but it plays.
  [[ -f $model ]] || model=Tests/NeuralTests/Golden/notes.safetensors
  log=$folder/antiphond.log
  start "${as[@]}" jackd --no-realtime --name "$server" -d dummy -r 8000 -p 512 > "$folder/jackd.log" 2>&1
  set -- --server "$server" --note-model "$model" --soundfont "$font" --seed 1 "$@"
  start "${as[@]}" "$daemon_program" "$@" 2> "$log"
  daemon=$started
  eventually 60 serves
  readouts=$folder/readouts
  start "$antiphon_program" watch --json > "$readouts" 2> "$folder/watch.log"
  eventually 60 test -s "$readouts"
}
serves() { alive && contains "$log" 'serves on'; }

# Ends the case when the daemon does not run any more.
alive() { kill -0 "$daemon" 2> /dev/null || fail "the daemon has ended: $(tail -n 5 "$log")"; }

# The status as one line of JSON. Starting a program takes seconds here: `shows` costs less.
status() { "$antiphon_program" status --json; }

# shows TEXT: whether the last readout of `antiphon watch` has this piece of JSON.
shows() { alive && grep -qF "$1" <<< "$(tail -n 1 "$readouts")"; }

# The number of a name in the last readout: shown NAME
shown() { tail -n 1 "$readouts" | sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p"; }

# Nothing sounds, and the daemon waits for a phrase; is_over: after it has answered one.
is_at_rest() { is_silent "$1" "$2" && shows '"state":"listening"'; }
is_over() { has_begun "$1" "$2" 1 && is_at_rest "$1" "$2"; }

# unplug, plug: takes the kernel's virtual keyboards out and puts them back.
unplug() { echo snd_virmidi.0 > /sys/bus/platform/drivers/snd_virmidi/unbind; }
plug() { echo snd_virmidi.0 > /sys/bus/platform/drivers/snd_virmidi/bind; }

# press BYTES...: sends hexadecimal bytes through the first virtual keyboard.
press() { printf "$(printf '\\x%s' "$@")" > /dev/snd/midiC0D0; }
