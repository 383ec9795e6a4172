/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/past.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "git/revision.h"
#include "lint/people.h"
#include "lint/told.h"

struct past {
	struct arena arena;
	struct past_plan plan;
	struct told_past *told; /* of a world, or empty; NULL: of trails */
	struct people *people;
	VEC(struct deed) deeds;
	size_t *first; /* by landing: its own deed */
	size_t landings;
	size_t import;	    /* the landing that is one; SIZE_MAX: none */
	size_t beginning;   /* the landing that brings the first people */
	struct map by_name; /* 40 digits -> struct deed of the landing */
	VEC(const struct trail_gap *) gaps;
};

/* ---- where it comes from */

static const struct change *const *changes_of(size_t *count,
					      const struct past *past,
					      size_t landing)
{
	return past->told ? told_changes(count, past->told, landing)
			  : trails_landing(count, past->plan.trails, landing);
}

static const struct commit_facts *facts_at(const struct past *past,
					   size_t landing)
{
	return past->told ? &past->plan.told->commits[landing].facts
			  : history_landing(trails_history(past->plan.trails),
					    landing);
}

/* ---- whom a commit names */

static const struct node *param(const struct past *past, const char *pointer)
{
	return node_find_at(past->plan.params, str_of(pointer));
}

static str name_of(struct past *past, const struct oid *oid)
{
	char *hex = arena_raw(&past->arena, OID_HEX, 1);

	oid_format(hex, oid);
	return str_make(hex, OID_HEX);
}

/* A world names its persons by their ids. */
static str person_of(const struct past *past, const struct identity *identity)
{
	if (past->told)
		return identity->name.ptr ? identity->name : STR("");
	return people_by_mail(past->people, identity->email);
}

struct approvals {
	struct past *past;
	const struct deed *deed;
	VEC(str) persons;
	VEC(struct agreed) agreed;
};

/* Does the landing itself bring this person, or this address of theirs? Then
 * nobody who was there before has agreed. */
static bool is_brought(const struct past *past, const struct deed *deed,
		       str person, str mail)
{
	const struct change *change =
		past_change(past, deed->number, STR("person"), person);

	if (!change || deed->baseline || past_begins(past, deed))
		return false;
	if (change->kind == CHANGE_ADDED)
		return true;
	for (size_t i = 0; i < change->field_count; i++) {
		const struct field_change *field = &change->fields[i];

		if (str_starts(field->pointer, STR("/git_identities")) &&
		    people_names(field->after, mail))
			return true;
	}
	return false;
}

static void add_approval(struct approvals *approvals, struct agreed agreed,
			 str mail)
{
	if (is_brought(approvals->past, approvals->deed, agreed.person, mail))
		agreed.person = STR("");
	*vec_push(&approvals->agreed) = agreed;
	for (size_t i = 0; i < approvals->persons.count; i++) {
		if (str_equal(approvals->persons.at[i], agreed.person))
			return;
	}
	*vec_push(&approvals->persons) = agreed.person;
}

static void add_trailers(struct approvals *approvals,
			 const struct commit_facts *facts, enum agreed_by by)
{
	const struct past *past = approvals->past;
	const struct node *keys = param(past, "/git/approval_trailers");

	for (size_t i = 0; i < facts->trailer_count; i++) {
		const struct trailer *trailer = &facts->trailers[i];
		struct agreed agreed = {
			.by = by, .key = trailer->key, .said = trailer->value};
		bool approves = false;

		for (uint32_t k = 0; keys && k < keys->count; k++)
			approves = approves ||
				   str_equal_nocase(trailer->key,
						    keys->as.children[k].text);
		if (!approves)
			continue;
		agreed.person = past->told
					? trailer->value
					: people_by_trailer(past->people,
							    past->plan.mailmap,
							    trailer->value);
		add_approval(approvals, agreed,
			     people_trailer_mail(past->plan.mailmap,
						 trailer->value));
	}
}

/* Whose key it is: a person's by the fingerprint, else by the address that the
 * signers give it. */
