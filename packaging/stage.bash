# Makes everything that is installed, in a folder of its own. Sourced by scripts/install, whose variables it reads.

# list_files: each file with its mode, as it will stand below the prefix.
list_files() {
  local program kind file
  for program in "${programs[@]}"; do
    echo "755 $bin/$program"
    echo "644 $manual/$program.1.gz"
    echo "644 $bash_completions/$program"
    echo "644 $zsh_completions/_$program"
    echo "644 $fish_completions/$program.fish"
  done
  for kind in models styles; do
    for file in "$here/presets/$kind"/*; do echo "644 $data/presets/$kind/$(basename "$file")"; done
  done
  echo "644 $units/antiphond.service"
  echo "644 $documentation/copyright"
  for file in "$here/docs"/*.md "$here/docs"/*.png; do echo "644 $documentation/$(basename "$file")"; done
  # Debian has the licence in /usr/share/common-licenses.
  [[ $prefix == /usr ]] || echo "644 $documentation/LICENSE"
}

# stage FOLDER: makes each of these files below FOLDER.
stage() {
  local mode file
  while read -r mode file; do
    mkdir -p "$1$(dirname "$file")"
    make_file "$file" "$1$file"
    chmod "$mode" "$1$file"
  done < <(list_files)
}

# make_file FILE TARGET
make_file() {
  local name
  name=$(basename "$1")
  case $1 in
    "$bin"/*) strip --strip-unneeded -o "$2" "$binaries/$name" ;;
    "$manual"/*) manual_page "${name%.1.gz}" | gzip -9n > "$2" ;;
    "$bash_completions"/*) completions "$name" bash > "$2" ;;
    "$zsh_completions"/*) completions "${name#_}" zsh > "$2" ;;
    "$fish_completions"/*) completions "${name%.fish}" fish > "$2" ;;
    "$data"/presets/*) cp "$here/presets/${1#"$data/presets/"}" "$2" ;;
    "$units"/*) sed "s|@bindir@|$bin|g" "$here/systemd/$name.in" > "$2" ;;
    "$documentation"/copyright) cp "$here/packaging/copyright" "$2" ;;
    "$documentation"/LICENSE) cp "$here/LICENSE" "$2" ;;
    "$documentation"/*) cp "$here/docs/$name" "$2" ;;
  esac
}

# Completions are read, not run: without a line that names an interpreter.
completions() { "$binaries/$1" --generate-completion-script "$2" | sed '1{/^#!/d}'; }

# The options come from the program itself, the rest from packaging/man.
manual_page() {
  "$binaries/$1" --experimental-dump-help | python3 "$here/packaging/man/manual.py" \
    "$("$binaries/$1" --version)" "$here/packaging/man/$1.inc" "$here/packaging/man/common.inc"
}

# What is left for the person to do.
say_what_next() {
  local enable=antiphond
  echo "Antiphon $("$bin/antiphon" --version) is installed in $prefix."
  [[ $unit_is_found == 1 ]] || enable=$units/antiphond.service
  if runs_as_unit; then
    echo "The daemon that runs is still the old one: systemctl --user daemon-reload && systemctl --user restart antiphond"
  else
    echo "Start it now and at each login: systemctl --user daemon-reload && systemctl --user enable --now $enable"
    echo "See what it hears: antiphon watch"
  fi
  [[ :$PATH: == *:$bin:* ]] || echo "$bin is not on your PATH; put this into ~/.profile: PATH=\"$bin:\$PATH\""
  if [[ $(id -u) != 0 ]] && ! id -nG | grep -qw audio; then
    echo "You are not in the group audio, so real-time scheduling, and keyboards without a desktop session, are out of \
reach: sudo usermod -aG audio $(id -un), then log in again."
  fi
  if ! compgen -G '/usr/share/sounds/sf[23]/*' > /dev/null; then
    echo "There is no SoundFont, so answers leave only as MIDI: sudo apt-get install timgm6mb-soundfont"
  fi
}
