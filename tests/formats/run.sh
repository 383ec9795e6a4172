#!/bin/sh
# run - writes reports in every format and has other people's readers read them
# back: npm's (ajv with the SARIF schema of OASIS, Microsoft's SARIF multitool,
# junit2json, markdown-it), Python's csv and xml, xmllint. What is not there is
# skipped by name. Nothing of it is part of the program.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$(dirname "$0")/../lib.sh"
begin formats
export LC_ALL=C.UTF-8
program=$(absolute "$1")
writer=$(absolute "$2")
here=$(cd "$(dirname "$0")" && pwd)
modules=$here/../../build/formats

# ---- the reports: made ones, a hostile repository, the example

out=$folder/out
mkdir "$out" || exit 2
expect 'reports are written' 0 "$writer" "$out"

# report NAME: the repository in the current folder, in every format.
report() {
	formats=
	for format in concise csv github gitlab json junit markdown ndjson \
		rdjsonl sarif text; do
		formats="$formats --format $format=$out/$1.$format"
	done
	# shellcheck disable=SC2086 # the list is words
	"$program" check --as-of 2026-11-21 $formats
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
expect 'a hostile repository is reported' 0 report repository
expect 'it has findings in every file' 0 test "$(sort -u "$out/repository.ndjson" |
	grep -o '"path":"[^"]*"' | sort -u | wc -l)" -ge 10
expect 'personal data is found' 0 grep -q personal-data/email "$out/repository.json"
for file in "$out"/repository.*; do
	expect "personal data is masked in ${file##*.}" 0 sh -c '! grep -q "$0" "$1"' \
		"$secret" "$file"
done

cp -R "$here/../../examples/nordhavn" "$folder/nordhavn" &&
	cd "$folder/nordhavn" && git -c init.defaultBranch=main init -q &&
	git remote add origin 'https://ada:s3cret@git.example.org/r.git?token=s3cret' &&
	git add -A || exit 2
expect 'the example is reported' 0 report nordhavn
expect 'no password leaves' 0 sh -c '! grep -q s3cret "$0"/*' "$out"
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
		expect "xmllint reads $name" 0 xmllint --noout "$out/$name.junit"
	else
		skip "junit of $name" 'there is no xmllint'
	fi
done

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
elif ! npm_install "$here" "$modules"; then
	skip 'sarif, gitlab, rdjsonl, markdown by readers of npm' \
		'npm could not install them'
else
	# shellcheck disable=SC2086
	counted node "$here/read.mjs" "$modules" "$out" $reports
	if [ -f "$tool" ] && [ "$(uname -m)" = x86_64 ]; then
		chmod +x "$tool"
		for name in $reports; do
			expect "the SARIF multitool validates $name" 0 multitool "$name"
		done
	else
		skip 'SARIF multitool' 'it is for x86_64'
	fi
fi

finish
