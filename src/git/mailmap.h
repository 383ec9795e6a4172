/*
 * mailmap - proper names and addresses for the identities of commits.
 *
 * Addresses and names compare without regard to the case of ASCII letters, as
 * git does it. A line that cannot be read is passed over, as git does, and
 * counted.
 *
 * Source: gitmailmap(5).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_MAILMAP_H
#define GIT_MAILMAP_H

#include "base/arena.h"
#include "base/str.h"

struct identity {
	str name, email;
};

struct mailmap;

/* Reads the text of a .mailmap; the map lives in the arena and looks into the
 * text. */
struct mailmap *mailmap_parse(str text, struct arena *arena);

/* Lines that could not be read. */
size_t mailmap_unread(const struct mailmap *mailmap);

/* The proper identity; what is not mapped, or without a map (NULL), stays. */
struct identity mailmap_find(const struct mailmap *mailmap,
			     struct identity identity);

#endif
