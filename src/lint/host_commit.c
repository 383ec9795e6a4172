/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/thing.h"

static struct cel_value commit_approvers(struct cel_eval *eval,
					 const struct thing *thing)
{
	return thing_texts(eval->arena, thing->deed->approvers,
			   thing->deed->approver_count);
}

static struct cel_value commit_author_time(struct cel_eval *eval,
					   const struct thing *thing)
{
	(void)eval;
	return cel_timestamp(thing->deed->maker->author_when);
}

/* Only of a signature that git calls good. */
static struct cel_value commit_backdating(struct cel_eval *eval,
					  const struct thing *thing)
{
	(void)eval;
	return cel_bool(thing->deed->backdating);
}

static struct cel_value commit_baseline(struct cel_eval *eval,
					const struct thing *thing)
{
	(void)eval;
	return cel_bool(thing->deed->baseline);
}

static struct cel_value commit_email(struct cel_eval *eval,
				     const struct thing *thing)
{
	return thing_any_text(eval, thing->deed->maker->author_is.email);
}

static struct cel_value commit_landing(struct cel_eval *eval,
				       const struct thing *thing)
{
	(void)eval;
	return thing_text(thing->deed->landed);
}

static struct cel_value commit_malformed(struct cel_eval *eval,
					 const struct thing *thing)
{
	const struct deed *deed = thing->deed;

	(void)eval;
	return thing_text(str_of(deed->maker->malformed
					 ? deed->maker->malformed
					 : deed->landing->malformed));
}

static struct cel_value commit_name(struct cel_eval *eval,
				    const struct thing *thing)
{
	return thing_any_text(eval, thing->deed->maker->author_is.name);
}

/* A first commit has no parent; a merge is asked for all of its. */
static bool has_parents(const struct thing *thing)
{
	return thing->deed->number > 0;
}

static struct cel_value commit_other_signer(struct cel_eval *eval,
					    const struct thing *thing)
{
	(void)eval;
	return cel_bool(thing->deed->other);
}

static struct cel_value commit_parent_time(struct cel_eval *eval,
					   const struct thing *thing)
{
	struct instant at;
	struct error err;
	bool found;

	if (!cel_charge(eval, thing->deed->landing->parent_count))
		return cel_spent(eval);
	if (!past_parent_time(&at, &found, thing->host->past, thing->host->odb,
			      thing->deed, eval->arena, &err))
		return thing_failed(eval, &err);
	return cel_timestamp(at);
}

static struct cel_value commit_parents(struct cel_eval *eval,
				       const struct thing *thing)
{
	const struct commit_facts *facts = thing->deed->landing;
	str *names = arena_array(eval->arena, str, facts->parent_count);

	for (size_t i = 0; i < facts->parent_count; i++) {
		char *hex = arena_raw(eval->arena, OID_HEX, 1);

		oid_format(hex, &facts->parents[i]);
		names[i] = str_make(hex, OID_HEX);
	}
	return thing_texts(eval->arena, names, facts->parent_count);
}

static struct cel_value commit_person(struct cel_eval *eval,
				      const struct thing *thing)
{
	(void)eval;
	return thing_text(thing->deed->person);
}

static bool is_received(const struct thing *thing)
{
	return thing->deed->received.known ||
	       past_unreceived(thing->host->past).ptr;
}

static struct cel_value commit_received(struct cel_eval *eval,
					const struct thing *thing)
{
	if (past_unreceived(thing->host->past).ptr)
		return host_fail(eval, past_unreceived(thing->host->past));
	return cel_timestamp(thing->deed->received.at);
}

static struct cel_value commit_sha(struct cel_eval *eval,
				   const struct thing *thing)
{
	(void)eval;
	return thing_text(thing->deed->sha);
}

enum { SHORT = 7 };

static struct cel_value commit_short(struct cel_eval *eval,
				     const struct thing *thing)
{
	(void)eval;
	return thing_text(str_slice(thing->deed->sha, 0, SHORT));
}

static struct cel_value commit_signature(struct cel_eval *eval,
					 const struct thing *thing)
{
	(void)eval;
	return thing_text(str_of(thing->deed->signature));
}

static struct cel_value commit_signed_by(struct cel_eval *eval,
					 const struct thing *thing)
{
	(void)eval;
	return thing_text(thing->deed->signed_by);
}

static struct cel_value commit_signer(struct cel_eval *eval,
				      const struct thing *thing)
{
	return thing_any_text(eval, thing->deed->proof.key);
}

