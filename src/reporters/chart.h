/*
 * chart - open findings over time as one SVG: areas on top of each other, a
 * word at the end of each, nothing that needs a script, a style of its own or
 * colours to be told apart. Coordinates have one decimal, so that the same
 * numbers give the same bytes.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_CHART_H
#define REPORTERS_CHART_H

#include "base/encode.h"

enum { CHART_SERIES = 3 };

struct chart_point {
	str label; /* of the axis: "2026-03-02" */
	size_t values[CHART_SERIES];
};

/* One series, from the bottom of the pile. */
struct chart_series {
	struct safe name;  /* "errors" */
	struct safe style; /* a class of the page's style sheet */
};

struct chart {
	struct safe id; /* of its title and description, in the page */
	struct safe title;
	str description; /* what a reader who sees nothing is told */
	struct chart_series series[CHART_SERIES];
	const struct chart_point *points; /* at least two, in equal steps */
	size_t count;
};

/* Writes an <svg>. */
void chart_write(struct out *out, const struct chart *chart);

/* The end of an axis for values up to this: 1, 2, 4, 6 or 8 times a
 * power of ten. */
size_t chart_ceiling(size_t most);

#endif
