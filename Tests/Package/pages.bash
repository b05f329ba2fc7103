# Manual pages and completions. Sourced by Tests/Package/run.

for program in antiphon antiphond; do
  page=$work/$program.1
  gzip -dc "$prefix/share/man/man1/$program.1.gz" > "$page"
  if command -v groff > /dev/null; then
    check "$program.1 without warnings" silent groff -ww -man -Tutf8 -z "$page"
    groff -man -Tutf8 -P-cbou "$page" > "$work/$program.txt" 2> /dev/null
    for section in NAME SYNOPSIS DESCRIPTION OPTIONS 'EXIT STATUS' FILES ENVIRONMENT 'SEE ALSO'; do
      check "$program.1 has $section" grep -qx "$section" "$work/$program.txt"
    done
  fi
  for option in $("$prefix/bin/$program" --help | grep -oE '^ +(-., )?--[a-z-]+' | grep -oE -e '--[a-z-]+'); do
    check "$program.1 explains $option" grep -qF -e "${option//-/\\-}" "$page"
  done
  ! command -v bash > /dev/null || check "bash reads $program" bash -n "$prefix/share/bash-completion/completions/$program"
  ! command -v zsh > /dev/null || check "zsh reads $program" zsh -n "$prefix/share/zsh/site-functions/_$program"
  ! command -v fish > /dev/null || check "fish reads $program" fish -n "$prefix/share/fish/vendor_completions.d/$program.fish"
done
for command in $("$prefix/bin/antiphon" --help | sed -n '/^SUBCOMMANDS/,/^$/s/^  \([a-z]\+\) .*/\1/p'); do
  check "antiphon.1 explains $command" grep -qE "^\.SS $command( |$)" "$work/antiphon.1"
done

# offers WORDS...: what bash offers after these words, the last of which may be unfinished.
offers() {
  PATH=$prefix/bin:$PATH bash -c 'source "$1"; shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMPREPLY=()
    _antiphon antiphon "${@: -1}" "${@: -2:1}"
    echo "${COMPREPLY[*]}"' - "$prefix/share/bash-completion/completions/antiphon" "$@"
}
completes() { check "bash after \"${*:2}\"" test "$(offers "${@:2}")" == "$1"; }
completes temperature antiphon set te
completes 'on off' antiphon set thru ''
completes 'answer accompany' antiphon set mode a
completes 'balanced creative structured' antiphon style ''
completes 'answer accompany listen' antiphon mode ''
completes 'follow lock morph off' antiphon scale ''
completes 'Eb E' antiphon scale lock E
completes melodic_minor antiphon scale lock Eb mel
completes creative antiphon answer --style c
completes 'program panic' antiphon learn p
