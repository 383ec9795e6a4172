/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vec.h"

#include "base/mem.h"

void vec_room(void **at, size_t count, size_t *capacity, size_t size)
{
	size_t larger;
	size_t bytes;

	if (count == *capacity) {
		larger = *capacity ? *capacity * 2 : 8;
		if (!size_mul(&bytes, larger, size))
			mem_exhausted();
		*at = mem_grow(*at, bytes);
		*capacity = larger;
	}
	memset((char *)*at + count * size, 0, size);
}

void vec_release(void *at)
{
	mem_free(at);
}

void *vec_copy(const void *at, size_t count, size_t size, struct arena *arena)
{
	void *copy;

	if (count == 0)
		return NULL;
	copy = arena_take_array(arena, count, size);
	memcpy(copy, at, count * size);
	return copy;
}