static struct cel_value commit_subject(struct cel_eval *eval,
				       const struct thing *thing)
{
	return thing_any_text(eval, thing->deed->maker->subject);
}

/* T4: a good signature of a second party; T3: a receipt; T2: the committer's
 * date is not before any parent's; else T1, the word of the author alone. */
static struct cel_value commit_tier(struct cel_eval *eval,
				    const struct thing *thing)
{
	struct instant when = thing->deed->landing->when;
	struct cel_value parent;

	if (thing->deed->seconded)
		return thing_text(STR("T4"));
	if (past_unreceived(thing->host->past).ptr)
		return host_fail(eval, past_unreceived(thing->host->past));
	if (thing->deed->received.known)
		return thing_text(STR("T3"));
	if (!has_parents(thing))
		return thing_text(STR("T2"));
	parent = commit_parent_time(eval, thing);
	if (cel_is_error(parent))
		return parent;
	return thing_text(instant_compare(when, cel_instant(parent)) < 0
				  ? STR("T1")
				  : STR("T2"));
}

static struct cel_value commit_time(struct cel_eval *eval,
				    const struct thing *thing)
{
	(void)eval;
	return cel_timestamp(thing->deed->landing->when);
}

/* All values of the key that trailer `at` has; absent when one before it has
 * the same key. */
static bool values_of(struct cel_value *out, struct cel_eval *eval,
		      const struct commit_facts *facts, size_t at)
{
	str key = facts->trailers[at].key;
	str *values = arena_array(eval->arena, str, facts->trailer_count - at);
	size_t count = 0;

	for (size_t i = 0; i < at; i++) {
		if (str_equal_nocase(facts->trailers[i].key, key))
			return false;
	}
	for (size_t i = at; i < facts->trailer_count; i++) {
		if (str_equal_nocase(facts->trailers[i].key, key))
			values[count++] = cel_str(
				thing_any_text(eval, facts->trailers[i].value));
	}
	*out = thing_texts(eval->arena, values, count);
	return true;
}

/* The maker's trailers, and those of the merge that brought it. */
static struct cel_value commit_trailers(struct cel_eval *eval,
					const struct thing *thing)
{
	const struct commit_facts *from[] = {thing->deed->maker,
					     thing->deed->landing};
	size_t count = from[0] == from[1] ? 1 : 2;
	struct cel_table *table = cel_table_new(eval->arena, 4);

	for (size_t i = 0; i < count; i++) {
		if (!cel_charge(eval, from[i]->trailer_count))
			return cel_spent(eval);
		for (size_t k = 0; k < from[i]->trailer_count; k++) {
			struct cel_value values;

			if (values_of(&values, eval, from[i], k))
				(void)cel_table_put(
					table,
					thing_any_text(
						eval, from[i]->trailers[k].key),
					values);
		}
	}
	return cel_table_value(table);
}

static struct cel_value commit_verdict(struct cel_eval *eval,
				       const struct thing *thing)
{
	const char *verdict = thing->deed->proof.verdict;

	(void)eval;
	return thing_text(str_of(verdict ? verdict : ""));
}

static const struct member commit_members[] = {
	{"approvers", NULL, commit_approvers},
	{"author_time", NULL, commit_author_time},
	{"backdating", NULL, commit_backdating},
	{"baseline", NULL, commit_baseline},
	{"email", NULL, commit_email},
	{"landing", NULL, commit_landing},
	{"malformed", NULL, commit_malformed},
	{"name", NULL, commit_name},
	{"other_signer", NULL, commit_other_signer},
	{"parent_time", has_parents, commit_parent_time},
	{"parents", NULL, commit_parents},
	{"person", NULL, commit_person},
	{"received", is_received, commit_received},
	{"sha", NULL, commit_sha},
	{"short", NULL, commit_short},
	{"signature", NULL, commit_signature},
	{"signed_by", NULL, commit_signed_by},
	{"signer", NULL, commit_signer},
	{"subject", NULL, commit_subject},
	{"tier", NULL, commit_tier},
	{"time", NULL, commit_time},
	{"trailers", NULL, commit_trailers},
	{"verdict", NULL, commit_verdict},
};
const struct class thing_commit = {commit_members, ARRAY_SIZE(commit_members)};

struct cel_value host_commit(struct arena *arena, const struct host *host,
			     const struct deed *deed)
{
	return thing_value(arena, &thing_commit,
			   (struct thing){.host = host, .deed = deed});
}
