#!/bin/sh
# run - makes reports of the example organisation, of a hostile repository and
# of one whose history is cut, reads them as a parser does, and looks at them
# in Debian's Chromium with playwright-core and axe-core from npm. What is not
# there is skipped by name. Pictures lie in build/html afterwards.
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2016 # inner shells expand
set -u
. "$(dirname "$0")/../lib.sh"
begin html
export LC_ALL=C.UTF-8
program=$(absolute "$1")
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
modules=$root/build/html/modules
pictures=$root/build/html
as_of=2026-11-21T12:00:00+02:00

# ---- the reports

out=$folder/out
mkdir "$out" || exit 2

"$root/examples/nordhavn/build" "$folder/nordhavn" > "$folder/log" 2>&1 || {
	cat "$folder/log"
	exit 2
}
cd "$folder/nordhavn" || exit 2
nordhavn=$out/nordhavn.html
expect 'the example is reported' 0 "$program" report --html "$nordhavn" --as-of "$as_of"
expect 'the same bytes come again, by one thread, to standard output' 0 sh -c \
	'"$0" report --html - --jobs 1 --as-of "$1" | cmp - "$2"' "$program" "$as_of" "$nordhavn"
commit=$(git rev-parse HEAD)
expect 'a commit is reported' 0 "$program" report --html "$out/commit.html" --at "$commit"
command=$(sed -n 's|.*<code>\(abide report --html report.html .*\)</code></pre>|\1|p' "$out/commit.html")
expect 'the command in the report makes the same bytes' 0 sh -c '
	program=$0
	abide() { "$program" "$@"; }
	eval "$1" && cmp report.html "$2" && rm report.html' "$program" "$command" "$out/commit.html"
command=$(sed -n 's|.*<code>\(abide check .*\)</code></pre>|\1|p' "$out/commit.html")
digest=$(sed -n 's|.*gives <code class="digest">\([0-9a-f]*\)</code>.*|\1|p' "$out/commit.html")
expect 'the command in the report gives the digest of its findings' 0 sh -c '
	program=$0
	abide() { "$program" "$@"; }
	[ "$(eval "$1" 2> /dev/null)" = "$2  -" ]' "$program" "$command" "$digest"

# What it says is what other commands say.
"$program" check --as-of "$as_of" --format json > "$folder/json" 2> "$folder/log"
for word in error warning; do
	count=$(sed -n "s/^    \"${word}s\": \([0-9]*\),*/\1/p" "$folder/json")
	holds "it counts $count ${word}s" "$nordhavn" "$count ${word}s"
done
for words in 'Nordhavn Outdoor Oy' 'Is it allowed?' 'Is it secure?' \
	'2026-06-08 13:30</span> aware' '2026-06-11 13:30</span> end' \
	'after 49 h 35 min' '22 h 25 min before the end' \
	'the clock has not started' '60 months from last-activity' \
	'P60M is longer than P24M' 'Second factor missing in the HR system' \
	'past its end' 'GDPR Art. 83(5)' '20 000 000 EUR' \
	'Lacking, in force and without an error' 'A.5.30' 'not checked' \
	'a date passed' 'Approved-by' 'signed (ssh), not verified'; do
	holds "it says: $words" "$nordhavn" "$words"
done
expect 'controls and articles are told of in both directions' 0 sh -c \
	'grep -q "From the GDPR to Annex A" "$0" && grep -q "From Annex A to the GDPR" "$0"' "$nordhavn"
expect 'changes since a date' 0 "$program" report --html "$folder/since.html" \
	--as-of "$as_of" --since 2026-11-01
expect 'and no older ones' 0 sh -c '! grep -q "Added: deletion-run/del-2026-10-web" "$0" &&
	grep -q "Added: incident/inc-2026-006" "$0"' "$folder/since.html"
expect 'personal data stays masked' 0 sh -c '! grep -q maija.m@customer.fi "$0"' "$nordhavn"

sed -i 's/finder called .*/finder called/' incidents/2026-005.yaml && git add -A &&
	git -c user.name=Ada -c user.email=ada@example.org commit -q -m 'Take the address out' || exit 2
test_of 'what was taken out is reported' "$program" report --html "$folder/taken.html" --as-of "$as_of"
test_of 'and stays masked as well' sh -c '! grep -q maija.m@customer.fi "$0" &&
	grep -q "Take the address out" "$0" && grep -q "before: </span>\*\*\*</del>" "$0"' "$folder/taken.html"

