/*
 * glob - which paths a line of configuration means, as gitignore(5) reads it.
 *
 *	records/			everything below records at the root
 *	*.rules.yaml			files of that name at any depth
 *	policies/[a-m]?.yaml		a slash inside ties it to the root
 *
 * A segment of two stars stands for any number of folders, also none. What
 * names a folder means all below it. A leading "!" is the caller's. Time is at
 * most pattern times path; there is no recursion.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MATCH_GLOB_H
#define MATCH_GLOB_H

#include "base/error.h"
#include "base/str.h"

struct glob {
	str text;	/* borrowed, without the slashes at both ends */
	bool anchored;	/* counted from the root */
	bool directory; /* means folders only */
};

enum { GLOB_MOST = 4096 };

/* Checks a pattern; `text` must outlive the glob. ERROR_SYNTAX with `at` in
 * bytes of the text; ERROR_LIMIT past GLOB_MOST bytes. */
MUST_USE bool glob_init(struct glob *out, str text, struct error *err);

/* Does it mean this file? `path` has slashes between and none at the ends. */
bool glob_match(const struct glob *glob, str path);

#endif
