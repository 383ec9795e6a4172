#!/bin/sh
# history.sh - the history of all files against git's own, in one run.
#
#	tests/bench/history.sh [ROUNDS [REPOSITORY [REVISION]]]
#
# Without a repository: the one of made.sh. First the events have to be those
# of git, byte for byte; then the contenders take turns (see race.c).
# SPDX-License-Identifier: Apache-2.0
set -eu
. "$(dirname "$0")/made.sh"
measure 9 "$@"

"$root/tests/history/verify" "$repository" "$revision"
log='git --no-replace-objects log --raw --no-abbrev --no-renames -m --first-parent'
say_machine
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
