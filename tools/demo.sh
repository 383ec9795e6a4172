#!/bin/sh
# demo - makes a git repository of the example organisation in a temporary
# folder, judges it as of a fixed time, and compares what was found, rule by
# place and record, with examples/nordhavn/EXPECTED.txt. `demo.sh PROGRAM quiet` only
# compares. Ends with 0 when exactly the expected was found.
# SPDX-License-Identifier: Apache-2.0
set -eu
program=$PWD/$1
quiet=${2:-}
example=$PWD/examples/nordhavn
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
as_of=2026-11-21T12:00+02:00

export HOME="$folder" LC_ALL=C
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY
"$example/build" "$folder/nordhavn"
cd "$folder/nordhavn"

status=0
if [ -z "$quiet" ]; then
	printf '\nNordhavn Outdoor Oy, a made-up company, as of %s.\n' "$as_of"
	printf '$ abide check --as-of %s\n\n' "$as_of"
	"$program" check --as-of "$as_of" --max-findings none || status=$?
	printf '\nExit status %d: ' "$status"
	[ "$status" -eq 1 ] || {
		printf 'expected 1, for findings at or above --fail-on (error).\n'
		exit 1
	}
	printf 'a finding counts as an error, so a CI job stops here.\n'
fi

# Code, place and record of each finding, and of each expectation.
"$program" check --as-of "$as_of" --format csv -q > "$folder/found" || [ $? -eq 1 ]
awk -F '","' 'NR > 1 {
		place = $12 == "" ? "-" : $13 == "" ? $12 : $12 ":" $13
		print $9, place, $17 == "" ? "repo" : $17 "/" $18
	}' "$folder/found" | sort > "$folder/have"
awk '/^[A-Z]/ { print $1, $2, $3 }' "$example/EXPECTED.txt" | sort > "$folder/want"
if ! diff -u "$folder/want" "$folder/have" > "$folder/difference"; then
	printf 'demo: what was found (+) is not what the example holds (-):\n'
	sed -n '3,$p' "$folder/difference"
	exit 1
fi
printf 'example: %d findings, each where EXPECTED.txt has it\n' \
	"$(wc -l < "$folder/have")"
[ -n "$quiet" ] || printf 'More on one: ./abide explain reference/ended\n'
