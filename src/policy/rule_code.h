/*
 * rule_code - the expressions of a rule, checked and compiled.
 *
 * Compiled once when the policy is loaded, before any record is read, against
 * the types of the schemas: a misspelt field is an error of the rule file with
 * line, column and a caret. Const from then on and shared by threads.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_RULE_CODE_H
#define POLICY_RULE_CODE_H

#include "cel/cel.h"
#include "policy/files.h"
#include "policy/rule.h"
#include "policy/vocabulary.h"

/* Text with {{ expressions }} in it. */
struct template_part {
	str text; /* literal, when program is NULL */
	const struct cel_program *program;
};

struct template
{
	const struct template_part *parts;
	size_t count;
};

/* The place a finding points to: a value, or a member of it. */
struct rule_place {
	const struct cel_program *program; /* NULL: none was written */
	str member; /* of what the program gives; absent: that itself */
};

struct rule_assert {
	const struct cel_program *that;
	struct template message; /* count 0: the rule's */
	struct rule_place at;	 /* none: the rule's */
};

/* `name: expression`, evaluated when first read. */
struct rule_let {
	str name;
	const struct cel_program *program;
};

struct rule_code {
	const struct cel_program *when; /* or NULL: always */
	const struct rule_let *lets;	/* in slots VARIABLE_COUNT and on */
	size_t let_count;
	const struct cel_program *each; /* the list, or NULL */
	size_t each_variables;		/* 1: x, 2: i, x; behind the lets */
	const struct rule_assert *asserts;
	size_t assert_count;
	struct template message;
	struct rule_place at;
	size_t variable_count; /* of the activation */
	uint8_t facts;	       /* enum cel_reads of all programs */
	/* Those that judge: lets, when, each, asserts; behind them in
	 * `programs` those of messages and places. */
	struct cel_program *const *judging;
	size_t judging_count;
	struct cel_program *const *programs; /* all of them, to be freed */
	size_t program_count;
};

/* Compiles the expressions of a rule. ERROR_CONFIG with the place in the rule
 * file. Warnings of the checker are handed to `warn`, one sentence each. */
struct rule_compiling {
	struct vocabulary *vocabulary;
	const struct policy_file *file;
	struct arena *arena;
	void (*warn)(void *context, str sentence);
	void *context;
};

MUST_USE bool rule_compile(const struct rule_code **out,
			   const struct rule *rule,
			   const struct rule_compiling *compiling,
			   struct error *err);
/* Does it read facts of history? */
static inline bool rule_needs_history(const struct rule *rule)
{
	return rule->subject == SUBJECT_CHANGE ||
	       rule->subject == SUBJECT_COMMIT ||
	       (rule->expressions &&
		(rule->expressions->facts & CEL_READS_HISTORY));
}

void rule_code_free(const struct rule_code *code);

#endif
