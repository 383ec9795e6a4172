/* SPDX-License-Identifier: Apache-2.0 */
#include "git/odb.h"

#include "base/mem.h"
#include "base/sha1.h"
#include "base/sys.h"
#include "git/foreign.h"
#include "git/loose.h"
#include "git/stores.h"
#include "git/unpack.h"

/* "ab/cdef...", terminated. */
enum { LOOSE_NAME = OID_HEX + 2 };

struct odb_reader {
	const struct odb *odb;
	struct inflater *inflater;
	struct buf file; /* the bytes of a loose object's file */
	struct arena arena;
	bool trust;
	struct pack_search packs;
	struct arena late; /* what packs.late needs */
	struct unpacker *unpacker;
	struct foreign *foreign;
};

static const char *const kind_names[] = {
	[OBJECT_ANY] = "object", [OBJECT_COMMIT] = "commit",
	[OBJECT_TREE] = "tree",	 [OBJECT_BLOB] = "blob",
	[OBJECT_TAG] = "tag",
};

const char *object_kind_name(enum object_kind kind)
{
	return kind_names[kind];
}

void odb_reader_trust(struct odb_reader *reader, bool trust)
{
	reader->trust = trust;
}

/* ---- what may be read */

struct wish {
	const struct limits *limits;
	enum object_kind kind;
	size_t most; /* the ceiling of the caller's buf */
};

/* The limit of a kind, and what the manual calls it. */
static size_t limit_of(const char **name, const struct limits *limits,
		       enum object_kind kind)
{
	switch (kind) {
	case OBJECT_COMMIT:
	case OBJECT_TAG:
		*name = " (limit git_commit_size)";
		return limits->git_commit_size;
	case OBJECT_TREE:
		*name = " (limit git_tree_size)";
		return limits->git_tree_size;
	default:
		*name = "";
		return SIZE_MAX;
	}
}

static bool allow(const void *context, const struct object_header *header,
		  struct error *err)
{
	const struct wish *wish = context;
	const char *name;
	size_t most = limit_of(&name, wish->limits, header->kind);

	if (wish->kind != OBJECT_ANY && header->kind != wish->kind)
		return error_set(err, ERROR_GIT, "it is a %s, not a %s",
				 kind_names[header->kind],
				 kind_names[wish->kind]);
	if (most > wish->most) {
		most = wish->most;
		name = "";
	}
	if (header->size > most)
		return error_set(err, ERROR_LIMIT,
				 "it has %zu bytes, at most %zu are read%s",
				 header->size, most, name);
	return true;
}

/* Puts the object's name before an error about it. */
static bool about(struct error *err, const struct oid *oid)
{
	char hex[OID_HEX];

	oid_format(hex, oid);
	if (err->kind == ERROR_LIMIT)
		return error_prefix(err, "object %.*s", OID_HEX, hex);
	return error_prefix(err,
			    "repository damaged or incomplete: object %.*s",
			    OID_HEX, hex);
}

static bool hash_fits(const struct odb_reader *reader, const struct oid *oid,
		      const struct object *object, struct error *err)
{
	char header[32];
	struct buf text;
	struct sha1 sha1;
	struct oid found = {.len = OID_RAW};

	if (reader->trust)
		return true;
	buf_init(&text, sizeof(header));
	buf_format(&text, "%s %zu", kind_names[object->kind],
		   object->bytes.len);
	buf_byte(&text, '\0');
	sha1_init(&sha1);
	sha1_add(&sha1, buf_str(&text));
	sha1_add(&sha1, object->bytes);
	sha1_end(found.bytes, &sha1);
	buf_done(&text);
	if (oid_equal(&found, oid))
		return true;
	return error_set(err, ERROR_GIT, "its content does not have this hash");
}

/* ---- loose objects */

static void loose_name(char to[LOOSE_NAME], const struct oid *oid)
{
	char hex[OID_HEX];

	oid_format(hex, oid);
	memcpy(to, hex, 2);
	to[2] = '/';
	memcpy(to + 3, hex + 2, OID_HEX - 2);
	to[OID_HEX + 1] = '\0';
}

/* How large the file of an object can be: zlib grows what it cannot pack by a
 * little. */
