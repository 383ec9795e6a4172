#!/bin/sh
# run - what is offered for CI, read by the readers of others and run: action.yml
# and tools/action.sh, the workflows, the pipeline of docs/how-to/gitlab.md,
# .pre-commit-hooks.yaml under pre-commit itself. What is not there is skipped by
# name.
#
#	tests/ci/run.sh build/gcc/abide
#
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2016 # inner shells expand
set -u
. "$(dirname "$0")/../lib.sh"
begin ci
as_ada
export LC_ALL=C.UTF-8
program=$(absolute "$1")
on_path "$program"
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
modules=$top/build/ci

# block FILE MARK: the block of a document behind <!-- MARK -->.
block() {
	awk -v mark="<!-- $2 -->" '
		$0 == mark { wanted = 1; next }
		wanted && /^```yaml$/ { inside = 1; next }
		inside && /^```$/ { exit }
		inside' "$top/docs/how-to/$1"
}

block github.md github-workflow > "$folder/workflow.yml"
block gitlab.md gitlab-ci > "$folder/gitlab-ci.yml"
block pre-commit.md pre-commit > "$folder/pre-commit-config.yaml"
for file in workflow.yml gitlab-ci.yml pre-commit-config.yaml; do
	expect "the docs hold $file" 0 test -s "$folder/$file"
done
# Full history, or what history rules say is no result at all.
holds 'the workflow fetches all of history' "$folder/workflow.yml" 'fetch-depth: 0'
holds 'the pipeline fetches all of history' "$folder/gitlab-ci.yml" 'GIT_DEPTH: "0"'

# dead_links: links of pages to files that are not there.
dead_links() {
	cd "$top" && for page in *.md docs/*.md docs/*/*.md; do
		sed 's/`[^`]*`//g' "$page" | grep -o '](\([^)#]*\)[^)]*)' |
			sed 's/^](//; s/#.*//; s/)$//' | sort -u |
			while read -r link; do
				case $link in '' | *:*) continue ;; esac
				[ -e "$(dirname "$page")/$link" ] || echo "$page: $link"
			done
	done > "$folder/dead"
	cat "$folder/dead"
	[ ! -s "$folder/dead" ]
}
expect 'every link of the docs leads somewhere' 0 dead_links

# ---- a repository with a pull request that switches off what it breaks

mkdir "$folder/work" && cd "$folder/work" && git init -q && abide init > /dev/null &&
	git add -A && git commit -qm Start || exit 2
base=$(git rev-parse HEAD)
sed -i '/^notices:/d' compliance/processing/payroll.yaml
sed -i 's|^rules:|&\n  transparency/notice-missing: {severity: "off", reason: Not at this time}|' abide.yaml
git commit -qam 'Switch it off' || exit 2
spoilt=$(git rev-parse HEAD)
expect 'the pull request has no findings of its own' 0 abide check -qq

# ---- the action

# action BASE: runs it as GitHub would.
action() {
	: > "$folder/output"
	: > "$folder/summary"
	env GITHUB_ACTIONS=true GITHUB_EVENT_NAME="${EVENT:-pull_request}" \
		GITHUB_ACTION_PATH="$top" GITHUB_OUTPUT="$folder/output" \
		GITHUB_STEP_SUMMARY="$folder/summary" INPUT_BASE="$1" \
		INPUT_FAIL_ON=error INPUT_PROGRAM="${PROGRAM:-}" \
		INPUT_SARIF="$folder/out.sarif" INPUT_DIRECTORY=. \
		sh -c "$(sed -n "s/^      run: '\(.*\)'\$/\1/p" "$top/action.yml")"
}
expect 'a pull request that switches a rule off' 1 action "$base"
says 'is annotated' '::error title=abide (transparency/notice-missing)'
holds 'has a summary' "$folder/summary" 'transparency/notice-missing'
holds 'says its status' "$folder/output" 'status=1'
holds 'says where SARIF is' "$folder/output" "sarif=$folder/out.sarif"
holds 'SARIF has it' "$folder/out.sarif" '"transparency/notice-missing"'
expect 'without a base its own policy counts' 0 action ''
expect 'a new branch has none either' 0 action 0000000000000000000000000000000000000000
expect 'a base that is not there' 2 action 1111111111111111111111111111111111111111
PROGRAM=/nowhere/abide
expect 'a program that is not there' 2 action "$base"
says 'is named' "there is no program '/nowhere/abide'"
holds 'is no result' "$folder/output" 'status=2'
PROGRAM=
EVENT=push
expect 'after a forced push all counts' 0 action 1111111111111111111111111111111111111111
says 'and that is said' 'all findings count'
EVENT=
sed -i 's/^abide: 1/abide: one/' abide.yaml && git commit -qam Broken
expect 'a policy that cannot be read' 2 action "$base"
git reset -q --hard "$spoilt"
git clone -q --depth 1 "file://$folder/work" "$folder/cut" || exit 2
cd "$folder/cut" || exit 2
expect 'a clone that is cut' 2 action "$base"
cd "$folder/work" || exit 2

