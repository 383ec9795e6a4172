/* SPDX-License-Identifier: Apache-2.0 */
#include "git/odb.h"

#include "base/mem.h"
#include "base/sha1.h"
#include "base/sys.h"
#include "git/libgit2.h"
#include "git/loose.h"
#include "git/stores.h"

/* "ab/cdef...", terminated. */
enum { LOOSE_NAME = OID_HEX + 2 };

struct odb_reader {
	const struct odb *odb;
	struct inflater *inflater;
	struct buf file; /* the bytes of a loose object's file */
	struct arena arena;
	bool trust;
	bool packed; /* the last object was: the next one likely is too */
	struct libgit2 libgit2;
	git_odb *packs; /* NULL until an object is not loose */
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

struct odb_reader *odb_reader_new(const struct odb *odb)
{
	struct odb_reader *reader = mem_new(sizeof(*reader));

	reader->odb = odb;
	reader->inflater = inflater_new();
	arena_init(&reader->arena);
	buf_init(&reader->file, SIZE_MAX / 2);
	return reader;
}

void odb_reader_free(struct odb_reader *reader)
{
	if (!reader)
		return;
	if (reader->packs) {
		reader->libgit2.git_odb_free(reader->packs);
		libgit2_close(&reader->libgit2);
	}
	buf_done(&reader->file);
	arena_done(&reader->arena);
	inflater_free(reader->inflater);
	mem_free(reader);
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

static bool allow(const void *context, const struct loose_header *header,
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
	const struct loose_guard guard = {allow, wish};
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

static bool said(const struct odb_reader *reader, struct error *err,
		 const char *what)
{
	const git_error *last = reader->libgit2.git_error_last();

	return error_set(err, ERROR_GIT, "%s: %s", what,
			 last && last->message ? last->message
					       : "no reason is given");
}

/* Is there a pack in any store? Without one libgit2 is not needed. */
static bool any_pack(bool *out, const struct odb *odb, const char *ending,
		     struct error *err)
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
			*out = *out || str_ends(names[k], str_of(ending));
	}
	arena_done(&arena);
	return done;
}

static bool add_packs(struct odb_reader *reader, git_odb *packs,
		      struct error *err)
{
	const struct libgit2 *lib = &reader->libgit2;

	for (size_t i = 0; i < reader->odb->count; i++) {
		git_odb_backend *backend = NULL;

		if (lib->git_odb_backend_pack(
			    &backend, reader->odb->stores[i].path.ptr) != 0)
			return said(reader, err, "the packs cannot be read");
		if (lib->git_odb_add_backend(packs, backend, 1) != 0) {
			backend->free(backend);
			return said(reader, err, "the packs cannot be read");
		}
	}
	return true;
}

/* Makes the packs ready; *out false: there are none. */
static bool open_packs(bool *out, struct odb_reader *reader, struct error *err)
{
	git_odb *packs = NULL;
	bool done;

	*out = true;
	if (reader->packs)
		return true;
	if (!any_pack(out, reader->odb, ".idx", err))
		return false;
	if (!*out)
		return true;
	if (!libgit2_open(&reader->libgit2, err))
		return false;
	if (reader->libgit2.git_odb_new(&packs) != 0)
		done = said(reader, err, "the packs cannot be read");
	else
		done = add_packs(reader, packs, err);
	if (done) {
		reader->packs = packs;
		return true;
	}
	if (packs)
		reader->libgit2.git_odb_free(packs);
	libgit2_close(&reader->libgit2);
	return false;
}

static enum object_kind kind_of(git_object_t type)
{
	switch (type) {
	case GIT_OBJECT_COMMIT:
		return OBJECT_COMMIT;
	case GIT_OBJECT_TREE:
		return OBJECT_TREE;
	case GIT_OBJECT_BLOB:
		return OBJECT_BLOB;
	case GIT_OBJECT_TAG:
		return OBJECT_TAG;
	default:
		return OBJECT_ANY;
	}
}

static git_oid git_oid_of(const struct oid *oid)
{
	git_oid id;

	memcpy(id.id, oid->bytes, OID_RAW);
	return id;
}

static bool read_body(struct object *out, struct odb_reader *reader,
		      const git_oid *id, const struct loose_header *header,
		      struct buf *bytes, struct error *err)
{
	const struct libgit2 *lib = &reader->libgit2;
	git_odb_object *object = NULL;
	enum object_kind kind;
	size_t size;
	bool done;

