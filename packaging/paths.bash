# Where the parts of an installation go, and whether they can. Sourced by scripts/install, which has `refuse`.

# find_folders PREFIX: sets the folder of each kind of file.
find_folders() {
  local share=$1/share user_data=${XDG_DATA_HOME:-${HOME:-}/.local/share}
  bin=$1/bin data=$share/antiphon documentation=$share/doc/antiphon manual=$share/man/man1
  bash_completions=$share/bash-completion/completions
  fish_completions=$share/fish/vendor_completions.d
  zsh_completions=$share/zsh/site-functions
  unit_is_found=1
  # systemd.unit(5), "Unit File Load Path" of the user manager.
  case $1/ in
    # Debian keeps site-functions for /usr/local.
    /usr/) units=/usr/lib/systemd/user zsh_completions=$share/zsh/vendor-completions ;;
    /usr/local/) units=$share/systemd/user ;;
    "${HOME:-/nonexistent}"/*) units=$user_data/systemd/user ;;
    *) units=$share/systemd/user unit_is_found=0 ;;
  esac
}

# require_writable DESTINATION FOLDER...: each folder, or what stands above it, must take files.
require_writable() {
  local destination=$1 folder above
  shift
  for folder in "$@"; do
    above=$destination$folder
    until [[ -e $above || -L $above ]]; do above=$(dirname "$above"); done
    [[ -d $above ]] || refuse "$above is in the way: it is no folder; choose another --prefix"
    [[ -w $above && -x $above ]] \
      || refuse "$above cannot be written to by $(id -un): choose another --prefix, or build first and install as root: \
scripts/install --prefix ~/.local, or sudo scripts/install --no-build --prefix $prefix"
  done
}

# require_libraries PACKAGE.SWIFT: what the system modules named there are built with.
require_libraries() {
  local module package missing=()
  command -v pkg-config > /dev/null || refuse 'pkg-config is missing; run "sudo apt-get install pkg-config"'
  while read -r module package; do
    pkg-config --exists "$module" || missing+=("$package")
  done < <(
    sed -nE 's/.*pkgConfig: "([^"]+)".*\.apt\(\["([^"]+)"\]\).*/\1 \2/p' "$1"
    # FlyingFox draws in Foundation's networking, which in its static form is linked with libcurl.
    ! grep -q FlyingFox "$1" || echo 'libcurl libcurl4-openssl-dev'
  )
  [[ ${#missing[@]} == 0 ]] || refuse "libraries to build with are missing; run \"sudo apt-get install ${missing[*]}\""
}

# require_program FILE: a program that runs where no Swift toolchain is.
require_program() {
  [[ -x $1 ]] || refuse "$1 is not built; run scripts/install without --no-build"
  if LC_ALL=C readelf --dynamic "$1" 2> /dev/null | grep -q 'NEEDED.*libswift'; then
    refuse "$1 needs the Swift toolchain's libraries when it runs; run scripts/install without --no-build"
  fi
}
