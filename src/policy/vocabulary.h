/*
 * vocabulary - what the expressions of rules may name, with types from the
 * schemas.
 *
 *	self	 the record (or text, or nothing) that is judged
 *	records	 all records, a list for each kind: records.asset,
 *		 records.data_category (dashes become underscores)
 *	params	 the parameters: params.retention.max_without_law
 *	org	 the organisation record
 *	now	 the time of judgement
 *	calendar the working days of the organisation's country
 *
 * and the functions of the libraries handed in. Environments are made for the
 * kinds a rule judges and the names it declares.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_VOCABULARY_H
#define POLICY_VOCABULARY_H

#include "cel/cel.h"
#include "policy/kinds.h"
#include "policy/parameters.h"

enum variable {
	VARIABLE_SELF,
	VARIABLE_RECORDS,
	VARIABLE_PARAMS,
	VARIABLE_ORG,
	VARIABLE_NOW,
	VARIABLE_CALENDAR,
	VARIABLE_COUNT,
};

struct vocabulary;

struct vocabulary_options {
	const struct kind_set *kinds;
	const struct parameter_set *parameters;
	const struct cel_library *const *libraries; /* of the host */
	size_t library_count;
	const struct limits *limits;
};

MUST_USE bool vocabulary_new(struct vocabulary **out,
			     const struct vocabulary_options *options,
			     struct error *err);
void vocabulary_free(struct vocabulary *vocabulary);

/* An environment with `self` of the given type (NULL: there is none) and
 * further variables behind the five. It belongs to the vocabulary. */
const struct cel_env *vocabulary_env(struct vocabulary *vocabulary,
				     const struct cel_type *self,
				     const struct cel_variable *more,
				     size_t count);

/* The type of a record of a kind; NULL when there is no such kind. */
const struct cel_type *vocabulary_kind(const struct vocabulary *vocabulary,
				       str kind);

/* The union of some kinds' types, or of all for count 0. */
const struct cel_type *vocabulary_kinds(struct vocabulary *vocabulary,
					const str *kinds, size_t count);

/* { path, value, kind, id }: one text of a record. */
const struct cel_type *vocabulary_text(const struct vocabulary *vocabulary);

/* { mapping, source, targets, coverage, ... }: one row of a mapping. */
const struct cel_type *vocabulary_mapping(const struct vocabulary *vocabulary);

/* git.Change with what such records were before and after: of some kinds, or
 * of all for count 0. */
const struct cel_type *vocabulary_change(struct vocabulary *vocabulary,
					 const str *kinds, size_t count);

/* The parameters as nested maps, with their type. */
const struct cel_type *vocabulary_params(const struct vocabulary *vocabulary);
const struct node *vocabulary_params_node(const struct vocabulary *vocabulary);

const struct cel_type *vocabulary_records(const struct vocabulary *vocabulary);

/* The field of `records` that holds a kind. */
str vocabulary_field_of_kind(const struct vocabulary *vocabulary, str kind);

/* The kind that a field of `records` stands for: data_category is
 * data-category; absent when there is none. */
str vocabulary_kind_of_field(const struct vocabulary *vocabulary, str field);

#endif
