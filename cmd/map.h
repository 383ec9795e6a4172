/*
 * map - what one framework does for another, over the records there are.
 *
 * Effective coverage of a requirement: what its mapping row declares when all
 * targets are in place; one step less when a target is only partly in place,
 * none when one is missing; "by records" when every kind of record that
 * answers what remains has one in force without an error, or when such a record
 * `satisfies` the requirement on evidence that is not weak. Never chained,
 * never read backwards.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_MAP_H
#define CMD_MAP_H

#include "lint/lint.h"
#include "policy/mapping.h"

enum control_state {
	CONTROL_MISSING,  /* no record */
	CONTROL_EXCLUDED, /* not applicable */
	CONTROL_NOT_STARTED,
	CONTROL_PARTIAL, /* planned is not partial: nothing is in place */
	CONTROL_IMPLEMENTED,
};

enum requirement_result {
	RESULT_OPEN,
	RESULT_PARTLY,
	RESULT_COVERED,
	RESULT_BY_RECORDS,
};

struct mapped_control {
	str name;		     /* "iso27001:A.8.24" */
	const struct record *record; /* or NULL */
	enum control_state state;
};

struct mapped_requirement {
	str name;
	str title;
	const struct mapping_entry *entry; /* NULL: no row speaks of it */
	struct mapped_control *controls;
	size_t control_count;
	const str *lacking; /* kinds of record that remain to be had */
	size_t lacking_count;
	/* What says that it satisfies the requirement, or NULL; raised: its
	 * word counts. */
	const struct record *claim;
	bool raised;
	enum requirement_result result;
	size_t rules; /* that rest on it, so that it is checked at all */
};

struct mapped {
	str source;
	str target;
	struct mapped_requirement *at;
	size_t count;
};

/* Works out all requirements of `source` against `target`, in the arena. */
void map_frameworks(struct mapped *out, const struct policy *policy,
		    const struct lint_run *run, str source, str target,
		    struct arena *arena);

const char *control_state_name(enum control_state state);
const char *requirement_result_name(enum requirement_result result);

#endif
