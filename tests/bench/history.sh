#!/bin/sh
# history.sh - the history of all files against git's own, in one run.
#
#	tests/bench/history.sh [ROUNDS [REPOSITORY [REVISION]]]
#
# Without a repository: 20,000 commits of 5,000 records, made once by
# history_make and packed as a clone has them. First the events have to be those
# of git, byte for byte; then the contenders take turns (see race.c).
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
dir=${BENCH_DIR:-$root/build/bench}
bin=$root/build/gcc/tests/bench
rounds=${1:-9}
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

"$root/tests/history/verify" "$repository" "$revision"
log='git --no-replace-objects log --raw --no-abbrev --no-renames -m --first-parent'
echo "$(date -u '+%Y-%m-%d %H:%M') UTC; $(nproc) processors,$(sed -n 's/^model name[^:]*://p' /proc/cpuinfo | sort -u); $(uname -sr); load $(cut -d ' ' -f 1 /proc/loadavg)"
"$bin/history" facts "$repository" "$revision" 1
{
	echo "run git-log $repository 0 $log --format=%H $revision"
	for jobs in 1 2 4; do
		echo "run history-t$jobs $repository 0 $bin/history facts . $revision $jobs"
	done
	echo "ratio history-t1 git-log most 0.9 of git log --raw, 1 thread"
	echo "ratio history-t2 git-log most 0.9 of git log --raw, 2 threads"
	echo "ratio history-t4 git-log most 0.6 of git log --raw, 4 threads"
	echo "cpu history-t1 git-log most 0.9 the same in processor time, 1 thread"
	echo "memory history-t1 most 128 MB, 1 thread"
	echo "memory history-t4 most 200 MB, 4 threads"
} | "$bin/race" "$rounds"
