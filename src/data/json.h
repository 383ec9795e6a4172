/*
 * json - JSON text into nodes: RFC 8259, strictly, with exact places.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_JSON_H
#define DATA_JSON_H

#include "data/document.h"

/* Reads the one value of a JSON text as the only root; a byte order mark is
 * skipped. Two equal names in an object and half a surrogate pair are errors,
 * which RFC 8259 leaves open. The limits are those of YAML. */
MUST_USE bool json_read(struct document *out, struct arena *arena, str text,
			const struct limits *limits, struct error *err);

#endif
