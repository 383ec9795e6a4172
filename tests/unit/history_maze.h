/*
 * history_maze - made-up histories, each always the same for its seed.
 *
 * Branches that cross and are merged, also many at once and also of unrelated
 * roots; files that come, change, go, move, become executable, links, folders
 * or submodules, with names of odd bytes; commits without a change and clocks
 * that run backwards. Written as a stream for git fast-import.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_HISTORY_MAZE_H
#define UNIT_HISTORY_MAZE_H

#include "base/buf.h"

enum {
	MAZE_PATHS = 20,
	MAZE_CONTENTS = 12,
	MAZE_COMMITS = 100,
	MAZE_LANES = 3,
	MAZE_PARENTS = 4,
};

/* Some cannot stand beside each other: a file and a folder of one name. */
static const char *const maze_paths[MAZE_PATHS] = {
	"a",
	"a/b",
	"a/b/c",
	"a.b",
	"a-b",
	"a0",
	"d/x.yaml",
	"d/y.yaml",
	"d/e/f/g/h.yaml",
	"d/e/f/i.yaml",
	"d/e.yaml",
	"z",
	"z/z/z",
	"\303\244\303\266.yaml",
	"a\314\210.yaml",
	"not utf \377.yaml",
	"quote\"back\\slash",
	"new\nline",
	"escape\033[31m",
	":(top)-dash",
};

/* What lies at each path: 0 nothing, else a content and a mode. */
struct maze_files {
	unsigned content[MAZE_PATHS];
	unsigned mode[MAZE_PATHS];
};

struct maze {
	struct buf *out;
	uint64_t random;
	struct maze_files files[MAZE_COMMITS];
	unsigned tips[MAZE_LANES];
	bool begun[MAZE_LANES];
};

static unsigned maze_random(struct maze *maze, unsigned below)
{
	maze->random =
		maze->random * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(maze->random >> 33) % below;
}

static void maze_quote(struct buf *out, const char *path)
{
	buf_byte(out, '"');
	for (const char *p = path; *p; p++)
		buf_format(out, "\\%03o", (unsigned)(unsigned char)*p);
	buf_byte(out, '"');
}

/* Is one a folder that the other lies in? */
static bool maze_excludes(const char *a, const char *b)
{
	size_t len = strlen(a);

	return strncmp(a, b, len) == 0 && b[len] == '/';
}

static void maze_put(struct maze *maze, struct maze_files *files, unsigned path)
{
	static const unsigned modes[] = {0100644, 0100644, 0100644,
					 0100755, 0120000, 0160000};

	for (unsigned i = 0; i < MAZE_PATHS; i++) {
		if (maze_excludes(maze_paths[i], maze_paths[path]) ||
		    maze_excludes(maze_paths[path], maze_paths[i]))
			files->content[i] = 0;
	}
	files->content[path] = 1 + maze_random(maze, MAZE_CONTENTS);
	files->mode[path] = modes[maze_random(maze, 6)];
}

static void maze_change(struct maze *maze, struct maze_files *files)
{
	unsigned path = maze_random(maze, MAZE_PATHS);
	unsigned other = maze_random(maze, MAZE_PATHS);
	unsigned content = files->content[path];
	unsigned mode = files->mode[path];

	switch (maze_random(maze, 5)) {
	case 0:
		files->content[path] = 0;
		break;
	case 1:
		if (content == 0)
			break;
		maze_put(maze, files, other);
		files->content[other] = content; /* a move */
		files->mode[other] = mode;
		if (other != path)
			files->content[path] = 0;
		break;
	case 2:
		if (content && mode != 0160000)
			files->mode[path] = mode ^ 0111;
		if (content && mode == 0120000)
			files->mode[path] = 0100644;
		break;
	default:
		maze_put(maze, files, path);
	}
}

