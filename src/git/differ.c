/* SPDX-License-Identifier: Apache-2.0 */
#include "git/differ.h"

#include "base/mem.h"

enum {
	SETS = 64, /* of the cache; a power of two */
	WAYS = 4,
	CACHE_BYTES = 16 << 20,
	MODE_KIND = 0170000, /* the bits that tell a file from a link */
	MODE_PLAIN = 0100000,
	MODE_RUN = 0100,
};

/* A tree that is kept, or in use. */
struct held {
	struct oid oid;
	struct buf bytes;
	unsigned users;
	bool passing; /* no place in the cache: gone with its last user */
	uint64_t used;
};

struct differ {
	struct odb_reader *reader;
	const struct limits *limits;
	struct held cache[SETS][WAYS];
	size_t cached; /* bytes */
	uint64_t clock;
	struct buf path;
	size_t folders; /* entered in this run */
	bool told;	/* the error says in which folder */
	void (*take)(void *context, const struct difference *difference);
	void *context;
};

struct differ *differ_new(struct odb_reader *reader,
			  const struct limits *limits)
{
	struct differ *differ = mem_new(sizeof(*differ));

	differ->reader = reader;
	differ->limits = limits;
	buf_init(&differ->path, limits->git_path + 1);
	for (size_t i = 0; i < SETS; i++) {
		for (size_t k = 0; k < WAYS; k++)
			buf_init(&differ->cache[i][k].bytes,
				 limits->git_tree_size);
	}
	return differ;
}

void differ_free(struct differ *differ)
{
	if (!differ)
		return;
	for (size_t i = 0; i < SETS; i++) {
		for (size_t k = 0; k < WAYS; k++)
			buf_done(&differ->cache[i][k].bytes);
	}
	buf_done(&differ->path);
	mem_free(differ);
}

/* ---- trees that are kept */

static void forget(struct differ *differ, struct held *held)
{
	differ->cached -= held->bytes.capacity;
	buf_done(&held->bytes);
	buf_init(&held->bytes, differ->limits->git_tree_size);
	held->oid.len = 0;
}

static void forget_all(struct differ *differ)
{
	for (size_t i = 0; i < SETS; i++) {
		for (size_t k = 0; k < WAYS; k++) {
			if (!differ->cache[i][k].users)
				forget(differ, &differ->cache[i][k]);
		}
	}
}

/* The tree if it is kept, else a place for it: the one longest not used. */
static struct held *place_of(struct differ *differ, const struct oid *oid)
{
	struct held *set = differ->cache[oid->bytes[OID_RAW - 1] % SETS];
	struct held *oldest = NULL;

	for (size_t i = 0; i < WAYS; i++) {
		if (oid_equal(&set[i].oid, oid))
			return &set[i];
		if (!set[i].users && (!oldest || set[i].used < oldest->used))
			oldest = &set[i];
	}
	if (oldest)
		return oldest;
	oldest = mem_new(sizeof(*oldest));
	oldest->passing = true;
	buf_init(&oldest->bytes, differ->limits->git_tree_size);
	return oldest;
}

static void release(struct held *held)
{
	if (!held || --held->users || !held->passing)
		return;
	buf_done(&held->bytes);
	mem_free(held);
}

/* Reads a tree; release it. */
static bool hold(struct held **out, struct differ *differ,
		 const struct oid *oid, struct error *err)
{
	struct held *held;
	struct object object;
	size_t before;

	if (differ->cached > CACHE_BYTES)
		forget_all(differ);
	held = place_of(differ, oid);
	held->used = ++differ->clock;
	held->users++;
	if (!oid_equal(&held->oid, oid)) {
		before = held->bytes.capacity;
		held->oid.len = 0;
		if (!odb_read(&object, differ->reader, oid, OBJECT_TREE,
			      &held->bytes, err)) {
			differ->cached +=
				held->passing ? 0
					      : held->bytes.capacity - before;
			release(held);
			return false;
		}
		held->oid = *oid;
		if (!held->passing)
			differ->cached += held->bytes.capacity - before;
	}
	*out = held;
	return true;
}

/* ---- entries */

/* One side of a comparison. */
struct side {
	str rest;   /* from the next entry on */
	str name;   /* of the next entry, absent: none is left */
	size_t len; /* of the next entry */
	uint32_t mode;
	const char *last; /* the entry before it, or NULL */
};

static bool is_tree(const struct side *side)
{
	return side->mode == MODE_TREE;
}

static struct oid oid_at(const struct side *side)
{
	return oid_of_raw(side->rest.ptr + side->len - OID_RAW);
}

/* Modes that git wrote once count as those it writes now; 0: unknown. */
static uint32_t mode_of(str digits)
{
	uint32_t mode = 0;

	for (size_t i = 0; i < digits.len; i++) {
		unsigned digit = (unsigned char)digits.ptr[i] - (unsigned)'0';

		if (digit > 7)
			return 0;
		mode = mode << 3 | digit;
	}
	switch (mode & MODE_KIND) {
	case MODE_PLAIN:
		return mode & MODE_RUN ? MODE_EXECUTABLE : MODE_FILE;
	case MODE_LINK:
	case MODE_SUBMODULE:
	case MODE_TREE:
		return mode & MODE_KIND;
	default:
		return 0;
	}
}

