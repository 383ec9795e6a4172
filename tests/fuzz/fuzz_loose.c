/* fuzz_loose - bytes of a loose object's file against the guard. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>

#include "git/loose.h"

enum { MOST = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool allow(const void *context, const struct object_header *header,
		  struct error *err)
{
	(void)context;
	if (header->size <= MOST)
		return true;
	return error_set(err, ERROR_LIMIT, "%zu bytes", header->size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct object_guard guard = {allow, NULL};
	struct inflater *inflater = inflater_new();
	struct object object;
	struct error err;
	struct buf bytes;

	buf_init(&bytes, MOST);
	if (loose_read(&object, inflater, str_make((const char *)data, size),
		       &guard, &bytes, &err)) {
		assert(object.kind != OBJECT_ANY);
		assert(object.bytes.len <= MOST);
		assert(object.bytes.len == bytes.len);
	} else {
		assert(err.kind != ERROR_NONE && err.text[0]);
	}
	buf_done(&bytes);
	inflater_free(inflater);
	return 0;
}
