# The exit statuses, as the manual pages list them. Sourced by Tests/Package/run.

antiphon=$prefix/bin/antiphon
socket=(--socket "$work/nobody.socket")
ends 0 "$version" "$antiphon" --version
ends 64 "Unexpected argument 'bogus'" "$antiphon" bogus
ends 64 "Unknown option '--bogus'" "$antiphon" status --bogus
ends 64 '--count wants a whole number above 0' "$antiphon" watch --count 0
for command in status watch settings 'set temperature 1' style mode scale 'learn temperature' forget reply panic; do
  # shellcheck disable=SC2086
  ends 69 'antiphond is not running' "$antiphon" $command "${socket[@]}"
done
ends 1 'there is no such file' "$antiphon" analyze /nonexistent.wav
ends 1 'is longer than the 107 bytes' "$antiphon" status --socket "/$(printf 'x%.0s' {1..200})"
ends 64 "Unknown option '--bogus'" "$prefix/bin/antiphond" --bogus
ends 1 'There is no style "bogus"' "$prefix/bin/antiphond" --style bogus "${socket[@]}"

daemon "$prefix/bin"
socket=(--socket "$run/antiphon/control")
ends 0 'antiphond' "$antiphon" status "${socket[@]}"
ends 1 'bogus' "$antiphon" set bogus 1 "${socket[@]}"
ends 1 'temperature' "$antiphon" set temperature 99 "${socket[@]}"
ends 1 'already running' env XDG_STATE_HOME="$run" "$prefix/bin/antiphond" "${socket[@]}" --server "package-$$"
ends 0 '' "$antiphon" watch --json --count 1 "${socket[@]}"
# Each command that steers says what was done as JSON, too.
says_json() {
  check "JSON of $*" bash -c '
    key=$1; shift
    "$@" | python3 -c "import json, sys; lines = [json.loads(line) for line in sys.stdin]; assert lines and \"$key\" in lines[-1], lines"
  ' - "$@" --json "${socket[@]}"
}
for command in settings 'set temperature 1.1' 'style balanced' 'mode answer' scale 'scale lock D dorian'; do
  # shellcheck disable=SC2086
  says_json settings "$antiphon" $command
done
says_json audio "$antiphon" status
says_json styles "$antiphon" style
for command in 'learn density --controller 7' 'forget density' panic reload \
  'scale morph tritone/interpolation/1:1 ditone/interpolation/1:1 --cc 1'; do
  # shellcheck disable=SC2086
  says_json message "$antiphon" $command
done

# Ctrl-C: the end of `watch`, an interruption of `learn`.
interrupted() {
  local expected=$1 code=0 asked
  shift
  rm -f "$work/heard"
  # A shell that runs no jobs starts what is in the background with SIGINT ignored.
  env --default-signal=INT "$antiphon" "$@" "${socket[@]}" > "$work/heard" 2>&1 &
  asked=$!
  eventually test -s "$work/heard"
  kill -INT "$asked"
  wait "$asked" || code=$?
  check "status $code of $* after Ctrl-C" test "$code" == "$expected"
}
interrupted 0 watch --json
interrupted 130 learn temperature

# One that went away, one that does not answer.
code=0
rm -f "$work/heard"
"$antiphon" watch --json "${socket[@]}" > "$work/heard" 2>&1 &
watch=$!
eventually test -s "$work/heard"
kill -STOP "$daemon"
ends 69 "didn't answer in time" "$antiphon" status "${socket[@]}"
{ kill -KILL "$daemon"; wait "$daemon" || true; } 2> /dev/null
wait "$watch" || code=$?
check "status $code of watch after the daemon's death" test "$code" == 69
