#!/bin/sh
# accept - writes what comes out into a story of outputs with every sort of end,
# and demands that the story is told the same then, and written the same again.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$(dirname "$0")/../lib.sh"
begin accept
run=$1

# One file for each end, shown one after the other and once more at the end.
story() {
	cat << 'END'
# Outputs that end with no newline, with one, and with empty lines.
now: 2026-06-01

-- no-repository:

-- file-escaped: none
\c

-- file-escaped: newline
\x0a\c

-- file-escaped: newlines
\x0a\x0a\c

-- file-escaped: text
a\c

-- file-escaped: line
a\x0a\c

-- file-escaped: empty-line
a\x0a\x0a\c

-- file-escaped: empty-lines
a\x0a\x0a\x0a\c

-- file-escaped: escaped
a\x09\x0a\x0a\c

END
	for end in none newline newlines text line empty-line empty-lines escaped; do
		printf -- '-- cat: %s\n\n' "$end"
	done
	printf -- '-- run: version --no-such-option\n\n-- cat: %s\n' "$1"
}

for last in none newline newlines text line empty-line empty-lines escaped; do
	case=$folder/$last.case
	story "$last" > "$case"
	expect "accept, last $last" 0 "$run" --accept "$case"
	expect "told again, last $last" 0 "$run" "$case"
	cp "$case" "$folder/first"
	# Accepting writes only what is told otherwise.
	sed 's/^-- exit: 2$/-- exit: 1/' "$folder/first" > "$case"
	expect "accept again, last $last" 0 "$run" --accept "$case"
	expect "written again, last $last" 0 cmp "$folder/first" "$case"
done
finish
