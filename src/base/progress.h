/*
 * progress - how far a long work is, on a line that is erased again.
 *
 *	progress_begin(progress, "reading files", count);
 *	progress_add(progress, 32);	(from any thread)
 *	progress_end(progress);
 *
 * NULL is fine everywhere and shows nothing: who starts the work decides. The
 * line first appears when the work has taken half a second, and is rewritten
 * ten times a second at most; whichever thread comes by then writes it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdatomic.h>

#include "base/str.h"

struct progress {
	uint64_t (*ticks)(void); /* nanoseconds from some start */
	void (*show)(str bytes); /* to the terminal, at once */
	const char *what;
	size_t count; /* of items; 0: not known */
	atomic_size_t done;
	atomic_uint_least64_t next; /* when it may be written again */
	atomic_bool shown;
};

/* Counts from nothing; the half second runs from the first call on. */
void progress_init(struct progress *progress, uint64_t (*ticks)(void),
		   void (*show)(str bytes));

/* Begins a stage, which `what` names: a literal, two words. */
void progress_begin(struct progress *progress, const char *what, size_t count);
void progress_add(struct progress *progress, size_t items);

/* Erases the line. Call it before anything else is written. */
void progress_end(struct progress *progress);

#endif
