# What the cases share. Sourced, not run: source Tests/Machine/helpers.bash

set -euo pipefail
export SWIFT_BACKTRACE=enable=no

# Ends the case as failed, with a reason.
fail() { echo "$1"; exit 1; }

# Ends the case as skipped, with a reason.
skip() { echo "$1"; exit 77; }

# The path of something that was built; skips the case when it was not.
built() {
  local found
  found=$(find -L "$ANTIPHON_BUILD" -maxdepth 1 -name "$1" | head -n 1)
  [[ -n $found ]] || { echo "$1 is not built in $ANTIPHON_BUILD" >&2; return 77; }
  echo "$found"
}

# eventually SECONDS COMMAND...: waits until the command succeeds.
eventually() {
  local end=$((SECONDS + $1 + 1))
  shift
  until "$@"; do
    [[ $SECONDS -lt $end ]] || fail "this did not come true in time: $*"
    sleep 0.05
  done
}

# The number of the sequencer client of a name.
client_number() { aconnect -l | sed -n "s/^client \([0-9]*\): '$1'.*/\1/p" | head -n 1; }
has_client() { [[ -n $(client_number "$1") ]]; }

# True when `aconnect -l` has a line that contains a text.
is_wired() { aconnect -l | grep -qF "$1"; }

# fails COMMAND...: the opposite, for eventually.
fails() { ! "$@"; }

# elapsed TIME TIME: the milliseconds between two values of EPOCHREALTIME.
elapsed() { awk "BEGIN { printf \"%.0f ms\", ($2 - $1) * 1000 }"; }

# keep FILE...: leaves files as evidence in the folder that the machine shares with the host, if it does.
keep() { ! mountpoint -q /mnt/share || cp "$@" /mnt/share; }

# contains FILE TEXT
contains() { grep -qF "$2" "$1"; }

# Starts a program in the background that ends with the case; its process number is then in $started.
start() {
  "$@" &
  started=$!
  background+=("$started")
}
background=()

# Commands to be run when the case ends, however it ends: at_end COMMAND...
at_end() { endings+=("$*"); }
endings=()
end_case() {
  local command
  {
    [[ ${#background[@]} == 0 ]] || kill -KILL "${background[@]}" || true
    wait
  } 2> /dev/null
  for command in "${endings[@]}"; do eval "$command" || true; done
}
trap end_case EXIT

# Writes a MIDI file of one track, whose events are given as \x.. bytes: midi_file FILE EVENTS
midi_file() {
  local content=$2'\x00\xff\x2f\x00' bytes
  printf -v bytes '\\x%02x\\x%02x' $((${#content} / 4 >> 8 & 255)) $((${#content} / 4 & 255))
  printf 'MThd\x00\x00\x00\x06\x00\x00\x00\x01\x01\xe0MTrk%b%b' "\x00\x00$bytes" "$content" > "$1"
}

# Writes a MIDI file with notes of a quarter of a second, one after another: melody FILE PITCH...
melody() {
  local file=$1 events='' note pitch
  shift
  for pitch in "$@"; do
    printf -v note '\\x00\\x90\\x%02x\\x64\\x81\\x70\\x80\\x%02x\\x40' "$pitch" "$pitch"
    events+=$note
  done
  midi_file "$file" "$events"
}
