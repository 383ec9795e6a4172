/*
 * git_type - what expressions may name of the history of a repository.
 *
 *	git.Commit	what one person did and how it reached the main line
 *	git.Change	one record in one commit
 *	git.Field	one field of a change
 *	git.Record	the history of a record
 *	git.Claim	a date in a record, and the commit that brought it
 *	git.Gap		a version of a file that could not be read
 *
 * The values are made by the room that judges (lint/host_git.c).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_GIT_TYPE_H
#define POLICY_GIT_TYPE_H

#include "cel/type.h"

extern const struct cel_type git_commit_type, git_field_type, git_change_type,
	git_record_type, git_claim_type, git_gap_type;

/* Lists and optionals of them. */
extern const struct cel_type git_commits_type, git_changes_type,
	git_claims_type, git_gaps_type, git_commit_optional_type;

/* A change of records of one type: before and after are of it. */
const struct cel_type *git_change_of(struct arena *arena,
				     const struct cel_type *record);

#endif