static bool malformed(struct error *err, str name, const char *why)
{
	if (name.ptr)
		return error_set(err, ERROR_GIT,
				 "the tree is malformed: %s: '" STR_FMT "'",
				 why, STR_ARG(name));
	return error_set(err, ERROR_GIT, "the tree is malformed: %s", why);
}

/* git sorts a folder as if its name ended with a slash. */
static unsigned char byte_at(str name, bool tree, size_t i)
{
	if (i < name.len)
		return (unsigned char)name.ptr[i];
	return tree && i == name.len ? '/' : '\0';
}

static int compare(str a, bool a_is_tree, str b, bool b_is_tree)
{
	size_t least = a.len < b.len ? a.len : b.len;
	int order = memcmp(a.ptr, b.ptr, least);
	unsigned char x, y;

	if (order != 0)
		return order;
	x = byte_at(a, a_is_tree, least);
	y = byte_at(b, b_is_tree, least);
	if (x != y)
		return x < y ? -1 : 1;
	return a.len == b.len ? 0 : a.len < b.len ? -1 : 1;
}

/* Reads the entry that `rest` begins with. */
static bool look(struct side *side, struct error *err)
{
	str rest = side->rest;
	size_t space, end;

	side->name = str_make(NULL, 0);
	if (rest.len == 0)
		return true;
	space = str_find_byte(str_slice(rest, 0, 8), ' ');
	end = str_find_byte(rest, '\0');
	if (space == SIZE_MAX || end == SIZE_MAX || end < space ||
	    rest.len - end - 1 < OID_RAW)
		return malformed(err, side->name, "an entry is cut short");
	side->name = str_slice(rest, space + 1, end);
	side->len = end + 1 + OID_RAW;
	side->mode = mode_of(str_slice(rest, 0, space));
	if (side->mode == 0)
		return malformed(err, side->name, "an unknown mode");
	return true;
}

/* Steps over the entry once it has been dealt with. */
static void pass(struct side *side)
{
	side->last = side->rest.ptr;
	side->rest = str_slice(side->rest, side->len, side->rest.len);
}

/* The entry before this one. What was stepped over alike was not judged: its
 * name may be none, and then stands where it is compared with as it is. */
static struct side before(const struct side *side)
{
	const char *space = strchr(side->last, ' ');
	const char *name = space ? space + 1 : side->last;
	size_t digits = (size_t)(name - side->last) - (space != NULL);

	return (struct side){
		.name = str_of(name),
		.mode = mode_of(str_make(side->last, digits)),
	};
}

/* What is dealt with has to be in order, or its counterpart may be missed. */
static bool judge(const struct side *side, struct error *err)
{
	str name = side->name;
	struct side last;

	if (name.len == 0 || str_is(name, ".") || str_is(name, "..") ||
	    str_find_byte(name, '/') != SIZE_MAX)
		return malformed(err, name, "a name that is none");
	if (!side->last)
		return true;
	last = before(side);
	if (compare(last.name, is_tree(&last), name, is_tree(side)) >= 0)
		return malformed(err, name, "not in order, or twice");
	return true;
}

/* Steps over what both sides begin with alike; whatever it is, it differs
 * nowhere. Nearly all entries of a history are met here and nowhere else. */
static void skip_alike(struct side *a, struct side *b)
{
	const char *x = a->rest.ptr;
	const char *y = b->rest.ptr;
	size_t left = a->rest.len < b->rest.len ? a->rest.len : b->rest.len;
	const char *last = NULL;

	while (left > OID_RAW) {
		const char *end = memchr(x, '\0', left - OID_RAW);
		size_t len = end ? (size_t)(end - x) + 1 + OID_RAW : SIZE_MAX;

		if (len > left || memcmp(x, y, len) != 0)
			break;
		last = x;
		x += len;
		y += len;
		left -= len;
	}
	if (!last)
		return;
	b->last = b->rest.ptr + (last - a->rest.ptr);
	b->rest = str_make(y, b->rest.len - (size_t)(y - b->rest.ptr));
	a->last = last;
	a->rest = str_make(x, a->rest.len - (size_t)(x - a->rest.ptr));
}

/* ---- folders */

static bool compare_trees(struct differ *differ, const struct oid *before,
			  const struct oid *after, size_t depth,
			  struct error *err);

static bool add_name(struct differ *differ, str name, struct error *err)
{
	buf_add(&differ->path, name);
	if (!differ->path.full && differ->path.len <= differ->limits->git_path)
		return true;
	return error_set(err, ERROR_LIMIT,
			 "a path has more than %zu bytes (limit git_path)",
			 differ->limits->git_path);
}