/* Takes each file from one of the parents, as somebody merges by hand. */
static void maze_merge(struct maze *maze, struct maze_files *files,
		       const unsigned *parents, unsigned count)
{
	bool whole = maze_random(maze, 3) == 0;
	unsigned from = maze_random(maze, count);

	for (unsigned i = 0; i < MAZE_PATHS; i++) {
		const struct maze_files *side =
			&maze->files[parents[whole ? from
						   : maze_random(maze, count)]];
		bool room = true;

		for (unsigned k = 0; k < i; k++) {
			if (files->content[k] &&
			    (maze_excludes(maze_paths[k], maze_paths[i]) ||
			     maze_excludes(maze_paths[i], maze_paths[k])))
				room = false;
		}
		files->content[i] = room ? side->content[i] : 0;
		files->mode[i] = side->mode[i];
	}
}

static void maze_write_files(struct maze *maze, const struct maze_files *files)
{
	buf_add(maze->out, STR("deleteall\n"));
	for (unsigned i = 0; i < MAZE_PATHS; i++) {
		if (!files->content[i])
			continue;
		if (files->mode[i] == 0160000)
			buf_format(maze->out, "M 160000 %040u ",
				   files->content[i]);
		else
			buf_format(maze->out, "M %o :%u ", files->mode[i],
				   files->content[i]);
		maze_quote(maze->out, maze_paths[i]);
		buf_byte(maze->out, '\n');
	}
}

static bool maze_add(unsigned *parents, unsigned *count, unsigned parent)
{
	for (unsigned i = 0; i < *count; i++) {
		if (parents[i] == parent)
			return false;
	}
	parents[(*count)++] = parent;
	return true;
}

/* Mostly the last commit of the lane; sometimes another, or none: a root. Then
 * what is merged: the other lanes as they are, or something older. */
static unsigned maze_parents(struct maze *maze, unsigned *parents,
			     unsigned number, unsigned lane)
{
	unsigned count = 0;
	unsigned merged = maze_random(maze, 10);

	if (number == 0 || (lane && maze_random(maze, 20) == 0))
		return 0;
	if (!maze->begun[lane] || (lane && maze_random(maze, 8) == 0))
		(void)maze_add(parents, &count, maze_random(maze, number));
	else
		(void)maze_add(parents, &count, maze->tips[lane]);
	if (merged == 0) {
		while (count < MAZE_PARENTS && count < number)
			(void)maze_add(parents, &count,
				       maze_random(maze, number));
	} else if (merged < 4) {
		unsigned other = (lane + merged) % MAZE_LANES;

		if (maze->begun[other])
			(void)maze_add(parents, &count, maze->tips[other]);
	}
	return count;
}

static void maze_commit(struct maze *maze, unsigned number)
{
	struct maze_files *files = &maze->files[number];
	unsigned parents[MAZE_PARENTS];
	unsigned lane =
		number + 1 == MAZE_COMMITS ? 0 : maze_random(maze, MAZE_LANES);
	unsigned count = maze_parents(maze, parents, number, lane);

	if (count)
		*files = maze->files[parents[0]];
	if (count > 1)
		maze_merge(maze, files, parents, count);
	for (unsigned i = maze_random(maze, count > 1 ? 2 : 4); i > 0; i--)
		maze_change(maze, files);
	maze->tips[lane] = number;
	maze->begun[lane] = true;
	buf_format(maze->out,
		   "reset refs/heads/main\ncommit refs/heads/main\n"
		   "mark :%u\ncommitter M <m@x> %u +0000\ndata 2\nm\n",
		   1000 + number,
		   1700000000 + number * 60 - maze_random(maze, 600));
	for (unsigned i = 0; i < count; i++)
		buf_format(maze->out, "%s :%u\n", i ? "merge" : "from",
			   1000 + parents[i]);
	maze_write_files(maze, files);
}

UNUSED static void maze_write(struct buf *out, unsigned seed)
{
	struct maze maze = {.out = out, .random = seed * 2654435761U + 1};

	for (unsigned i = 0; i < 8; i++)
		(void)maze_random(&maze, 2);
	for (unsigned i = 1; i <= MAZE_CONTENTS; i++)
		buf_format(out, "blob\nmark :%u\ndata 3\n%02u\n\n", i, i);
	for (unsigned i = 0; i < MAZE_COMMITS; i++)
		maze_commit(&maze, i);
}

#endif
