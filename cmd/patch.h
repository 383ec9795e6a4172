/*
 * patch - how two texts of a file differ, as a unified diff.
 *
 * For texts whose edits stay within their lines: both have the same number of
 * lines, and line n is compared with line n. What must not be shown is masked
 * and what a terminal must not get is escaped, as everywhere; a patch with such
 * a line can be read and not applied.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_PATCH_H
#define CMD_PATCH_H

#include "base/encode.h"
#include "lint/mask.h"

struct patch_side {
	str text;
	struct mask mask;
};

/* Adds the hunks of one file with three lines around each change. Returns how
 * many lines are shown otherwise than they are. */
size_t patch_write(struct out *out, str path, const struct patch_side *before,
		   const struct patch_side *after);

#endif
