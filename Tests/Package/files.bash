# What stands where after an installation, and what the systemd unit says. Sourced by Tests/Package/run.

share=$prefix/share
for file in bin/antiphond bin/antiphon share/antiphon/presets/{models/{chromalite,notes}.{safetensors,md},styles/balanced.toml} \
  share/man/man1/antiphon{,d}.1.gz share/bash-completion/completions/antiphon{,d} share/zsh/site-functions/_antiphon{,d} \
  share/fish/vendor_completions.d/antiphon{,d}.fish share/doc/antiphon/{copyright,LICENSE,protocol.md} \
  share/systemd/user/antiphond.service share/antiphon/installed; do
  check "$file is installed" test -s "$prefix/$file"
done
unit=$share/systemd/user/antiphond.service
check 'the unit starts the installed daemon' grep -qx "ExecStart=$prefix/bin/antiphond\( .*\)\?" "$unit"
check 'nothing is left to fill in' lacks "$unit" @bindir@
if command -v systemd-analyze > /dev/null; then
  mkdir -p "$work/analyze"
  check 'systemd takes the unit' silent env XDG_RUNTIME_DIR="$work/analyze" systemd-analyze --user --man=no verify "$unit"
fi
check 'the PATH hint' grep -qF "$prefix/bin is not on your PATH" "$work/said"
check 'the next step' grep -qF "systemctl --user enable --now $unit" "$work/said"

# A home: where the user's service manager and shells look.
home=$work/home
mkdir "$home"
check 'an installation at home' env -u XDG_DATA_HOME HOME="$home" scripts/install --no-build
check 'the unit at home' test -s "$home/.local/share/systemd/user/antiphond.service"
check 'a removal at home' env -u XDG_DATA_HOME HOME="$home" scripts/install --remove
check 'a home as it was' is_missing "$home/.local"

# A prefix of the system: folders of their own for units.
check 'DESTDIR' env DESTDIR="$work/root" scripts/install --no-build --prefix /usr
for file in lib/systemd/user/antiphond.service share/zsh/vendor-completions/_antiphon bin/antiphon; do
  check "DESTDIR/usr/$file" test -s "$work/root/usr/$file"
done
check 'DESTDIR is not in the unit' grep -qx 'ExecStart=/usr/bin/antiphond\( .*\)\?' "$work/root/usr/lib/systemd/user/antiphond.service"
check 'a removal below DESTDIR' env DESTDIR="$work/root" scripts/install --remove --prefix /usr
check 'nothing is left below DESTDIR' silent find "$work/root" -mindepth 1

for package in $(sed -nE 's|.*\.package\(url: ".*/([^"/]+)".*|\1|p' Package.swift); do
  check 'the copyright file names what is linked in' grep -qF "$package" packaging/copyright
done
