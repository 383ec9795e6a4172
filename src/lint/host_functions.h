/* host_functions - what the tables of host functions share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_HOST_FUNCTIONS_H
#define LINT_HOST_FUNCTIONS_H

#include "lint/host.h"

/* The host of an evaluation. */
static inline const struct host *host_of(const struct cel_eval *eval)
{
	return eval->host;
}

static inline struct cel_value host_fail(struct cel_eval *eval, str text)
{
	return cel_fail_text(eval, CEL_FAULT_HOST, text, cel_null());
}

/* host_records.c */
cel_function host_get, host_ref, host_by_ref, host_references, host_referrers,
	host_is_live, host_is_in_force, host_holders, host_duties;

/* The roles in force that a person holds at a time, whoever counts as what.
 * False: the budget is spent. */
MUST_USE bool host_roles_held(const struct record *const **out, size_t *count,
			      struct cel_eval *eval, str person,
			      struct instant at);
const struct cel_type *host_kind_result(const struct cel_env *env,
					const struct cel_type *const *args,
					const struct cel_value *const *consts,
					size_t count, struct error *err);
const struct cel_type *host_kind_optional(const struct cel_env *env,
					  const struct cel_type *const *args,
					  const struct cel_value *const *consts,
					  size_t count, struct error *err);

/* host_git.c */
cel_function host_git_record, host_git_history, host_git_introduced,
	host_git_claims, host_git_commits, host_git_changes, host_git_gaps,
	host_git_holds, host_git_duties;
const struct cel_type *host_git_record_result(
	const struct cel_env *env, const struct cel_type *const *args,
	const struct cel_value *const *consts, size_t count, struct error *err);
const struct cel_type *host_git_commits_result(
	const struct cel_env *env, const struct cel_type *const *args,
	const struct cel_value *const *consts, size_t count, struct error *err);
const struct cel_type *host_git_changes_result(
	const struct cel_env *env, const struct cel_type *const *args,
	const struct cel_value *const *consts, size_t count, struct error *err);
const struct cel_type *host_git_commit_result(
	const struct cel_env *env, const struct cel_type *const *args,
	const struct cel_value *const *consts, size_t count, struct error *err);
const struct cel_type *host_git_claims_result(
	const struct cel_env *env, const struct cel_type *const *args,
	const struct cel_value *const *consts, size_t count, struct error *err);
const struct cel_type *host_git_gaps_result(
	const struct cel_env *env, const struct cel_type *const *args,
	const struct cel_value *const *consts, size_t count, struct error *err);

/* host_tables.c */
cel_function host_answering, host_table, host_row, host_requirement,
	host_requirements, host_rank, host_is_waivable;

/* host_mapping.c */
cel_function host_mapping_entries, host_mapping_controls, host_mapping_coverage;

/* host_texts.c */
cel_function host_texts, host_file_exists, host_file_sha256;

#endif
