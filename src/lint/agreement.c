/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/agreement.h"

#include "base/mem.h"
#include "base/vec.h"
#include "lint/duty.h"
#include "lint/past.h"

/* A role record as it stood after each of its changes, read when asked for. */
struct role_then {
	const struct trail *trail;
	const struct node **after;
	bool *read;
};

struct agreements {
	struct arena arena;
	struct agreements_plan plan;
	struct past *past;
	struct odb_reader *reader;
	VEC(struct role_then) roles;
	VEC(struct agreement) all;
};

const char *agreement_state_name(enum agreement_state state)
{
	static const char *const names[AGREEMENT_STATES] = {
		[AGREEMENT_OK] = "ok",
		[AGREEMENT_LATER] = "entered-later",
		[AGREEMENT_UNENTITLED] = "not-entitled",
		[AGREEMENT_OWN] = "own",
		[AGREEMENT_UNKNOWN] = "unknown",
		[AGREEMENT_MISSING] = "missing",
		[AGREEMENT_BASELINE] = "baseline",
	};

	return names[state];
}

/* ---- duties, by the records of today and by those of then */

static void find_roles(struct agreements *agreements)
{
	const struct trails *trails = agreements->plan.trails;

	for (size_t i = 0; i < trails_count(trails); i++) {
		const struct trail *trail = trails_at(trails, i);

		if (!str_is(trail->kind, "role"))
			continue;
		*vec_push(&agreements->roles) = (struct role_then){
			.trail = trail,
			.after = arena_array(&agreements->arena,
					     const struct node *, trail->count),
			.read = arena_array(&agreements->arena, bool,
					    trail->count),
		};
	}
}

/* The record before a landing; NULL: it was not there. */
static bool role_before(const struct node **out, struct agreements *agreements,
			struct role_then *role, size_t landing,
			struct error *err)
{
	const struct node *before;
	size_t i = 0;

	while (i < role->trail->count &&
	       role->trail->changes[i].number >= landing)
		i++;
	*out = NULL;
	if (i == role->trail->count)
		return true;
	if (!role->read[i] &&
	    !change_trees(&before, &role->after[i], agreements->plan.trails,
			  agreements->reader, &role->trail->changes[i],
			  &agreements->arena, err))
		return false;
	role->read[i] = true;
	*out = role->after[i];
	return true;
}

static bool is_needed(const struct agreement *agreement, str duty)
{
	for (size_t i = 0; i < agreement->need_count; i++) {
		if (str_equal(agreement->needs[i], duty))
			return true;
	}
	return agreement->need_count == 0;
}

/* Was a duty that is needed on record for the person before the landing? */
static bool was_on_record(bool *out, struct agreements *agreements,
			  const struct agreement *agreement, str person,
			  struct error *err)
{
	const struct change *change = agreement->change;

	*out = agreement->need_count == 0;
	for (size_t i = 0; !*out && i < agreements->roles.count; i++) {
		const struct node *root;

		if (!role_before(&root, agreements, &agreements->roles.at[i],
				 change->number, err))
			return false;
		*out = root &&
		       is_needed(agreement, node_text(root, STR("duty"))) &&
		       duty_role_held(root, person, change->landing->when);
	}
	return true;
}

/* The duties of a person by the records of today, as rules see them. */
static void find_duties(struct voice *voice, struct agreements *agreements,
			struct instant at)
{
	const struct corpus *corpus = agreements->plan.corpus;
	const struct record *person =
		corpus_find(corpus, STR("person"), voice->person);
	const struct record *const *roles;
	VEC(str) duties = {0};
	size_t count;

	if (!person || !person->valid || !person->root ||
	    duty_left(person->root, person->live, at))
		return;
	roles = corpus_of_kind(corpus, STR("role"), &count);
	for (size_t i = 0; i < count; i++) {
		const struct node *root = roles[i]->root;

		if (root && roles[i]->valid && roles[i]->live &&
		    duty_role_held(root, voice->person, at))
			*vec_push(&duties) = node_text(root, STR("duty"));
	}
	voice->duties = vec_keep(&duties, &agreements->arena);
	voice->duty_count = duties.count;
	vec_done(&duties);
}

/* ---- voices */

static bool judge_voice(struct voice *voice, struct agreements *agreements,
			const struct agreement *agreement, struct error *err)
{
	bool entitled = agreement->need_count == 0;
	bool recorded;

	voice->state = AGREEMENT_UNKNOWN;
	if (voice->person.len == 0)
		return true;
	find_duties(voice, agreements, agreement->change->landing->when);
	for (size_t i = 0; i < voice->duty_count; i++)
		entitled = entitled || is_needed(agreement, voice->duties[i]);
	voice->state = str_equal(voice->person, agreement->person)
			       ? AGREEMENT_OWN
		       : entitled ? AGREEMENT_OK
				  : AGREEMENT_UNENTITLED;
	if (voice->state != AGREEMENT_OK)
		return true;
	if (!was_on_record(&recorded, agreements, agreement, voice->person,
			   err))
		return false;
	if (!recorded)
		voice->state = AGREEMENT_LATER;
	return true;
}

