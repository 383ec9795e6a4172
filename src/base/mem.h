/*
 * mem - the one allocator.
 *
 * Memory that runs out ends the program here and nowhere else: one line on
 * standard error and exit status 2, because a half-made judgement must never
 * look like a whole one. Input that is too large is an error with a name long
 * before this (see limits.h).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include "base/attr.h"

/* Zeroed memory, yours to mem_free. Never NULL. */
MUST_USE void *mem_new(size_t size);

/* As realloc; new bytes are not zeroed. Never NULL. */
MUST_USE void *mem_grow(void *old, size_t size);

/* NULL is fine. */
void mem_free(void *memory);

/* Ends the program: memory ran out, or a size overflowed. */
NORETURN void mem_exhausted(void);

#endif
