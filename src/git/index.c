/* SPDX-License-Identifier: Apache-2.0 */
#include "git/index.h"

#include "base/sha1.h"
#include "git/parse.h"

enum {
	HEADER_SIZE = 12,
	STAT_SIZE = 40,	 /* times, device, inode, mode, owner, size */
	MODE_AT = 24,	 /* of these */
	ENTRY_SIZE = 62, /* with name of object and flags, without path */
	FLAG_EXTENDED = 0x4000,
	FLAG_STAGE = 0x3000,
	EXTENDED_SKIP = 0x4000,
	EXTENDED_INTENT = 0x2000,
};

struct reading {
	str bytes; /* without the checksum */
	size_t at;
	unsigned version;
	const struct limits *limits;
	struct arena *arena;
	struct buf path; /* version 4 writes what differs from the last */
};

static bool damaged(struct error *err, const char *how)
{
	return error_set(err, ERROR_GIT, "the index is damaged: %s", how);
}

static unsigned get16(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (unsigned)u[0] << 8 | u[1];
}

static uint32_t get32(const char *p)
{
	return (uint32_t)get16(p) << 16 | get16(p + 2);
}

static size_t left(const struct reading *reading)
{
	return reading->bytes.len - reading->at;
}

static const char *here(const struct reading *reading)
{
	return reading->bytes.ptr + reading->at;
}

static bool checksum_fits(str bytes, struct error *err)
{
	static const unsigned char none[SHA1_SIZE];
	str kept = str_slice(bytes, bytes.len - SHA1_SIZE, bytes.len);
	unsigned char found[SHA1_SIZE];
	struct sha1 sha1;

	/* index.skipHash writes zeros. */
	if (memcmp(kept.ptr, none, SHA1_SIZE) == 0)
		return true;
	sha1_init(&sha1);
	sha1_add(&sha1, str_slice(bytes, 0, bytes.len - SHA1_SIZE));
	sha1_end(found, &sha1);
	return memcmp(kept.ptr, found, SHA1_SIZE) == 0
		       ? true
		       : damaged(err, "its checksum does not fit");
}

/* git's offset encoding: seven bits a byte, each longer form starts where the
 * shorter ends. */
static bool strip_take(size_t *out, struct reading *reading)
{
	size_t value = 0;
	unsigned char byte;
	bool first = true;

	do {
		if (left(reading) == 0 || value > SIZE_MAX >> 8)
			return false;
		byte = (unsigned char)*here(reading);
		reading->at++;
		value = ((value + (first ? 0 : 1)) << 7) | (byte & 127);
		first = false;
	} while (byte & 128);
	*out = value;
	return true;
}

/* Reads a path up to its NUL into reading->path. */
static bool path_take(struct reading *reading, struct error *err)
{
	size_t strip = reading->path.len;
	str rest;
	size_t len;

	if (reading->version == 4 &&
	    (!strip_take(&strip, reading) || strip > reading->path.len))
		return damaged(err, "a path does not follow the one before");
	rest = str_make(here(reading), left(reading));
	len = str_find_byte(rest, '\0');
	if (len == SIZE_MAX)
		return damaged(err, "a path does not end");
	reading->path.len -= strip;
	buf_add(&reading->path, str_slice(rest, 0, len));
	if (reading->path.full)
		return error_set(err, ERROR_LIMIT,
				 "a path of the index is longer than %zu bytes "
				 "(limit git_path)",
				 reading->path.most);
	reading->at += len + 1;
	return true;
}

static bool path_check(str path, bool folder, struct error *err)
{
	str rest = path;

	if (folder && path.len)
		rest.len--;
	do {
		str part = str_cut(&rest, '/');
		const char *why = tree_name_refused(part);

		if (why)
			return error_set(err, ERROR_GIT,
					 "the index is damaged: %s: '" STR_FMT
					 "'",
					 why, STR_ARG(path));
	} while (rest.ptr);
	return true;
}

static bool mode_check(uint32_t *out, uint32_t mode, struct error *err)
{
	switch (mode) {
	case 0100664:
		*out = MODE_FILE;
		return true;
	case MODE_FILE:
	case MODE_EXECUTABLE:
	case MODE_LINK:
	case MODE_SUBMODULE:
	case MODE_TREE:
		*out = mode;
		return true;
	default:
		return damaged(err, "an unknown mode");
	}
}

/* After a path of versions 2 and 3: zeros to a multiple of eight. */
static bool pad_take(struct reading *reading, size_t start, struct error *err)
{
	size_t len = reading->at - start;
	size_t pad = (8 - len % 8) % 8;

	if (reading->version == 4)
		return true;
	if (left(reading) < pad)
		return damaged(err, "an entry is cut short");
	for (size_t i = 0; i < pad; i++) {
		if (here(reading)[i] != '\0')
			return damaged(err, "an entry is not padded");
	}
	reading->at += pad;
	return true;
}

static bool entry_take(struct index_entry *out, struct reading *reading,
		       struct error *err)
{
	struct index_entry entry = {0};
	size_t start = reading->at;
	const char *from = here(reading);
	unsigned flags, more = 0;
	size_t fixed = ENTRY_SIZE;

