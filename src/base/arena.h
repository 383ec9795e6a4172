/*
 * arena - one lifetime: everything taken from it goes when it goes.
 *
 *	struct arena arena;
 *
 *	arena_init(&arena);
 *	items = arena_array(&arena, struct item, count);
 *	arena_done(&arena);
 *
 * Not shared between threads. What lies in it is never freed singly;
 * arena_mark and arena_release give back a tail.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

struct arena_block;

struct arena {
	struct arena_block *block;
	struct arena_block *spare; /* one block given back, for the next need */
	char *next;
	char *end;
	size_t taken; /* bytes asked for so far, for budgets and reports */
};

struct arena_mark {
	struct arena_block *block;
	char *next;
	size_t taken;
};

void arena_init(struct arena *arena);
void arena_done(struct arena *arena);

/* Forgets everything and keeps one block for the next use. */
void arena_reset(struct arena *arena);

/* Zeroed bytes, aligned for any type. Never NULL; size 0 gives a pointer. */
void *arena_take(struct arena *arena, size_t size);

/* The same, not zeroed and aligned for `align` (a power of two <= 16). */
void *arena_raw(struct arena *arena, size_t size, size_t align);

/* One zeroed object, and a zeroed array of them (overflow is caught). */
#define arena_new(arena, type) ((type *)arena_take((arena), sizeof(type)))
#define arena_array(arena, type, count) \
	((type *)arena_take_array((arena), (count), sizeof(type)))
void *arena_take_array(struct arena *arena, size_t count, size_t size);

/* Remembers a place, and goes back to it. */
struct arena_mark arena_mark(const struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);

/* Copies bytes; str_keep leaves an absent str absent. arena_cstr terminates. */
str str_keep(struct arena *arena, str s);
char *arena_cstr(struct arena *arena, str s);

/* Formats our own trusted text into the arena. */
PRINTF_LIKE(2, 3) str str_format(struct arena *arena, const char *fmt, ...);

#endif
