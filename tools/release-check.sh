#!/bin/sh
# release-check - builds the release twice, in folders of other names, with
# another umask, language, place and number of jobs, and compares every byte;
# then asks the program to be one file without what only a remote needs.
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0

good() {
	passed=$((passed + 1))
	printf 'ok  %s\n' "$1"
}

bad() {
	printf 'FAILED %s\n' "$1"
	printf 'release-check: %d passed, 1 failed, 0 skipped\n' "$passed"
	exit 1
}

# The sources as they are now, without what git ignores.
copy() {
	mkdir -p "$1"
	git ls-files -z --cached --others --exclude-standard |
		tar --null --files-from=- -cf - | tar -C "$1" -xf -
}

first=$folder/a
second=$folder/a-second/folder/with_another_name
copy "$first"
copy "$second"
(cd "$first" && umask 022 && LC_ALL=C TZ=UTC make -j2 release > log 2>&1) ||
	{ cat "$first/log"; bad 'it is built'; }
(cd "$second" && umask 077 && LC_ALL=C.UTF-8 TZ=Asia/Tokyo \
	make -j3 release > log 2>&1) ||
	{ cat "$second/log"; bad 'it is built elsewhere'; }
program=$first/build/release/abide
cmp "$program" "$second/build/release/abide" || bad 'the programs are the same'
good 'two builds of the program are the same bytes'
cmp "$first"/build/*.tar.gz "$second"/build/*.tar.gz ||
	bad 'the archives are the same'
good 'two archives are the same bytes'
if grep -q -a -F -e "$folder" "$program"; then
	bad 'it does not say where it was built'
fi
good 'it does not say where it was built'
if readelf -d "$program" | grep -q NEEDED; then
	bad 'it needs no library'
fi
good 'it needs no library'
if grep -q -a -e '/etc/nsswitch.conf' -e 'SSH-2.0-libssh2' "$program"; then
	bad 'it holds neither resolver nor ssh'
fi
good 'it holds neither resolver nor ssh'
[ "$("$program" version)" = "$("$second/build/release/abide" version)" ] ||
	bad 'it runs'
good 'it runs'
printf 'release-check: %d passed, 0 failed, 0 skipped\n' "$passed"
