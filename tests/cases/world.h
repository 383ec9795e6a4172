/*
 * world - the folder of one story: a home that is empty, and a repository that
 * the real git makes with none of the user's settings.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CASES_WORLD_H
#define CASES_WORLD_H

#include "story.h"

enum { WORLD_VARIABLES = 32, WORLD_PATHS = 512 };

struct world {
	struct arena *arena;
	char dir[64]; /* all of it lies below; $DIR */
	str here;     /* where the program runs, from dir */
	str input;    /* of the next run */
	bool no_repository;
	unsigned columns; /* of a terminal; 0: none */
	struct instant now;
	str names[WORLD_VARIABLES];
	const char *values[WORLD_VARIABLES];
	size_t variables;
	const char *paths[WORLD_PATHS]; /* written and not yet added */
	size_t path_count;
	str commit; /* begun and not yet made; or absent */
	char why[2048];
};

/* Makes the folder. */
bool world_open(struct world *world, const struct story *story,
		struct arena *arena);
void world_close(struct world *world);

/* Does one step that runs nothing of ours. False: world->why says why. */
bool world_step(struct world *world, const struct step *step);

/* Adds and commits what is pending, before a run. */
bool world_settle(struct world *world);

/* The words of a command line: blanks separate, quotes hold together, $DIR is
 * the folder. */
size_t world_words(struct world *world, str line, const char **out,
		   size_t most);

const char *world_variable(const struct world *world, const char *name);

/* A path of the world, terminated. */
char *world_path(struct world *world, str below);

/* A file of the world, whole. */
bool world_read(struct world *world, str path, str *out);

#endif
