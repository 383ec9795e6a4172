/*
 * explain - the exhaustive pass behind problem.h; for this room only.
 *
 * It walks where the fast pass says "no" and nowhere else, with the fast pass
 * as its only judge, so that the two cannot disagree.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_EXPLAIN_H
#define JSONSCHEMA_EXPLAIN_H

#include "base/map.h"
#include "jsonschema/problem.h"
#include "jsonschema/run.h"

/* A problem, and what decides among branches and repeats. */
struct finding {
	struct problem problem;
	const struct node *owner; /* the map that lacks or holds the key */
	const struct node *list;  /* the nearest list around the value */
	size_t depth;
	size_t order;
};

/* Where the walk stands. */
struct place {
	const struct node *node;
	const struct node *list;
	str because;
	size_t depth;
	bool sensitive;
};

struct explain {
	struct validator *run;
	struct arena *arena;
	struct map sensitive; /* bytes of a node pointer -> itself */
	size_t suggestions;   /* made so far */
	VEC(struct finding) findings;
};

/* Adds what is wrong with a value; nothing if it satisfies the schema. */
void explain_value(struct explain *explain, const struct schema *schema,
		   const struct place *place);

/* The same where the value is known not to satisfy it, keyword by keyword. */
void explain_array(struct explain *explain, const struct schema *schema,
		   const struct place *place);
void explain_object(struct explain *explain, const struct schema *schema,
		    const struct place *place);
void explain_logic(struct explain *explain, const struct schema *schema,
		   const struct place *place);
void explain_branches(struct explain *explain, const struct schema *schema,
		      const struct schema_branches *branches,
		      const char *keyword, const struct place *place);

/* Marks every child that a subschema of the same value speaks of, satisfied
 * or not, so that one fault does not make its neighbours unknown. */
void explain_marks(struct explain *explain, const struct schema *schema,
		   const struct node *node, struct marks *marks);

/* Finds the values that some subschema marks sensitive. */
void explain_sensitive(struct explain *explain, const struct schema *schema,
		       const struct node *node);
bool is_sensitive(const struct explain *explain, const struct node *node);

struct place place_below(const struct explain *explain,
			 const struct place *place, const struct node *child);

/* Adds a problem about the place; the caller completes it. */
struct problem *explain_add(struct explain *explain,
			    const struct schema *schema, const char *keyword,
			    const struct place *place);

/* Words (explain_words.c), all in the arena. */
str words_subject(struct explain *explain, const struct place *place);
str words_value(struct explain *explain, const struct place *place);
str words_literal(struct arena *arena, const struct node *value);
str words_types(struct arena *arena, unsigned types);
const char *words_kind(const struct node *node);
str words_choices(struct arena *arena, const struct node *const *values,
		  size_t count);
str words_condition(struct explain *explain, const struct schema *condition,
		    const struct node *node, bool holds);
str words_branch(struct explain *explain, const struct schema *branch,
		 size_t i);

/* Comparing names costs more than finding the fault: a record with thousands
 * of faults gets suggestions for the first of them only. */
enum { SUGGESTIONS_MOST = 256 };

/* The choice most like a text, or an absent str. */
str nearest_choice(struct explain *explain, str text,
		   const struct node *const *values, size_t count);

/* The known key most like an unknown one that is not there yet. */
str nearest_key(bool *sure, struct explain *explain,
		const struct schema *schema, const struct node *map, str key);

#endif
