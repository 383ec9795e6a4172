/*
 * mapping - which requirements of one framework help to meet those of
 * another, as data.
 *
 * Read from policies/mappings/ (built in) and the mappings/ folder of the
 * repository's own policies. Coverage says how much of the source is met when
 * all targets are in place. It has a direction, and it is never chained: what
 * helps with B, which helps with A, says nothing about A.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_MAPPING_H
#define POLICY_MAPPING_H

#include "policy/framework.h"

struct mapping_set;

enum coverage_level {
	COVERAGE_NONE,
	COVERAGE_PARTIAL,
	COVERAGE_STRONG,
};

struct names {
	const str *at;
	size_t count;
};

/* One row of a mapping; requirements are named "framework:id". */
struct mapping_entry {
	str mapping; /* id of the mapping it stands in */
	str origin;  /* "own", "practice", "derived" */
	str source_framework;
	str target_framework;
	struct names sources;
	struct names decides; /* sources for which no other entry wins */
	struct names targets;
	struct names needs; /* kinds of record that answer what remains */
	enum coverage_level coverage;
	str residual; /* what the targets leave to do; may be absent */
};

struct mapping_set *mapping_set_new(void);
void mapping_set_free(struct mapping_set *set);

/* Adds a parsed and checked mapping file, which must outlive the set. */
MUST_USE bool mapping_set_add(struct mapping_set *set,
			      const struct policy_file *file,
			      struct error *err);

/* When all are added: requirements must exist, what a row claims must fit its
 * relationship, and no mapping may yield to itself. Then decides which row has
 * the last word on each requirement: that of a mapping others yield to; else
 * the organisation's own before practice before derived; else by id. */
MUST_USE bool mapping_set_close(struct mapping_set *set,
				const struct framework_set *frameworks,
				struct error *err);

/* All rows: mappings in the order they were added, rows as they stand. */
size_t mapping_entry_count(const struct mapping_set *set);
const struct mapping_entry *mapping_entry_at(const struct mapping_set *set,
					     size_t index);

bool mapping_exists(const struct mapping_set *set, str id);

/* The row with the last word on what a framework does for a requirement, or
 * NULL. A row on art-32 speaks of art-32-1-d too where no row does so itself;
 * never the other way round. */
const struct mapping_entry *mapping_find(const struct mapping_set *set,
					 str requirement, str framework);

/* The most that any mapping lets a control do for a requirement, and no more
 * than the row with the last word has it. */
enum coverage_level mapping_coverage(const struct mapping_set *set,
				     str requirement, str control);

str coverage_name(enum coverage_level coverage);

#endif