# ---- pre-commit

# A repository of the hook, with what this tree holds.
mkdir "$folder/abide-hook" && cp "$top/.pre-commit-hooks.yaml" "$folder/abide-hook" &&
	git -C "$folder/abide-hook" init -q && git -C "$folder/abide-hook" add -A &&
	git -C "$folder/abide-hook" commit -qm Hooks &&
	git -C "$folder/abide-hook" tag v0.1.0 || exit 2
if ! command -v pre-commit > /dev/null; then
	skip 'pre-commit' 'there is no pre-commit'
else
	expect 'the manifest is one' 0 \
		pre-commit validate-manifest "$top/.pre-commit-hooks.yaml"
	expect 'the configuration of the docs is one' 0 \
		pre-commit validate-config "$folder/pre-commit-config.yaml"
	git reset -q --hard "$base"
	sed "s|https://git.example.org/abide |$folder/abide-hook |" \
		"$folder/pre-commit-config.yaml" > .pre-commit-config.yaml
	git add -A && git commit -qm 'Use pre-commit' || exit 2
	expect 'it is installed' 0 pre-commit install \
		--hook-type pre-commit --hook-type commit-msg
	expect 'a commit without findings' 0 git commit -qm Fine --allow-empty
	says 'runs the hook' 'abide....'
	sed -i '/^notices:/d' compliance/processing/payroll.yaml
	expect 'a commit with a finding' 1 git commit -qam Bad
	says 'shows it' 'transparency/notice-missing'
	expect 'commit FILE too' 1 git commit -qm Bad compliance/processing/payroll.yaml
	git reset -q --hard
	git rm -q compliance/suppliers/payroll-bureau.yaml
	expect 'a deletion that leaves references behind' 1 git commit -qm Gone
	says 'shows them' 'reference/unknown'
	git reset -q --hard
	printf 'kind: person\nid: p-9new\nstatus: active\ngit_identities: []\nemployment: employee\n' \
		> compliance/people/new.yaml
	git add -A
	expect 'a trailer that names nobody' 1 git commit -qm 'Add

Approved-by: X <x@example.org>'
	says 'is told' 'no person record has this identity'
	git reset -q --hard
	pre-commit uninstall --hook-type pre-commit --hook-type commit-msg > /dev/null
fi

# ---- by the readers of others, from npm

# pipeline SHA256 [BASE]: the job of the docs, run by gitlab-ci-local; here and
# not in the image, for there need be no container runtime.
pipeline() {
	cd "$folder" && rm -rf "$folder/pipeline" && git clone -q "$folder/work" "$folder/pipeline" &&
		cd "$folder/pipeline" && git checkout -q "$spoilt" &&
		sed '/^  image:/d' "$folder/gitlab-ci.yml" > .gitlab-ci.yml &&
		git remote set-url origin git@gitlab.example.org:a/b.git &&
		HOME="$folder/home" timeout 120 node \
			"$modules/node_modules/gitlab-ci-local/src/index.js" \
			--file .gitlab-ci.yml \
			--variable "ABIDE_ARCHIVE=file://$folder/abide.tar.gz" \
			--variable "ABIDE_SHA256=$1" \
			--variable "CI_MERGE_REQUEST_DIFF_BASE_SHA=${2:-}" abide
}

if ! command -v npm > /dev/null || ! command -v node > /dev/null; then
	skip 'action, workflows and pipeline by readers of npm' 'there is no npm'
elif ! npm_install "$here" "$modules"; then
	skip 'action, workflows and pipeline by readers of npm' \
		'npm could not install them'
else
	counted node "$here/read.mjs" "$modules" action "$top/action.yml"
	counted node "$here/read.mjs" "$modules" workflow \
		"$folder/workflow.yml" "$top"/.github/workflows/*.yml
	counted node "$here/read.mjs" "$modules" gitlab "$folder/gitlab-ci.yml"
	mkdir -p "$folder/abide-0/bin" && cp "$program" "$folder/abide-0/bin/abide" &&
		tar -C "$folder" -czf "$folder/abide.tar.gz" abide-0 || exit 2
	sum=$(sha256sum "$folder/abide.tar.gz" | cut -d ' ' -f 1)
	expect 'the pipeline refuses what switches a rule off' 1 pipeline "$sum" "$base"
	says 'and shows the finding' 'transparency/notice-missing'
	expect 'its reports are there' 0 test -s "$folder/pipeline/gl-code-quality.json" \
		-a -s "$folder/pipeline/abide.junit.xml"
	expect 'without a base its own policy counts' 0 pipeline "$sum"
	expect 'another archive is not run' 1 \
		pipeline "$(printf other | sha256sum | cut -d ' ' -f 1)" "$base"
	says 'and why' 'abide.tar.gz: FAILED'
fi

finish