static size_t file_most(const struct wish *wish)
{
	const char *name;
	size_t most = limit_of(&name, wish->limits, wish->kind);
	size_t sum;

	if (most > wish->most)
		most = wish->most;
	if (!size_add(&sum, most, most / 8) || !size_add(&sum, sum, 1024))
		return SIZE_MAX / 2;
	return sum < SIZE_MAX / 2 ? sum : SIZE_MAX / 2;
}

static bool read_loose(struct object *out, bool *found,
		       struct odb_reader *reader, const struct oid *oid,
		       const struct wish *wish, struct buf *bytes,
		       struct error *err)
{
	const struct object_guard guard = {allow, wish};
	char name[LOOSE_NAME];

	*found = false;
	loose_name(name, oid);
	reader->file.most = file_most(wish);
	for (size_t i = 0; i < reader->odb->count; i++) {
		buf_clear(&reader->file);
		switch (sys_find_beneath(&reader->file,
					 reader->odb->stores[i].descriptor,
					 name, err)) {
		case SYS_NONE:
			continue;
		case SYS_FOUND:
			*found = true;
			return loose_read(out, reader->inflater,
					  buf_str(&reader->file), &guard, bytes,
					  err) &&
			       hash_fits(reader, oid, out, err);
		case SYS_FAILED:
			*found = true;
			return false;
		default:
			*found = true;
			return error_set(err, ERROR_GIT,
					 "the object is no plain file");
		}
	}
	return true;
}

/* ---- packs */

static bool read_at(struct object *out, struct odb_reader *reader,
		    const struct oid *oid, const struct place *place,
		    const struct wish *wish, struct buf *bytes,
		    struct error *err)
{
	const struct object_guard guard = {allow, wish};

	return unpack(out, reader->unpacker, place, &guard, bytes, err) &&
	       hash_fits(reader, oid, out, err);
}

/* Looks for packs that were made since: a repack moves loose objects into a
 * new pack and removes them. Packs that are open stay so, removed or not. */
static bool more_packs(struct odb_reader *reader)
{
	size_t before = reader->packs.late.count;

	packs_scan(&reader->packs.late, reader->packs.known, reader->odb,
		   &reader->late);
	return reader->packs.late.count > before;
}

/* The first pack of a state, or NULL. */
static const struct pack *first_pack(const struct odb_reader *reader,
				     enum pack_state state)
{
	const struct packs *const both[] = {reader->packs.known,
					    &reader->packs.late};

	for (size_t i = 0; i < ARRAY_SIZE(both); i++) {
		for (size_t k = 0; k < both[i]->count; k++) {
			if (both[i]->at[k]->state == state)
				return both[i]->at[k];
		}
	}
	return NULL;
}

/* A pack that cannot be read may hold what is nowhere else. */
static bool all_are_read(const struct odb_reader *reader, struct error *err)
{
	const struct pack *pack = first_pack(reader, PACK_BROKEN);

	if (pack)
		return error_set(err, ERROR_GIT,
				 STR_FMT " cannot be read: " STR_FMT,
				 STR_ARG(pack->name), STR_ARG(pack->why));
	pack = first_pack(reader, PACK_FOREIGN);
	if (pack)
		return error_set(err, ERROR_GIT,
				 STR_FMT " cannot be read: its form is known "
					 "neither here nor to libgit2",
				 STR_ARG(pack->name));
	return true;
}

/* ---- both */

/* Reads the base of a delta that is in no pack, for the unpacker. */
static bool read_base(void *context, struct object *out, bool *found,
		      const struct oid *oid, struct buf *to, struct error *err)
{
	struct odb_reader *reader = context;
	const struct wish wish = {reader->odb->limits, OBJECT_ANY, to->most};

	return read_loose(out, found, reader, oid, &wish, to, err);
}

struct odb_reader *odb_reader_new(const struct odb *odb)
{
	struct odb_reader *reader = mem_new(sizeof(*reader));

	reader->odb = odb;
	reader->inflater = inflater_new();
	arena_init(&reader->arena);
	arena_init(&reader->late);
	buf_init(&reader->file, SIZE_MAX / 2);
	reader->packs.known = odb->packs;
	reader->unpacker =
		unpacker_new(&reader->packs, reader->inflater, odb->limits,
			     (struct base_source){read_base, reader});
	reader->foreign = foreign_new(odb);
	return reader;
}

