#!/bin/sh
# run - writes reports in every format and has other people's readers read them
# back: npm's (ajv with the SARIF schema of OASIS, Microsoft's SARIF multitool,
# junit2json, markdown-it), Python's csv and xml, xmllint. What is not there is
# skipped by name. Nothing of it is part of the program.
# SPDX-License-Identifier: Apache-2.0
set -u
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
writer=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
here=$(cd "$(dirname "$0")" && pwd)
modules=$here/../../build/formats
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0
skipped=0

# Nothing of the user's takes part, but npm keeps its settings.
for name in $(env | sed -n 's/^\(GIT_[A-Z_]*\)=.*/\1/p'); do
	unset "$name"
done
unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY TF_BUILD TEAMCITY_VERSION
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C.UTF-8

# test_of TITLE COMMAND...
test_of() {
	title=$1
	shift
	if "$@" > "$folder/log" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAILED %s\n' "$title"
		sed 's/^/  /' "$folder/log" | head -40
	fi
}

skip() {
	skipped=$((skipped + 1))
	printf 'formats: %s: skipped (%s)\n' "$1" "$2"
}

# counted COMMAND...: a reader that says "passed ..." or "FAILED ..." for each
# of its tests.
counted() {
	"$@" > "$folder/log" 2>&1
	status=$?
	good=$(grep -c '^passed ' "$folder/log")
	bad=$(grep -c '^FAILED ' "$folder/log")
	passed=$((passed + good))
	failed=$((failed + bad))
	if [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; then
		[ "$bad" -gt 0 ] || failed=$((failed + 1))
		grep -v '^passed ' "$folder/log"
	fi
}

# ---- the reports: made ones, a hostile repository, the example

out=$folder/out
mkdir "$out" || exit 2
test_of 'reports are written' "$writer" "$out"

# report NAME: the repository in the current folder, in every format.
report() {
	formats=
	for format in concise csv github gitlab json junit markdown ndjson \
		rdjsonl sarif text; do
		formats="$formats --format $format=$out/$1.$format"
	done
	# shellcheck disable=SC2086 # the list is words
	"$program" check --as-of 2026-11-21 $formats > "$folder/log" 2>&1
	[ -s "$out/$1.sarif" ] && [ -s "$out/$1.csv" ]
}

secret=erika.mustermann@customer.example
mkdir "$folder/repository" && cd "$folder/repository" &&
	git -c init.defaultBranch=main init -q || exit 2
# Tabs, quotes, line ends and bytes that are no UTF-8 in the names of files.
for name in 'line
::error::x.yaml' '=cmd|calc.yaml' '<script>.yaml' '`a|b`.yaml' \
	"$(printf 'x\377\302.yaml')" "$(printf 'rtl\342\200\256.yaml')" \
	'a]]>b&amp;"'"'"'.yaml' '100%3A,x.yaml' '[a](b).yaml'; do
	cat > "$name" <<-'END' || exit 2
	kind: retention-rule
	id: "=cmd|' /C calc'!A0"
	title: "]]> <script>alert(1)</script> ![x](https://evil.example) @user #1 | `x`"
	status: "\e[31mred\u202Eevil\n::error::owned\r##[error]x ##vso[task] https://evil.example"
	"::error file=a::owned\n": 1
	owner: "+1"
	END
done
cat > personal.yaml <<-END
	kind: incident
	id: inc-1
	title: Mail to $secret
	description: Sent to $secret by mistake
	END
git add -A
test_of 'a hostile repository is reported' report repository
test_of 'it has findings in every file' test "$(sort -u "$out/repository.ndjson" |
	grep -o '"path":"[^"]*"' | sort -u | wc -l)" -ge 10
test_of 'personal data is found' grep -q personal-data/email "$out/repository.json"
for file in "$out"/repository.*; do
	test_of "personal data is masked in ${file##*.}" sh -c '! grep -q "$0" "$1"' \
		"$secret" "$file"
done

cp -R "$here/../../examples/nordhavn" "$folder/nordhavn" &&
	cd "$folder/nordhavn" && git -c init.defaultBranch=main init -q &&
	git remote add origin 'https://ada:s3cret@git.example.org/r.git?token=s3cret' &&
	git add -A || exit 2
test_of 'the example is reported' report nordhavn
test_of 'no password leaves' sh -c '! grep -q s3cret "$0"/*' "$out"
reports='full incomplete hostile repository nordhavn'

# ---- the readers

if command -v python3 > /dev/null; then
	# shellcheck disable=SC2086
	counted python3 "$here/read.py" "$out" $reports
else
	skip 'csv, junit, github' 'there is no python3'
fi
for name in $reports; do
	if command -v xmllint > /dev/null; then
		test_of "xmllint reads $name" xmllint --noout "$out/$name.junit"
	else
		skip "junit of $name" 'there is no xmllint'
	fi
done

# What npm installs is kept as long as the list is the same.
install() {
	cmp -s "$here/package-lock.json" "$modules/package-lock.json" &&
		[ -d "$modules/node_modules" ] && return 0
	rm -rf "$modules" && mkdir -p "$modules" &&
		cp "$here/package.json" "$here/package-lock.json" "$modules" &&
		(cd "$modules" && timeout 300 npm ci --fetch-retries=1 --ignore-scripts --no-audit \
			--no-fund) > "$folder/npm.log" 2>&1 && return 0
	rm -rf "$modules"
	return 1
}

tool=$modules/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
# multitool REPORT: valid by its own rules too, which say `error` of a fault.
multitool() {
	DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$tool" validate \
		"$out/$1.sarif" > "$folder/tool.log" 2>&1 || {
		cat "$folder/tool.log"
		return 1
	}
	grep -q 'Analysis completed successfully' "$folder/tool.log" &&
		! grep ': error ' "$folder/tool.log"
}

if ! command -v npm > /dev/null || ! command -v node > /dev/null; then
	skip 'sarif, gitlab, rdjsonl, markdown by readers of npm' 'there is no npm'
elif ! install; then
	skip 'sarif, gitlab, rdjsonl, markdown by readers of npm' \
		'npm could not install them'
else
	# shellcheck disable=SC2086
	counted node "$here/read.mjs" "$modules" "$out" $reports
	if [ -f "$tool" ] && [ "$(uname -m)" = x86_64 ]; then
		chmod +x "$tool"
		for name in $reports; do
			test_of "the SARIF multitool validates $name" multitool "$name"
		done
	else
		skip 'SARIF multitool' 'it is for x86_64'
	fi
fi

printf 'formats: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