git clone -q --depth 3 "file://$folder/nordhavn" "$folder/shallow" && cd "$folder/shallow" || exit 2
expect 'a cut history is no reliable result' 2 "$program" report \
	--html "$out/shallow.html" --as-of "$as_of"
holds 'and the report says so' "$out/shallow.html" 'this clone is shallow'
holds 'before everything else' "$out/shallow.html" 'This report is incomplete.'

mkdir "$folder/hostile" && cd "$folder/hostile" &&
	git -c init.defaultBranch=main init -q || exit 2
hostile() {
	cat > "$1" <<-'END'
	kind: organisation
	id: org
	title: "</title></style><script>alert(1)</script>"
	status: active
	legal_name: "\"'><img src=x onerror=alert(2)>`<svg/onload=alert(3)>\e[31m\u202Egnp.exe"
	country: FI
	timezone: Europe/Helsinki
	---
	kind: "<b onmouseover=alert(4)>"
	id: "javascript:alert(5)"
	title: "</textarea><iframe src='javascript:alert(6)'>"
	---
	kind: incident
	id: inc-1
	title: "<a href='javascript:alert(7)'>x</a>"
	status: "<script>"
	owner: "&lt;script&gt;&#x202e;"
	---
	kind: exception
	id: exc-1
	title: "]]><!-- --><style>*{display:none}</style>"
	status: active
	owner: "{{7*7}}"
	rules: ["<script>alert(8)</script>"]
	records: ["</td></tr></table><h1>owned</h1>"]
	reason: "<meta http-equiv=refresh content='0;url=https://evil.example'>"
	requested_by: p-1
	approved_by: p-2
	approved_on: 2026-01-01
	expires_on: 2026-12-31
	END
}
name='<img src=x onerror=alert(9)>.yaml'
hostile "$name" && git add -A && git -c user.name='<script>alert(10)</script>' \
	-c user.email='"><b>@x.example' commit -q -m '</style><script>alert(11)</script>

Approved-by: <img src=x onerror=alert(12)> <x@example.org>' || exit 2
sed -i 's/^reason: .*/reason: "<svg onload=alert(13)>"/; s/^id: org/id: org\nnotes: "long'"$(
	printf '%0300d' 0)"'"/' "$name"
git add -A && git -c user.name="$(printf 'x\342\200\256y\033[31m')" \
	-c user.email=y@example.org commit -q -m '::error::x' || exit 2
"$program" report --html "$out/hostile.html" --as-of "$as_of" > "$folder/log" 2>&1
holds 'a hostile repository is reported' "$out/hostile.html" 'onerror=alert(2)&#62;'
expect 'with the names of its files, authors and messages' 0 sh -c \
	'grep -q "alert(9)" "$0" && grep -q "alert(10)" "$0" && grep -q "alert(11)" "$0" &&
	grep -q "alert(13)" "$0"' "$out/hostile.html"

mkdir "$folder/empty" && cd "$folder/empty" && git -c init.defaultBranch=main init -q || exit 2
expect 'nothing at all is no reliable result' 2 "$program" report \
	--html "$out/empty.html" --as-of "$as_of"
expect 'a file that cannot be written is told of' 2 "$program" report \
	--html "$folder/none/report.html" --as-of "$as_of"

# ---- the readers

reports="$nordhavn $out/hostile.html $out/shallow.html $out/empty.html"
if command -v python3 > /dev/null; then
	counted python3 "$here/counts.py" "$nordhavn" "$folder/json"
	# shellcheck disable=SC2086 # the list is words
	counted python3 "$here/structure.py" $reports
else
	skip 'the structure of the report' 'there is no python3'
fi

chromium=${CHROMIUM:-$(command -v chromium)}
if [ ! -x "$chromium" ]; then
	skip 'the report in Chromium, and axe' 'there is no chromium'
elif ! command -v npm > /dev/null || ! command -v node > /dev/null; then
	skip 'the report in Chromium, and axe' 'there is no npm'
elif [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
	skip 'the report in Chromium, and axe' 'playwright-core needs node 20'
elif ! npm_install "$here" "$modules"; then
	skip 'the report in Chromium, and axe' 'npm could not install playwright-core'
else
	mkdir -p "$pictures"
	# shellcheck disable=SC2086
	counted node "$here/check.mjs" "$modules" "$chromium" "$pictures" $reports
fi

finish
