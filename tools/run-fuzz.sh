#!/bin/sh
# run-fuzz - `replay` runs each target over tests/fuzz/corpus/TARGET; `search`
# lets libFuzzer look for new inputs in build/corpus, seeded from there.
# SPDX-License-Identifier: Apache-2.0
set -eu
mode=$1
shift
passed=0
failed=0
for program in "$@"; do
	name=${program##*/fuzz_}
	kept=tests/fuzz/corpus/$name
	if [ "$mode" = replay ]; then
		printf 'fuzz %-12s ' "$name"
		if "$program" "$kept"; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
		fi
	else
		found=build/corpus/$name
		mkdir -p "$found" "$kept"
		printf 'fuzz %s for %s s\n' "$name" "$FUZZ_SECONDS"
		"$program" -max_total_time="$FUZZ_SECONDS" -timeout=10 \
			-rss_limit_mb=1024 -print_final_stats=1 \
			-artifact_prefix="build/crash-$name-" "$found" "$kept" \
			2>&1 | tail -n 12
	fi
done
if [ "$mode" = replay ]; then
	printf 'fuzz: %d passed, %d failed, 0 skipped\n' "$passed" "$failed"
fi
[ "$failed" -eq 0 ]
