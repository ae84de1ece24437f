#!/usr/bin/env bash
# build/pack.sh DIST ARCHIVE.tar.gz: packs a distribution with its own Java, and what the JVM keeps for its next starts.
# One order, one time and one owner of the entries, so that the same contents give the same bytes.
set -eu
dist=$1 archive=$2 name=$3
[ -x "$dist/runtime/bin/java" ] || { echo "$dist has no runtime" >&2; exit 1; }
bash "$dist/libexec/keep-classes"
gnu=tar
command -v gtar >/dev/null && gnu=gtar
# The JVM compares the times of the jars with those it saw: the entries keep them.
"$gnu" --create --directory "$dist" --sort=name --owner=0 --group=0 --numeric-owner --format=ustar \
    --transform "s,^\.,$name,S" . | gzip -6 -n >"$archive.part"
mv "$archive.part" "$archive"
