/*
 * vec - an array that grows, of any type, in three macros.
 *
 *	VEC(struct item) items = {0};
 *
 *	*vec_push(&items) = (struct item){ ... };
 *	for (size_t i = 0; i < items.count; i++)
 *		use(&items.at[i]);
 *	vec_done(&items);
 *
 * vec_keep moves the elements into an arena when the size is settled.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                \
	struct {                 \
		type *at;        \
		size_t count;    \
		size_t capacity; \
	}

/* Appends a zeroed element and returns it; it moves when the vec grows. */
#define vec_push(vec)                                                  \
	(vec_room((void **)&(vec)->at, (vec)->count, &(vec)->capacity, \
		  sizeof(*(vec)->at)),                                 \
	 &(vec)->at[(vec)->count++])

#define vec_done(vec)                                                \
	(vec_release((vec)->at), (vec)->at = NULL, (vec)->count = 0, \
	 (vec)->capacity = 0)

/* Copies the elements into an arena; the vec keeps its own. NULL if empty. */
#define vec_keep(vec, arena) \
	vec_copy((vec)->at, (vec)->count, sizeof(*(vec)->at), (arena))

void vec_room(void **at, size_t count, size_t *capacity, size_t size);
void vec_release(void *at);
void *vec_copy(const void *at, size_t count, size_t size, struct arena *arena);

#endif
