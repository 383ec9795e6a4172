/* pack_made - packs written byte by byte, for what git would never write. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_PACK_MADE_H
#define UNIT_PACK_MADE_H

#include "pack_fixture.h"

#include <zlib.h>

#include "base/sha1.h"
#include "base/vec.h"

struct made_entry {
	struct oid oid;
	uint64_t offset;
};

struct made {
	struct buf pack;
	VEC(struct made_entry) entries;
	uint32_t index_version;
	bool fan_falls;
};

UNUSED static void made_init(struct made *made)
{
	*made = (struct made){.index_version = 2};
	buf_init(&made->pack, 64 << 20);
	buf_add(&made->pack, STR("PACK\0\0\0\2????"));
}

UNUSED static void made_done(struct made *made)
{
	buf_done(&made->pack);
	vec_done(&made->entries);
}

/* A name that begins with a number and says nothing of the content. */
UNUSED static struct oid made_name(unsigned number)
{
	struct oid oid = {.len = OID_RAW};

	oid.bytes[0] = (unsigned char)(number >> 8);
	oid.bytes[1] = (unsigned char)number;
	return oid;
}

UNUSED static struct oid name_of_object(const char *kind, str content)
{
	struct oid oid = {.len = OID_RAW};
	struct buf head;
	struct sha1 sha1;

	buf_init(&head, 64);
	buf_format(&head, "%s %zu", kind, content.len);
	buf_byte(&head, '\0');
	sha1_init(&sha1);
	sha1_add(&sha1, buf_str(&head));
	sha1_add(&sha1, content);
	sha1_end(oid.bytes, &sha1);
	buf_done(&head);
	return oid;
}

/* zlib's form of some bytes. */
UNUSED static void deflate_to(struct buf *to, str bytes)
{
	uLongf len = compressBound((uLong)bytes.len);
	char *at = buf_reserve(to, len);

	assert_non_null(at);
	assert_int_equal(compress((Bytef *)at, &len, (const Bytef *)bytes.ptr,
				  (uLong)bytes.len),
			 Z_OK);
	to->len += len;
}

/* Begins an entry: its name in the index, its type and announced size. */
UNUSED static size_t made_head(struct made *made, const struct oid *oid,
			       unsigned type, uint64_t size)
{
	size_t offset = made->pack.len;
	unsigned byte = type << 4 | (unsigned)(size & 15);

	*vec_push(&made->entries) = (struct made_entry){*oid, offset};
	for (size >>= 4; size; size >>= 7) {
		buf_byte(&made->pack, (char)(byte | 0x80));
		byte = size & 0x7f;
	}
	buf_byte(&made->pack, (char)byte);
	return offset;
}

/* A distance of fewer than 2^14 + 2^7 bytes. */
UNUSED static void made_distance(struct made *made, size_t distance)
{
	if (distance > 127)
		buf_byte(&made->pack, (char)(((distance >> 7) - 1) | 0x80));
	buf_byte(&made->pack, (char)(distance & 127));
}

UNUSED static size_t made_blob(struct made *made, const struct oid *oid,
			       str content)
{
	size_t offset = made_head(made, oid, 3, content.len);

	deflate_to(&made->pack, content);
	return offset;
}

UNUSED static size_t made_name_delta(struct made *made, const struct oid *oid,
				     const struct oid *base, str delta)
{
	size_t offset = made_head(made, oid, ENTRY_NAME_DELTA, delta.len);

	buf_add(&made->pack, str_make((const char *)base->bytes, OID_RAW));
	deflate_to(&made->pack, delta);
	return offset;
}

UNUSED static size_t made_offset_delta(struct made *made, const struct oid *oid,
				       size_t base, str delta)
{
	size_t offset = made_head(made, oid, ENTRY_OFFSET_DELTA, delta.len);

	made_distance(made, offset - base);
	deflate_to(&made->pack, delta);
	return offset;
}

UNUSED static void made_32(struct buf *to, uint64_t value)
{
	for (unsigned shift = 32; shift; shift -= 8)
		buf_byte(to, (char)(value >> (shift - 8)));
}

static int made_order(const void *a, const void *b)
{
	return oid_compare(&((const struct made_entry *)a)->oid,
			   &((const struct made_entry *)b)->oid);
}

static void made_index(struct made *made, struct buf *to)
{
	size_t count = made->entries.count;

	qsort(made->entries.at, count, sizeof(struct made_entry), made_order);
	buf_add(to, STR("\377tOc"));
	made_32(to, made->index_version);
	for (unsigned first = 0; first < 256; first++) {
		size_t sum = 0;

		while (sum < count &&
		       made->entries.at[sum].oid.bytes[0] <= first)
			sum++;
		made_32(to, made->fan_falls && first == 254 ? sum + 1 : sum);
	}
	for (size_t i = 0; i < count; i++)
		buf_add(to,
			str_make((const char *)made->entries.at[i].oid.bytes,
				 OID_RAW));
	for (size_t i = 0; i < count; i++)
		made_32(to, 0);
	for (size_t i = 0; i < count; i++)
		made_32(to, made->entries.at[i].offset);
	buf_add(to, STR("12345678901234567890abcdefghijklmnopqrst"));
}

/* Writes pack and index below STORE/pack. */
UNUSED static void made_write(struct fixture *fixture, struct made *made,
			      const char *store, const char *name)
{
	const char *base = arena_cstr(
		&fixture->arena,
		str_format(&fixture->arena, "%s/pack/%s", store, name));
	struct buf index, count;

	buf_init(&index, 1 << 20);
	made_index(made, &index);
	fixture_write_bytes(
		fixture,
		arena_cstr(&fixture->arena,
			   str_format(&fixture->arena, "%s.idx", base)),
		buf_str(&index));
	buf_done(&index);
	buf_init(&count, 4);
	made_32(&count, made->entries.count);
	memcpy(made->pack.ptr + 8, count.ptr, 4);
	buf_done(&count);
	buf_add(&made->pack, STR("12345678901234567890"));
	fixture_write_bytes(
		fixture,
		arena_cstr(&fixture->arena,
			   str_format(&fixture->arena, "%s.pack", base)),
		buf_str(&made->pack));
}

/* Reads one object of the store `o` alone; the content is of the arena. */
UNUSED static bool made_read(struct fixture *fixture, const struct oid *oid,
			     bool trust, const struct limits *limits, str *out)
{
	const struct odb_places places = {.directory =
						  fixture_path(fixture, "o")};
	struct odb_reader *reader;
	struct object object;
	struct buf bytes;
	struct odb *odb;
	bool done;

	if (!odb_open(&odb, &places, limits, &fixture->err))
		fail_msg("%s", fixture->err.text);
	reader = odb_reader_new(odb);
	odb_reader_trust(reader, trust);
	buf_init(&bytes, 1 << 20);
	done = odb_read(&object, reader, oid, OBJECT_BLOB, &bytes,
			&fixture->err);
	if (done)
		*out = str_keep(&fixture->arena, object.bytes);
	buf_done(&bytes);
	odb_reader_free(reader);
	odb_free(odb);
	return done;
}

#endif
