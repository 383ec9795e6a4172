#!/bin/sh
# chroot - the first five minutes on a Debian 12 that has nothing on it.
#
#	tests/walk/chroot.sh
#
# Makes such a system with debootstrap, copies what is committed here into it,
# runs the set-up command of README.md as it stands there, then the commands of
# docs/tutorial/first-check.md, and prints how long each took. Wants root, the
# package debootstrap and a Debian mirror (MIRROR, or what apt uses here); else
# it is skipped by name. The system is removed at the end.
# SPDX-License-Identifier: Apache-2.0
set -u
cd "$(dirname "$0")/../.." || exit 2

skip() {
	printf 'walk: skipped: %s\n' "$1"
	printf 'walk: 0 passed, 0 failed, 1 skipped\n'
	exit 0
}

[ "$(id -u)" -eq 0 ] || skip 'chroot wants root'
command -v debootstrap > /dev/null || skip 'debootstrap is not installed'
mirror=${MIRROR:-$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' \
	2> /dev/null | sort -u | grep -v security | head -1)}
[ -n "$mirror" ] || skip 'no Debian mirror is known'

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
root="$folder/root"
passed=0
failed=0

# stage TITLE COMMAND...: in the new system; says how long it took.
stage() {
	title=$1
	shift
	started=$(date +%s%N)
	if "$@" > "$folder/log" 2>&1; then
		passed=$((passed + 1))
		word=done
	else
		failed=$((failed + 1))
		word=FAILED
		tail -40 "$folder/log"
	fi
	took=$((($(date +%s%N) - started) / 1000000))
	printf '%-44s %s in %d.%03d s\n' "$title" "$word" \
		$((took / 1000)) $((took % 1000))
}

inside() {
	chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
		DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
		sh -c "cd /root/abide 2> /dev/null || cd /root; $1"
}

stage 'an empty Debian 12' debootstrap --variant=minbase bookworm "$root" \
	"$mirror" || exit 1
[ "$failed" -eq 0 ] || skip 'debootstrap could not make a system'

# What the README takes for granted: git, make and a compiler.
stage 'git, make and a compiler' inside \
	'apt-get update -q && apt-get install -q -y --no-install-recommends git make gcc libc6-dev'
mkdir -p "$root/root/abide"
git archive HEAD | tar -x -C "$root/root/abide"
setup=$(sed -n '/^## Set-up/,/^## /{ /^make /{ s/ *#.*//p; q } }' README.md)
stage "README, set-up: $setup" inside "$setup"
stage 'README and tutorial: each command' inside \
	'tools/transcript.sh ./abide README.md docs/tutorial/first-check.md'
grep '^transcripts:' "$folder/log"
printf 'walk: %d passed, %d failed, 0 skipped\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
