#!/bin/sh
# fieldlog.sh - the log of all values of all records against git's text diff of
# the same versions, in one run.
#
#	tests/bench/fieldlog.sh [ROUNDS [REPOSITORY [REVISION]]]
#
# Without a repository: the history of made.sh. A record says kind
# and id; a repository that has none shows what reading its YAML takes.
# SPDX-License-Identifier: Apache-2.0
set -eu
. "$(dirname "$0")/made.sh"
measure 5 "$@"

say_machine
(cd "$repository" && "$root/abide" log --at "$revision" --format csv) |
	awk -F '","' 'NR > 1 { n[$10]++ } END { for (k in n) print n[k], k }' | sort -rn
{
	echo "run git-log-p $repository 0 git log -p --no-renames -m --first-parent $revision -- *.yaml *.yml"
	for jobs in 1 4; do
		echo "run fieldlog-t$jobs $repository 0 $root/abide log --at $revision --jobs $jobs"
	done
	echo "ratio fieldlog-t1 git-log-p most 1.0 of git log -p, 1 thread"
	echo "ratio fieldlog-t4 git-log-p most 1.0 of git log -p, 4 threads"
	echo "cpu fieldlog-t1 git-log-p most 1.0 the same in processor time, 1 thread"
	echo "memory fieldlog-t4 most 400 MB, 4 threads"
} | "$bin/race" "$rounds"
