/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"

/* Blocks double from 4 KiB to 1 MiB: small runs stay small, large ones ask the
 * system seldom. */
enum { BLOCK_FIRST = 4096, BLOCK_MOST = 1 << 20, ALIGN = 16 };

struct arena_block {
	struct arena_block *older;
	size_t size;
	_Alignas(ALIGN) char bytes[];
};

void arena_init(struct arena *arena)
{
	*arena = (struct arena){0};
}

/* Gives blocks back and keeps the largest for the next need, so that a mark
 * near the end of a block does not ask the system for each file anew. */
static void free_until(struct arena *arena, struct arena_block *last)
{
	while (arena->block != last) {
		struct arena_block *block = arena->block;

		arena->block = block->older;
		if (!arena->spare || arena->spare->size < block->size) {
			mem_free(arena->spare);
			arena->spare = block;
		} else {
			mem_free(block);
		}
	}
}

void arena_done(struct arena *arena)
{
	free_until(arena, NULL);
	mem_free(arena->spare);
	*arena = (struct arena){0};
}

void arena_reset(struct arena *arena)
{
	struct arena_block *keep = arena->block;

	if (!keep)
		return;
	arena->block = keep->older;
	free_until(arena, NULL);
	keep->older = NULL;
	*arena = (struct arena){
		.block = keep,
		.spare = arena->spare,
		.next = keep->bytes,
		.end = keep->bytes + keep->size,
	};
}

static void add_block(struct arena *arena, size_t size)
{
	size_t next = arena->block ? arena->block->size * 2 : BLOCK_FIRST;
	struct arena_block *block;
	size_t total;

	if (next > BLOCK_MOST)
		next = BLOCK_MOST;
	if (next < size)
		next = size;
	if (arena->spare && arena->spare->size >= size) {
		block = arena->spare;
		arena->spare = NULL;
		block->older = arena->block;
		arena->block = block;
		arena->next = block->bytes;
		arena->end = block->bytes + block->size;
		return;
	}
	if (!size_add(&total, sizeof(*block), next))
		mem_exhausted();
	block = mem_grow(NULL, total);
	block->older = arena->block;
	block->size = next;
	arena->block = block;
	arena->next = block->bytes;
	arena->end = block->bytes + next;
}

void *arena_raw(struct arena *arena, size_t size, size_t align)
{
	size_t pad = -(uintptr_t)arena->next & (align - 1);
	char *at;

	if (!arena->next || (size_t)(arena->end - arena->next) < pad ||
	    (size_t)(arena->end - arena->next) - pad < size) {
		add_block(arena, size);
		pad = 0;
	}
	at = arena->next + pad;
	arena->next = at + size;
	arena->taken += size;
	return at;
}

void *arena_take(struct arena *arena, size_t size)
{
	void *memory = arena_raw(arena, size, ALIGN);

	memset(memory, 0, size);
	return memory;
}

void *arena_take_array(struct arena *arena, size_t count, size_t size)
{
	size_t total;

	if (!size_mul(&total, count, size))
		mem_exhausted();
	return arena_take(arena, total);
}

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){arena->block, arena->next, arena->taken};
}

void arena_release(struct arena *arena, struct arena_mark mark)
{
	free_until(arena, mark.block);
	arena->next = mark.next;
	arena->end = mark.block ? mark.block->bytes + mark.block->size : NULL;
	arena->taken = mark.taken;
}

str str_keep(struct arena *arena, str s)
{
	char *copy;

	if (!s.ptr)
		return s;
	copy = arena_raw(arena, s.len, 1);
	if (s.len)
		memcpy(copy, s.ptr, s.len);
	return (str){copy, s.len};
}

char *arena_cstr(struct arena *arena, str s)
{
	char *copy = arena_raw(arena, s.len + 1, 1);

	if (s.len)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return copy;
}

str str_format(struct arena *arena, const char *fmt, ...)
{
	va_list args;
	va_list again;
	char *text;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0)
		mem_exhausted();
	text = arena_raw(arena, (size_t)len + 1, 1);
	(void)vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return (str){text, (size_t)len};
}
