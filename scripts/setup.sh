# What every script needs before it builds: Swift, and Debian's packages. Sourced, not run.
#
#   source scripts/setup.sh; require_swift; require_packages PACKAGE...

require_swift() {
  local remedy="install a Swift 6.1 or newer toolchain (https://www.swift.org/install/linux/) and put its bin folder on the PATH"
  if ! command -v swift > /dev/null; then
    echo "antiphon: Swift was not found: $remedy" >&2
    exit 1
  fi
  local version
  version=$(swift --version 2> /dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | head -n 1 | grep -oE '[0-9]+\.[0-9]+' || true)
  if [[ -z $version || $(printf '6.1\n%s\n' "$version" | sort -V | head -n 1) != 6.1 ]]; then
    echo "antiphon: Swift ${version:-of an unknown version} is too old: $remedy" >&2
    exit 1
  fi
}

# Installs the Debian packages that are missing, with sudo where that is needed.
require_packages() {
  local missing=() package
  if ! command -v dpkg-query > /dev/null; then
    echo "antiphon: this is no Debian or Ubuntu; make sure that the equivalents of these packages are installed: $*" >&2
    return
  fi
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  echo "antiphon: installing ${missing[*]}" >&2
  local as_root=()
  if [[ $(id -u) != 0 ]]; then
    if ! command -v sudo > /dev/null; then
      echo "antiphon: run as root: apt-get install ${missing[*]}" >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  if ! { "${as_root[@]}" apt-get update -q \
    && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } >&2; then
    echo "antiphon: apt-get could not install ${missing[*]}: see its messages above, install them by hand and run this again" >&2
    exit 1
  fi
}

# What the daemon and the command-line tool are built with, and a small SoundFont to answer with.
player_packages=(pkg-config libjack-jackd2-dev libasound2-dev libfluidsynth-dev libfftw3-dev libsndfile1-dev
  libcurl4-openssl-dev python3 timgm6mb-soundfont)
# What the trainer and the tests need beside that.
test_packages=("${player_packages[@]}" jackd2 libtorch-dev libgloo-dev iproute2 python3-torch python3-venv gnuplot-nox lilypond abcmidi unzip libopenblas0-pthread
  pipewire pipewire-bin pipewire-jack dpkg-dev liblo-dev liblo-tools chromium chromium-driver python3-selenium)
# What the tests in the virtual machine need; elsewhere they are skipped.
if [[ $(uname -m) == x86_64 ]]; then
  test_packages+=(alsa-utils qemu-system-x86 linux-image-amd64 busybox-static cpio kmod systemd-sysv dbus-user-session libpam-systemd)
fi
