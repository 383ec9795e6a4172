#!/bin/sh
# transcript - runs the commands of documents and compares what they say.
#
#	tools/transcript.sh PROGRAM FILE.md...
#
# Each fenced block that begins with ```console and nothing behind it is run:
# "$ " begins a command, "> " goes on with it, the other lines are what it says
# on both streams. "..." or an ellipsis is any text within a line; alone on a
# line it is any number of lines. Blanks at the end of a line do not count. The
# blocks of a document run one after the other in one shell, in an empty folder,
# with abide on the PATH, an empty home and none of the user's git settings.
# From where a document says <!-- in: FOLDER --> the folder is not that one but
# a repository with a copy of that folder of the project; from where it says
# <!-- built: FOLDER -->, the repository that FOLDER/build makes, with its
# history. A document without such a block is passed over.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$(dirname "$0")/../tests/lib.sh"
begin transcripts
program=$(cd "$(dirname "$1")" && pwd)
shift
here=$(pwd)
export PATH="$program:/usr/local/bin:/usr/bin:/bin"
export LC_ALL=C.UTF-8 TZ=UTC TERM=dumb
export GIT_AUTHOR_NAME='Jo Ortiz' GIT_AUTHOR_EMAIL=jo@example.org
export GIT_COMMITTER_NAME='Jo Ortiz' GIT_COMMITTER_EMAIL=jo@example.org

# Cuts a document into N.command, N.expected and N.line below $folder.
cut_up() {
	awk -v folder="$folder/" '
		function finish() {
			if (n) {
				close(folder n ".command")
				close(folder n ".expected")
			}
		}
		!inside && /^<!-- (in|built): .* -->$/ {
			print n + 1, substr($2, 1, length($2) - 1), $3 > (folder "parts")
		}
		!inside && $0 == "```console" { inside = 1; next }
		inside && /^```/ { inside = 0; finish(); open = 0; next }
		!inside { next }
		/^\$ / {
			finish()
			n++
			open = 1
			printf "%s\n", substr($0, 3) > (folder n ".command")
			printf "" > (folder n ".expected")
			print NR > (folder n ".line")
			close(folder n ".line")
			continued = 1
			next
		}
		!open { print FILENAME ":" NR ": what says this?" > "/dev/stderr"; exit 1 }
		continued && /^>( |$)/ {
			printf "%s\n", substr($0, 3) > (folder n ".command")
			next
		}
		{ continued = 0; print > (folder n ".expected") }
		END { print n + 0 > (folder "count") }
	' "$1"
}

# Does what was said fit what is expected?
fits() {
	awk -v wanted="$1" '
		# The parts of a line between "...": first and last are anchored.
		function fits(line, pattern,    parts, n, i, at, last) {
			n = split(pattern, parts, "[.][.][.]")
			if (n <= 1)
				return line == pattern
			if (substr(line, 1, length(parts[1])) != parts[1])
				return 0
			line = substr(line, length(parts[1]) + 1)
			for (i = 2; i < n; i++) {
				if (parts[i] == "")
					continue
				at = index(line, parts[i])
				if (!at)
					return 0
				line = substr(line, at + length(parts[i]))
			}
			last = parts[n]
			return length(line) >= length(last) &&
				substr(line, length(line) - length(last) + 1) == last
		}
		BEGIN { while ((getline text < wanted) > 0) {
			gsub("…", "...", text)
			if (text ~ /^ +[.][.][.]$/)
				text = "..."
			want[++w] = text
		} }
		{ sub(/ +$/, ""); said[++s] = $0 }
		END {
			i = 1
			k = 1
			star = 0
			while (i <= s) {
				if (k <= w && want[k] == "...") {
					star = k++
					from = i
				} else if (k <= w && fits(said[i], want[k])) {
					i++
					k++
				} else if (star) {
					k = star + 1
					i = ++from
				} else {
					exit 1
				}
			}
			while (k <= w && want[k] == "...")
				k++
			exit k <= w
		}' "$2"
}

tell() {
	rm -rf "$folder"
	mkdir -p "$folder/home" "$folder/work" || exit 2
	cut_up "$1" || { failed=$((failed + 1)); return; }
	count=$(cat "$folder/count")
	[ "$count" -gt 0 ] || return
	[ ! -f "$folder/parts" ] ||
		while read -r first sort from; do
			if [ "$sort" = built ]; then
				"$here/$from/build" "$folder/part$first" || exit 2
				continue
			fi
			cp -R "$here/$from" "$folder/part$first" &&
				git -C "$folder/part$first" init -q &&
				git -C "$folder/part$first" add -A || exit 2
		done < "$folder/parts"
	# One shell for all, so that cd and variables last; $? as it was.
	awk -v count="$count" -v at="$folder" 'BEGIN {
		print "status=0"
		while ((getline line < (at "/parts")) > 0) {
			split(line, part, " ")
			begins[part[1]] = 1
		}
		for (i = 1; i <= count; i++) {
			if (i in begins)
				printf "cd %s/part%d\n", at, i
			printf "sh -c \"exit $status\"; . %s/%d.command > %s/%d.said 2>&1 < /dev/null\n", at, i, at, i
			print "status=$?"
		}
	}' > "$folder/script"
	(cd "$folder/work" && timeout 300 sh ../script) || :
	number=1
	while [ "$number" -le "$count" ]; do
		if [ -f "$folder/$number.said" ] &&
			fits "$folder/$number.expected" "$folder/$number.said"; then
			pass
		else
			failed=$((failed + 1))
			printf 'FAILED %s:%s: %s\n' "$1" "$(cat "$folder/$number.line")" \
				"$(head -1 "$folder/$number.command")"
			touch "$folder/$number.said"
			diff -u "$folder/$number.expected" "$folder/$number.said" |
				sed '1,2d; s/^/  /'
		fi
		number=$((number + 1))
	done
}

for document in "$@"; do
	cd "$here" || exit 2
	tell "$document"
done
finish
