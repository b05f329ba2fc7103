# What the cases share that run the daemon as a hardened service of the user. Sourced after helpers.bash.

source Tests/Machine/listening.bash
[[ -S $XDG_RUNTIME_DIR/bus ]] || fail 'the service manager of the user has not started; is the host too busy?'
program=$(built antiphond) || skip 'antiphond is not built; run "swift build"'
antiphon=$(built antiphon) || skip 'antiphon is not built; run "swift build"'
folder=$(mktemp -d)
server=service-$$
config=$HOME/.config
log=$XDG_RUNTIME_DIR/antiphond-test.log
socket=$XDG_RUNTIME_DIR/antiphon/control
unit=$XDG_RUNTIME_DIR/systemd/user/antiphond.service

# install_service [LINE...]: writes the unit, with a drop-in of these lines. It is not started yet.
install_service() {
  local bin=$HOME/.local/lib/antiphon-test
  mkdir -p "$bin" "$unit.d" "$config/antiphon"
  # The unit's own /tmp hides what is built there.
  cp -R "$program" "$antiphon" presets "$bin"
  # Debian starts its own synthesizer in every session; nothing here needs it.
  systemctl --user --quiet mask --runtime --now fluidsynth.service 2> /dev/null || true
  sed "s,@bindir@,$bin," systemd/antiphond.service.in > "$unit"
  # The processor is emulated, and may be shared with others.
  printf '%s\n' '[Service]' "StandardError=append:$log" TimeoutStartSec=240 > "$unit.d/log.conf"
  drop_in "$@"
  {
    echo "ANTIPHON_MODELS=$bin/presets/models"
    echo "ANTIPHON_STYLES=$bin/presets/styles"
    echo 'ANTIPHON_SOUNDFONT=/usr/share/sounds/sf2/TimGM6mb.sf2'
    echo "JACK_DEFAULT_SERVER=$server"
  } > "$config/antiphon/environment"
  rm -f "$log"
  at_end remove_service
}
remove_service() {
  systemctl --user stop antiphond
  rm -rf "$unit" "$unit.d" "$config/antiphon" "$log"
  systemctl --user daemon-reload
  systemctl --user reset-failed
}

# Gives the user manager the rights of the group audio, as the package jackd2 does when it is asked to: it was started
# without. Root has no password in this machine.
grant_realtime() {
  local manager
  manager=$(systemctl show --value --property MainPID user@1000.service)
  su --command "prlimit --pid $manager --rtprio=95 --memlock=unlimited" || fail 'the rights cannot be given'
}

# drop_in LINE...: gives the unit these settings instead of those of the last drop-in.
drop_in() {
  printf '%s\n' '[Service]' "$@" > "$unit.d/test.conf"
  systemctl --user daemon-reload
}

# Starts the service; the manager waits for its READY=1.
start_service() {
  systemctl --user start antiphond || fail "the unit does not start: $(systemctl --user status antiphond; cat "$log")"
  is_active || fail "the unit is not active: $(systemctl --user status antiphond; cat "$log")"
}
is_active() { [[ $(property ActiveState) == active ]]; }
property() { systemctl --user show --value --property "$1" antiphond.service; }
has_status() { [[ $(property StatusText) == *"$1"* ]]; }
has_restarted() { [[ $(property NRestarts) -ge $1 && $(property ActiveState) == active ]]; }

# Starts jackd; the rate is low because the machine's processor is emulated.
start_jack() { start jackd --no-realtime --name "$server" -d dummy -r 8000 -p 512 > "$folder/jackd.log" 2>&1; }

# Finds the ports of the daemon on the sequencer.
find_ports() {
  eventually 30 has_client antiphon
  in=$(client_number antiphon):0 out=$(client_number antiphon):1
}

# Writes what `antiphon watch` says to a file; shows TEXT: whether its last line has this piece of JSON.
watch_service() {
  readouts=$folder/readouts
  start "$antiphon" watch --json > "$readouts" 2> "$folder/watch.log"
  eventually 60 test -s "$readouts"
}
shows() { grep -qF "$1" <<< "$(tail -n 1 "$readouts")"; }
is_over() { has_begun "$1" "$2" 1 && is_silent "$1" "$2" && shows '"state":"listening"'; }
