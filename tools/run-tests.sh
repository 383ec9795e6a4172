#!/bin/sh
# run-tests - builds and runs everything that `make test` stands for, stage by
# stage, and ends with one count. A stage that cannot be built, or that ends
# without a count of its own, is one failure.
# SPDX-License-Identifier: Apache-2.0
set -u
jobs=$(nproc)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0
failed=0
skipped=0

# stage NAME COMMAND...: runs it, shows what it says and adds up its lines
# "...: N passed, N failed, N skipped"; without one it counts as one test.
stage() {
	name=$1
	shift
	started=$(date +%s)
	printf '== %s: %s\n' "$name" "$*"
	"$@" > "$log" 2>&1
	status=$?
	if [ "$status" -eq 0 ]; then
		grep -Ev '^(ok +[0-9]+ |make\[|make: )' "$log"
	else
		cat "$log"
	fi
	counts=$(sed -n 's/^[a-z-]*: \([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p' \
		"$log" | awk '{ p += $1; f += $2; s += $3 } END { if (NR) print p, f, s }')
	if [ -z "$counts" ]; then
		[ "$status" -eq 0 ] && counts='1 0 0' || counts='0 1 0'
	fi
	# shellcheck disable=SC2086 # three numbers
	set -- $counts
	[ "$status" -eq 0 ] || [ "$2" -gt 0 ] || set -- "$1" 1 "$3"
	passed=$((passed + $1))
	failed=$((failed + $2))
	skipped=$((skipped + $3))
	printf '== %s: %d passed, %d failed, %d skipped (%d s)\n' "$name" \
		"$1" "$2" "$3" $(($(date +%s) - started))
}

run() {
	make --no-print-directory -j"$jobs" "$@"
}

stage 'build gcc' run all
stage 'unit gcc' run unit
stage 'cases gcc' run cases
stage 'accepted cases' run accept-holds
stage 'worlds of the rules' run worlds
stage 'the example' run example
stage 'program gcc' run program
stage 'hooks gcc' run hooks
stage 'ci' run ci
stage 'formats read back' run formats
stage 'the report in a browser' run html
stage 'shell' run shell
stage 'commands of the docs' run transcripts
stage 'conformance' run conformance
stage 'history' run history
stage 'fuzz corpus gcc' run fuzz-replay
stage 'house laws' run house
stage 'house laws hold' run house-faults
stage 'build asan' run VARIANT=asan build/asan/abide
stage 'unit asan' run VARIANT=asan unit
stage 'cases asan' run VARIANT=asan cases
stage 'program asan' run VARIANT=asan program
stage 'hooks asan' run VARIANT=asan hooks
stage 'fuzz corpus asan' run VARIANT=asan fuzz-replay
stage 'build clang' run VARIANT=clang build/clang/abide
stage 'the release' run release-check
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
