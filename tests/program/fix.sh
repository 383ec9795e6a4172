#!/bin/sh
# fix - what --fix does to a register full of slips: the example organisation
# with keys, references and durations spoilt at random.
#
#	tests/program/fix.sh build/gcc/abide [ROUNDS]
#
# For each round: every line that comes out is the line as it was spoilt or the
# line as it was before, never a third; a second run changes nothing; the diff
# of --diff, applied by git, gives the bytes that --fix writes; and the findings
# about form and references are no more than before.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$(dirname "$0")/../lib.sh"
begin fix
program=$(absolute "$1")
rounds=${2:-3}
here=$(cd "$(dirname "$0")/../.." && pwd)
mended=0

# Spoils about one line of forty: swaps two letters of a key, drops a letter of
# an owner, writes a duration in words.
spoil() {
	awk -v seed="$2" '
		BEGIN { srand(seed) }
		function swap(word,    i) {
			i = 1 + int(rand() * (length(word) - 1))
			return substr(word, 1, i - 1) substr(word, i + 1, 1) \
				substr(word, i, 1) substr(word, i + 2)
		}
		rand() > 0.025 { print; next }
		/^[a-z_]+: P[0-9]+M( |$)/ {
			sub(/P[0-9]+M/, "&onths")
			sub(/: P/, ": ")
			sub(/Months/, " months")
			print
			next
		}
		/^owner: [a-z-]+$/ && rand() < 0.5 {
			print substr($0, 1, length($0) - 3) substr($0, length($0) - 1)
			next
		}
		/^[a-z_]+:/ && !/^(kind|id):/ {
			at = index($0, ":")
			print swap(substr($0, 1, at - 1)) substr($0, at)
			next
		}
		{ print }' "$1"
}

# Findings about form, references and plain values.
count() {
	"$program" check --only record --only reference --only scalar \
		--format concise --as-of 2026-11-21 2> /dev/null |
		grep -c -E '\[(record|reference|scalar)/[a-z-]+\]$'
}

# Is each line of all files the spoilt or the sound one? Says how many were
# mended.
compare() {
	find . -name '*.yaml' | while read -r file; do
		paste -d '\t' "$file" "../spoilt/$file" "../sound/$file"
	done | awk -F '\t' '
		$1 != $2 && $1 != $3 { print "neither: " $1; bad = 1 }
		$1 != $2 { mended++ }
		END { print "mended " mended + 0; exit bad }'
}

round=1
while [ "$round" -le "$rounds" ]; do
	cd "$folder" || exit 2
	rm -rf sound spoilt work patched
	cp -R "$here/examples/nordhavn" sound
	cp -R sound spoilt
	(cd sound && find . -name '*.yaml' ! -name abide.yaml) |
		while read -r file; do
			spoil "sound/$file" "$round$(printf %s "$file" | cksum |
				cut -c1-6)" > "spoilt/$file"
		done
	cp -R spoilt work
	(cd work && git init -q && git add -A) || exit 2
	cp -R work patched
	cd work || exit 2
	before=$(count)
	"$program" check --diff --as-of 2026-11-21 > "$folder/patch" 2> "$folder/told"
	expect "round $round: a diff writes nothing" 0 git diff --exit-code --stat
	"$program" check --fix -qq --as-of 2026-11-21 2> /dev/null
	expect "round $round: every line is the spoilt one or the sound one" 0 compare
	mended=$((mended + $(sed -n 's/^mended //p' "$folder/said")))
	after=$(count)
	expect "round $round: findings of form do not grow ($before, then $after)" \
		0 test "$after" -le "$before"
	cp -R "$folder/work" "$folder/once"
	"$program" check --fix -qq --as-of 2026-11-21 2> /dev/null
	expect "round $round: a second run changes nothing" 0 \
		diff -r -x .git "$folder/once" "$folder/work"
	rm -rf "$folder/once"
	# A masked line cannot be applied, and the diff says so.
	if ! grep -q 'cannot be applied' "$folder/told"; then
		expect "round $round: the diff applies" 0 git -C ../patched apply "$folder/patch"
		expect "round $round: and gives the same bytes" 0 \
			diff -r -x .git "$folder/patched" "$folder/work"
	fi
	round=$((round + 1))
done
expect "slips were mended ($mended)" 0 test "$mended" -ge $((rounds * 5))
finish
