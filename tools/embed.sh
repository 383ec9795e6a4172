#!/bin/sh
# embed - writes the C table of base/embedded.h for the files named on the
# command line. The assembler includes the bytes; the compiler sees none.
# SPDX-License-Identifier: Apache-2.0
set -eu
echo '/* Made by tools/embed.sh. */'
echo '#include "base/embedded.h"'
printf '%s\n' "$@" | LC_ALL=C sort | awk '
	$0 != "" {
		count++
		path[count] = $0
		printf "__asm__(\".section .rodata\\nembed_%d: .incbin \\\"%s\\\"\\n" \
		       "embed_%d_end: .byte 0\\n.previous\\n\");\n", count, $0, count
		printf "extern const char embed_%d[], embed_%d_end[];\n", count, count
	}
	END {
		print "const struct embedded embedded_files[] = {"
		for (i = 1; i <= count; i++)
			printf "\t{\"%s\", embed_%d, embed_%d_end},\n", path[i], i, i
		print "};"
		printf "const size_t embedded_count = %d;\n", count
	}'
