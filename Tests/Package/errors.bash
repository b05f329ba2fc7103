# What scripts/install and scripts/package refuse, each with one sentence. Sourced by Tests/Package/run.

ends 64 '--bogus is not known' scripts/install --bogus
ends 64 '--prefix wants a folder' scripts/install --prefix
ends 64 '--bogus is not known' scripts/package --bogus
ends 1 'is in the way: it is no folder' scripts/install --no-build --prefix /dev/null/antiphon
ends 1 'cannot name a folder with spaces' scripts/install --no-build --prefix "$work/a b"
ends 1 'is not built; run scripts/install without --no-build' env ANTIPHON_BUILD="$work" scripts/install --no-build --prefix "$work/x"
ends 1 'sudo apt-get install libjack-jackd2-dev' env -u ANTIPHON_BUILD PKG_CONFIG_LIBDIR=/nonexistent scripts/install --prefix "$work/x"
ends 1 '--with-train: libtorch was not found' env LIBTORCH_PATH=/nonexistent scripts/install --with-train --prefix "$work/x"
# A system without Swift: links to everything in /usr/bin and /bin but that.
mkdir "$work/tools"
find /usr/bin /bin/ -mindepth 1 -maxdepth 1 ! -name 'swift*' -exec ln -sf -t "$work/tools" {} +
ends 1 'Swift was not found: install a Swift' env PATH="$work/tools" scripts/install --prefix "$work/x"
# Somebody who may not write there.
if [[ $(id -u) == 0 ]]; then
  install -d -m 755 "$work/theirs"
  chmod 755 "$work"
  ends 1 'cannot be written to by nobody' setpriv --reuid nobody --regid nogroup --clear-groups \
    bash scripts/install --no-build --prefix "$work/theirs/antiphon"
fi
check 'what was refused has made nothing' is_missing "$work/x"