static str owner_of(const struct past *past, const struct proof *proof)
{
	str owner = people_by_key(past->people, proof->key);

	return owner.len || !proof->principal.len
		       ? owner
		       : people_by_mail(past->people, proof->principal);
}

/* A key of another person than the committer; without persons to compare, of
 * another address. */
static bool is_other(const struct past *past, const struct proof *proof,
		     const struct commit_facts *facts)
{
	str owner = owner_of(past, proof);
	str committer = person_of(past, &facts->committer_is);

	return proof->verdict &&
	       (owner.len && committer.len ? !str_equal(owner, committer)
					   : proof->other);
}

/* Is the signature, once git was asked, none by the committer? */
static bool is_disowned(const struct past *past, const struct proof *proof,
			const struct commit_facts *facts)
{
	return proof->verdict && (!str_is(str_of(proof->verdict), "good") ||
				  is_other(past, proof, facts));
}

static struct proof proof_of(const struct past *past, size_t number,
			     const struct commit_facts *facts)
{
	return past->told ? past->plan.told->commits[number].proof
			  : evidence_proof(past->plan.evidence, facts);
}

/* Who merges another's work agrees to it; so does who signs it. */
static void set_approvers(struct past *past, struct deed *deed)
{
	struct approvals approvals = {.past = past, .deed = deed};
	struct proof landing = proof_of(past, deed->number, deed->landing);
	bool merged = deed->landing != deed->maker;
	str committer = person_of(past, &deed->maker->committer_is);
	str merger = person_of(past, &deed->landing->author_is);

	add_trailers(&approvals, deed->maker, AGREED_TRAILER);
	if (merged)
		add_trailers(&approvals, deed->landing, AGREED_MERGE_TRAILER);
	if (merged && !is_disowned(past, &landing, deed->landing) &&
	    (merger.len == 0 || !str_equal(merger, deed->person)))
		add_approval(
			&approvals,
			(struct agreed){.by = AGREED_MERGE,
					.person = merger,
					.said = deed->landing->author_is.name},
			deed->landing->author_is.email);
	if (deed->maker->signature != SIGNATURE_NONE && committer.len &&
	    !str_equal(committer, deed->person) &&
	    !is_disowned(past, &deed->proof, deed->maker))
		add_approval(
			&approvals,
			(struct agreed){.by = AGREED_SIGNATURE,
					.person = committer,
					.said = deed->maker->committer_is.name},
			deed->maker->committer_is.email);
	deed->approvers = vec_keep(&approvals.persons, &past->arena);
	deed->approver_count = approvals.persons.count;
	deed->agreed = vec_keep(&approvals.agreed, &past->arena);
	deed->agreed_count = approvals.agreed.count;
	vec_done(&approvals.persons);
	vec_done(&approvals.agreed);
}

/* ---- deeds */

static bool is_listed(const struct past *past, const struct deed *deed)
{
	const struct node *list = param(past, "/git/baseline_commits");

	for (uint32_t i = 0; list && i < list->count; i++) {
		str name = list->as.children[i].text;

		if (name.len >= 7 && (str_starts(deed->sha, name) ||
				      str_starts(deed->landed, name)))
			return true;
	}
	return false;
}

static const char *signature_of(const struct past *past,
				const struct deed *deed)
{
	if (past->told)
		return past->plan.told->commits[deed->number].signature;
	if (deed->maker->signature == SIGNATURE_NONE)
		return "none";
	return str_is(str_of(deed->proof.verdict), "good") ? "verified"
							   : "present";
}

/* A good signature by somebody beside the maker, of the maker's commit or of
 * the landing. */
static bool is_seconded(const struct past *past, const struct deed *deed,
			const struct proof *proof)
{
	str owner = owner_of(past, proof);

	return proof->verdict && str_is(str_of(proof->verdict), "good") &&
	       !proof->ended && owner.len && deed->person.len &&
	       !str_equal(owner, deed->person);
}

