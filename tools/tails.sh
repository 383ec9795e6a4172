#!/bin/sh
# tails - what has grown too long: a .c file over 800 lines, a header over 120,
# a function over 60. A file that must be longer says why in a comment that
# holds the word `tail:`; a function, in the comment above it.
# SPDX-License-Identifier: Apache-2.0
set -u
faults=$(find src checks cmd -name '*.[ch]' | LC_ALL=C sort | xargs awk '
	function close_file() {
		if (name == "")
			return
		most = name ~ /\.h$/ ? 120 : 800
		if (lines > most && !reason)
			printf "%s: %d lines (at most %d)\n", name, lines, most
	}
	FNR == 1 { close_file(); name = FILENAME; reason = 0; excused = 0; start = 0 }
	{ lines = FNR }
	/tail: file/ { reason = 1 }
	/tail: function/ { excused = 1 }
	/^{$/ { start = FNR }
	/^}$/ && start {
		if (FNR - start - 1 > 60 && !excused)
			printf "%s:%d: a function of %d lines (at most 60)\n",
			       FILENAME, start, FNR - start - 1
		start = 0
		excused = 0
	}
	END { close_file() }')
[ -z "$faults" ] && exit 0
printf '%s\n' "$faults"
printf 'tails: %d faults\n' "$(printf '%s\n' "$faults" | wc -l)"
exit 1
