/*
 * rule_page - the reference of rules: a page in Markdown for each, and an
 * index.
 *
 * Pages tell what a rule is as it is shipped, not what a configuration made of
 * it, so that the same packs always give the same bytes.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_RULE_PAGE_H
#define CMD_RULE_PAGE_H

#include "base/error.h"
#include "policy/policy.h"

struct rule_pages {
	str folder;		   /* must exist */
	const struct rule **rules; /* by id */
	size_t count;
	const struct policy *policy;
	struct arena *arena;
};

/* Writes AREA--PROBLEM.md for each rule, and README.md. ERROR_IO when a file
 * cannot be written. */
MUST_USE bool rule_pages_write(const struct rule_pages *pages,
			       struct error *err);

#endif
