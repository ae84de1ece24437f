#!/usr/bin/env bash
# build/deb.sh DIST VERSION FOLDER: a Debian package of a distribution with its own Java, /opt/adamscope and
# /usr/bin/adamscope, for the machine at hand. Needs dpkg-deb.
set -eu
dist=$1 version=${2/-SNAPSHOT/\~snapshot} folder=$3
[ -x "$dist/runtime/bin/java" ] || { echo "$dist has no runtime" >&2; exit 1; }
arch=$(dpkg --print-architecture)
root=$(mktemp -d "$folder/deb.XXXXXX")
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
mkdir -p "$root/DEBIAN" "$root/opt" "$root/usr/bin" "$root/usr/share/doc/adamscope"
# With the times of the files: what the JVM keeps holds for them.
cp -a "$dist" "$root/opt/adamscope"
ln -s /opt/adamscope/bin/adamscope "$root/usr/bin/adamscope"
cp -p "$dist/THIRD-PARTY.md" "$root/usr/share/doc/adamscope/copyright"
chmod -R u+rwX,go+rX,go-w "$root"
cat >"$root/DEBIAN/control" <<CONTROL
Package: adamscope
Version: $version
Architecture: $arch
Maintainer: Adamscope developers <adamscope@users.noreply.github.com>
Installed-Size: $(du -sk "$root/opt" | cut -f1)
Depends: bash, libc6, libstdc++6, zlib1g, fontconfig, fonts-dejavu-core
Section: science
Priority: optional
Description: laboratory for the training dynamics of Adam and its relatives
 Runs an optimizer written as a few lines of text, sweeps it over its
 hyper-parameters, derives its stability threshold, trains networks with it,
 and diagnoses loss spikes from logs. Brings its own Java.
CONTROL
SOURCE_DATE_EPOCH=$(stat -c %Y "$dist/lib/picocli-"*.jar) \
    dpkg-deb --root-owner-group -Zxz -z1 --build "$root" "$folder/adamscope_${version}_$arch.deb"
