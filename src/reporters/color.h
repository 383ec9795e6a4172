/*
 * color - the palette of the text format: a few of the 16 base colours, which
 * every theme keeps readable. Meaning never rests on colour alone.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_COLOR_H
#define REPORTERS_COLOR_H

#include "base/encode.h"
#include "policy/severity.h"

struct palette {
	struct safe severity[SEVERITY_ERROR + 1];
	struct safe second; /* a place that explains */
	struct safe gutter;
	struct safe strong; /* paths and headings */
	struct safe end;    /* back to plain */
};

/* The palette, or one of empty texts. */
const struct palette *palette_of(bool color);

#endif
