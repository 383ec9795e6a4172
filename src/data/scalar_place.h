/*
 * scalar_place - where in the source a byte of a scalar's content stands.
 *
 * Content is decoded: quotes, escapes, indentation and folds are gone. For a
 * message about a part of a text (an expression in a rule) the way back is
 * walked: content and source side by side, white space being elastic.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_SCALAR_PLACE_H
#define DATA_SCALAR_PLACE_H

#include "data/node.h"

/* The span in `source` of the content bytes [at.start, at.end) of a scalar
 * that was read from it; within the scalar's own span in any case. */
struct span scalar_place(const struct node *scalar, str source, struct span at);

#endif
