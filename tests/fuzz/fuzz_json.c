/*
 * fuzz_json - bytes into nodes: JSON. What YAML reads too must be the same.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = {(const char *)data, size};
	struct document json;
	struct document yaml;
	struct arena arena;

	arena_init(&arena);
	if (try_document(&json, &arena, text, FORMAT_JSON)) {
		MUST(json.count == 1);
		if (try_document(&yaml, &arena, text, FORMAT_YAML))
			MUST(yaml.count == 1 &&
			     node_equal(json.roots[0], yaml.roots[0]));
	}
	arena_done(&arena);
	return 0;
}
