#!/bin/sh
# embed - writes the C table of base/embedded.h for the files named on the
# command line, with the trees that tools/freeze.c put into the folder named
# first; what is no YAML has none. The assembler includes the bytes; the compiler sees none.
# SPDX-License-Identifier: Apache-2.0
set -eu
folder=$1
shift
echo '/* Made by tools/embed.sh. */'
echo '#include "base/embedded.h"'
printf '%s\n' "$@" | LC_ALL=C sort | awk -v folder="$folder" '
	function include(name, file) {
		printf "__asm__(\".section .rodata\\n.balign 8\\n%s: .incbin \\\"%s\\\"\\n" \
		       "%s_end: .byte 0\\n.previous\\n\");\n", name, file, name
		printf "extern const char %s[], %s_end[];\n", name, name
	}
	$0 != "" {
		count++
		path[count] = $0
		include("embed_" count, $0)
		frozen[count] = /\.yaml$/
		if (frozen[count])
			include("frozen_" count, folder "/" $0 ".frozen")
	}
	END {
		print "const struct embedded embedded_files[] = {"
		for (i = 1; i <= count; i++) {
			tree = frozen[i] ? "frozen_" i : "embed_" i "_end"
			printf "\t{\"%s\", embed_%d, embed_%d_end, %s, %s},\n",
			       path[i], i, i, tree, frozen[i] ? tree "_end" : tree
		}
		print "};"
		printf "const size_t embedded_count = %d;\n", count
	}'
