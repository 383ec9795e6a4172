/*
 * taxonomy - the provisions that the rules of a report rest on, framework by
 * framework, for SARIF.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_TAXONOMY_H
#define REPORTERS_TAXONOMY_H

#include "base/json.h"
#include "reporters/rule_table.h"

struct taxonomy {
	str framework;
	const struct citation *taxa; /* by name, each once */
	size_t count;
};

struct taxonomy_set {
	const struct taxonomy *at; /* by framework */
	size_t count;
	const struct framework_set *frameworks; /* or NULL */
};

/* Collects what the rules cite; it lies in the arena. */
void taxonomy_fill(struct taxonomy_set *set, const struct report *report,
		   const struct rule_table *rules, struct arena *arena);

/* "taxonomies" of a run, "supportedTaxonomies" of a driver, and
 * "relationships" of a rule: SARIF 2.1.0, sections 3.14.8, 3.19.13, 3.49.15. */
void taxonomy_write(struct json *json, const struct taxonomy_set *set);
void taxonomy_write_supported(struct json *json,
			      const struct taxonomy_set *set);
void taxonomy_write_relations(struct json *json, const struct taxonomy_set *set,
			      const struct rule *rule);

#endif
