/*
 * skeleton - a record to fill in, made from the schema of its kind.
 *
 * What is required stands there with TODO as its value, in lists and maps as
 * well; what is optional stands in comments. TODO is nowhere a value that a
 * schema or the rule text/placeholder lets pass: nothing is claimed.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_SKELETON_H
#define CMD_SKELETON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "policy/kinds.h"

/* Adds the skeleton as YAML. `id` may be absent. Texts come from schemas and
 * hold anything: encode what comes out. ERROR_LIMIT: the schema nests or
 * combines too much. */
MUST_USE bool skeleton_write(struct buf *out, const struct kind *kind, str id,
			     struct error *err);

#endif