static struct deed *add_deed(struct past *past, size_t number,
			     const struct commit_facts *landing,
			     const struct commit_facts *maker)
{
	struct deed *deed = vec_push(&past->deeds);
	struct proof second = proof_of(past, number, landing);

	*deed = (struct deed){
		.landing = landing,
		.maker = maker,
		.number = number,
		.sha = name_of(past, &maker->oid),
		.landed = name_of(past, &landing->oid),
		.person = person_of(past, &maker->author_is),
		.proof = proof_of(past, number, maker),
	};
	deed->baseline = number == past->import || is_listed(past, deed);
	deed->signature = signature_of(past, deed);
	deed->signed_by = owner_of(past, &deed->proof);
	deed->other = str_is(str_of(deed->signature), "verified") &&
		      is_other(past, &deed->proof, maker);
	deed->seconded = is_seconded(past, deed, &deed->proof) ||
			 is_seconded(past, deed, &second);
	set_approvers(past, deed);
	return deed;
}

/* The deed of a maker within a landing, from `first` on. */
static struct deed *find_deed(const struct past *past, size_t first,
			      const struct change *change)
{
	for (size_t i = first; i < past->deeds.count; i++) {
		struct deed *deed = &past->deeds.at[i];

		if (deed->number != change->number)
			break;
		if (deed->maker == change->maker ||
		    oid_equal(&deed->maker->oid, &change->maker->oid))
			return deed;
	}
	return NULL;
}

/* Hands each deed of a landing its share of the changes. */
static void share(struct past *past, size_t first,
		  const struct change *const *changes, size_t count)
{
	for (size_t i = first; i < past->deeds.count; i++) {
		struct deed *deed = &past->deeds.at[i];
		VEC(const struct change *) own = {0};

		for (size_t k = 0; k < count; k++) {
			if (find_deed(past, first, changes[k]) == deed)
				*vec_push(&own) = changes[k];
		}
		deed->changes = vec_keep(&own, &past->arena);
		deed->change_count = own.count;
		vec_done(&own);
	}
}

static void add_landing(struct past *past, size_t number)
{
	const struct commit_facts *landing = facts_at(past, number);
	size_t first = past->deeds.count;
	size_t count;
	const struct change *const *changes = changes_of(&count, past, number);

	past->first[number] = first;
	(void)add_deed(past, number, landing, landing);
	for (size_t i = 0; i < count; i++) {
		if (!find_deed(past, first, changes[i]))
			(void)add_deed(past, number, landing,
				       changes[i]->maker);
	}
	share(past, first, changes, count);
}

/* ---- what begins and what proves */

/* The first landing that brings records is the import, when there are many of
 * them; the configuration may name further ones. */
static size_t find_import(const struct past *past)
{
	const struct node *least = param(past, "/git/baseline_min_records");

	for (size_t i = 0; i < past->landings; i++) {
		size_t count;

		(void)changes_of(&count, past, i);
		if (count)
			return least && count >= (size_t)least->as.integer
				       ? i
				       : SIZE_MAX;
	}
	return SIZE_MAX;
}

static size_t find_beginning(const struct past *past)
{
	for (size_t i = 0; i < past->landings; i++) {
		size_t count;
		const struct change *const *changes =
			changes_of(&count, past, i);

		for (size_t k = 0; k < count; k++) {
			if (str_is(changes[k]->trail->kind, "person") ||
			    str_is(changes[k]->trail->kind, "role"))
				return i;
		}
	}
	return past->landings;
}

bool past_begins(const struct past *past, const struct deed *deed)
{
	return deed->number <= past->beginning;
}

static struct received received_at(const struct past *past, size_t landing)
{
	const struct evidence *evidence = past->plan.evidence;

	if (past->told)
		return past->plan.told->commits[landing].received;
	return evidence && evidence->received ? evidence->received[landing]
					      : (struct received){0};
}

/* Keeps the earlier of the two. */
static void keep_witness(struct received *witness, bool known,
			 struct instant at)
{
	if (!known || (witness->known && instant_compare(witness->at, at) <= 0))
		return;
	*witness = (struct received){true, at};
}

