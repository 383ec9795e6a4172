/*
 * run - one validation under way; for this room only.
 *
 * A subschema's judgement is a bool. Whatever stops the run (a ceiling, a loop)
 * is set once in `stopped`, makes every judgement false, and is asked for at
 * the end, so that no `not` can turn it into "valid".
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_RUN_H
#define JSONSCHEMA_RUN_H

#include "base/vec.h"
#include "jsonschema/validate.h"

/* Which children of one map or list have been evaluated (core, 11). */
struct marks {
	uint64_t *words;
	size_t count; /* of words */
	uint64_t one;
};

/* A reference that is being followed, for finding loops. */
struct reference {
	const struct reference *outer;
	const struct schema *target;
	const struct node *node;
};

struct told {
	const struct schema *schema;
	const struct node *node;
};

struct validator {
	struct limits limits;
	struct arena arena;
	struct regex_scratch *scratch;
	const struct schema_resource **scopes; /* entered, outermost first */
	size_t scope_count;
	const struct reference *reference;
	struct span at; /* of the value judged last, for errors */
	size_t depth;
	size_t steps;
	bool stopped;
	bool telling;
	struct error *err;
	VEC(struct told) told;
};

/* So many looks at a child count as one step. */
enum { RUN_GLANCES = 16 };

/* Starts a run. */
void run_start(struct validator *run, struct error *err);

/* Judges a value by a subschema; marks may be NULL. */
bool run_eval(struct validator *run, const struct schema *schema,
	      const struct node *node, struct marks *marks);

/* The same for an alternative: a failed one leaves no marks, tells nothing. */
bool run_try(struct validator *run, const struct schema *schema,
	     const struct node *node, struct marks *marks);

bool run_array(struct validator *run, const struct schema_arrays *arrays,
	       const struct node *node, struct marks *marks);
bool run_object(struct validator *run, const struct schema_objects *objects,
		const struct node *node, struct marks *marks);
bool run_logic(struct validator *run, const struct schema *schema,
	       const struct node *node, struct marks *marks);
bool run_number(struct validator *run, const struct schema_numbers *numbers,
		const struct node *node);
bool run_string(struct validator *run, const struct schema_strings *strings,
		const struct node *node);
bool run_type(struct validator *run, const struct schema *schema,
	      const struct node *node);
bool run_choices(struct validator *run, const struct schema *schema,
		 const struct node *node);
bool run_unique(struct validator *run, const struct node *list,
		const struct node **first, const struct node **second);
bool run_search(struct validator *run, const struct regex *regex, str pattern,
		str text);

/* Is a branch out of the question because of its discriminator's value? */
bool branch_is_out(const struct schema_branches *branches, size_t i,
		   const struct node *value);
const struct node *branch_value(const struct schema_branches *branches,
				const struct node *node);

/* What a dynamic reference leads to now. */
const struct schema *run_target(struct validator *run,
				const struct schema_logic *logic);

/* The property a member falls under, or NULL. */
const struct schema_property *objects_property(
	const struct schema_objects *objects, const struct node *child);

/* Counts steps and depth; false when the run is stopped. */
bool run_enter(struct validator *run, const struct schema *schema,
	       bool *entered);
void run_leave(struct validator *run, bool entered);
PRINTF_LIKE(3, 4)
bool run_stop(struct validator *run, enum error_kind kind, const char *fmt,
	      ...);
bool run_steps(struct validator *run, size_t steps);

void marks_begin(struct marks *marks, struct arena *arena, size_t count);
void marks_merge(struct marks *to, const struct marks *from);

static inline void marks_set(struct marks *marks, size_t i)
{
	if (marks)
		marks->words[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline bool marks_has(const struct marks *marks, size_t i)
{
	return marks->words[i / 64] >> (i % 64) & 1;
}

#endif
