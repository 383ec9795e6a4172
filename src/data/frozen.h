/*
 * frozen - a document that was parsed when the program was built.
 *
 * Our own schemas and policies are YAML for people, and reading them again in
 * each run would cost more than judging three records. tools/freeze.c writes
 * their trees next to their text; thawing copies the nodes and sets the
 * pointers. The bytes are our own and of this very build: they are trusted,
 * and laid out as this machine lays them out.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_FROZEN_H
#define DATA_FROZEN_H

#include "base/arena.h"
#include "data/node.h"

/* Appends the frozen form of a tree that was parsed from `text`. The root is
 * at most UINT32_MAX nodes with what its aliases stand for. */
void frozen_write(struct buf *out, str text, const struct node *root);

/* The tree again, in the arena; its strings lie in `text` and `frozen`, which
 * must outlive it. `frozen` is aligned to 8 bytes. */
const struct node *frozen_thaw(struct arena *arena, str text, str frozen);

#endif