void odb_reader_free(struct odb_reader *reader)
{
	if (!reader)
		return;
	foreign_free(reader->foreign);
	unpacker_free(reader->unpacker);
	packs_done(&reader->packs.late);
	buf_done(&reader->file);
	arena_done(&reader->late);
	arena_done(&reader->arena);
	inflater_free(reader->inflater);
	mem_free(reader);
}

/* Is a partial clone's pack in any store? */
static bool any_promised(bool *out, const struct odb *odb, struct error *err)
{
	struct arena arena;
	bool done = true;

	*out = false;
	arena_init(&arena);
	for (size_t i = 0; done && !*out && i < odb->count; i++) {
		int dir = odb->stores[i].descriptor;
		str *names;
		size_t count;

		if (sys_kind_of(dir, "pack") == SYS_ABSENT)
			continue;
		done = sys_list(&names, &count, dir, "pack", &arena, err);
		for (size_t k = 0; done && k < count; k++)
			*out = *out || str_ends(names[k], STR(".promisor"));
	}
	arena_done(&arena);
	return done;
}

static bool missing(const struct odb_reader *reader, struct error *err)
{
	const struct odb *odb = reader->odb;
	struct error ignored;
	bool promised = false;

	if (!all_are_read(reader, err)) {
		struct error why = *err;

		return error_set(err, ERROR_GIT, "is missing (%s)", why.text);
	}
	if (odb->absent.ptr)
		return error_set(err, ERROR_GIT,
				 "is missing (the alternate " STR_FMT
				 " is not there)",
				 STR_ARG(odb->absent));
	if (any_promised(&promised, odb, &ignored) && promised)
		return error_set(err, ERROR_GIT,
				 "is missing (this is a partial clone; `git "
				 "fetch --refetch --no-filter` completes it)");
	return error_set(err, ERROR_GIT, "is missing");
}

/* "object X is missing" reads better than "object X: is missing". */
static bool about_missing(struct error *err, const struct oid *oid)
{
	struct error why = *err;
	char hex[OID_HEX];

	oid_format(hex, oid);
	return error_set(err, ERROR_GIT,
			 "repository damaged or incomplete: object %.*s %s",
			 OID_HEX, hex, why.text);
}

/* Packs come first: that something is in none of them costs no call of the
 * system. They come last too, for what a repack moved meanwhile. */
static bool read_any(struct object *out, bool *found, struct odb_reader *reader,
		     const struct oid *oid, const struct wish *wish,
		     struct buf *bytes, struct error *err)
{
	const struct object_guard guard = {allow, wish};
	struct place place;

	*found = true;
	if (pack_search_find(&place, &reader->packs, oid))
		return read_at(out, reader, oid, &place, wish, bytes, err);
	if (!read_loose(out, found, reader, oid, wish, bytes, err))
		return false;
	if (*found)
		return true;
	*found = more_packs(reader) &&
		 pack_search_find(&place, &reader->packs, oid);
	if (*found)
		return read_at(out, reader, oid, &place, wish, bytes, err);
	if (!first_pack(reader, PACK_FOREIGN))
		return true;
	if (!foreign_read(out, found, reader->foreign, oid, &guard, bytes, err))
		return false;
	return !*found || hash_fits(reader, oid, out, err);
}

bool odb_read(struct object *out, struct odb_reader *reader,
	      const struct oid *oid, enum object_kind kind, struct buf *bytes,
	      struct error *err)
{
	const struct wish wish = {reader->odb->limits, kind, bytes->most};
	struct object object;
	bool found;

	if (!read_any(&object, &found, reader, oid, &wish, bytes, err))
		return about(err, oid);
	if (!found) {
		missing(reader, err);
		return about_missing(err, oid);
	}
	*out = object;
	return true;
}

bool odb_has(bool *out, struct odb_reader *reader, const struct oid *oid,
	     struct error *err)
{
	char name[LOOSE_NAME];
	struct place place;
	bool has = pack_search_find(&place, &reader->packs, oid);

