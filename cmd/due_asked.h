/* due_asked - a duty of a record with all its deliveries. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_DUE_ASKED_H
#define CMD_DUE_ASKED_H

#include "cmd/due.h"

/* What is known of one duty of one record, for who asks for more than the next
 * deadline. */
struct asking;
struct due_asked {
	struct asking *asking;
	const struct due *due;	    /* obligation, record, item, lengths */
	const struct instant *done; /* up to now, from the oldest; each as its
				       date, of an exact obligation as it is */
	size_t done_count;
	bool has_start;
	struct instant start;
};

/* The deadline so many lengths after a start, and the last moment in time;
 * what cannot be reckoned is a problem. */
MUST_USE bool due_deadline(struct instant *due, struct instant *late,
			   const struct due_asked *asked, struct instant start,
			   int64_t times);

#endif