/* From the newest landing down: the next receipt holds for what lies below it,
 * and the earliest date under a key in force vouches for it. */
static void weigh(struct past *past)
{
	struct received receipt = {0};
	struct received witness = {0};
	size_t end = past->deeds.count;

	for (size_t i = past->landings; i-- > 0;) {
		struct deed *own = &past->deeds.at[past->first[i]];
		struct received received = received_at(past, i);

		if (received.known)
			receipt = received;
		keep_witness(&witness, receipt.known, receipt.at);
		for (size_t k = past->first[i]; k < end; k++) {
			struct deed *deed = &past->deeds.at[k];

			deed->received = receipt;
			deed->backdating =
				str_is(str_of(deed->signature), "verified") &&
				deed->proof.ended &&
				(!witness.known ||
				 instant_compare(witness.at, deed->proof.end) >=
					 0);
		}
		keep_witness(&witness,
			     str_is(str_of(own->signature), "verified") &&
				     !own->proof.ended && !own->other,
			     own->landing->when);
		end = past->first[i];
	}
}

/* ---- gaps */

/* A file that never held a record is none of ours. */
static void find_gaps(struct past *past)
{
	struct map paths;
	size_t count;
	const struct trail_gap *gaps = trails_gaps(&count, past->plan.trails);

	map_init(&paths);
	for (size_t i = 0; i < past->deeds.count; i++) {
		const struct deed *deed = &past->deeds.at[i];

		for (size_t k = 0; k < deed->change_count; k++) {
			const struct change *change = deed->changes[k];

			if (change->path.ptr)
				(void)map_put(&paths, change->path, change);
			if (change->path_before.ptr)
				(void)map_put(&paths, change->path_before,
					      change);
		}
	}
	for (size_t i = 0; i < count; i++) {
		if (map_find(&paths, gaps[i].path))
			*vec_push(&past->gaps) = &gaps[i];
	}
	map_done(&paths);
}

static void tell_gaps(struct past *past)
{
	for (size_t i = 0; i < past->landings; i++) {
		const struct told_commit *commit = &past->plan.told->commits[i];

		for (size_t k = 0; k < commit->unreadable_count; k++) {
			struct trail_gap *gap =
				arena_new(&past->arena, struct trail_gap);

			*gap = (struct trail_gap){commit->unreadable[k], i,
						  STR("it is no YAML")};
			*vec_push(&past->gaps) = gap;
		}
	}
}

/* ---- all of it */

struct past *past_new(const struct past_plan *plan)
{
	struct past *past = mem_new(sizeof(*past));

	arena_init(&past->arena);
	map_init(&past->by_name);
	past->plan = *plan;
	past->people = people_new(plan->people);
	if (!plan->trails)
		past->told = told_past_new(plan->told);
	past->landings = past->told
				 ? told_landings(past->told)
				 : history_count(trails_history(plan->trails));
	past->first = arena_array(&past->arena, size_t, past->landings);
	past->import = find_import(past);
	past->beginning = find_beginning(past);
	for (size_t i = 0; i < past->landings; i++)
		add_landing(past, i);
	weigh(past);
	for (size_t i = 0; i < past->landings; i++)
		(void)map_put(&past->by_name,
			      past->deeds.at[past->first[i]].landed,
			      &past->deeds.at[past->first[i]]);
	if (plan->trails)
		find_gaps(past);
	else
		tell_gaps(past);
	return past;
}

void past_free(struct past *past)
{
	if (!past)
		return;
	vec_done(&past->deeds);
	vec_done(&past->gaps);
	map_done(&past->by_name);
	people_free(past->people);
	told_past_free(past->told);
	arena_done(&past->arena);
	mem_free(past);
}

size_t past_count(const struct past *past)
{
	return past->deeds.count;
}

const struct deed *past_at(const struct past *past, size_t index)
{
	return &past->deeds.at[index];
}

size_t past_landings(const struct past *past)
{
	return past->landings;
}

