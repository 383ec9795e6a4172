# lib - what the shell tests share. Sourced by each of them, which runs alone:
#
#	. "$(dirname "$0")/../lib.sh"
#	begin hooks
#	expect 'it runs' 0 "$program" --version
#	says 'it says which' 'abide 1'
#	finish
#
# A test is known by its title; what failed is shown under it.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# shellcheck disable=SC2034 # for who sources it

# begin NAME: a folder that goes with us, and an environment in which nothing of
# the user's, of a CI server's or of an outer hook takes part. $home is the home
# there was.
begin() {
	suite=$1
	passed=0
	failed=0
	skipped=0
	folder=$(mktemp -d) || exit 2
	trap 'rm -rf "$folder"' EXIT
	for name in $(env | sed -nE \
		's/^((GIT|GITHUB|GITLAB|CI|ABIDE)_[A-Z_]*)=.*/\1/p'); do
		unset "$name"
	done
	unset CI PRE_COMMIT TF_BUILD TEAMCITY_VERSION
	unset GL_USERNAME GITEA_PUSHER_NAME REMOTE_USER
	unset XDG_CONFIG_HOME PAGER LESS NO_COLOR FORCE_COLOR CLICOLOR CLICOLOR_FORCE
	home=${HOME:-}
	mkdir "$folder/home" || exit 2
	export HOME="$folder/home" GIT_CONFIG_NOSYSTEM=1 LC_ALL=C
	git config --global init.defaultBranch main
	git config --global protocol.file.allow always
	git config --global advice.detachedHead false
}

# as_ada: who commits.
as_ada() {
	export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org
	export GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org
}

# on_path PROGRAM: is abide on the PATH.
on_path() {
	mkdir "$folder/bin" && ln -s "$1" "$folder/bin/abide" || exit 2
	export PATH="$folder/bin:$PATH"
}

# absolute FILE
absolute() {
	printf '%s/%s\n' "$(cd "$(dirname "$1")" && pwd)" "$(basename "$1")"
}

# script FILE LINES: an executable file.
script() {
	printf '#!/bin/sh\n%s\n' "$2" > "$1"
	chmod +x "$1"
}

pass() {
	passed=$((passed + 1))
}

# fail WHAT [FILE]: and shows the file.
fail() {
	failed=$((failed + 1))
	printf 'FAILED %s\n' "$1"
	[ $# -eq 1 ] || sed 's/^/  /' "$2" | head -40
}

skip() {
	skipped=$((skipped + 1))
	printf '%s: %s: skipped (%s)\n' "$suite" "$1" "$2"
}

# expect TITLE STATUS COMMAND...: what it says is kept in $folder/said.
expect() {
	expect_title=$1
	expect_status=$2
	shift 2
	"$@" > "$folder/said" 2>&1
	set -- $?
	if [ "$1" -eq "$expect_status" ]; then
		pass
	else
		fail "$expect_title: status $1, not $expect_status" "$folder/said"
	fi
}

# holds TITLE FILE TEXT
holds() {
	if grep -q -F -e "$3" "$2"; then
		pass
	else
		fail "$1: this does not say: $3" "$2"
	fi
}

# says TITLE TEXT: what was said last holds the text. hides: it does not.
says() {
	holds "$1" "$folder/said" "$2"
}

hides() {
	if grep -q -F -e "$2" "$folder/said"; then
		fail "$1: this says: $2" "$folder/said"
	else
		pass
	fi
}

# counted COMMAND...: a reader that says "passed ..." or "FAILED ..." for each
# of its tests; what else it says is shown.
counted() {
	"$@" > "$folder/log" 2>&1
	set -- $?
	good=$(grep -c '^passed ' "$folder/log")
	bad=$(grep -c '^FAILED ' "$folder/log")
	passed=$((passed + good))
	failed=$((failed + bad))
	grep -v '^passed ' "$folder/log"
	if [ "$bad" -eq 0 ] && { [ "$1" -ne 0 ] || [ "$good" -eq 0 ]; }; then
		fail "a reader: status $1, $good tests"
	fi
}

# npm_install FROM TO: what npm installs is kept as long as the list is the
# same. npm has the user's settings.
npm_install() {
	cmp -s "$1/package-lock.json" "$2/package-lock.json" &&
		[ -d "$2/node_modules" ] && return 0
	rm -rf "$2" && mkdir -p "$2" &&
		cp "$1/package.json" "$1/package-lock.json" "$2" &&
		(cd "$2" && HOME="$home" timeout 300 npm ci --fetch-retries=1 \
			--ignore-scripts --no-audit --no-fund) \
			> "$folder/npm.log" 2>&1 && return 0
	rm -rf "$2"
	return 1
}

# finish: the line that tools/run-tests.sh adds up, and the status.
finish() {
	printf '%s: %d passed, %d failed, %d skipped\n' "$suite" \
		"$passed" "$failed" "$skipped"
	[ "$failed" -eq 0 ]
}
