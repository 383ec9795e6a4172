/*
 * corpus - all records of one snapshot, and how they refer to each other.
 *
 * Records are added by one thread, then the corpus is closed: sorted by path
 * and place, indexed by kind and id, and const for the threads that judge.
 * Between two judgements one thread may put records in and take them out; what
 * was asked before is then asked again. The strings and trees of the records
 * belong to arenas that the caller keeps.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECORD_CORPUS_H
#define RECORD_CORPUS_H

#include "record/record.h"

struct corpus;

struct corpus *corpus_new(void);
void corpus_free(struct corpus *corpus);

/* Adds a copy of the struct; returns it. Before corpus_close by the thousand;
 * after it the record takes its place among the others at once. */
const struct record *corpus_add(struct corpus *corpus,
				const struct record *record);
/* The same without a copy: the caller keeps the struct where it is. Only
 * before corpus_close. */
void corpus_hold(struct corpus *corpus, struct record *record);
void corpus_close(struct corpus *corpus);

/* Takes a record out again that corpus_add returned; only after
 * corpus_close. */
void corpus_take(struct corpus *corpus, const struct record *record);

/* All records, by path and then by place. */
size_t corpus_count(const struct corpus *corpus);
const struct record *corpus_at(const struct corpus *corpus, size_t index);

/* The records of a kind in the same order; *count says how many. */
const struct record *const *corpus_of_kind(const struct corpus *corpus,
					   str kind, size_t *count);

/* The first record with this kind and id, or NULL; an invalid one is found
 * too, so that one cause stays one finding. */
const struct record *corpus_find(const struct corpus *corpus, str kind, str id);

/* The record whose tree has this root, or NULL: only of trees that are kept. */
const struct record *corpus_of_root(const struct corpus *corpus,
				    const struct node *root);

/* The record that reference `index` of a record names, or NULL. */
const struct record *corpus_target(const struct corpus *corpus,
				   const struct record *record, size_t index);

/* One record referring to another. */
struct referrer {
	const struct record *record;
	const struct reference *reference;
	const struct referrer *next; /* of the same name, or NULL */
};

/* Who refers to a record, in the order of the corpus: the first, or NULL. Of
 * several records with one name only the first is referred to. */
const struct referrer *corpus_referrers(const struct corpus *corpus,
					const struct record *record);

#endif
