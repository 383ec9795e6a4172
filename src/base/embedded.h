/*
 * embedded - the files of schema/, policies/, templates/ and hooks/, inside the
 * binary.
 *
 * tools/embed.sh makes the table at build time; it is sorted by path.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include "base/str.h"

struct embedded {
	const char *path; /* "schema/control.yaml" */
	const char *start;
	const char *end;
	const char *frozen; /* its tree, for data/frozen.h; 8-byte aligned */
	const char *frozen_end;
};

extern const struct embedded embedded_files[];
extern const size_t embedded_count;

/* The bytes of a file; absent when there is none at that path. */
str embedded_find(str path);

/* Its frozen tree; absent when there is none at that path. */
str embedded_find_frozen(str path);

#endif
