/*
 * parameters - the values that rules read: defaults, and what abide.yaml says
 * instead.
 *
 * A default from the law says in which direction it may be moved (`tighter`);
 * lists of patterns are compiled once, with letter case ignored.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_PARAMETERS_H
#define POLICY_PARAMETERS_H

#include "match/regex.h"
#include "policy/files.h"

struct parameter {
	str key;
	str title;
	str type;   /* period, int, list, regex-list, ... */
	str source; /* law, guidance, iso, practice, own */
	str why;
	const struct node *standard; /* the default */
	const struct node *value;    /* in force */
	const struct node *entry;    /* its definition */
	struct regex **patterns;     /* of a regex-list */
	size_t pattern_count;
};

struct parameter_set;

struct parameter_set *parameter_set_new(void);
void parameter_set_free(struct parameter_set *set);

/* Adds a list of definitions out of a checked file. */
MUST_USE bool parameter_set_add(struct parameter_set *set,
				const struct policy_file *file,
				const struct node *list, struct error *err);

/* Lays the configuration's values over the defaults (values may be NULL) and
 * compiles patterns. ERROR_CONFIG for an unknown key, a wrong type or a value
 * from the law that is relaxed. */
MUST_USE bool parameter_set_close(struct parameter_set *set,
				  const struct policy_file *config,
				  const struct node *values,
				  const struct limits *limits,
				  struct error *err);

/* In the order of the definitions. */
size_t parameter_count(const struct parameter_set *set);
const struct parameter *parameter_at(const struct parameter_set *set,
				     size_t index);
const struct parameter *parameter_find(const struct parameter_set *set,
				       str key);

/* What a value should be that is none for this parameter ("a period such as
 * P24M"); NULL when it is one. */
const char *parameter_misfit(const struct parameter *parameter,
			     const struct node *value);

#endif
