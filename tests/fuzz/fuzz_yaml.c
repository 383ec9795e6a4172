/*
 * fuzz_yaml - bytes into nodes: YAML, and the same bytes as Markdown.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = {(const char *)data, size};
	struct document document;
	struct arena arena;

	arena_init(&arena);
	(void)try_document(&document, &arena, text, FORMAT_YAML);
	if (try_document(&document, &arena, text, FORMAT_MARKDOWN)) {
		const char *end = text.ptr + text.len;

		MUST(document.body.ptr + document.body.len == end);
	}
	arena_done(&arena);
	return 0;
}
