/*
 * limits - every ceiling on input, with its default and its reason.
 *
 * Passing one is an error that names the limit; nothing is ever cut short in
 * silence. They come from the command line or the trusted configuration only.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <stddef.h>

struct limits {
#define LIMIT(name, value, title, reason) size_t name;
#include "base/limits.def"
#undef LIMIT
};

extern const struct limits limits_default;

struct limit_row {
	const char *name;
	const char *title;
	const char *reason;
	size_t value;
};

/* The table, for `abide help limits` and the manual; sorted by name. */
extern const struct limit_row limit_rows[];
extern const size_t limit_rows_count;

#endif
