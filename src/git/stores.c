/* SPDX-License-Identifier: Apache-2.0 */
#include "git/stores.h"

#include "base/mem.h"
#include "base/sys.h"
#include "base/vec.h"
#include "git/pack.h"
#include "git/quote.h"

/* git follows alternates of alternates five deep; a farm of them is bounded. */
enum { ALTERNATES_DEEP = 5, STORES_MOST = 256 };

struct search {
	struct odb *odb;
	VEC(struct store) found;
};

static bool known(const struct search *search, str path)
{
	for (size_t i = 0; i < search->found.count; i++) {
		if (str_equal(search->found.at[i].path, path))
			return true;
	}
	return false;
}

static bool add_store(struct search *search, str path, unsigned depth,
		      struct error *err);

/* Joins a path to the folder it is relative to. */
static str join(struct arena *arena, str base, str path)
{
	if (base.len == 0 || str_starts(path, STR("/")))
		return path;
	return str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(base),
			  STR_ARG(path));
}

/* One alternate: not being there is kept for the message of a missing object;
 * git goes on too. */
static bool add_alternate(struct search *search, str base, str path,
			  unsigned depth, struct error *err)
{
	struct arena *arena = &search->odb->arena;
	str joined = join(arena, base, path);
	const char *name = arena_cstr(arena, joined);

	if (sys_kind_of(SYS_HERE, name) == SYS_ABSENT) {
		search->odb->absent = joined;
		return true;
	}
	return add_store(search, joined, depth, err);
}

/* A list of paths, of which one that begins with `"` is quoted. */
static bool add_list(struct search *search, str base, str list, char separator,
		     unsigned depth, struct error *err)
{
	while (list.ptr && list.len) {
		str path;

		if (list.ptr[0] == '"') {
			if (!unquote(&path, &list, &search->odb->arena))
				return error_set(err, ERROR_GIT,
						 "a list of alternates has a "
						 "quote that does not end");
			(void)str_cut(&list, separator);
		} else {
			path = str_cut(&list, separator);
		}
		if (path.len == 0 || (separator == '\n' && path.ptr[0] == '#'))
			continue;
		if (str_find_byte(path, '\0') != SIZE_MAX)
			return error_set(err, ERROR_GIT,
					 "a list of alternates holds a NUL");
		if (!add_alternate(search, base, path, depth, err))
			return false;
	}
	return true;
}

static bool add_file(struct search *search, const struct store *store,
		     unsigned depth, struct error *err)
{
	struct store at = *store; /* the vec moves while it grows */
	struct buf list;
	bool done;

	buf_init(&list, search->odb->limits->git_file_size);
	switch (sys_find_beneath(&list, at.descriptor, "info/alternates",
				 err)) {
	case SYS_FOUND:
		done = add_list(search, at.path, buf_str(&list), '\n',
				depth + 1, err);
		break;
	case SYS_NONE:
		done = true;
		break;
	case SYS_FAILED:
		done = false;
		break;
	default:
		done = error_set(err, ERROR_GIT,
				 "objects/info/alternates is no plain file");
	}
	buf_done(&list);
	return done;
}

static bool add_store(struct search *search, str path, unsigned depth,
		      struct error *err)
{
	struct arena *arena = &search->odb->arena;
	struct store store = {0};

	if (depth > ALTERNATES_DEEP)
		return error_set(err, ERROR_GIT,
				 "alternates of alternates are deeper than %d",
				 ALTERNATES_DEEP);
	if (!sys_real_path(&store.path, arena_cstr(arena, path), arena, err))
		return error_prefix(err, "object store");
	if (known(search, store.path))
		return true;
	if (search->found.count >= STORES_MOST)
		return error_set(err, ERROR_LIMIT, "more than %d object stores",
				 STORES_MOST);
	if (!sys_open_directory(&store.descriptor, SYS_HERE, store.path.ptr,
				err))
		return error_prefix(err, "object store");
	*vec_push(&search->found) = store;
	return add_file(search, &store, depth, err);
}

bool odb_open(struct odb **out, const struct odb_places *places,
	      const struct limits *limits, struct error *err)
{
	struct odb *odb = mem_new(sizeof(*odb));
	struct search search = {.odb = odb};
	bool done;

	arena_init(&odb->arena);
	odb->limits = limits;
	done = add_store(&search, str_of(places->directory), 0, err) &&
	       add_list(&search, places->base, str_of(places->alternates), ':',
			1, err);
	odb->stores = vec_keep(&search.found, &odb->arena);
	odb->count = search.found.count;
	vec_done(&search.found);
	odb->packs = arena_new(&odb->arena, struct packs);
	if (done)
		packs_scan(odb->packs, NULL, odb, &odb->arena);
	if (!done) {
		odb_free(odb);
		return false;
	}
	*out = odb;
	return true;
}

void odb_free(struct odb *odb)
{
	if (!odb)
		return;
	for (size_t i = 0; i < odb->count; i++)
		sys_close(odb->stores[i].descriptor);
	packs_done(odb->packs);
	arena_done(&odb->arena);
	mem_free(odb);
}
