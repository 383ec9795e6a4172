/* SPDX-License-Identifier: Apache-2.0 */
#include "git/foreign.h"

#include "base/mem.h"
#include "git/libgit2.h"
#include "git/stores.h"

struct foreign {
	const struct odb *odb;
	struct libgit2 libgit2;
	git_odb *packs; /* NULL until something is asked */
};

struct foreign *foreign_new(const struct odb *odb)
{
	struct foreign *foreign = mem_new(sizeof(*foreign));

	foreign->odb = odb;
	return foreign;
}

void foreign_free(struct foreign *foreign)
{
	if (!foreign)
		return;
	if (foreign->packs) {
		foreign->libgit2.git_odb_free(foreign->packs);
		libgit2_close(&foreign->libgit2);
	}
	mem_free(foreign);
}

static bool said(const struct foreign *foreign, struct error *err,
		 const char *what)
{
	const git_error *last = foreign->libgit2.git_error_last();

	return error_set(err, ERROR_GIT, "%s: %s", what,
			 last && last->message ? last->message
					       : "no reason is given");
}

static bool add_packs(struct foreign *foreign, git_odb *packs,
		      struct error *err)
{
	const struct libgit2 *lib = &foreign->libgit2;

	for (size_t i = 0; i < foreign->odb->count; i++) {
		git_odb_backend *backend = NULL;

		if (lib->git_odb_backend_pack(
			    &backend, foreign->odb->stores[i].path.ptr) != 0)
			return said(foreign, err, "the packs cannot be read");
		if (lib->git_odb_add_backend(packs, backend, 1) != 0) {
			backend->free(backend);
			return said(foreign, err, "the packs cannot be read");
		}
	}
	return true;
}

/* Makes the packs ready. */
static bool open_packs(struct foreign *foreign, struct error *err)
{
	git_odb *packs = NULL;
	bool done;

	if (foreign->packs)
		return true;
	if (!libgit2_open(&foreign->libgit2, err))
		return false;
	if (foreign->libgit2.git_odb_new(&packs) != 0)
		done = said(foreign, err, "the packs cannot be read");
	else
		done = add_packs(foreign, packs, err);
	if (done) {
		foreign->packs = packs;
		return true;
	}
	if (packs)
		foreign->libgit2.git_odb_free(packs);
	libgit2_close(&foreign->libgit2);
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

static bool read_body(struct object *out, struct foreign *foreign,
		      const git_oid *id, const struct object_header *header,
		      struct buf *bytes, struct error *err)
{
	const struct libgit2 *lib = &foreign->libgit2;
	git_odb_object *object = NULL;
	enum object_kind kind;
	size_t size;
	bool done;

	if (lib->git_odb_read(&object, foreign->packs, id) != 0)
		return said(foreign, err, "it cannot be read");
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

bool foreign_read(struct object *out, bool *found, struct foreign *foreign,
		  const struct oid *oid, const struct object_guard *guard,
		  struct buf *to, struct error *err)
{
	git_oid id = git_oid_of(oid);
	struct object_header header = {0};
	git_object_t type = GIT_OBJECT_INVALID;
	int rc;

	if (!open_packs(foreign, err))
		return false;
	rc = foreign->libgit2.git_odb_read_header(&header.size, &type,
						  foreign->packs, &id);
	*found = rc != GIT_ENOTFOUND;
	if (!*found)
		return true;
	if (rc != 0)
		return said(foreign, err, "its header cannot be read");
	header.kind = kind_of(type);
	if (header.kind == OBJECT_ANY)
		return error_set(err, ERROR_GIT, "it is of no known kind");
	return guard->allow(guard->context, &header, err) &&
	       read_body(out, foreign, &id, &header, to, err);
}

bool foreign_has(bool *out, struct foreign *foreign, const struct oid *oid,
		 struct error *err)
{
	git_oid id = git_oid_of(oid);

	if (!open_packs(foreign, err))
		return false;
	*out = foreign->libgit2.git_odb_exists(foreign->packs, &id) == 1;
	return true;
}

bool foreign_find_prefix(struct oid *out, size_t *count,
			 struct foreign *foreign, str digits, struct error *err)
{
	char hex[OID_HEX];
	struct oid oid;
	git_oid prefix, id;
	int rc;

	if (!open_packs(foreign, err))
		return false;
	*count = 0;
	memset(hex, '0', sizeof(hex));
	memcpy(hex, digits.ptr, digits.len);
	if (!oid_parse(&oid, str_make(hex, OID_HEX)))
		return true;
	prefix = git_oid_of(&oid);
	rc = foreign->libgit2.git_odb_exists_prefix(&id, foreign->packs,
						    &prefix, digits.len);
	if (rc == GIT_EAMBIGUOUS) {
		*count = 2;
		return true;
	}
	if (rc == GIT_ENOTFOUND)
		return true;
	if (rc != 0)
		return said(foreign, err, "an abbreviated name is not found");
	*out = oid_of_raw(id.id);
	*count = 1;
	return true;
}
