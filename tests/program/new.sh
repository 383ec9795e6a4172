#!/bin/sh
# new - of every kind, a record that was not filled in: no TODO of it passes.
#
#	tests/program/new.sh build/gcc/abide
#
# SPDX-License-Identifier: Apache-2.0
set -u
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0

for name in $(env | sed -n 's/^\(GIT_[A-Z_]*\)=.*/\1/p'); do
	unset "$name"
done
export HOME="$folder" GIT_CONFIG_NOSYSTEM=1 LC_ALL=C
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
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $kind: $left TODO without a finding"
	fi
done
printf 'new: %d passed, %d failed, 0 skipped\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 20 ]
