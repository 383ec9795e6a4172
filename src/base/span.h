/*
 * span - a stretch of source: byte offsets [start, end) of one file.
 *
 * Inside, places are bytes; lines and columns are worked out at the edge,
 * where each format has its own unit (see base/lines.h).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdint.h>

struct span {
	uint32_t start;
	uint32_t end;
};

#endif
