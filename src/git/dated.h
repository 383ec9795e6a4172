/*
 * dated - what a branch was at a date: NAME@{2026-03-31}.
 *
 * git answers this from the reflog, which a clone does not have and which
 * forgets. Here it is the main line (first parents) by the times that the
 * committers recorded: the newest commit whose time, and that of every commit
 * below it, is not later. See history_at in git/history.h, which says the same
 * of a history that was read.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_DATED_H
#define GIT_DATED_H

#include "base/instant.h"
#include "git/repo.h"

/* Reads what stands in the braces: a date, which is its last second in UTC, or
 * an RFC 3339 time. False: it is neither. */
bool dated_parse(struct instant *out, str text);

/* The moment that a revision names with @{...}. False: it names none. */
bool dated_revision(struct instant *out, str revision);

/* The commit that the line of `tip` ended with then. ERROR_USAGE: there was
 * none; ERROR_GIT: the clone is shallow or damaged; ERROR_LIMIT:
 * history_commits. */
MUST_USE bool dated_find(struct oid *out, struct repo *repo,
			 const struct oid *tip, struct instant when,
			 struct error *err);

#endif
