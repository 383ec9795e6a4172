#!/bin/sh
# replay.sh - what judging every commit costs beyond judging each version of a
# file once.
#
#	tests/bench/replay.sh [ROUNDS [REPOSITORY [REVISION]]]
#
# Without a repository: the history of made.sh.
# SPDX-License-Identifier: Apache-2.0
set -eu
. "$(dirname "$0")/made.sh"
measure 3 "$@"

say_machine
while [ "$rounds" -gt 0 ]; do
	for jobs in 1 4; do
		echo "$jobs threads: $("$bin/replay" "$repository" "$revision" "$jobs" | tail -1)"
	done
	rounds=$((rounds - 1))
done
