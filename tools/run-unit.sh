#!/bin/sh
# run-unit - runs each test program, shows what failed, ends with one count.
# A program that ran nothing, or ended before its last line, counts as failed.
# SPDX-License-Identifier: Apache-2.0
set -u
passed=0
failed=0
skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for program in "$@"; do
	"$program" > "$log" 2>&1
	status=$?
	ran=$(sed -n 's/^\[==========\].* \([0-9]*\) test(s) run\.$/\1/p' "$log")
	p=$(grep -c '^\[       OK \] ' "$log")
	# A skipped test is named when it runs and again in the list.
	s=$(sed -n 's/^\[  SKIPPED \] \([a-zA-Z_0-9]*\)$/\1/p' "$log" |
		sort -u | wc -l)
	f=$((${ran:-0} - p - s))
	[ "$f" -gt 0 ] || f=0
	if [ "$status" -ne 0 ] || [ "${ran:-0}" -eq 0 ]; then
		[ "$f" -gt 0 ] || f=1
	fi
	passed=$((passed + p))
	skipped=$((skipped + s))
	failed=$((failed + f))
	if [ "$f" -gt 0 ]; then
		printf 'FAILED %s (exit %d)\n' "$program" "$status"
		cat "$log"
	else
		printf 'ok %4d  %s\n' "$p" "${program##*/}"
		sed -n 's/^\[  SKIPPED \] \([a-zA-Z_0-9]*\)$/   skipped: \1/p' \
			"$log" | sort -u
	fi
done
printf 'unit: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
