#!/bin/sh
# startup - what starting costs: the release, with libgit2 linked into it,
# against the usual build, which loads the library when it meets a pack.
#
#	tests/bench/startup.sh [ROUNDS]	(default 40)
#
# They take turns in one run; the ratio is the median of the ratios of each
# round (see race.c). The packed repository is the example organisation.
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")/../.."
rounds=${1:-40}
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

make -s all bench-programs
make -s VARIANT=release build/release/abide
cp -R examples/nordhavn "$folder/packed"
cd "$folder/packed"
git init -q .
git add -A
git -c user.name=bench -c user.email=bench@example.org commit -qm Example
git gc -q
shared=$root/build/gcc/abide
static=$root/build/release/abide
status=0
"$shared" check -qq --at HEAD || status=$?
cp -R "$folder/packed" "$folder/loose"
cd "$folder/loose"
mkdir "$folder/packs"
mv .git/objects/pack/* "$folder/packs"
for pack in "$folder"/packs/*.pack; do
	git unpack-objects -q < "$pack"
done

"$root/build/gcc/tests/bench/race" "$rounds" << EOF
run version-shared $folder/packed 0 $shared version
run version-static $folder/packed 0 $static version
run index-shared $folder/packed $status $shared check -qq --staged
run index-static $folder/packed $status $static check -qq --staged
run packed-shared $folder/packed $status $shared check -qq --at HEAD
run packed-static $folder/packed $status $static check -qq --at HEAD
run loose-shared $folder/loose $status $shared check -qq --at HEAD
run loose-static $folder/loose $status $static check -qq --at HEAD
run git $folder/packed 0 $(command -v git) status --porcelain
ratio version-static version-shared most 1 the release starts no slower
ratio packed-static packed-shared most 1.05 and reads packs no slower
ratio loose-static loose-shared most 1.05 and loose objects
EOF
ls -l "$shared" "$static" | awk '{ printf "%s %.1f MB\n", $NF, $5 / 1000000 }'
