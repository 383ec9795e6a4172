/*
 * fuzz_pack - bytes of a pack, and of its index, against the reader.
 *
 * An input is a byte, 64 bytes, and a pack. With an even byte an index is made
 * for 64 objects, whose offsets are the 64 bytes; with an odd one the pack is
 * followed by an index, whose length the first two of them say. Every object
 * of the index is read twice, the second time with the cache that the others
 * left.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "git/unpack.h"

enum { MOST = 1 << 20, ENTRIES = 64, HEAD = 12, TAIL = OID_RAW };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool allow(const void *context, const struct object_header *header,
		  struct error *err)
{
	(void)context;
	if (header->size <= MOST)
		return true;
	return error_set(err, ERROR_LIMIT, "%zu bytes", header->size);
}

static bool no_source(void *context, struct object *out, bool *found,
		      const struct oid *oid, struct buf *to, struct error *err)
{
	(void)context;
	(void)out;
	(void)oid;
	(void)to;
	(void)err;
	*found = false;
	return true;
}

static void put_32(struct buf *to, size_t value)
{
	for (unsigned shift = 32; shift; shift -= 8)
		buf_byte(to, (char)(value >> (shift - 8)));
}

/* Names 00 00 .., 01 00 .., for offsets that the input gives. */
static void make_index(struct buf *to, const unsigned char *offsets)
{
	buf_add(to, STR("\377tOc\0\0\0\2"));
	for (unsigned first = 0; first < 256; first++)
		put_32(to, first < ENTRIES ? first + 1 : ENTRIES);
	for (unsigned i = 0; i < ENTRIES; i++) {
		buf_byte(to, (char)i);
		buf_repeat(to, '\0', OID_RAW - 1);
	}
	buf_repeat(to, '\0', (size_t)4 * ENTRIES);
	for (unsigned i = 0; i < ENTRIES; i++)
		put_32(to, offsets[i]);
	buf_repeat(to, '\0', (size_t)2 * OID_RAW);
}

static void read_one(struct unpacker *unpacker, const struct place *place,
		     struct buf *bytes)
{
	const struct object_guard guard = {allow, NULL};
	struct object object;
	struct error err = {0};

	if (unpack(&object, unpacker, place, &guard, bytes, &err)) {
		assert(object.kind != OBJECT_ANY);
		assert(object.bytes.len <= MOST);
		assert(object.bytes.len == bytes->len);
	} else {
		assert(err.kind != ERROR_NONE && err.text[0]);
	}
}

static void read_all(const struct pack *pack, const struct limits *limits)
{
	const struct packs packs = {.at = (const struct pack *[]){pack},
				    .count = 1};
	struct pack_search search = {.known = &packs};
	struct inflater *inflater = inflater_new();
	struct unpacker *unpacker =
		unpacker_new(&search, inflater, limits,
			     (struct base_source){no_source, NULL});
	struct buf bytes;

	buf_init(&bytes, MOST);
	for (size_t i = 0; i < 2 * pack->index.count; i++) {
		size_t position = i % pack->index.count;
		struct oid oid =
			oid_of_raw(pack_index_name(&pack->index, position));
		struct place place;

		if (pack_find(&place, pack, &oid))
			read_one(unpacker, &place, &bytes);
	}
	buf_done(&bytes);
	unpacker_free(unpacker);
	inflater_free(inflater);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct limits limits = limits_default;
	struct pack pack = {.name = STR("fuzzed.pack")};
	struct buf index;
	struct error err;
	size_t len;

	limits.git_base_size = MOST;
	limits.git_chain_size = 16 * MOST;
	if (size < 1 + ENTRIES + HEAD + TAIL)
		return 0;
	buf_init(&index, 1 << 20);
	if (data[0] & 1) {
		len = (size_t)data[1] << 8 | data[2];
		if (len > size - 1 - HEAD - TAIL)
			len = size - 1 - HEAD - TAIL;
		buf_add(&index, str_make((const char *)data + size - len, len));
		size -= len;
	} else {
		make_index(&index, data + 1);
	}
	len = size - 1 < ENTRIES ? size - 1 : ENTRIES;
	pack.bytes = str_make((const char *)data + 1 + len, size - 1 - len);
	pack.index_bytes = buf_str(&index);
	if (pack.bytes.len >= HEAD + TAIL &&
	    pack_index_open(&pack.index, pack.index_bytes, &err) ==
		    INDEX_GOOD &&
	    pack.index.count <= 4 * ENTRIES)
		read_all(&pack, &limits);
	buf_done(&index);
	return 0;
}
