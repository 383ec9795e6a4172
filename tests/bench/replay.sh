#!/bin/sh
# replay.sh - what judging every commit costs beyond judging each version of a
# file once.
#
#	tests/bench/replay.sh [ROUNDS [REPOSITORY [REVISION]]]
#
# Without a repository: the history that history.sh makes.
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
dir=${BENCH_DIR:-$root/build/bench}
bin=$root/build/gcc/tests/bench
rounds=${1:-3}
repository=${2:-}
revision=${3:-HEAD}

make -s all bench-programs
mkdir -p "$dir"
if [ -z "$repository" ]; then
	repository=$dir/history
	revision=main
	print=$(cksum < tests/bench/history_make.c)
	if [ "$(cat "$dir/history.stamp" 2> /dev/null)" != "$print" ]; then
		rm -rf "${dir:?}/history" "$dir/history.stamp"
		git init -q -b main "$repository"
		"$bin/history_make" 20000 5000 1 |
			git -C "$repository" fast-import --quiet
		git -C "$repository" repack -adq
		echo "$print" > "$dir/history.stamp"
	fi
fi

echo "$(date -u '+%Y-%m-%d %H:%M') UTC; $(nproc) processors; load $(cut -d ' ' -f 1 /proc/loadavg)"
while [ "$rounds" -gt 0 ]; do
	for jobs in 1 4; do
		echo "$jobs threads: $("$bin/replay" "$repository" "$revision" "$jobs" | tail -1)"
	done
	rounds=$((rounds - 1))
done
