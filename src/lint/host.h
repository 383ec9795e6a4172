/*
 * host - what gives the names of rule expressions their meaning.
 *
 * One for each thread. The functions are the library `host_library`, handed to
 * the policy when rules are compiled and found again here when they run: each
 * gets the host of its thread through the evaluation.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_HOST_H
#define LINT_HOST_H

#include "base/calendar.h"
#include "cel/cel.h"
#include "cel/zones.h"
#include "git/snapshot.h"
#include "lint/reads.h"
#include "policy/policy.h"
#include "record/corpus.h"

struct past;
struct odb_reader;

struct host {
	const struct policy *policy;
	const struct corpus *corpus; /* NULL while files are still read */
	const struct past *past;     /* history, or NULL: not at hand */
	struct odb_reader *odb;	     /* to look into it, or NULL */
	const struct corpus *people; /* who counts as what; NULL: `corpus` */
	const struct snapshot *snapshot;
	struct snapshot_reader *reader;
	const struct limits *limits;
	struct instant now;
	struct reads *reads;	      /* told what is read, or NULL */
	const struct node *params;    /* in place of the policy's, or NULL */
	const struct record *self;    /* that is judged, or NULL */
	const struct node *self_root; /* its tree, also before it is kept */
	struct cel_zone_cache *zones;
	struct cel_joins *joins;	  /* indexes of lists of records */
	struct arena *arena;		  /* for the run: lists of records */
	const struct record_list **lists; /* by index of the kind */
	struct calendar calendar;
};

/* Functions of records, roles, lookups, frameworks and files. */
extern const struct cel_library host_library;

/* All libraries that rules may use besides the room's own. */
extern const struct cel_library *const host_libraries[];
extern const size_t host_library_count;

void host_init(struct host *host, const struct policy *policy,
	       struct arena *arena);
void host_done(struct host *host);

/* Gives it all records, once they are known. */
void host_set_corpus(struct host *host, const struct corpus *corpus);

/* `now` and `org`, of which a replay wants to know whether they are read. */
struct cel_value host_variable(struct host *host, struct arena *arena,
			       size_t slot);

/* The variables (enum variable) for one judgement, in `arena`; `self` may be
 * null. While somebody asks what is read, `now` and `org` are left unset: the
 * evaluation asks host_variable for them. */
void host_variables(struct host *host, struct arena *arena,
		    struct cel_value self,
		    struct cel_value out[VARIABLE_COUNT]);

/* What the functions of values want outside of an evaluation: room in `arena`
 * and a budget. */
struct cel_eval host_eval(const struct host *host, struct arena *arena);

/* A row of a mapping as the value that rules about rows judge. */
struct cel_value host_mapping_entry(struct arena *arena,
				    const struct mapping_entry *entry);

/* A record as a value of its kind's type, or an error when its tree was let
 * go. */
struct cel_value host_record(struct cel_eval *eval, const struct host *host,
			     const struct record *record);

/* The person who holds a role by this entry of its `holders` at a time, or
 * NULL; reads trees, so only of a corpus that keeps them. */
const struct record *host_holder_at(const struct corpus *corpus,
				    const struct node *holder,
				    struct instant at);

/* Is a record in force: live and no draft, or ended well? */
bool host_in_force(const struct record *record);

/* Does a record in force say by `satisfies` that it answers a requirement, or
 * the article or clause it is part of? Reads its tree. A control does not: what
 * it does for a requirement stands in a mapping. */
bool host_answers(const struct record *record, str requirement);

/* The record whose tree a value is the root of, or NULL. */
const struct record *host_record_of(const struct host *host,
				    struct cel_value value);

#endif