	loose_name(name, oid);
	for (size_t i = 0; !has && i < reader->odb->count; i++)
		has = sys_kind_of(reader->odb->stores[i].descriptor, name) !=
		      SYS_ABSENT;
	if (!has && more_packs(reader))
		has = pack_search_find(&place, &reader->packs, oid);
	if (!has && first_pack(reader, PACK_FOREIGN) &&
	    !foreign_has(&has, reader->foreign, oid, err))
		return false;
	if (!has && !all_are_read(reader, err))
		return false;
	*out = has;
	return true;
}

/* Counts one more candidate, the same object twice as one. */
static void candidate(struct oid *out, size_t *count, const struct oid *oid)
{
	if (*count && oid_equal(out, oid))
		return;
	*out = *oid;
	(*count)++;
}

static bool find_loose(struct oid *out, size_t *count,
		       struct odb_reader *reader, str digits, struct error *err)
{
	char folder[3] = {digits.ptr[0], digits.ptr[1], '\0'};
	str rest = str_slice(digits, 2, digits.len);
	bool done = true;

	for (size_t i = 0; done && i < reader->odb->count; i++) {
		int dir = reader->odb->stores[i].descriptor;
		char hex[OID_HEX];
		str *names = NULL;
		size_t names_count = 0;

		if (sys_kind_of(dir, folder) != SYS_DIRECTORY)
			continue;
		arena_reset(&reader->arena);
		done = sys_list(&names, &names_count, dir, folder,
				&reader->arena, err);
		for (size_t k = 0; done && k < names_count; k++) {
			struct oid oid;

			if (names[k].len != OID_HEX - 2 ||
			    !str_starts(names[k], rest))
				continue;
			memcpy(hex, folder, 2);
			memcpy(hex + 2, names[k].ptr, OID_HEX - 2);
			if (oid_parse(&oid, str_make(hex, OID_HEX)))
				candidate(out, count, &oid);
		}
	}
	return done;
}

/* Does a name begin with these digits? */
static bool begins(const unsigned char *name, str digits)
{
	struct oid oid = oid_of_raw(name);
	char hex[OID_HEX];

	oid_format(hex, &oid);
	return memcmp(hex, digits.ptr, digits.len) == 0;
}

static void find_in_packs(struct oid *out, size_t *count,
			  const struct packs *packs, str digits)
{
	char hex[OID_HEX];
	struct oid least;

	memset(hex, '0', sizeof(hex));
	memcpy(hex, digits.ptr, digits.len);
	if (!oid_parse(&least, str_make(hex, OID_HEX)))
		return;
	for (size_t i = 0; i < packs->count; i++) {
		const struct pack_index *index = &packs->at[i]->index;
		size_t at;

		if (packs->at[i]->state != PACK_GOOD)
			continue;
		at = pack_index_lower(index, least.bytes);
		for (; *count < 2 && at < index->count &&
		       begins(pack_index_name(index, at), digits);
		     at++) {
			struct oid oid = oid_of_raw(pack_index_name(index, at));

			candidate(out, count, &oid);
		}
	}
}

static bool find_packed(struct oid *out, size_t *count,
			struct odb_reader *reader, str digits,
			struct error *err)
{
	struct oid oid;
	size_t more = 0;

	(void)more_packs(reader);
	find_in_packs(out, count, reader->packs.known, digits);
	find_in_packs(out, count, &reader->packs.late, digits);
	if (!first_pack(reader, PACK_FOREIGN))
		return all_are_read(reader, err);
	if (!foreign_find_prefix(&oid, &more, reader->foreign, digits, err))
		return false;
	if (more == 1)
		candidate(out, count, &oid);
	else
		*count += more;
	return all_are_read(reader, err);
}

bool odb_find_prefix(struct oid *out, size_t *count, struct odb_reader *reader,
		     str digits, struct error *err)
{
	struct oid oid = {0};
	size_t found = 0;

	if (digits.len >= ODB_PREFIX_LEAST && digits.len <= OID_HEX &&
	    (!find_loose(&oid, &found, reader, digits, err) ||
	     !find_packed(&oid, &found, reader, digits, err)))
		return false;
	*count = found > 2 ? 2 : found;
	if (found == 1)
		*out = oid;
	return true;
}