/* Deals with one entry, or one that both sides have. */
static bool step(struct differ *differ, const struct side *a,
		 const struct side *b, size_t depth, struct error *err)
{
	const struct side *one = a ? a : b;
	struct oid before = {0};
	struct oid after = {0};
	size_t len = differ->path.len;
	bool done;

	if ((a && !judge(a, err)) || (b && !judge(b, err)))
		return false;
	if (a)
		before = oid_at(a);
	if (b)
		after = oid_at(b);
	if (a && b && a->mode == b->mode && oid_equal(&before, &after))
		return true;
	done = add_name(differ, one->name, err);
	if (done && is_tree(one)) {
		done = add_name(differ, STR("/"), err) &&
		       compare_trees(differ, &before, &after, depth, err);
	} else if (done) {
		differ->take(differ->context,
			     &(struct difference){
				     .path = buf_str(&differ->path),
				     .oid = after,
				     .before = before,
				     .mode = b ? b->mode : 0,
				     .mode_before = a ? a->mode : 0,
			     });
	}
	differ->path.len = len;
	return done;
}

static bool compare_entries(struct differ *differ, struct side *a,
			    struct side *b, size_t depth, struct error *err)
{
	for (;;) {
		int order;

		skip_alike(a, b);
		if (!look(a, err) || !look(b, err))
			return false;
		if (!a->name.ptr && !b->name.ptr)
			return true;
		if (!a->name.ptr || !b->name.ptr)
			order = a->name.ptr ? -1 : 1;
		else
			order = compare(a->name, is_tree(a), b->name,
					is_tree(b));
		if (!step(differ, order <= 0 ? a : NULL, order >= 0 ? b : NULL,
			  depth, err))
			return false;
		if (order <= 0)
			pass(a);
		if (order >= 0)
			pass(b);
	}
}

/* No store needs to have the empty tree. */
static bool is_empty_tree(const struct oid *oid)
{
	static const unsigned char name[OID_RAW] = {
		0x4b, 0x82, 0x5d, 0xc6, 0x42, 0xcb, 0x6e, 0xb9, 0xa0, 0x60,
		0xe5, 0x4b, 0xf8, 0xd6, 0x92, 0x88, 0xfb, 0xee, 0x49, 0x04};

	return memcmp(oid->bytes, name, OID_RAW) == 0;
}

static bool open_side(struct side *side, struct held **held,
		      struct differ *differ, const struct oid *oid,
		      struct error *err)
{
	if (oid->len == 0 || is_empty_tree(oid))
		return true;
	if (!hold(held, differ, oid, err))
		return false;
	side->rest = buf_str(&(*held)->bytes);
	return true;
}

static bool compare_trees(struct differ *differ, const struct oid *before,
			  const struct oid *after, size_t depth,
			  struct error *err)
{
	struct held *held_a = NULL;
	struct held *held_b = NULL;
	struct side a = {0};
	struct side b = {0};
	size_t len = differ->path.len;
	bool done;

	if (depth >= differ->limits->git_tree_depth)
		return error_set(
			err, ERROR_LIMIT,
			"folders deeper than %zu (limit git_tree_depth)",
			differ->limits->git_tree_depth);
	if (differ->folders++ >= differ->limits->files)
		return error_set(err, ERROR_LIMIT,
				 "more than %zu folders (limit files)",
				 differ->limits->files);
	done = open_side(&a, &held_a, differ, before, err) &&
	       open_side(&b, &held_b, differ, after, err) &&
	       compare_entries(differ, &a, &b, depth + 1, err);
	release(held_a);
	release(held_b);
	/* The innermost folder says where; those around it keep silent. */
	if (!done && len && !differ->told)
		error_prefix(err, "the folder " STR_FMT, (int)len,
			     differ->path.ptr);
	if (!done)
		differ->told = true;
	return done;
}

bool differ_run(struct differ *differ, const struct oid *before,
		const struct oid *after,
		void (*take)(void *context,
			     const struct difference *difference),
		void *context, struct error *err)
{
	if (oid_equal(before, after))
		return true;
	differ->take = take;
	differ->context = context;
	differ->folders = 0;
	differ->told = false;
	buf_clear(&differ->path);
	return compare_trees(differ, before, after, 0, err);
}

/* ---- one path */

/* Looks for a name; an entry that is out of order could hide it. */
static bool find_name(struct side *side, str name, bool tree, struct error *err)
{
	for (;; pass(side)) {
		if (!look(side, err))
			return false;
		if (!side->name.ptr ||
		    (str_equal(side->name, name) && is_tree(side) == tree))
			return true;
	}
}

bool differ_find(uint32_t *mode, struct oid *oid, struct differ *differ,
		 const struct oid *tree, str path, struct error *err)
{
	struct oid at = *tree;
	str rest = path;

	for (;;) {
		str name = str_cut(&rest, '/');
		struct held *held = NULL;
		struct side side = {0};
		bool done = open_side(&side, &held, differ, &at, err) &&
			    find_name(&side, name, rest.ptr != NULL, err);
		bool there = done && side.name.ptr;

		if (there)
			at = oid_at(&side);
		release(held);
		if (!done)
			return false;
		if (there && rest.ptr)
			continue;
		*mode = there ? side.mode : 0;
		*oid = there ? at : (struct oid){0};
		return true;
	}
}
