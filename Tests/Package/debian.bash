# The Debian package. Sourced by Tests/Package/run.

if ! command -v dpkg-shlibdeps > /dev/null; then
  echo 'skip  the Debian package: dpkg-dev is not installed'
  return 0
fi
architecture=$(dpkg --print-architecture)
package=$work/deb/antiphon_${version}_$architecture.deb
check 'a package' scripts/package --no-build --quick --output "$work/deb"
check 'the same package again' scripts/package --no-build --quick --output "$work/again"
check 'byte by byte' cmp "$package" "$work/again/$(basename "$package")"
dpkg-deb --info "$package" > "$work/info" || true
dpkg-deb --contents "$package" > "$work/contents" || true
! command -v lintian > /dev/null || check 'lintian finds no error' lintian --allow-root --fail-on error "$package"
check 'its name and version' test "$(dpkg-deb --show "$package")" == "$(printf 'antiphon\t%s' "$version")"
check 'its architecture' test "$(dpkg-deb --field "$package" Architecture)" == "$architecture"
for file in bin/antiphond bin/antiphon lib/systemd/user/antiphond.service share/antiphon/presets/models/notes.safetensors \
  share/man/man1/antiphon.1.gz share/bash-completion/completions/antiphon share/zsh/vendor-completions/_antiphon \
  share/fish/vendor_completions.d/antiphon.fish share/doc/antiphon/copyright share/doc/antiphon/changelog.gz; do
  check "the package has $file" grep -qE " \./usr/$file$" "$work/contents"
done
check 'everything belongs to root' silent grep -v ' root/root ' "$work/contents"
check 'nothing outside /usr' silent awk '$6 !~ /^\.\/(usr\/|$)/' "$work/contents"
check 'no list of its own' lacks "$work/contents" antiphon/installed
depends=$(dpkg-deb --field "$package" Depends)
for name in libjack-jackd2-0 libasound2 libfluidsynth3 libfftw3-single3 libsndfile1 libc6; do
  check "it depends on $name" grep -qE "(^|[ ,])$name(t64)?( |,|$)" <<< "$depends"
done
for field in Depends Recommends; do
  # The first of each choice; a version is what dpkg-shlibdeps found on this system.
  for name in $(dpkg-deb --field "$package" $field | tr ',' '\n' | awk '{ print $1 }'); do
    check "$name is in Debian" grep -q . <(apt-cache --quiet show "$name" 2> /dev/null || dpkg-query --status "$name")
  done
done
check 'the scripts of the package' sh -n <(dpkg-deb --ctrl-tarfile "$package" | tar -xO ./postinst ./prerm ./postrm)
