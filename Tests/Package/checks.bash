# What the package's tests share. Sourced by Tests/Package/run.

checks=0 failures=0

# check WHAT COMMAND...: the command must succeed; its output is shown when it does not.
check() {
  local what=$1
  shift
  checks=$((checks + 1))
  if ! "$@" > "$work/output" 2>&1; then
    failures=$((failures + 1))
    echo "FAIL  $what: $*"
    sed 's/^/      /' "$work/output"
  fi
}

# ends STATUS TEXT COMMAND...: the command must end with this status and say this text.
ends() {
  local status=$1 text=$2 code=0
  shift 2
  timeout 60 "$@" > "$work/said" 2>&1 < /dev/null || code=$?
  check "status $code of $*: $(head -n 2 "$work/said")" test "$code" == "$status"
  check "\"$text\" said by $*: $(head -n 2 "$work/said")" grep -qF -e "$text" "$work/said"
}

# silent COMMAND...: the command succeeds and says nothing.
silent() { ! "$@" 2>&1 | grep .; }
lacks() { ! grep -F -e "$2" "$1"; }
is_missing() { [[ ! -e $1 ]]; }

# eventually COMMAND...: within ten seconds.
eventually() {
  local end=$((SECONDS + 11))
  until "$@" > /dev/null 2>&1; do
    [[ $SECONDS -lt $end ]] || return 1
    sleep 0.05
  done
}

# daemon BIN [OPTION...]: starts a daemon without audio and keyboards, whose socket and files stand in $run.
daemon() {
  local bin=$1
  shift
  run=$(mktemp -d "$work/run.XXXX")
  env -u ANTIPHON_BUILD XDG_RUNTIME_DIR="$run" XDG_STATE_HOME="$run" XDG_CONFIG_HOME="$run" XDG_DATA_HOME="$run" \
    "$bin/antiphond" --server "package-$$" --no-keyboards "$@" 2> "$run/log" &
  daemon=$!
  daemons+=("$daemon")
  eventually grep -q 'serves on' "$run/log" || { cat "$run/log"; exit 1; }
}
