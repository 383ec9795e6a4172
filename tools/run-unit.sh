#!/bin/sh
# run-unit - runs each test program, shows what failed, ends with one count.
# SPDX-License-Identifier: Apache-2.0
set -u
passed=0
failed=0
skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for program in "$@"; do
	before=$failed
	CMOCKA_MESSAGE_OUTPUT=stdout "$program" > "$log" 2>&1
	status=$?
	p=$(grep -c '^\[       OK \]' "$log")
	f=$(grep -c '^\[  FAILED  \] [a-zA-Z_0-9]*$' "$log")
	s=$(grep -c '^\[  SKIPPED \] [a-zA-Z_0-9]*$' "$log")
	ran=$(sed -n 's/^\[==========\].* \([0-9]*\) test(s) run\.$/\1/p' "$log")
	passed=$((passed + p))
	[ "$s" -gt 0 ] && skipped=$((skipped + s / 2))
	if [ "$status" -ne 0 ] || [ -z "$ran" ]; then
		failed=$((failed + (f > 0 ? f / 2 + f % 2 : 1)))
		printf 'FAILED %s (exit %d)\n' "$program" "$status"
		cat "$log"
	fi
	[ "$failed" -eq "$before" ] && printf 'ok %4d  %s\n' "$p" "${program##*/}"
done
printf 'unit: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
