# What the cases share that listen to ports of the sequencer. Sourced after helpers.bash.

# hear FILE ADDRESS...: writes what these ports send to a file, each line behind its time of arrival.
hear() {
  local file=$1
  shift
  : > "$file"
  start aseqdump -p "$(IFS=,; echo "$*")" > >(
    while IFS= read -r line; do echo "$EPOCHREALTIME $line"; done >> "$file"
  )
  eventually 10 hears "pid=$started]" "${!#}"
}
# hears TEXT ADDRESS: whether the client with this text in its description has a port connected to its first one.
hears() { grep -F -A 2 "$1" <<< "$(aconnect -l)" | grep -qE "Connected From: (.*, )?$2(,|\[|$)"; }

# tally FILE ADDRESS: counts the notes of a port in a file of `hear`: how many began ($begun) and sound ($sounding), and
# when the first and the last event came ($first, $last). Without a process of its own, so that it is quick.
tally() {
  local time port type kind channel name pitch rest
  local -A held=()
  begun=0 first='' last=''
  while read -r time port type kind channel name pitch name rest; do
    [[ $type == Note && $port == "$2" ]] || continue
    last=$time first=${first:-$time}
    unset "held[$channel$pitch]"
    if [[ $kind == on && $rest != 0 ]]; then begun=$((begun + 1)) held[$channel$pitch]=1; fi
  done < "$1"
  sounding=${#held[@]}
}
has_begun() { tally "$1" "$2" && ((begun >= $3)); }
is_sounding() { tally "$@" && ((sounding > 0)); }
is_silent() { tally "$@" && ((sounding == 0)); }
