/* SPDX-License-Identifier: Apache-2.0 */
#include "git/walk.h"

/* A tree that is being read, and its folder's path. */
struct level {
	struct buf bytes;
	struct tree_cursor cursor;
	str path;
};

struct walk {
	struct entries *out;
	struct odb_reader *reader;
	const struct limits *limits;
	struct arena *arena;
	unsigned flags;
	VEC(struct level) levels; /* bytes of left levels are used again */
	size_t depth;
	size_t folders; /* entered so far */
};

static bool enter(struct walk *walk, const struct oid *oid, str path,
		  struct error *err)
{
	struct object object;
	struct level *level;

	if (walk->depth >= walk->limits->git_tree_depth)
		return error_set(err, ERROR_LIMIT,
				 "folders deeper than %zu (limit "
				 "git_tree_depth): " STR_FMT,
				 walk->limits->git_tree_depth, STR_ARG(path));
	/* Folders of folders of one empty folder are small and without end. */
	if (walk->folders++ >= walk->limits->files)
		return error_set(err, ERROR_LIMIT,
				 "more than %zu folders (limit files)",
				 walk->limits->files);
	if (walk->depth == walk->levels.count)
		buf_init(&vec_push(&walk->levels)->bytes,
			 walk->limits->git_tree_size);
	level = &walk->levels.at[walk->depth];
	if (!odb_read(&object, walk->reader, oid, OBJECT_TREE, &level->bytes,
		      err))
		return path.len ? error_prefix(err, "the folder " STR_FMT,
					       STR_ARG(path))
				: false;
	level->cursor = tree_begin(object.bytes);
	level->path = path;
	walk->depth++;
	return true;
}

static unsigned flags_of(enum tree_mode mode)
{
	return mode == MODE_LINK	? ENTRY_LINK
	       : mode == MODE_SUBMODULE ? ENTRY_SUBMODULE
					: 0;
}

/* Joins folder and name; a folder's path ends with a slash. */
static bool join(str *out, struct walk *walk, str folder,
		 const struct tree_item *item, struct error *err)
{
	bool is_tree = item->mode == MODE_TREE;
	size_t len = folder.len + item->name.len + is_tree;
	char *to;

	if (len > walk->limits->git_path)
		return error_set(err, ERROR_LIMIT,
				 "a path is longer than %zu bytes (limit "
				 "git_path): " STR_FMT,
				 walk->limits->git_path, STR_ARG(folder));
	to = arena_raw(walk->arena, len + 1, 1);
	if (folder.len)
		memcpy(to, folder.ptr, folder.len);
	memcpy(to + folder.len, item->name.ptr, item->name.len);
	if (is_tree)
		to[len - 1] = '/';
	to[len] = '\0';
	*out = str_make(to, len);
	return true;
}

static bool step_in(struct walk *walk, struct level *level,
		    const struct tree_item *item, struct error *err)
{
	str path;

	if (!join(&path, walk, level->path, item, err))
		return false;
	if (item->mode == MODE_TREE)
		return enter(walk, &item->oid, path, err);
	if (walk->out->list.count >= walk->limits->files)
		return error_set(err, ERROR_LIMIT,
				 "more than %zu files (limit files)",
				 walk->limits->files);
	*vec_push(&walk->out->list) = (struct entry){
		.path = path,
		.oid = item->oid,
		.mode = item->mode,
		.flags = walk->flags | flags_of(item->mode),
	};
	return true;
}

static bool run(struct walk *walk, struct error *err)
{
	while (walk->depth) {
		struct level *level = &walk->levels.at[walk->depth - 1];
		struct tree_item item;

		switch (tree_next(&item, &level->cursor, err)) {
		case STEP_FAILED:
			return error_prefix(err, "repository damaged: " STR_FMT,
					    STR_ARG(level->path.len
							    ? level->path
							    : STR("the root "
								  "folder")));
		case STEP_END:
			walk->depth--;
			break;
		case STEP_ITEM:
			if (!step_in(walk, level, &item, err))
				return false;
			break;
		}
	}
	return true;
}

bool tree_walk(struct entries *out, struct odb_reader *reader,
	       const struct oid *tree, str prefix, unsigned flags,
	       const struct limits *limits, struct arena *arena,
	       struct error *err)
{
	struct walk walk = {
		.out = out,
		.reader = reader,
		.limits = limits,
		.arena = arena,
		.flags = flags,
	};
	bool done = enter(&walk, tree, prefix, err) && run(&walk, err);

	for (size_t i = 0; i < walk.levels.count; i++)
		buf_done(&walk.levels.at[i].bytes);
	vec_done(&walk.levels);
	return done;
}
