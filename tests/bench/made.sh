# made - what the measurements of a history share: where things are, and the
# history that is measured. Sourced with the caller's arguments left in $@:
#
#	. "$(dirname "$0")/made.sh"
#	measure DEFAULT-ROUNDS "$@"
#	say_machine
#
# Without a repository it is 20,000 commits of 5,000 records, made once by
# history_make and packed as a clone has them.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# shellcheck disable=SC2034 # for who sources it

# measure DEFAULT-ROUNDS [ROUNDS [REPOSITORY [REVISION]]]: sets root, bin,
# rounds, repository and revision.
measure() {
	cd "$(dirname "$0")/../.."
	root=$PWD
	dir=${BENCH_DIR:-$root/build/bench}
	bin=$root/build/gcc/tests/bench
	rounds=${2:-$1}
	repository=${3:-}
	revision=${4:-HEAD}
	make -s all bench-programs
	[ -n "$repository" ] || make_history
}

make_history() {
	mkdir -p "$dir"
	repository=$dir/history
	revision=main
	print=$(cksum < tests/bench/history_make.c)
	[ "$(cat "$dir/history.stamp" 2> /dev/null)" != "$print" ] || return 0
	rm -rf "${dir:?}/history" "$dir/history.stamp"
	git init -q -b main "$repository"
	"$bin/history_make" 20000 5000 1 |
		git -C "$repository" fast-import --quiet
	git -C "$repository" repack -adq
	echo "$print" > "$dir/history.stamp"
}

# say_machine: when, on what, and how busy it is.
say_machine() {
	echo "$(date -u '+%Y-%m-%d %H:%M') UTC; $(nproc) processors,$(sed -n 's/^model name[^:]*://p' /proc/cpuinfo | sort -u); $(uname -sr); load $(cut -d ' ' -f 1 /proc/loadavg)"
}
