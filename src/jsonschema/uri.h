/*
 * uri - references taken apart and resolved against a base (RFC 3986).
 *
 * Parts are views into the text; an absent part is an absent str, which
 * differs from an empty one ("a?" has an empty query).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_URI_H
#define JSONSCHEMA_URI_H

#include "base/arena.h"
#include "base/buf.h"

struct uri {
	str scheme;
	str authority;
	str path; /* never absent, may be empty */
	str query;
	str fragment;
};

/* Takes any text apart (RFC 3986 appendix B); checks no characters. */
struct uri uri_split(str text);

/* Resolves `reference` against the absolute `base` (section 5.2.2, strict)
 * and returns the target with its fragment, in the arena. */
str uri_resolve(struct arena *arena, str base, str reference);

/* Cuts the fragment off: returns what stands before '#', and in *fragment
 * what stands behind it (absent without '#'). */
str uri_cut_fragment(str text, str *fragment);

/* Adds `text` with %XX decoded. False: a % without two digits. */
MUST_USE bool uri_decode(struct buf *out, str text);

#endif