	if (left(reading) < ENTRY_SIZE + 2)
		return damaged(err, "an entry is cut short");
	flags = get16(from + STAT_SIZE + OID_RAW);
	if (flags & FLAG_EXTENDED) {
		if (reading->version < 3)
			return damaged(err, "flags its version does not have");
		more = get16(from + ENTRY_SIZE);
		fixed += 2;
	}
	entry.oid = oid_of_raw(from + STAT_SIZE);
	entry.stage = (flags & FLAG_STAGE) >> 12;
	entry.skipped = (more & EXTENDED_SKIP) != 0;
	entry.intent = (more & EXTENDED_INTENT) != 0;
	reading->at += fixed;
	if (!mode_check(&entry.mode, get32(from + MODE_AT), err) ||
	    !path_take(reading, err) || !pad_take(reading, start, err))
		return false;
	entry.path = buf_str(&reading->path);
	/* An entry of a split index that replaces another has no path. */
	if (entry.path.len &&
	    !path_check(entry.path, entry.mode == MODE_TREE, err))
		return false;
	if (entry.mode == MODE_TREE &&
	    (!str_ends(entry.path, STR("/")) || !entry.skipped || entry.stage))
		return damaged(err, "a folder among the files");
	entry.path = str_make(arena_cstr(reading->arena, entry.path),
			      entry.path.len);
	*out = entry;
	return true;
}

static bool follows(const struct index_entry *a, const struct index_entry *b)
{
	int order = str_compare(a->path, b->path);

	return order < 0 || (order == 0 && a->stage < b->stage && a->stage);
}

static bool entries_take(struct index *index, struct reading *reading,
			 size_t count, struct error *err)
{
	struct index_entry last = {0};

	for (size_t i = 0; i < count; i++) {
		struct index_entry entry;

		if (!entry_take(&entry, reading, err))
			return false;
		if (last.path.ptr && last.path.len && !follows(&last, &entry))
			return damaged(err, "its entries are not in order");
		*vec_push(&index->entries) = entry;
		last = entry;
	}
	return true;
}

/* The bitmap at the start of *rest, in the form of EWAH; its own length is
 * four bytes of bits, four of words, the words, four more. */
static bool bitmap_take(str *out, str *rest)
{
	size_t words, len;

	if (rest->len < 12)
		return false;
	words = get32(rest->ptr + 4);
	if (!size_mul(&len, words, 8) || len > rest->len - 12)
		return false;
	*out = str_slice(*rest, 0, len + 12);
	*rest = str_slice(*rest, len + 12, rest->len);
	return true;
}

static bool link_take(struct index *index, str data, struct error *err)
{
	static const unsigned char none[OID_RAW];

	if (data.len < OID_RAW)
		return damaged(err, "its link is cut short");
	if (memcmp(data.ptr, none, OID_RAW) != 0)
		index->base = oid_of_raw(data.ptr);
	data = str_slice(data, OID_RAW, data.len);
	if (data.len == 0)
		return true;
	if (!bitmap_take(&index->removed, &data) ||
	    !bitmap_take(&index->replaced, &data) || data.len)
		return damaged(err, "its link is malformed");
	return true;
}

static bool extensions_take(struct index *index, struct reading *reading,
			    bool *sparse, struct error *err)
{
	while (left(reading)) {
		const char *from = here(reading);
		str name, data;

		if (left(reading) < 8)
			return damaged(err, "an extension is cut short");
		name = str_make(from, 4);
		if (get32(from + 4) > left(reading) - 8)
			return damaged(err, "an extension is cut short");
		data = str_make(from + 8, get32(from + 4));
		reading->at += 8 + data.len;
		if (str_is(name, "sdir")) {
			*sparse = true;
		} else if (str_is(name, "link")) {
			if (!link_take(index, data, err))
				return false;
		} else if (name.ptr[0] < 'A' || name.ptr[0] > 'Z') {
			return error_set(err, ERROR_GIT,
					 "the index has the extension " STR_FMT
					 ", which is not known",
					 STR_ARG(name));
		}
	}
	return true;
}

/* Entries without a path belong to a split index, folders to a sparse one. */
static bool kinds_check(const struct index *index, bool sparse,
			struct error *err)
{
	for (size_t i = 0; i < index->entries.count; i++) {
		const struct index_entry *entry = &index->entries.at[i];

		if (entry->path.len == 0 && !index->base.len)
			return damaged(err, "an entry without a path");
		if (entry->mode == MODE_TREE && !sparse)
			return damaged(err, "a folder among the files");
	}
	return true;
}

bool index_parse(struct index *out, str bytes, const struct limits *limits,
		 struct arena *arena, struct error *err)
{
	struct reading reading = {.limits = limits, .arena = arena};
	bool sparse = false;
	size_t count;
	bool done;

	*out = (struct index){0};
	if (bytes.len < HEADER_SIZE + SHA1_SIZE ||
	    !str_starts(bytes, STR("DIRC")))
		return damaged(err, "it does not begin as one");
	reading.version = get32(bytes.ptr + 4);
	if (reading.version < 2 || reading.version > 4)
		return error_set(err, ERROR_GIT,
				 "the index has version %u; 2 to 4 can be read",
				 reading.version);
	if (!checksum_fits(bytes, err))
		return false;
	count = get32(bytes.ptr + 8);
	if (count > limits->files)
		return error_set(err, ERROR_LIMIT,
				 "the index has %zu files, at most %zu are "
				 "read (limit files)",
				 count, limits->files);
	reading.bytes = str_slice(bytes, 0, bytes.len - SHA1_SIZE);
	reading.at = HEADER_SIZE;
	buf_init(&reading.path, limits->git_path);
	done = entries_take(out, &reading, count, err) &&
	       extensions_take(out, &reading, &sparse, err) &&
	       kinds_check(out, sparse, err);
	buf_done(&reading.path);
	out->removed = str_keep(arena, out->removed);
	out->replaced = str_keep(arena, out->replaced);
	return done;
}

void index_done(struct index *index)
{
	vec_done(&index->entries);
}
