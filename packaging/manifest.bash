# Puts files into place, keeps a list of them, and removes them by it. Sourced by scripts/install.
#
# A line of the list is the SHA-256 of a file as it was installed and its path, or "folder" and the path of a folder that
# was made for it. Paths are without DESTDIR.

checksum() { sha256sum < "$1" | cut -d ' ' -f 1; }

# is_changed FILE CHECKSUM: whether somebody has worked on an installed file since.
is_changed() { [[ -f $1 && $(checksum "$1") != "$2" ]]; }

# place STAGE DESTINATION MANIFEST: moves the files of STAGE below DESTINATION. Each comes in under another name first,
# so that what runs keeps the old file and never sees half a new one.
place() {
  local stage=$1 destination=$2 manifest=$3 file sum mark
  local -A old=()
  local folders=() lines=()
  if [[ -f $destination$manifest ]]; then
    while read -r mark file; do
      if [[ $mark == folder ]]; then folders+=("$file"); else old[$file]=$mark; fi
    done < "$destination$manifest"
  fi
  while read -r file; do
    make_folders "$destination" "$(dirname "$file")"
    sum=$(checksum "$stage$file")
    # A preset that is not as it was installed, or that stands where none was installed, is somebody's own.
    if [[ $file == */presets/* ]] && is_changed "$destination$file" "${old[$file]:-$sum}"; then
      echo "$destination$file is your own and stays; the new one is beside it, with .new behind its name." >&2
      mv -f "$stage$file" "$destination$file.new"
      lines+=("${old[$file]:-$sum} $file" "$sum $file.new")
      unset "old[$file.new]"
    else
      cp -p "$stage$file" "$destination$file.incoming"
      mv -f "$destination$file.incoming" "$destination$file"
      lines+=("$sum $file")
    fi
    unset "old[$file]"
  done < <(cd "$stage" && find . -type f | sed 's/^\.//' | LC_ALL=C sort)
  # What an older version had and this one has not.
  for file in "${!old[@]}"; do
    is_changed "$destination$file" "${old[$file]}" || rm -f "$destination$file"
  done
  {
    [[ ${#folders[@]} == 0 ]] || printf 'folder %s\n' "${folders[@]}"
    printf '%s\n' "${lines[@]}"
  } > "$destination$manifest.incoming"
  mv -f "$destination$manifest.incoming" "$destination$manifest"
}

# make_folders DESTINATION FOLDER: makes the folder and those above it, and notes the new ones in `folders`, outer first.
make_folders() {
  if [[ $2 == / ]]; then mkdir -p "$1/"; fi
  [[ ! -d $1$2 ]] || return 0
  make_folders "$1" "$(dirname "$2")"
  mkdir -m 755 "$1$2"
  folders+=("$2")
}

# remove_listed DESTINATION MANIFEST DRY
remove_listed() {
  local destination=$1 manifest=$2 dry=$3 mark file index folders=()
  while read -r mark file; do
    if [[ $mark == folder ]]; then
      folders+=("$file")
    elif is_changed "$destination$file" "$mark"; then
      echo "$destination$file was changed and stays." >&2
    elif [[ $dry == 1 ]]; then
      echo "remove $destination$file"
    else
      rm -f "$destination$file"
    fi
  done < "$destination$manifest"
  [[ $dry == 0 ]] || return 0
  rm -f "$destination$manifest"
  for ((index = ${#folders[@]} - 1; index >= 0; index--)); do
    rmdir --ignore-fail-on-non-empty "$destination${folders[index]}" 2> /dev/null || true
  done
}

# Whether the user's service manager runs the daemon from this installation.
runs_as_unit() {
  [[ -z $destination && $(systemctl --user show --property FragmentPath --value antiphond 2> /dev/null) == "$units"/* ]] \
    && systemctl --user --quiet is-active antiphond 2> /dev/null
}

# Ends the daemon of this installation, so that no link to its unit is left.
disable_unit() {
  local links=${XDG_CONFIG_HOME:-${HOME:-}/.config}/systemd/user
  [[ -z $destination && $(readlink "$links/default.target.wants/antiphond.service") == "$units/antiphond.service" ]] \
    || runs_as_unit || return 0
  systemctl --user --quiet disable --now antiphond 2> /dev/null \
    || echo "The service could not be ended; when you are logged in: systemctl --user disable --now antiphond" >&2
}
