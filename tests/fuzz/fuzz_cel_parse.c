/*
 * fuzz_cel_parse - whatever parses must print, parse again and be the same.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cel/parse.h"
#include "cel/unparse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The normal layout may be longer than what was written, and nest a bracket
 * deeper for each operator. */
static const struct limits wide = {
	.cel_size = 1 << 22, .cel_nodes = 20000, .cel_depth = 800};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cel_parse_options options = {.limits = &limits_default};
	str text = {size ? (const char *)data : "", size};
	struct cel_ast first;
	struct cel_ast second;
	struct arena arena;
	struct error err;
	struct buf out;

	arena_init(&arena);
	buf_init(&out, 1 << 22);
	if (cel_parse(&first, &arena, text, &options, &err)) {
		cel_unparse(&out, first.root);
		options.limits = &wide;
		if (out.full ||
		    !cel_parse(&second, &arena, buf_str(&out), &options, &err))
			abort();
		if (!cel_node_same(first.root, second.root))
			abort();
	}
	buf_done(&out);
	arena_done(&arena);
	return 0;
}
