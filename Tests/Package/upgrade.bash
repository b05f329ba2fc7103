# Installing again: nothing changes, what runs keeps running, what was changed stays. Sourced by Tests/Package/run.

cp "$prefix/share/antiphon/installed" "$work/installed"
check 'a dry run' scripts/install --dry-run --no-build --prefix "$work/dry"
check 'a dry run makes nothing' is_missing "$work/dry"

daemon "$prefix/bin"
check 'an installation over a running daemon' scripts/install --no-build --prefix "$prefix"
check 'the same list as before' cmp "$work/installed" "$prefix/share/antiphon/installed"
check 'the daemon has another file now' grep -q '(deleted)' <(readlink "/proc/$daemon/exe")
check 'the old daemon still answers' "$prefix/bin/antiphon" status --socket "$run/antiphon/control"
kill -TERM "$daemon"
check 'the old daemon ends well' wait "$daemon"

style=$prefix/share/antiphon/presets/styles/balanced.toml
echo '# mine' >> "$style"
check 'an installation over a changed style' scripts/install --no-build --prefix "$prefix"
check 'a changed style stays' grep -qx '# mine' "$style"
check 'the new one is beside it' cmp "$style.new" presets/styles/balanced.toml
check 'a file of an older version goes' bash -c '
  echo old > "$1/share/antiphon/presets/models/old.safetensors"
  echo "$(sha256sum < "$1/share/antiphon/presets/models/old.safetensors" | cut -d " " -f 1) $1/share/antiphon/presets/models/old.safetensors" \
    >> "$1/share/antiphon/installed"
  scripts/install --no-build --prefix "$1" && [[ ! -e $1/share/antiphon/presets/models/old.safetensors ]]' - "$prefix"

# A second copy is removed, the first one is for the checks that follow.
cp -a "$prefix" "$work/kept"
check 'a dry removal' scripts/install --remove --dry-run --prefix "$prefix"
check 'a dry removal removes nothing' diff -r "$prefix" "$work/kept"
check 'a removal' scripts/install --remove --prefix "$prefix"
check 'only the changed style is left' test "$(find "$prefix" -type f)" == "$style"
ends 1 'nothing is installed in' scripts/install --remove --prefix "$prefix"
check 'an installation where that style stands' scripts/install --no-build --prefix "$prefix"
check 'it stays there too' grep -qx '# mine' "$style"
check 'another removal' scripts/install --remove --prefix "$prefix"
check 'again only the style is left' test "$(find "$prefix" -type f)" == "$style"
rm -rf "$prefix"
check 'a new installation' scripts/install --no-build --prefix "$prefix"
check 'its removal' scripts/install --remove --prefix "$prefix"
check 'nothing is left' is_missing "$prefix"
mv "$work/kept" "$prefix"
