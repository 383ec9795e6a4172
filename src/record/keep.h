/* keep - copies values out of trees that are let go. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECORD_KEEP_H
#define RECORD_KEEP_H

#include "base/arena.h"
#include "data/node.h"

/* A deep copy in the arena, with the node's key. What aliases share is shared
 * in the copy, so that it is no larger than the document. */
const struct node *node_keep(struct arena *arena, const struct node *node);

#endif
