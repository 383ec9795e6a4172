/*
 * sarif - the parts of the format that live in a file of their own: the
 * descriptors of rules, and messages.
 *
 * Source: SARIF 2.1.0, OASIS standard with errata 01.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_SARIF_RULE_H
#define REPORTERS_SARIF_RULE_H

#include "reporters/taxonomy.h"

/* A member { "text": ... }. What SARIF viewers would take for a link of ours,
 * [words](address), is kept apart by a blank (section 3.11.6). */
void sarif_text(struct json *json, str key, str untrusted);

/* "rules" of the driver: a reportingDescriptor for each row. */
void sarif_rules(struct json *json, const struct rule_table *rules,
		 const struct taxonomy_set *taxonomies);

/* "ruleConfigurationOverrides": rules whose severity the configuration
 * changed. */
void sarif_overrides(struct json *json, const struct rule_table *rules);

#endif
