#!/bin/sh
# demo - makes a git repository of the example organisation in a temporary
# folder and judges it as of a fixed time. Ends with 0 when it found exactly
# the two mistakes that shape and references show.
# SPDX-License-Identifier: Apache-2.0
set -eu
program=$PWD/$1
example=$PWD/examples/nordhavn
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
as_of=2026-11-21T12:00:00+02:00

# Nothing of the user's configuration takes part.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY
export HOME="$folder" GIT_CONFIG_NOSYSTEM=1
mkdir "$folder/nordhavn"
cp -R "$example/." "$folder/nordhavn"
cd "$folder/nordhavn"
git -c init.defaultBranch=main init -q
git add -A
git -c user.name=Ada -c user.email=ada@example.org commit -q -m 'Add records'

printf '\nNordhavn Outdoor Oy, a made-up company: %s records in %s files.\n' \
	"$(grep -rh --include='*.yaml' --include='*.md' -c '^kind:' . |
		awk '{ n += $1 } END { print n }')" \
	"$(grep -rl --include='*.yaml' --include='*.md' '^kind:' . | wc -l)"
printf '$ abide check --as-of %s\n\n' "$as_of"
status=0
"$program" check --as-of "$as_of" --format text \
	--format concise="$folder/found" || status=$?
printf '\nExit status %d: ' "$status"
[ "$status" -eq 1 ] || {
	printf 'expected 1, for findings at or above --fail-on (error).\n'
	exit 1
}
printf 'at least one finding counts as an error, so a CI job stops here.\n'

expect() {
	grep -q "^$1:[0-9]*:[0-9]*: error: .*\[$2\]\$" "$folder/found" || {
		printf 'demo: %s was not found in %s\n' "$2" "$1"
		exit 1
	}
}
expect activities/support.yaml reference/unknown
expect org/roles.yaml reference/ended
[ "$(grep -c '^[^:]*:[0-9]*:[0-9]*: ' "$folder/found")" -eq 2 ] || {
	printf 'demo: more was found than the example holds\n'
	exit 1
}
printf 'Both are mistakes the example holds on purpose: a retention rule that does not exist, and a role\n'
printf 'whose last holder has left. More on it: ./abide explain reference/ended\n'
