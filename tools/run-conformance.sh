#!/bin/sh
# run-conformance - runs each suite runner. Suites are other people's work and
# not part of the project: ABIDE_SUITES names the folder that holds them.
# SPDX-License-Identifier: Apache-2.0
set -u
passed=0
failed=0
skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for program in "$@"; do
	if ! "$program" "${ABIDE_SUITES:-../shared/suites}" > "$log" 2>&1; then
		failed=$((failed + 1))
	elif grep -q ': skipped (' "$log"; then
		skipped=$((skipped + 1))
	else
		passed=$((passed + 1))
	fi
	cat "$log"
done
printf 'conformance: %d passed, %d failed, %d skipped\n' \
	"$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
