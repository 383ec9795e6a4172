/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/mend.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "data/document.h"

enum { ALONE_MOST = 64 /* edits of a file tried one by one in a round */ };

struct mend {
	const struct snapshot *snapshot;
	const struct limits *limits;
	struct snapshot_reader *reader;
	struct arena arena;
	VEC(struct mended) files;
	VEC(struct overlay) overlays;
};

/* The edits of one file in one round. */
struct edits {
	VEC(const struct edit *) at;
	VEC(size_t) owner; /* the finding of each edit */
};

struct mend *mend_new(const struct snapshot *snapshot,
		      const struct limits *limits)
{
	struct mend *mend = mem_new(sizeof(*mend));

	mend->snapshot = snapshot;
	mend->limits = limits;
	mend->reader = snapshot_reader_new(snapshot, limits->yaml_size);
	arena_init(&mend->arena);
	return mend;
}

void mend_free(struct mend *mend)
{
	if (!mend)
		return;
	snapshot_reader_free(mend->reader);
	vec_done(&mend->files);
	vec_done(&mend->overlays);
	arena_done(&mend->arena);
	mem_free(mend);
}

/* ---- one text */

str mend_text(str text, const struct edit *const *edits, size_t count,
	      struct arena *arena)
{
	struct buf out;
	size_t at = 0;
	str made;

	buf_init(&out, SIZE_MAX);
	for (size_t i = 0; i < count; i++) {
		buf_add(&out, str_slice(text, at, edits[i]->span.start));
		buf_add(&out, edits[i]->text);
		at = edits[i]->span.end;
	}
	buf_add(&out, str_slice(text, at, text.len));
	made = str_keep(arena, buf_str(&out));
	buf_done(&out);
	return made;
}

struct proof {
	const struct edit *const *edits; /* by place */
	size_t count;
};

/* Was something within these bytes edited? */
static bool is_edited(const struct proof *proof, struct span span)
{
	size_t low = 0;
	size_t high = proof->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (proof->edits[middle]->span.start < span.start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < proof->count && proof->edits[low]->span.end <= span.end;
}

static bool is_scalar(const struct node *node)
{
	return node->kind != NODE_LIST && node->kind != NODE_MAP;
}

/* Depth is bounded by the reader of documents. */
static bool is_same(const struct proof *proof, const struct node *before,
		    const struct node *after)
{
	if (before->alias || after->alias) /* told at the anchor */
		return before->alias == after->alias ||
		       (is_scalar(after) && is_edited(proof, before->span));
	if (is_scalar(before))
		return is_scalar(after) && (is_edited(proof, before->span) ||
					    node_equal(before, after));
	if (before->kind != after->kind || before->count != after->count)
		return false;
	for (uint32_t i = 0; i < before->count; i++) {
		const struct node *x = &before->as.children[i];
		const struct node *y = &after->as.children[i];

		if ((x->key && !is_same(proof, x->key, y->key)) ||
		    !is_same(proof, x, y))
			return false;
	}
	return true;
}

bool mend_is_safe(str before, str after, enum format format,
		  const struct edit *const *edits, size_t count,
		  const struct limits *limits)
{
	struct proof proof = {edits, count};
	struct document old;
	struct document new;
	struct arena arena;
	struct error err;
	bool same;

	arena_init(&arena);
	same = document_parse(&old, &arena, before, format, limits, &err) &&
	       document_parse(&new, &arena, after, format, limits, &err) &&
	       old.count == new.count &&str_equal(old.body, new.body);
	for (size_t i = 0; same && i < old.count; i++)
		same = is_same(&proof, old.roots[i], new.roots[i]);
	arena_done(&arena);
	return same;
}

/* ---- the edits of one file */

static bool has_line_end(str text)
{
	return str_find_byte(text, '\n') != SIZE_MAX ||
	       str_find_byte(text, '\r') != SIZE_MAX;
}

/* Within the text, within a line, and a change. */
static bool is_possible(str text, const struct edit *edit)
{
	str old;

	if (edit->span.start > edit->span.end || edit->span.end > text.len)
		return false;
	old = str_slice(text, edit->span.start, edit->span.end);
	return !has_line_end(old) && !has_line_end(edit->text) &&
	       !str_equal(old, edit->text);
}

/* Puts an edit in its place unless one is there; an equal one counts too. */
static bool insert(struct edits *edits, const struct edit *edit, size_t owner)
{
	size_t at = edits->at.count;

	while (at > 0 && edits->at.at[at - 1]->span.start >= edit->span.start)
		at--;
	if (at < edits->at.count) {
		const struct edit *next = edits->at.at[at];

		if (next->span.start == edit->span.start &&
		    next->span.end == edit->span.end)
			return str_equal(next->text, edit->text);
		if (next->span.start < edit->span.end)
			return false;
	}
	if (at > 0 && edits->at.at[at - 1]->span.end > edit->span.start)
		return false;
	(void)vec_push(&edits->at);
	(void)vec_push(&edits->owner);
	for (size_t i = edits->at.count - 1; i > at; i--) {
		edits->at.at[i] = edits->at.at[i - 1];
		edits->owner.at[i] = edits->owner.at[i - 1];
	}
	edits->at.at[at] = edit;
	edits->owner.at[at] = owner;
	return true;
}

static void drop(struct edits *edits, size_t at)
{
	for (size_t i = at + 1; i < edits->at.count; i++) {
		edits->at.at[i - 1] = edits->at.at[i];
		edits->owner.at[i - 1] = edits->owner.at[i];
	}
	edits->at.count--;
	edits->owner.count--;
}

static bool is_safe(const struct mend *mend, str path, str text,
		    const struct edits *edits, struct arena *scratch)
{
	str made = mend_text(text, edits->at.at, edits->at.count, scratch);

	return mend_is_safe(text, made, format_of_path(path), edits->at.at,
			    edits->at.count, mend->limits);
}

/* Keeps of a set that harms the file what does not, one after the other. */
static void keep_safe(const struct mend *mend, str path, str text,
		      struct edits *edits)
{
	struct edits kept = {0};
	struct arena scratch;

	arena_init(&scratch);
	if (!is_safe(mend, path, text, edits, &scratch)) {
		for (size_t i = 0; i < edits->at.count && i < ALONE_MOST; i++) {
			size_t last = kept.at.count;

			*vec_push(&kept.at) = edits->at.at[i];
			*vec_push(&kept.owner) = edits->owner.at[i];
			arena_reset(&scratch);
			if (!is_safe(mend, path, text, &kept, &scratch))
				drop(&kept, last);
		}
		vec_done(&edits->at);
		vec_done(&edits->owner);
		*edits = kept;
	}
	arena_done(&scratch);
}

/* ---- all files */

static size_t position_of(const struct mend *mend, str path)
{
	size_t at = 0;

	while (at < mend->files.count &&
	       str_compare(mend->files.at[at].path, path) < 0)
		at++;
	return at;
}

static struct mended *find(const struct mend *mend, str path)
{
	size_t at = position_of(mend, path);

	return at < mend->files.count &&
			       str_equal(mend->files.at[at].path, path)
		       ? &mend->files.at[at]
		       : NULL;
}

static void add_file(struct mend *mend, str path, str before, str after)
{
	size_t at = position_of(mend, path);

	(void)vec_push(&mend->files);
	for (size_t i = mend->files.count - 1; i > at; i--)
		mend->files.at[i] = mend->files.at[i - 1];
	mend->files.at[at] = (struct mended){
		.path = str_keep(&mend->arena, path),
		.before = str_keep(&mend->arena, before),
		.after = after,
	};
}

/* The text that was judged; absent when it is there no more. */
static bool read_text(str *out, struct mend *mend, const struct finding *first,
		      struct error *err)
{
	const struct mended *file = find(mend, first->path);
	const struct entry *entry = snapshot_find(mend->snapshot, first->path);
	struct blob blob;

	*out = (str){0};
	if (file) {
		*out = file->after;
		return true;
	}
	if (!entry)
		return true;
	if (!snapshot_read(&blob, mend->reader, entry, err))
		return false;
	if (blob.state == BLOB_READ)
		*out = blob.bytes;
	return first->digest == hash_str(*out) ||
	       error_set(err, ERROR_IO,
			 STR_FMT " changed while it was judged; nothing was "
				 "written",
			 STR_ARG(first->path));
}

/* How many findings the edits belong to: those of one lie anywhere. */
static size_t count_owners(const struct edits *edits, size_t count)
{
	struct arena arena;
	size_t owners = 0;
	bool *seen;

	arena_init(&arena);
	seen = arena_array(&arena, bool, count);
	for (size_t i = 0; i < edits->owner.count; i++) {
		owners += !seen[edits->owner.at[i]];
		seen[edits->owner.at[i]] = true;
	}
	arena_done(&arena);
	return owners;
}

/* The first finding that an edit mends and no exception covers, or NULL. */
static const struct finding *first_edit(const struct finding *findings,
					size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (findings[i].edit && !findings[i].waiver)
			return &findings[i];
	}
	return NULL;
}

