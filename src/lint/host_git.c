/*
 * host_git - the facts of history: their names and types.
 *
 * A rule may be written and checked against them; it is listed as needing
 * history, and a run that cannot read history says that it was not judged.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/host_functions.h"

#define FIELD(field_name, field_type)                               \
	{                                                           \
		.name = STR_INIT(field_name), .type = (field_type), \
		.required = true                                    \
	}

static const struct cel_type *const text_params[] = {&cel_string_type};
static const struct cel_type texts = {
	.kind = CEL_T_LIST, .params = text_params, .count = 1};

/* Sorted by name, as the checker looks them up. */
static const struct cel_field commit_fields[] = {
	FIELD("approvers", &texts),
	FIELD("author_time", &cel_timestamp_type),
	FIELD("parents", &texts),
	FIELD("person", &cel_string_type),
	FIELD("sha", &cel_string_type),
	FIELD("signature", &cel_string_type),
	FIELD("signer", &cel_string_type),
	FIELD("subject", &cel_string_type),
	FIELD("time", &cel_timestamp_type),
	FIELD("trailers", &cel_map_dyn),
};

static const struct cel_type commit = {
	.kind = CEL_T_OBJECT,
	.name = STR_INIT("git.Commit"),
	.fields = commit_fields,
	.field_count = ARRAY_SIZE(commit_fields),
};

static const struct cel_type *const commit_params[] = {&commit};
static const struct cel_type commits = {
	.kind = CEL_T_LIST, .params = commit_params, .count = 1};

static const struct cel_field record_fields[] = {
	FIELD("commits", &commits),
	FIELD("first", &commit),
	FIELD("last", &commit),
	FIELD("lastMaterial", &commit),
	FIELD("lastMaterialOrReview", &commit),
};

static const struct cel_type record = {
	.kind = CEL_T_OBJECT,
	.name = STR_INIT("git.Record"),
	.fields = record_fields,
	.field_count = ARRAY_SIZE(record_fields),
};

const struct cel_type *host_git_record_result(
	const struct cel_env *env, const struct cel_type *const *args,
	const struct cel_value *const *consts, size_t count, struct error *err)
{
	(void)env;
	(void)args;
	(void)consts;
	(void)count;
	(void)err;
	return &record;
}

const struct cel_type *host_git_commits_result(
	const struct cel_env *env, const struct cel_type *const *args,
	const struct cel_value *const *consts, size_t count, struct error *err)
{
	(void)env;
	(void)args;
	(void)consts;
	(void)count;
	(void)err;
	return &commits;
}

struct cel_value host_git(struct cel_eval *eval, const struct cel_value *args,
			  size_t count)
{
	(void)args;
	(void)count;
	return host_fail(eval, STR("history is not at hand"));
}
