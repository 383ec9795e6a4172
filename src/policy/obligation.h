/*
 * obligation - what has to be done by when, as data.
 *
 * Read from policies/obligations/ (built in) and the obligations/ folder of
 * the repository's own policies; the form is schema/abide/obligations.yaml.
 * Expressions say for which records an obligation stands and when it was done;
 * intervals and terms are named as a field of the record or a parameter, so
 * that their source can be told. A law is added without code.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_OBLIGATION_H
#define POLICY_OBLIGATION_H

#include "policy/files.h"
#include "policy/framework.h"
#include "policy/parameters.h"
#include "policy/rule.h"
#include "policy/vocabulary.h"

struct cel_program;

struct obligation {
	str id;	    /* "access-review" */
	str title;  /* what is due, in a few words */
	str kind;   /* of the records it is asked of; absent: asked once */
	bool exact; /* to the second; else to the end of a day */
	enum obligation_form {
		OBLIGATION_EVERY,  /* a delivery starts the interval anew */
		OBLIGATION_WITHIN, /* one term */
		OBLIGATION_STATED, /* the record states the deadline */
	} form;
	bool shorter; /* of field and the other, not the field first */
	str field;    /* of the record, with the length; or absent */
	const struct parameter *param; /* with the length; or NULL */
	str period;		       /* the length itself; or absent */
	const struct parameter *grace; /* how late it may be; or NULL */
	const struct parameter *roll;  /* to a working day; or NULL: never */
	str who_field;		       /* of the record, with the role */
	str who_duty; /* else the role with this duty; or absent */
	str reading;  /* how the deadline is read out of the law; or absent */
	const struct cel_program *when; /* or NULL: always */
	const struct cel_program *each; /* names, each with a deadline */
	const struct cel_program *done; /* times of delivery, or NULL */
	const struct cel_program *from; /* the event, or NULL */
	const struct cel_program *more; /* a period on top, or NULL */
	const struct citation *cites;
	size_t cite_count;
	const struct policy_file *file;
	struct span place; /* of its id there */
};

/* The variable `item`, an element of `each`, in an activation. */
enum { OBLIGATION_ITEM = VARIABLE_COUNT, OBLIGATION_VARIABLES };

struct obligation_set;

struct obligation_sources {
	const struct policy_file *files; /* parsed and checked */
	size_t count;
	struct vocabulary *vocabulary;
	const struct parameter_set *parameters;
	const struct framework_set *frameworks;
	struct arena *arena;
};

/* Compiles all obligations, in the order of their ids. ERROR_CONFIG with the
 * place in the file: a wrong expression, an unknown kind, parameter, field or
 * requirement, an id that is taken. Sources must outlive the set. */
MUST_USE bool obligation_set_new(struct obligation_set **out,
				 const struct obligation_sources *sources,
				 struct error *err);
void obligation_set_free(struct obligation_set *set);

size_t obligation_count(const struct obligation_set *set);
const struct obligation *obligation_at(const struct obligation_set *set,
				       size_t index);

#endif
