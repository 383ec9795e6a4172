/*
 * problems - why what a command lists may not be all: records that could not
 * be read, or are not what their kind asks for.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_PROBLEMS_H
#define CMD_PROBLEMS_H

#include "base/vec.h"
#include "cmd/cmd.h"
#include "lint/report.h"
#include "record/corpus.h"

struct problems {
	str *at; /* untrusted */
	size_t count;
	size_t capacity;
};

/* Names what was not read. */
void problems_add_incomplete(struct problems *problems, struct arena *arena,
			     const struct report *report);

/* The same, and names each record without the shape of its kind. */
void problems_add_unread(struct problems *problems, struct arena *arena,
			 const struct report *report,
			 const struct corpus *corpus);

/* A line for each on env->err; STATUS_UNRELIABLE when there is one. */
enum status problems_write(const struct problems *problems,
			   const struct env *env);

#endif
