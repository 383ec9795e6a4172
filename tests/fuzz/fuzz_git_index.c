/* fuzz_git_index - bytes of an index; the checksum is set right first, so that
 * the search is not stopped by it. Two indexes, the first two bytes give the
 * length of the upper one, are laid over each other as a split index is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>

#include "base/sha1.h"
#include "git/index.h"
#include "git/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct index *index)
{
	for (size_t i = 0; i < index->entries.count; i++) {
		const struct index_entry *entry = &index->entries.at[i];

		assert(entry->path.ptr[entry->path.len] == '\0');
		assert(entry->oid.len == OID_RAW && entry->stage <= 3);
		assert(i == 0 || entry->path.len == 0 ||
		       str_compare(index->entries.at[i - 1].path,
				   entry->path) <= 0);
	}
}

static bool parse(struct index *out, const uint8_t *data, size_t size,
		  struct arena *arena, struct error *err)
{
	char *copy = arena_cstr(arena, str_make((const char *)data, size));
	bool done;

	if (size >= SHA1_SIZE)
		memset(copy + size - SHA1_SIZE, 0, SHA1_SIZE);
	done = index_parse(out, str_make(copy, size), &limits_default, arena,
			   err);
	if (done)
		check(out);
	else
		assert(err->kind != ERROR_NONE);
	return done;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct index top, base = {0};
	struct arena arena;
	struct error err;
	size_t cut;

	if (size < 2)
		return 0;
	cut = (size_t)data[0] << 8 | data[1];
	data += 2;
	size -= 2;
	if (cut > size)
		cut = size;
	arena_init(&arena);
	if (parse(&top, data, cut, &arena, &err) && top.base.len &&
	    parse(&base, data + cut, size - cut, &arena, &err) &&
	    !base.base.len && index_join(&top, &base, &arena, &err))
		check(&top);
	index_done(&top);
	index_done(&base);
	arena_done(&arena);
	return 0;
}