/* The findings [0, count) of one file. */
static bool mend_file(size_t *mended, struct mend *mend,
		      const struct finding *findings, size_t count,
		      struct error *err)
{
	struct edits edits = {0};
	struct mended *file;
	str text;
	str made;

	if (!read_text(&text, mend, first_edit(findings, count), err))
		return false;
	for (size_t i = 0; text.ptr && i < count; i++) {
		const struct edit *edit =
			findings[i].waiver ? NULL : findings[i].edit;

		for (; edit; edit = edit->next) {
			if (is_possible(text, edit))
				(void)insert(&edits, edit, i);
		}
	}
	keep_safe(mend, findings->path, text, &edits);
	if (edits.at.count) {
		made = mend_text(text, edits.at.at, edits.at.count,
				 &mend->arena);
		*mended += count_owners(&edits, count);
		file = find(mend, findings->path);
		if (file)
			file->after = made;
		else
			add_file(mend, findings->path, text, made);
	}
	vec_done(&edits.at);
	vec_done(&edits.owner);
	return true;
}

bool mend_round(size_t *count, struct mend *mend, const struct report *report,
		struct error *err)
{
	size_t mended = 0;
	size_t end;

	for (size_t i = 0; i < report->finding_count; i = end) {
		const struct finding *first = &report->findings[i];

		for (end = i + 1; end < report->finding_count; end++) {
			if (!str_equal(report->findings[end].path, first->path))
				break;
		}
		if (first->path.len && first_edit(first, end - i) &&
		    !mend_file(&mended, mend, first, end - i, err))
			return false;
	}
	mend->overlays.count = 0;
	for (size_t i = 0; i < mend->files.count; i++)
		*vec_push(&mend->overlays) = (struct overlay){
			mend->files.at[i].path, mend->files.at[i].after};
	*count = mended;
	return true;
}

const struct mended *mend_files(const struct mend *mend, size_t *count)
{
	*count = mend->files.count;
	return mend->files.at;
}

const struct overlay *mend_overlays(const struct mend *mend, size_t *count)
{
	*count = mend->overlays.count;
	return mend->overlays.at;
}
