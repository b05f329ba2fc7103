# What the cases share that run the Debian package under the service manager. Sourced after helpers.bash.

# A command as root, who has no password in this machine.
as_root() { su --command "$(printf '%q ' "$@")"; }

# install_package: hides the Swift toolchain and installs the newest package of scripts/package, or ANTIPHON_PACKAGE.
install_package() {
  local package toolchain
  package=${ANTIPHON_PACKAGE:-$(find .build/package -name 'antiphon_*.deb' -printf '%T@ %p\n' 2> /dev/null | sort -n | tail -n 1 | cut -d ' ' -f 2)}
  [[ -f $package ]] || skip 'there is no package; run "scripts/package"'
  if toolchain=$(command -v swift); then
    toolchain=$(realpath "$(dirname "$(realpath "$toolchain")")/..")
    # Debian's own toolchain stands in /usr, which cannot be hidden.
    if [[ $toolchain != /usr ]]; then
      as_root mount -t tmpfs none "$toolchain"
      at_end as_root umount --lazy "$toolchain" # the next case may need it
    fi
  fi
  # Where the host is a container, this keeps packages from starting and stopping services.
  as_root rm -f /usr/sbin/policy-rc.d
  # Debian starts its own synthesizer in every session; nothing here needs it.
  systemctl --user --quiet mask --runtime --now fluidsynth.service 2> /dev/null || true
  # What is written is thrown away with the machine: no need to wait for a disk, nor for the index of all manual pages.
  as_root dpkg --no-triggers --force-unsafe-io --install "$package" > "$folder/dpkg.log" 2>&1 || fail "dpkg refuses: $(tail -n 5 "$folder/dpkg.log")"
  echo "installed after $SECONDS s"
}

# serve_user FOLDER NAME [COMMAND...]: starts a JACK server of this name with the dummy driver, and the daemon on it as a
# service, for the user as whom COMMAND runs things, and whose configuration stands in FOLDER.
# The rate is low because the machine's processor is emulated.
serve_user() {
  local home=$1 name=$2
  shift 2
  "$@" mkdir -p "$home/antiphon"
  echo "JACK_DEFAULT_SERVER=$name" | "$@" tee "$home/antiphon/environment" > /dev/null
  start "$@" jackd --no-realtime --name "$name" -d dummy -r 8000 -p 512 > "$folder/jackd-$name.log" 2>&1
  "$@" systemctl --user daemon-reload
  "$@" systemctl --user start antiphond || fail "the service does not start: $("$@" journalctl --user -n 10 --no-pager)"
  eventually 30 is_active "$@"
  echo "active after $SECONDS s"
}
is_active() { [[ $("$@" systemctl --user is-active antiphond) == active ]]; }

# property NAME [COMMAND...]: what the service manager knows of the daemon.
property() { "${@:2}" systemctl --user show --value --property "$1" antiphond; }

folder=$(mktemp -d)
chmod 755 "$folder"
