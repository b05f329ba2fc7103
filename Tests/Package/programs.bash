# The installed programs run by themselves: without a toolchain, without the source tree. Sourced by Tests/Package/run.

for program in antiphond antiphon; do
  check "the version of $program" test "$(env -i "$prefix/bin/$program" --version)" == "$version"
  ldd "$prefix/bin/$program" > "$work/libraries"
  check "$program finds its libraries" lacks "$work/libraries" 'not found'
  check "$program has the Swift runtime inside" lacks "$work/libraries" swift
  check "$program needs no library of a toolchain" silent awk '$3 ~ /^\// && $3 !~ /^\/(usr\/)?lib/' "$work/libraries"
  check "$program is stripped" test "$(readelf -S --wide "$prefix/bin/$program" | grep -c '\.symtab')" == 0
done
# The models are those of the installation: no other is in sight.
check 'an answer with the installed models' env -i HOME="$work/nobody" "$prefix/bin/antiphon" answer \
  demo/irish-washerwoman.mid -o "$work/answer.mid" --seed 1
check 'the answer is a MIDI file' test "$(head -c 4 "$work/answer.mid")" == MThd
