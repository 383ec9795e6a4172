/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/git_type.h"

#define FIELD(field_name, field_type)                               \
	{                                                           \
		.name = STR_INIT(field_name), .type = (field_type), \
		.required = true                                    \
	}

/* It may be absent: a record that was not there before, a first commit. */
#define PERHAPS(field_name, field_type)                            \
	{                                                          \
		.name = STR_INIT(field_name), .type = (field_type) \
	}

#define OBJECT(type_name, type_fields)                                      \
	{                                                                   \
		.kind = CEL_T_OBJECT, .name = STR_INIT(type_name),          \
		.fields = (type_fields),                                    \
		.field_count = sizeof(type_fields) / sizeof(type_fields[0]) \
	}

#define LIST(item)                                                             \
	{                                                                      \
		.kind = CEL_T_LIST,                                            \
		.params = (const struct cel_type *const[]){(item)}, .count = 1 \
	}

static const struct cel_type texts = LIST(&cel_string_type);

static const struct cel_type *const trailer_params[] = {&cel_string_type,
							&texts};
static const struct cel_type trailers = {
	.kind = CEL_T_MAP, .params = trailer_params, .count = 2};

static const str signatures[] = {STR_INIT("none"), STR_INIT("present"),
				 STR_INIT("verified")};
static const struct cel_type signature = {
	.kind = CEL_T_STRING,
	.literals = signatures,
	.literal_count = sizeof(signatures) / sizeof(signatures[0]),
};

static const str verdicts[] = {STR_INIT(""),	     STR_INIT("bad"),
			       STR_INIT("expired"),  STR_INIT("good"),
			       STR_INIT("revoked"),  STR_INIT("unchecked"),
			       STR_INIT("untrusted")};
static const struct cel_type verdict = {
	.kind = CEL_T_STRING,
	.literals = verdicts,
	.literal_count = sizeof(verdicts) / sizeof(verdicts[0]),
};

/* Sorted by name, as the checker looks them up; so are the others. */
static const struct cel_field commit_fields[] = {
	FIELD("approvers", &texts),
	FIELD("author_time", &cel_timestamp_type),
	FIELD("backdating", &cel_bool_type),
	FIELD("baseline", &cel_bool_type),
	FIELD("email", &cel_string_type),
	FIELD("landing", &cel_string_type),
	FIELD("malformed", &cel_string_type),
	FIELD("name", &cel_string_type),
	FIELD("other_signer", &cel_bool_type),
	PERHAPS("parent_time", &cel_timestamp_type),
	FIELD("parents", &texts),
	FIELD("person", &cel_string_type),
	PERHAPS("received", &cel_timestamp_type),
	FIELD("sha", &cel_string_type),
	FIELD("short", &cel_string_type),
	FIELD("signature", &signature),
	FIELD("signed_by", &cel_string_type),
	FIELD("signer", &cel_string_type),
	FIELD("subject", &cel_string_type),
	FIELD("tier", &cel_string_type),
	FIELD("time", &cel_timestamp_type),
	FIELD("trailers", &trailers),
	FIELD("verdict", &verdict),
};
const struct cel_type git_commit_type = OBJECT("git.Commit", commit_fields);
const struct cel_type git_commits_type = LIST(&git_commit_type);
const struct cel_type git_commit_optional_type = {
	.kind = CEL_T_OPTIONAL,
	.params = (const struct cel_type *const[]){&git_commit_type},
	.count = 1,
};

static const struct cel_field field_fields[] = {
	PERHAPS("after", &cel_dyn),
	PERHAPS("after_time", &cel_timestamp_type),
	PERHAPS("before", &cel_dyn),
	PERHAPS("before_time", &cel_timestamp_type),
	FIELD("path", &cel_string_type),
	FIELD("pointer", &cel_string_type),
	FIELD("text", &cel_string_type),
};
const struct cel_type git_field_type = OBJECT("git.Field", field_fields);
static const struct cel_type fields = LIST(&git_field_type);

static const str kinds_of_change[] = {STR_INIT("added"), STR_INIT("changed"),
				      STR_INIT("moved"), STR_INIT("removed")};
static const struct cel_type kind_of_change = {
	.kind = CEL_T_STRING,
	.literals = kinds_of_change,
	.literal_count = sizeof(kinds_of_change) / sizeof(kinds_of_change[0]),
};

static const struct cel_field change_fields[] = {
	PERHAPS("after", &cel_dyn),  /* git_change_of types it */
	PERHAPS("before", &cel_dyn), /* the same */
	FIELD("change", &kind_of_change),  FIELD("commit", &git_commit_type),
	FIELD("cosmetic", &cel_bool_type), FIELD("fields", &fields),
	FIELD("id", &cel_string_type),	   FIELD("kind", &cel_string_type),
	FIELD("path", &cel_string_type),   FIELD("record", &cel_string_type),
};
const struct cel_type git_change_type = OBJECT("git.Change", change_fields);
const struct cel_type git_changes_type = LIST(&git_change_type);

static const struct cel_field record_fields[] = {
	FIELD("changes", &git_changes_type),
	FIELD("commits", &git_commits_type),
	PERHAPS("first", &git_commit_type),
	PERHAPS("fresh", &cel_timestamp_type),
	PERHAPS("last", &git_commit_type),
	PERHAPS("lastMaterial", &git_commit_type),
	PERHAPS("lastMaterialOrReview", &git_commit_type),
};
const struct cel_type git_record_type = OBJECT("git.Record", record_fields);

static const struct cel_field claim_fields[] = {
	FIELD("commit", &git_commit_type),
	FIELD("path", &cel_string_type),
	FIELD("time", &cel_timestamp_type),
};
const struct cel_type git_claim_type = OBJECT("git.Claim", claim_fields);
const struct cel_type git_claims_type = LIST(&git_claim_type);

static const struct cel_field gap_fields[] = {
	FIELD("commit", &git_commit_type),
	FIELD("path", &cel_string_type),
	FIELD("reason", &cel_string_type),
};
const struct cel_type git_gap_type = OBJECT("git.Gap", gap_fields);
const struct cel_type git_gaps_type = LIST(&git_gap_type);

const struct cel_type *git_change_of(struct arena *arena,
				     const struct cel_type *record)
{
	size_t count = git_change_type.field_count;
	struct cel_field *own = arena_array(arena, struct cel_field, count);
	struct cel_type *type = arena_new(arena, struct cel_type);

	memcpy(own, change_fields, sizeof(change_fields));
	own[0].type = record;
	own[1].type = record;
	*type = git_change_type;
	type->fields = own;
	return type;
}
