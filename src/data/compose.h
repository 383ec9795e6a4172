/*
 * compose - YAML text into nodes, through libyaml's events.
 *
 * Of libyaml only the event interface is used, with the encoding preset: its
 * document interface has no ceilings. Typing, duplicate keys, aliases, tags
 * and every limit are ours.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_COMPOSE_H
#define DATA_COMPOSE_H

#include "data/document.h"

/* Reads all YAML documents of `text` into roots; out->text and out->body are
 * left alone. */
MUST_USE bool compose(struct document *out, struct arena *arena, str text,
		      const struct limits *limits, struct error *err);

#endif
