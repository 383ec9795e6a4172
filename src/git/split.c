/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/sys.h"
#include "git/index.h"

/* One bit for each entry of the shared index. */
struct bits {
	bool *at;
	size_t count;
};

static uint64_t get64(const char *p)
{
	uint64_t value = 0;

	for (size_t i = 0; i < 8; i++)
		value = value << 8 | (unsigned char)p[i];
	return value;
}

static bool set(struct bits *bits, size_t i)
{
	if (i >= bits->count)
		return false;
	bits->at[i] = true;
	return true;
}

/* A word that says: so many words of one bit, then so many as they are. */
struct marker {
	bool bit;
	size_t run;
	size_t literals;
};

static struct marker marker_of(uint64_t word)
{
	return (struct marker){
		.bit = word & 1,
		.run = (size_t)((word >> 1) & UINT32_MAX),
		.literals = (size_t)(word >> 33),
	};
}

static bool add_run(struct bits *bits, size_t *at, const struct marker *marker)
{
	size_t len;

	if (!size_mul(&len, marker->run, 64) || !size_add(&len, *at, len))
		return false;
	if (!marker->bit) {
		*at = len;
		return true;
	}
	for (; *at < len; (*at)++) {
		if (!set(bits, *at))
			return false;
	}
	return true;
}

/* Unpacks a bitmap: 4 bytes of bits, 4 of words, the words, 4 more.
 * Source: gitformat-index(5), "EWAH" in git's Documentation/technical. */
static bool unpack(struct bits *bits, str packed)
{
	size_t words = packed.len ? (packed.len - 12) / 8 : 0;
	size_t at = 0;
	size_t i = 0;

	while (i < words) {
		struct marker marker = marker_of(get64(packed.ptr + 8 + 8 * i));

		i++;
		if (!add_run(bits, &at, &marker) || marker.literals > words - i)
			return false;
		for (size_t k = 0; k < marker.literals; k++, i++, at += 64) {
			uint64_t word = get64(packed.ptr + 8 + 8 * i);

			for (size_t b = 0; word; b++, word >>= 1) {
				if ((word & 1) && !set(bits, at + b))
					return false;
			}
		}
	}
	return true;
}

static int by_path(const void *a, const void *b)
{
	const struct index_entry *x = a;
	const struct index_entry *y = b;
	int order = str_compare(x->path, y->path);

	return order ? order : (x->stage > y->stage) - (x->stage < y->stage);
}

static bool damaged(struct error *err)
{
	return error_set(err, ERROR_GIT,
			 "the index is damaged: it does not fit the shared "
			 "index it is split from");
}

/* Gives each entry without a path, in turn, the path it replaces. */
static bool name_replacements(struct index *top, const struct index *base,
			      const struct bits *replaced, struct error *err)
{
	size_t next = 0;

	for (size_t i = 0; i < replaced->count; i++) {
		if (!replaced->at[i])
			continue;
		if (next >= top->entries.count ||
		    top->entries.at[next].path.len)
			return damaged(err);
		top->entries.at[next].path = base->entries.at[i].path;
		next++;
	}
	return next >= top->entries.count || top->entries.at[next].path.len
		       ? true
		       : damaged(err);
}

static bool in_order(const struct index *index)
{
	for (size_t i = 1; i < index->entries.count; i++) {
		const struct index_entry *a = &index->entries.at[i - 1];
		const struct index_entry *b = &index->entries.at[i];

		if (by_path(a, b) >= 0 ||
		    (a->stage == 0 && str_equal(a->path, b->path)))
			return false;
	}
	return true;
}

bool index_join(struct index *top, const struct index *base,
		struct arena *arena, struct error *err)
{
	size_t count = base->entries.count;
	struct bits removed = {arena_array(arena, bool, count), count};
	struct bits replaced = {arena_array(arena, bool, count), count};

	if (!unpack(&removed, top->removed) ||
	    !unpack(&replaced, top->replaced))
		return damaged(err);
	if (!name_replacements(top, base, &replaced, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!removed.at[i] && !replaced.at[i])
			*vec_push(&top->entries) = base->entries.at[i];
	}
	if (top->entries.count)
		qsort(top->entries.at, top->entries.count,
		      sizeof(*top->entries.at), by_path);
	return in_order(top) ? true : damaged(err);
}

static bool parse_file(struct index *out, str bytes, const struct repo *repo,
		       struct arena *arena, struct error *err)
{
	return index_parse(out, bytes, repo_limits(repo), arena, err);
}

/* The shared index lies in the git directory; its checksum is its name. */
static bool join_shared(struct index *index, const struct repo *repo,
			struct arena *arena, struct error *err)
{
	struct index base = {0};
	char hex[OID_HEX];
	struct buf bytes;
	str path, sum;
	bool done;

	oid_format(hex, &index->base);
	path = str_format(arena, STR_FMT "/sharedindex.%.*s",
			  STR_ARG(repo_state(repo)->git_dir), OID_HEX, hex);
	buf_init(&bytes, repo_limits(repo)->git_index_size);
	done = sys_read_file(&bytes, SYS_HERE, path.ptr, err);
	if (!done)
		(void)error_prefix(err, "the shared index");
	sum = str_slice(buf_str(&bytes),
			bytes.len > OID_RAW ? bytes.len - OID_RAW : 0,
			bytes.len);
	if (done && (sum.len != OID_RAW ||
		     memcmp(sum.ptr, index->base.bytes, OID_RAW) != 0))
		done = damaged(err);
	done = done && parse_file(&base, buf_str(&bytes), repo, arena, err);
	if (done && base.base.len)
		done = damaged(err); /* a shared one is split from no other */
	done = done && index_join(index, &base, arena, err);
	index_done(&base);
	buf_done(&bytes);
	return done;
}

bool index_read(struct index *out, const struct repo *repo, struct arena *arena,
		struct error *err)
{
	str path = repo_state(repo)->index_file;
	struct buf bytes;
	bool done;

	*out = (struct index){0};
	if (sys_kind_of(SYS_HERE, path.ptr) == SYS_ABSENT)
		return true;
	buf_init(&bytes, repo_limits(repo)->git_index_size);
	done = sys_read_file(&bytes, SYS_HERE, path.ptr, err) &&
	       parse_file(out, buf_str(&bytes), repo, arena, err) &&
	       (!out->base.len || join_shared(out, repo, arena, err));
	buf_done(&bytes);
	return done;
}
