/* fuzz_git_object - raw bytes against the parsers of commits, trees, tags,
 * identities and configuration; the first byte chooses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>

#include "git/config.h"
#include "git/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every str that comes out looks into what went in. */
static void within(str part, str whole)
{
	if (!part.ptr || part.len == 0)
		return;
	assert(part.ptr >= whole.ptr);
	assert(part.ptr + part.len <= whole.ptr + whole.len);
}

static void within_ident(const struct ident *ident, str whole)
{
	within(ident->raw, whole);
	within(ident->name, whole);
	within(ident->email, whole);
	within(ident->date, whole);
	assert(!ident->dated || (ident->when.seconds >= 0 &&
				 ident->when.seconds <= INSTANT_MOST));
	assert(ident->malformed || ident->dated);
}

static void try_commit(str bytes, struct arena *arena, struct error *err)
{
	struct commit commit;

	if (!commit_parse(&commit, bytes, arena, err))
		return;
	assert(commit.tree.len == OID_RAW);
	for (size_t i = 0; i < commit.parents_count; i++)
		assert(commit.parents[i].len == OID_RAW);
	within_ident(&commit.author, bytes);
	within_ident(&commit.committer, bytes);
	within(commit.encoding, bytes);
	within(commit.message, bytes);
}

static void try_tag(str bytes, struct error *err)
{
	struct tag tag;

	if (!tag_parse(&tag, bytes, err))
		return;
	assert(tag.kind != OBJECT_ANY && tag.object.len == OID_RAW);
	within(tag.name, bytes);
	within(tag.message, bytes);
}

static void try_tree(str bytes, struct error *err)
{
	struct tree_cursor cursor = tree_begin(bytes);
	struct tree_item item;
	str last = {NULL, 0};

	while (tree_next(&item, &cursor, err) == STEP_ITEM) {
		within(item.name, bytes);
		assert(!tree_name_refused(item.name));
		assert(!last.ptr || !str_equal(last, item.name));
		last = item.name;
	}
}

static void try_config(str bytes, struct error *err)
{
	struct config config;

	config_init(&config);
	if (config_parse(&config, bytes, err)) {
		for (size_t i = 0; i < config.values.count; i++)
			assert(config_find(&config, config.values.at[i].key));
	}
	config_done(&config);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct error err;
	struct ident ident;
	str bytes;

	if (size == 0)
		return 0;
	bytes = str_make((const char *)data + 1, size - 1);
	arena_init(&arena);
	switch (data[0] % 5) {
	case 0:
		try_commit(bytes, &arena, &err);
		break;
	case 1:
		try_tree(bytes, &err);
		break;
	case 2:
		try_tag(bytes, &err);
		break;
	case 3:
		ident = ident_parse(bytes);
		within_ident(&ident, bytes);
		break;
	default:
		try_config(bytes, &err);
		break;
	}
	arena_done(&arena);
	return 0;
}
