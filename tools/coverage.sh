#!/bin/sh
# coverage - what docs/reference/coverage.md names is there: each rule, code,
# kind, field, file, parameter with its number, and command of its tables is
# known to the program; what it calls missing is still missing.
# SPDX-License-Identifier: Apache-2.0
set -eu
program=$1
page=${2:-docs/reference/coverage.md}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Facts, one a line: what it is, its name, its value. Rules are the built-in
# ones, whatever the folder this is run in holds.
"$program" rules --isolated --format json > "$folder/rules"
"$program" help > "$folder/help"
"$program" schema > "$folder/kinds"
{
	awk -F '"' '
		$2 == "id" { id = $4 }
		$2 == "code" { code = $4 }
		$2 == "waivable" {
			print "rule", id, "-"
			if (code != "")
				print "code", code, id
		}' "$folder/rules"
	sed -n 's/^  \([a-z][a-z]*\)  .*/command \1 -/p' "$folder/help"
	while read -r kind title; do
		echo "kind $kind $title"
		sed -n "s/^  \([a-z_]*\):.*/field $kind.\1 -/p" "schema/$kind.yaml"
	done < "$folder/kinds"
	awk '$1 == "-" && $2 == "key:" { key = $3; print "parameter", key, "-" }
		$1 == "default:" && NF == 2 { print "default", key, $2 }' \
		policies/parameters.yaml
	find policies -name '*.yaml' -exec echo file {} - \;
	find docs/rules -name '*.md' -exec echo page {} - \;
} > "$folder/facts"

awk -v page="$page" '
	function complain(text)
	{
		printf "%s:%d: %s\n", page, FNR, text
		faults++
	}

	# The next name in backticks of `rest`, else nothing.
	function next_name(    name)
	{
		if (!match(rest, /`[^`]*`/))
			return ""
		name = substr(rest, RSTART + 1, RLENGTH - 2)
		rest = substr(rest, RSTART + RLENGTH)
		return name
	}

	function need(what, name)
	{
		named++
		if (!((what, name) in fact))
			complain("there is no " what " " name)
	}

	function judge_codes(text, there,    code)
	{
		while (match(text, /[A-Z][A-Z][A-Z]-[0-9][0-9][0-9]/)) {
			code = substr(text, RSTART, RLENGTH)
			text = substr(text, RSTART + RLENGTH)
			named++
			if (there && !(("code", code) in fact))
				complain("there is no code " code)
			else if (!there && (("code", code) in fact))
				complain(code " is called missing, but it is there: move it to the rules")
			if (there && !(code in legend))
				legend[code] = 0
		}
	}

	function judge_record(name,    parts)
	{
		if (name ~ /\//) {
			need("file", name)
			return
		}
		split(name, parts, ".")
		need("kind", parts[1])
		# Every kind has evidence: schema/common.yaml.
		if (parts[2] != "" && parts[2] != "evidence" && !(("field", name) in fact))
			complain("there is no field " name)
	}

	function judge_number(name,    parts)
	{
		split(name, parts, ": ")
		need("parameter", parts[1])
		if (parts[2] != "" && fact["default", parts[1]] != parts[2])
			complain(parts[1] " is " fact["default", parts[1]] ", not " parts[2])
	}

	# | number | asked | rules | records | numbers | commands | not judged |
	function judge_row(    i, name, at)
	{
		rows++
		if (NF != 9)
			complain("a row has 7 cells")
		for (i = 2; i < 9; i++) {
			gsub(/^ +| +$/, "", $i)
			if ($i == "")
				complain("an empty cell")
		}
		if ($2 in seen)
			complain("the number " $2 " is used twice")
		seen[$2] = 1
		if ($4 == "-" && $8 == "-")
			complain($2 " names no rule and does not say what is missing")
		for (rest = $4; (name = next_name()) != "";)
			if (name ~ /\//)
				need("rule", name)
		judge_codes($4, 1)
		for (rest = $5; (name = next_name()) != "";)
			judge_record(name)
		for (rest = $6; (name = next_name()) != "";)
			judge_number(name)
		for (rest = $7; (name = next_name()) != "";)
			need("command", substr(name, 7))
		at = index($8, "Missing")
		judge_codes(at ? substr($8, 1, at - 1) : $8, 1)
		judge_codes(at ? substr($8, at) : "", 0)
	}

	NR == FNR {
		fact[$1, $2] = $3
		next
	}
	FNR == 1 {
		FS = "|"
		$0 = $0
	}
	# Before the first row, codes are those of rules that do not exist.
	!rows && !/^\|/ {
		judge_codes($0, 0)
	}
	/^\| [PM][0-9]/ {
		judge_row()
	}
	# | `code` | [`rule`](page) | title |
	/^\| `[A-Z][A-Z][A-Z]-/ {
		rest = $0
		code = next_name()
		name = next_name()
		need("rule", name)
		link = name
		sub(/\//, "--", link)
		if (!index(rest, "](../rules/" link ".md)"))
			complain(name " is not linked to its page")
		need("page", "docs/rules/" link ".md")
		if (fact["code", code] != name)
			complain(code " is not the code of " name)
		if (!(code in legend))
			complain(code " is in the key, but no row names it")
		legend[code] = 1
	}
	END {
		for (code in legend)
			if (!legend[code])
				complain(code " is not in the key of rules")
		if (rows < 59)
			complain("only " rows + 0 " rows")
		if (faults) {
			printf "coverage: %d faults\n", faults
			exit 1
		}
		printf "coverage: %d rows, %d names\n", rows, named
	}' "$folder/facts" "$page"