static str name_of_source(enum agreed_by by)
{
	static const char *const names[] = {
		[AGREED_TRAILER] = "trailer",
		[AGREED_MERGE_TRAILER] = "merge-trailer",
		[AGREED_MERGE] = "merge",
		[AGREED_SIGNATURE] = "signature",
	};

	return str_of(names[by]);
}

static bool find_voices(struct agreement *agreement,
			struct agreements *agreements, const struct deed *deed,
			struct error *err)
{
	struct voice *voices = arena_array(&agreements->arena, struct voice,
					   deed->agreed_count);

	agreement->state = AGREEMENT_MISSING;
	for (size_t i = 0; i < deed->agreed_count; i++) {
		const struct agreed *agreed = &deed->agreed[i];

		voices[i] = (struct voice){
			.by = name_of_source(agreed->by),
			.key = agreed->key,
			.said = agreed->said,
			.person = agreed->person,
		};
		if (!judge_voice(&voices[i], agreements, agreement, err))
			return false;
		if (voices[i].state < agreement->state)
			agreement->state = voices[i].state;
	}
	agreement->voices = voices;
	agreement->voice_count = deed->agreed_count;
	if (deed->baseline)
		agreement->state = AGREEMENT_BASELINE;
	return true;
}

/* ---- changes */

static bool is_listed(const struct node *list, str text)
{
	for (uint32_t i = 0; list && i < list->count; i++) {
		if (str_equal(list->as.children[i].text, text))
			return true;
	}
	return false;
}

static void find_needs(struct agreement *agreement,
		       struct agreements *agreements,
		       const struct node *approvers)
{
	const struct node *list =
		node_find(approvers, agreement->change->trail->kind);
	str *needs =
		arena_array(&agreements->arena, str, list ? list->count : 0);

	for (uint32_t i = 0; list && i < list->count; i++)
		needs[i] = list->as.children[i].text;
	agreement->needs = needs;
	agreement->need_count = list ? list->count : 0;
}

static bool judge_deed(struct agreements *agreements, const struct deed *deed,
		       struct error *err)
{
	const struct node *params = vocabulary_params_node(
		policy_vocabulary(agreements->plan.policy));
	const struct node *kinds =
		node_find_at(params, STR("/git/protected_kinds"));
	const struct node *approvers =
		node_find_at(params, STR("/git/approvers"));

	for (size_t i = 0; i < deed->change_count; i++) {
		struct agreement agreement = {
			.change = deed->changes[i],
			.person = deed->person,
		};

		if (!agreement.change->material ||
		    !is_listed(kinds, agreement.change->trail->kind))
			continue;
		find_needs(&agreement, agreements, approvers);
		if (!find_voices(&agreement, agreements, deed, err))
			return false;
		*vec_push(&agreements->all) = agreement;
	}
	return true;
}

bool agreements_new(struct agreements **out, const struct agreements_plan *plan,
		    struct error *err)
{
	struct agreements *agreements = mem_new(sizeof(*agreements));

	arena_init(&agreements->arena);
	agreements->plan = *plan;
	agreements->past = past_new(&(struct past_plan){
		.trails = plan->trails,
		.mailmap = plan->mailmap,
		.repo = plan->repo,
		.evidence = plan->evidence,
		.people = plan->corpus,
		.params =
			vocabulary_params_node(policy_vocabulary(plan->policy)),
		.limits = &policy_config(plan->policy)->limits,
	});
	agreements->reader = past_reader(agreements->past);
	find_roles(agreements);
	for (size_t i = 0; i < past_count(agreements->past); i++) {
		if (!judge_deed(agreements, past_at(agreements->past, i),
				err)) {
			agreements_free(agreements);
			return false;
		}
	}
	*out = agreements;
	return true;
}

void agreements_free(struct agreements *agreements)
{
	if (!agreements)
		return;
	vec_done(&agreements->all);
	vec_done(&agreements->roles);
	if (agreements->reader)
		odb_reader_free(agreements->reader);
	past_free(agreements->past);
	arena_done(&agreements->arena);
	mem_free(agreements);
}

size_t agreements_count(const struct agreements *agreements)
{
	return agreements->all.count;
}

const struct agreement *agreements_at(const struct agreements *agreements,
				      size_t index)
{
	return &agreements->all.at[index];
}
