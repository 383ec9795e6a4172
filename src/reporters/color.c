/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/color.h"

/* SGR of ECMA-48: 1 bold, 2 dim, 31 red, 33 yellow, 36 cyan. */
static const struct palette colored = {
	.severity = {[SEVERITY_NOTE] = SAFE_INIT("\x1b[36m"),
		     [SEVERITY_WARNING] = SAFE_INIT("\x1b[33m"),
		     [SEVERITY_ERROR] = SAFE_INIT("\x1b[1;31m")},
	.second = SAFE_INIT("\x1b[36m"),
	.gutter = SAFE_INIT("\x1b[2m"),
	.strong = SAFE_INIT("\x1b[1m"),
	.end = SAFE_INIT("\x1b[0m"),
};

static const struct palette plain;

const struct palette *palette_of(bool color)
{
	return color ? &colored : &plain;
}