	if (lib->git_odb_read(&object, reader->packs, id) != 0)
		return said(reader, err, "it cannot be read");
	kind = kind_of(lib->git_odb_object_type(object));
	size = lib->git_odb_object_size(object);
	done = kind == header->kind && size == header->size;
	if (done) {
		buf_clear(bytes);
		buf_add(bytes,
			str_make(lib->git_odb_object_data(object), size));
		*out = (struct object){kind, buf_str(bytes)};
	} else {
		error_set(err, ERROR_GIT, "it is not what its header says");
	}
	lib->git_odb_object_free(object);
	return done;
}

static bool read_packed(struct object *out, bool *found,
			struct odb_reader *reader, const struct oid *oid,
			const struct wish *wish, struct buf *bytes,
			struct error *err)
{
	git_oid id = git_oid_of(oid);
	struct loose_header header = {0};
	git_object_t type = GIT_OBJECT_INVALID;
	int rc;

	*found = false;
	if (!open_packs(found, reader, err))
		return false;
	if (!*found)
		return true;
	rc = reader->libgit2.git_odb_read_header(&header.size, &type,
						 reader->packs, &id);
	if (rc == GIT_ENOTFOUND) {
		*found = false;
		return true;
	}
	if (rc != 0)
		return said(reader, err, "its header cannot be read");
	header.kind = kind_of(type);
	if (header.kind == OBJECT_ANY)
		return error_set(err, ERROR_GIT, "it is of no known kind");
	return allow(wish, &header, err) &&
	       read_body(out, reader, &id, &header, bytes, err) &&
	       hash_fits(reader, oid, out, err);
}

/* ---- both */

static bool missing(const struct odb *odb, struct error *err)
{
	struct error ignored;
	bool promised = false;

	if (odb->absent.ptr)
		return error_set(err, ERROR_GIT,
				 "is missing (the alternate " STR_FMT
				 " is not there)",
				 STR_ARG(odb->absent));
	if (any_pack(&promised, odb, ".promisor", &ignored) && promised)
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

/* Looks where the last object was, then everywhere. The packs come last in any
 * case: a repack moves loose objects into a pack before it removes them. */
static bool read_any(struct object *out, bool *found, struct odb_reader *reader,
		     const struct oid *oid, const struct wish *wish,
		     struct buf *bytes, struct error *err)
{
	*found = false;
	if (reader->packed &&
	    !read_packed(out, found, reader, oid, wish, bytes, err))
		return false;
	if (*found)
		return true;
	if (!read_loose(out, found, reader, oid, wish, bytes, err))
		return false;
	reader->packed = !*found;
	return *found || read_packed(out, found, reader, oid, wish, bytes, err);
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
		missing(reader->odb, err);
		return about_missing(err, oid);
	}
	*out = object;
	return true;
}

bool odb_has(bool *out, struct odb_reader *reader, const struct oid *oid,
	     struct error *err)
{
	char name[LOOSE_NAME];
	git_oid id = git_oid_of(oid);
	bool packs;

	loose_name(name, oid);
	for (size_t i = 0; i < reader->odb->count; i++) {
		if (sys_kind_of(reader->odb->stores[i].descriptor, name) !=
		    SYS_ABSENT) {
			*out = true;
			return true;
		}
	}
	if (!open_packs(&packs, reader, err))
		return false;
	*out = packs && reader->libgit2.git_odb_exists(reader->packs, &id) == 1;
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

static bool find_packed(struct oid *out, size_t *count,
			struct odb_reader *reader, str digits,
			struct error *err)
{
	char hex[OID_HEX];
	struct oid oid;
	git_oid prefix, id;
	bool packs;
	int rc;

	if (!open_packs(&packs, reader, err))
		return false;
	if (!packs)
		return true;
	memset(hex, '0', sizeof(hex));
	memcpy(hex, digits.ptr, digits.len);
	if (!oid_parse(&oid, str_make(hex, OID_HEX)))
		return true;
	prefix = git_oid_of(&oid);
	rc = reader->libgit2.git_odb_exists_prefix(&id, reader->packs, &prefix,
						   digits.len);
	if (rc == GIT_EAMBIGUOUS) {
		*count += 2;
		return true;
	}
	if (rc == GIT_ENOTFOUND)
		return true;
	if (rc != 0)
		return said(reader, err, "an abbreviated name is not found");
	oid = oid_of_raw(id.id);
	candidate(out, count, &oid);
	return true;
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
