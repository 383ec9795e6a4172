#!/bin/sh
# run - what only the installed program can show: hooks that git itself runs,
# streams that fail, the watchdog, and that place, language and threads change
# no byte.
#
#	tests/program/run.sh build/gcc/abide
#
# SPDX-License-Identifier: Apache-2.0
set -u
. "$(dirname "$0")/../lib.sh"
begin program
as_ada
program=$(absolute "$1")
here=$(cd "$(dirname "$0")/../.." && pwd)

record() {
	printf 'kind: role\nid: %s\ntitle: IT\nstatus: active\nduty: it-responsible\nmandate: %s\nholders: []\n' \
		"$1" "$2"
}

chosen='--only text/placeholder --format concise'

# ---- git runs us: the index it is about to commit is judged, no other

cd "$folder" || exit 2
git -c init.defaultBranch=main init -q r && cd r || exit 2
mkdir d
record one 'Runs it' > d/a.yaml
git add d && git commit -qm Start || exit 2
script .git/hooks/pre-commit "exec '$program' check --staged $chosen"

record one TODO > d/a.yaml
expect 'commit FILE judges the file' 1 git commit -qm x d/a.yaml
says 'commit FILE shows the finding' 'd/a.yaml:6:10: error:'
expect 'commit -a judges all that is tracked' 1 git commit -aqm x
says 'commit -a shows the finding' 'd/a.yaml:6:10: error:'
record two 'Runs it' > d/b.yaml
git add d/b.yaml
expect 'the work tree is not what is committed' 0 git commit -qm x
git add d/a.yaml
record two 'Runs it well' > d/b.yaml
expect 'commit FILE leaves the rest of the index out' 0 \
	git -C d commit -qm x b.yaml
expect 'what stays staged is judged next' 1 git commit -qm x
git reset -q --hard && git worktree add -q ../linked || exit 2
record one TODO > ../linked/d/a.yaml
expect 'commit -a in a linked worktree' 1 git -C ../linked commit -aqm x
says 'the linked worktree shows the finding' 'd/a.yaml:6:10: error:'
expect 'commit FILE in a linked worktree' 1 \
	git -C ../linked commit -qm x d/a.yaml

# ---- a server judges what it has not taken in yet

git init -q --bare ../server.git || exit 2
script ../server.git/hooks/pre-receive \
	"while read -r old new ref; do '$program' check --at \"\$new\" $chosen || exit 1; done"
expect 'a push without findings goes in' 0 git push -q ../server.git main
says 'the pushed commit was judged' "judged commit $(git rev-parse HEAD)"
record one TODO > d/a.yaml
git commit -qnam Bad || exit 2
expect 'a push with a finding is refused' 1 git push -q ../server.git main
says 'the push shows the finding' 'd/a.yaml:6:10: error:'
expect 'what was refused did not stay' 1 \
	git -C ../server.git cat-file -e "$(git rev-parse HEAD)"

# ---- streams that fail are no result

for words in check 'check --format json' version rules schema help \
	'eval 1+1' 'explain REF-001'; do
	# shellcheck disable=SC2086 # words
	expect "$words to a full disk" 2 \
		sh -c '"$0" "$@" > /dev/full' "$program" $words
	says "$words says so" 'the output could not be written'
done
expect 'a report to a full disk' 2 "$program" check --format json=/dev/full
expect 'and the device stays one' 0 test -c /dev/full
# shellcheck disable=SC2016 # the inner shell expands
expect 'no standard output' 2 sh -c '"$0" check >&-' "$program"
# shellcheck disable=SC2016
expect 'nobody reads' 0 sh -c '
	trap "" PIPE
	{ "$0" check --format json; echo $? > status; } | true
	[ "$(cat status)" = 2 ]' "$program"

# ---- the watchdog

mkfifo pipe
expect 'a reader that never comes' 2 \
	"$program" check --timeout 1 --format json=pipe
says 'the time limit says so' 'the time limit has passed'
expect 'in one line' 0 test "$(wc -l < "$folder/said")" -eq 1
# shellcheck disable=SC2016
expect 'a writer that never writes' 2 sh -c '
	sleep 3 | "$0" check --timeout 1 --stdin-filename d/a.yaml -' "$program"
says 'its time limit says so' 'the time limit has passed'

# ---- neither place nor language nor threads change a byte

cp -R "$here/examples/nordhavn" "$folder/nordhavn" &&
	cd "$folder/nordhavn" && git init -q && git add -A || exit 2
for format in text concise json ndjson sarif github gitlab junit rdjsonl \
	markdown csv; do
	"$program" check --as-of 2026-11-21 --format "$format" --jobs 1 \
		> "$folder/first" 2> "$folder/first.err"
	for place in C:UTC C.UTF-8:Europe/Helsinki tr_TR.UTF-8:America/St_Johns; do
		for jobs in 1 2 4 8; do
			LC_ALL=${place%%:*} LANG=${place%%:*} TZ=${place#*:} \
				"$program" check --as-of 2026-11-21 \
				--format "$format" --jobs "$jobs" \
				> "$folder/again" 2> "$folder/again.err"
			expect "$format, $place, $jobs threads: output" 0 \
				cmp "$folder/first" "$folder/again"
			expect "$format, $place, $jobs threads: errors" 0 \
				cmp "$folder/first.err" "$folder/again.err"
		done
	done
done

finish
