/* SPDX-License-Identifier: Apache-2.0 */
#include "base/progress.h"

#include <stdio.h>

#define MILLISECOND ((uint64_t)1000000)
#define FIRST (500 * MILLISECOND)
#define BETWEEN (100 * MILLISECOND)

/* To the first column, and nothing behind it. */
#define ERASE "\r\033[K"

void progress_init(struct progress *progress, uint64_t (*ticks)(void),
		   void (*show)(str bytes))
{
	progress->ticks = ticks;
	progress->show = show;
	progress->what = "";
	progress->count = 0;
	atomic_init(&progress->done, 0);
	atomic_init(&progress->next, ticks() + FIRST);
	atomic_init(&progress->shown, false);
}

void progress_begin(struct progress *progress, const char *what, size_t count)
{
	if (!progress)
		return;
	progress->what = what;
	progress->count = count;
	atomic_store(&progress->done, 0);
}

/* The cursor goes back to the first column, so that a message of the watchdog
 * stands over the line and not behind it. */
static void write_line(struct progress *progress, size_t done)
{
	char line[128];
	int len;

	if (progress->count)
		len = snprintf(line, sizeof(line), ERASE "%s: %zu of %zu\r",
			       progress->what, done, progress->count);
	else
		len = snprintf(line, sizeof(line), ERASE "%s: %zu\r",
			       progress->what, done);
	if (len > 0 && (size_t)len < sizeof(line))
		progress->show(str_make(line, (size_t)len));
}

void progress_add(struct progress *progress, size_t items)
{
	uint_least64_t next;
	uint64_t now;
	size_t done;

	if (!progress)
		return;
	done = atomic_fetch_add(&progress->done, items) + items;
	now = progress->ticks();
	next = atomic_load(&progress->next);
	if (now < next || !atomic_compare_exchange_strong(&progress->next,
							  &next, now + BETWEEN))
		return;
	atomic_store(&progress->shown, true);
	write_line(progress, done);
}

void progress_end(struct progress *progress)
{
	if (progress && atomic_exchange(&progress->shown, false))
		progress->show(STR(ERASE));
}
