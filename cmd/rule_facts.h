/*
 * rule_facts - what can be told of a rule besides its own words.
 *
 * Shared by `abide rules`, `abide explain` and the pages of the reference.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_RULE_FACTS_H
#define CMD_RULE_FACTS_H

#include "base/encode.h"
#include "policy/needs.h"
#include "policy/policy.h"

/* What a rule reads besides its record: "records", "history", "clock",
 * "files". Returns how many. */
size_t rule_need_words(const struct rule *rule, const char *words[NEEDS_MOST]);

/* Does it look at records of this kind? */
bool rule_judges_kind(const struct rule *rule, str kind);

/* What it judges: its kinds, or "every change of a record in history". */
void write_rule_subject(struct out *out, const struct rule *rule,
			enum encode_context context);

/* Writes a requirement as people cite it: "GDPR Art. 5(1)(e)". */
void write_citation(struct out *out, str name, enum encode_context context);

/* "art-5" of "gdpr:art-5". */
str requirement_id(str name);

/* The fine that the law threatens for what a requirement demands: Art. 83(4)
 * to (6) of the GDPR and their like. */
struct fine {
	str tier;		    /* "upper" */
	str basis;		    /* "gdpr:art-83-5-a"; may be absent */
	const struct node *ceiling; /* the tier in the framework's file */
	const struct node *fines;   /* all that the file says of fines */
};

/* False: no tier names it. */
bool fine_find(struct fine *out, const struct framework_set *frameworks,
	       str requirement, struct arena *arena);

/* "at most 20 000 000 EUR or 4 % of the total worldwide ... turnover,
 * whichever is higher". */
void write_ceiling(struct out *out, const struct fine *fine,
		   enum encode_context context);

/* What every reader of a ceiling has to know. */
extern const struct safe fine_reservation;

/* The first world of the rule's tests that passes (`key` is "pass") or does
 * not ("fail"), as YAML; absent when there is none. */
str rule_world(const struct rule *rule, str key, struct arena *arena);

/* A value on one line. */
str value_text(const struct node *value, struct arena *arena);

#endif
