#!/bin/sh
# new - of every kind, a record that was not filled in: no TODO of it passes.
#
#	tests/program/new.sh build/gcc/abide
#
# SPDX-License-Identifier: Apache-2.0
set -u
. "$(dirname "$0")/../lib.sh"
begin new
program=$(absolute "$1")
cd "$folder" && git init -q || exit 2
kinds=$("$program" schema | awk '{ print $1 }')
for kind in $kinds; do
	"$program" new "$kind" x-1 --write "r/$kind.yaml" > /dev/null || exit 2
done
git add -A
"$program" check --only record --only text/placeholder --format concise \
	> said 2> /dev/null
for kind in $kinds; do
	# The same fault in a list is told once, "(and 1 more of this list)".
	left=$(awk -v file="r/$kind.yaml" '
		FILENAME == "said" {
			n = split($0, part, ":")
			if (part[1] != file)
				next
			named[part[2]] = 1
			if (match($0, /\(and [0-9]+ more/))
				more += substr($0, RSTART + 5, RLENGTH - 10)
			next
		}
		!/^ *#/ && /TODO/ { todo++; if (!(FNR in named)) left++ }
		END { print (todo ? left - more : 1) }' said "r/$kind.yaml")
	if [ "$left" -le 0 ]; then
		pass
	else
		fail "$kind: $left TODO without a finding"
	fi
done
finish && [ "$passed" -gt 20 ]
