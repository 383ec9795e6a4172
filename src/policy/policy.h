/*
 * policy - all that is in force for a run: configuration, kinds, frameworks
 * and rules.
 *
 * Loaded once, from the program itself and one trusted snapshot, then const.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include "policy/config.h"
#include "policy/framework.h"
#include "policy/kinds.h"
#include "policy/mapping.h"
#include "policy/obligation.h"
#include "policy/parameters.h"
#include "policy/rule.h"
#include "policy/vocabulary.h"

struct policy;

struct policy_options {
	const struct snapshot *snapshot; /* NULL: the built-in policy alone */
	str config;			 /* path in it; absent: abide.yaml */
	bool isolated;	 /* ignore all that the snapshot holds */
	const str *only; /* ids, codes or areas; none: all rules */
	size_t only_count;
	const struct check *const *checks;
	size_t check_count;
	/* Functions for expressions, of the room that runs them. */
	const struct cel_library *const *libraries;
	size_t library_count;
	const struct limits *limits;
};

/* ERROR_CONFIG with file, line and column for what is wrong in a file;
 * ERROR_USAGE for an `only` that names no rule. */
MUST_USE bool policy_load(struct policy **out,
			  const struct policy_options *options,
			  struct error *err);
void policy_free(struct policy *policy);

const struct config *policy_config(const struct policy *policy);
const struct kind_set *policy_kinds(const struct policy *policy);
const struct vocabulary *policy_vocabulary(const struct policy *policy);
const struct framework_set *policy_frameworks(const struct policy *policy);
const struct mapping_set *policy_mappings(const struct policy *policy);

/* A lookup table by its id, the whole document; NULL: there is none. */
const struct node *policy_lookup(const struct policy *policy, str id);

/* A parameter in force; one that a rule names is always there. */
const struct parameter *policy_parameter(const struct policy *policy, str key);
const struct parameter_set *policy_parameters(const struct policy *policy);

/* The rules in force, by id; those switched off are not among them. */
size_t policy_rule_count(const struct policy *policy);
const struct rule *policy_rule_at(const struct policy *policy, size_t index);

/* How many rules the profile leaves out. */
size_t policy_left_out(const struct policy *policy);

/* By id or code, also one that is switched off; NULL when there is none. */
const struct rule *policy_rule_find(const struct policy *policy, str name);

/* Is a rule meant by an id, a code or an area? */
bool policy_rule_is_named(const struct rule *rule, str name);

/* Up to `most` rule ids near to one that does not exist. */
size_t policy_rule_nearest(const struct policy *policy, str name, str *out,
			   size_t most);

/* The severity of a rule for a file: the configuration's last word. */
enum severity policy_severity(const struct policy *policy,
			      const struct rule *rule, str path);

/* An environment for an expression of the user's; `self` of a type or NULL. */
const struct cel_env *policy_env(const struct policy *policy,
				 const struct cel_type *self);

/* The obligations in force, compiled when they are asked for, since judging
 * does not need them; the policy must outlive the set. ERROR_CONFIG. */
MUST_USE bool policy_obligations(struct obligation_set **out,
				 struct policy *policy, struct error *err);

/* Warnings of the checker about rules, each with file, line and column. */
size_t policy_warning_count(const struct policy *policy);
str policy_warning_at(const struct policy *policy, size_t index);

/* The setting that lowered or switched off a rule, for explain; or NULL. */
const struct rule_setting *policy_setting(const struct policy *policy,
					  const struct rule *rule);

#endif