const struct deed *past_landing(const struct past *past, size_t number)
{
	return &past->deeds.at[past->first[number]];
}

const struct deed *past_of(const struct past *past, const struct change *change)
{
	return find_deed(past, past->first[change->number], change);
}

const struct trail *past_trail(const struct past *past, str kind, str id)
{
	return past->told ? told_trail(past->told, kind, id)
			  : trails_find(past->plan.trails, kind, id);
}

const struct change *past_change(const struct past *past, size_t landing,
				 str kind, str id)
{
	size_t count;
	const struct change *const *changes = changes_of(&count, past, landing);

	for (size_t i = 0; i < count; i++) {
		if (str_equal(changes[i]->trail->kind, kind) &&
		    str_equal(changes[i]->trail->id, id))
			return changes[i];
	}
	return NULL;
}

str past_unreceived(const struct past *past)
{
	return past->plan.evidence ? past->plan.evidence->unreceived : (str){0};
}

bool past_trees(const struct node **before, const struct node **after,
		const struct past *past, struct odb_reader *reader,
		const struct change *change, struct arena *arena,
		struct error *err)
{
	if (!past->told)
		return change_trees(before, after, past->plan.trails, reader,
				    change, arena, err);
	told_trees(before, after, change);
	return true;
}

const struct trail_gap *const *past_gaps(size_t *count, const struct past *past)
{
	*count = past->gaps.count;
	return past->gaps.at;
}

struct odb_reader *past_reader(const struct past *past)
{
	return past->plan.repo ? odb_reader_new(repo_odb(past->plan.repo))
			       : NULL;
}

/* ---- what lies beside the main line */

static void keep_later(struct instant *out, bool *found, struct instant when)
{
	if (!*found || instant_compare(when, *out) > 0)
		*out = when;
	*found = true;
}

bool past_parent_time(struct instant *out, bool *found, const struct past *past,
		      struct odb_reader *reader, const struct deed *deed,
		      struct arena *arena, struct error *err)
{
	const struct commit_facts *facts = deed->landing;

	*found = false;
	if (deed->number > 0)
		keep_later(out, found, facts_at(past, deed->number - 1)->when);
	for (size_t i = 1; reader && i < facts->parent_count; i++) {
		struct commit commit;

		if (!commit_read(&commit, reader, &facts->parents[i], arena,
				 err))
			return false;
		if (commit.committer.dated)
			keep_later(out, found, commit.committer.when);
	}
	return true;
}

/* Walks down from the tip, each commit once. */
static bool search(bool *out, const struct past *past,
		   struct odb_reader *reader, const struct oid *wanted,
		   struct arena *arena, struct error *err)
{
	VEC(struct oid) stack = {0};
	struct map seen;
	bool ok = true;

	map_init(&seen);
	*out = false;
	*vec_push(&stack) = facts_at(past, past->landings - 1)->oid;
	while (ok && !*out && stack.count) {
		struct oid *oid = arena_new(arena, struct oid);
		struct commit commit;
		str key;

		*oid = stack.at[--stack.count];
		key = str_make((const char *)oid->bytes, OID_RAW);
		*out = oid_equal(oid, wanted);
		if (map_put(&seen, key, oid))
			continue;
		ok = commit_read(&commit, reader, oid, arena, err);
		for (size_t i = 0; ok && i < commit.parents_count; i++)
			*vec_push(&stack) = commit.parents[i];
	}
	vec_done(&stack);
	map_done(&seen);
	return ok;
}

bool past_holds(bool *out, const struct past *past, struct odb_reader *reader,
		str sha, struct error *err)
{
	struct arena arena;
	struct oid oid;
	bool there = false;
	bool ok = true;

	*out = map_find(&past->by_name, sha) != NULL;
	if (*out || !reader || past->landings == 0 || !oid_parse(&oid, sha))
		return true;
	if (!odb_has(&there, reader, &oid, err))
		return false;
	if (!there)
		return true;
	arena_init(&arena);
	ok = search(out, past, reader, &oid, &arena, err);
	arena_done(&arena);
	return ok;
}
