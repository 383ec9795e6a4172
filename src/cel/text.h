/*
 * text - values as plain text: what string() and %s write, and messages show.
 *
 * All append to a buf. Nothing here asks for an evaluation.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_TEXT_H
#define CEL_TEXT_H

#include "cel/value.h"

/* As cel_double_format: "0.1", "1e+21", "3", "NaN", "-Infinity". */
void cel_text_double(struct buf *out, double number);

/* The same as an expression would be written: "3.0". Infinity and NaN keep
 * their names, which are no literals. */
void cel_text_double_literal(struct buf *out, double number);

/* Seconds with as many digits of fraction as are needed: "-1.5s" (the JSON
 * form of a protobuf duration). */
void cel_text_duration(struct buf *out, struct cel_value duration);

/* RFC 3339 in UTC with 0, 3, 6 or 9 digits of fraction. */
void cel_text_timestamp(struct buf *out, struct cel_value timestamp);

/* What was written, as a string in the arena; the buf is done with. */
struct cel_value cel_text_keep(struct arena *arena, struct buf *text);

#endif
