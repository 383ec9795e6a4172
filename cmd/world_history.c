/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/world_history.h"

#include "base/map.h"
#include "base/vec.h"
#include "lint/told.h"

/* Of `signature`, by the order of its words. */
enum signed_word {
	SIGNED_NONE,
	SIGNED_PRESENT,
	SIGNED_VERIFIED,
};

struct reading {
	struct arena *arena;
	const struct node *node; /* the commit at hand */
	struct told_commit *commit;
	size_t number;
	VEC(struct trailer) trailers;
	struct error *err;
};

static bool refuse(struct reading *reading, const char *what, str text)
{
	return error_set(reading->err, ERROR_CONFIG,
			 "commit %zu of the history: %s '" STR_FMT "'",
			 reading->number + 1, what, STR_ARG(text));
}

static bool check_keys(struct reading *reading)
{
	static const char *const known[] = {
		"commit",	"time",	      "author_time", "person",
		"approved_by",	"trailers",   "signature",   "signer",
		"message",	"sets",	      "removes",     "committer",
		"malformed",	"unreadable", "verdict",     "key_ended",
		"other_signer", "received"};

	for (uint32_t i = 0; i < reading->node->count; i++) {
		str key = reading->node->as.children[i].key->text;
		bool found = false;

		for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
			found = found || str_is(key, known[k]);
		if (!found)
			return refuse(reading, "it has no", key);
	}
	return true;
}

/* The digits that are given, then zeros; else the number of the commit. */
static bool read_name(struct reading *reading)
{
	str digits = node_text(reading->node, STR("commit"));
	char hex[OID_HEX + 1];

	memset(hex, '0', sizeof(hex));
	if (!digits.ptr)
		digits = str_format(reading->arena, "%07zx",
				    reading->number + 1);
	if (digits.len <= OID_HEX)
		memcpy(hex, digits.ptr, digits.len);
	if (digits.len > OID_HEX ||
	    !oid_parse(&reading->commit->facts.oid, str_make(hex, OID_HEX)))
		return refuse(reading, "no name of a commit is", digits);
	return true;
}

static bool read_time(struct reading *reading, struct instant *out, str text)
{
	if (date_parse(out, text) || instant_parse(out, text))
		return true;
	return refuse(reading, "no date or time is", text);
}

static bool read_times(struct reading *reading)
{
	struct commit_facts *facts = &reading->commit->facts;
	str author = node_text(reading->node, STR("author_time"));

	if (!read_time(reading, &facts->when,
		       node_text(reading->node, STR("time"))))
		return false;
	facts->author_when = facts->when;
	return !author.ptr || read_time(reading, &facts->author_when, author);
}

/* What git says of it, where it was asked: a verified one is good. */
static bool read_proof(struct reading *reading, enum signed_word signed_as)
{
	const struct node *node = reading->node;
	struct proof *proof = &reading->commit->proof;
	str verdict = node_text(node, STR("verdict"));
	str signer = node_text(node, STR("signer"));
	str end = node_text(node, STR("key_ended"));
	const struct node *other = node_find(node, STR("other_signer"));

	if (signed_as == SIGNED_VERIFIED && !verdict.ptr)
		verdict = STR("good");
	if (verdict.ptr &&
	    (!evidence_is_word(verdict) ||
	     str_is(verdict, "good") != (signed_as == SIGNED_VERIFIED)))
		return refuse(reading, "no verdict is", verdict);
	if (verdict.ptr)
		proof->verdict = arena_cstr(reading->arena, verdict);
	proof->key = signer.ptr ? signer : STR("");
	proof->other = other && other->kind == NODE_BOOL && other->as.boolean;
	proof->ended = end.ptr != NULL;
	return !end.ptr || read_time(reading, &proof->end, end);
}

static bool read_signature(struct reading *reading)
{
	static const char *const words[] = {"none", "present", "verified"};
	str word = node_text(reading->node, STR("signature"));

	if (!word.ptr)
		word = STR("present");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!str_is(word, words[i]))
			continue;
		reading->commit->signature = words[i];
		reading->commit->facts.signature =
			i ? SIGNATURE_SSH : SIGNATURE_NONE;
		return read_proof(reading, (enum signed_word)i);
	}
	return refuse(reading, "no signature is", word);
}

static bool read_receipt(struct reading *reading)
{
	struct received *received = &reading->commit->received;
	str text = node_text(reading->node, STR("received"));

	received->known = text.ptr != NULL;
	return !text.ptr || read_time(reading, &received->at, text);
}

static void read_trailers(struct reading *reading)
{
	const struct node *approved =
		node_find(reading->node, STR("approved_by"));
	const struct node *map = node_find(reading->node, STR("trailers"));

	for (uint32_t i = 0; approved && i < approved->count; i++)
		*vec_push(&reading->trailers) = (struct trailer){
			STR("Approved-by"), approved->as.children[i].text};
	for (uint32_t i = 0; map && i < map->count; i++)
		*vec_push(&reading->trailers) =
			(struct trailer){map->as.children[i].key->text,
					 map->as.children[i].text};
	reading->commit->facts.trailers =
		vec_keep(&reading->trailers, reading->arena);
	reading->commit->facts.trailer_count = reading->trailers.count;
	vec_done(&reading->trailers);
}

static struct node text_node(struct arena *arena, const char *key, str text)
{
	struct node *name = arena_new(arena, struct node);

	*name = (struct node){
		.kind = NODE_STRING,
		.text = str_of(key),
		.hash = (uint32_t)hash_str(str_of(key)),
	};
	return (struct node){
		.kind = NODE_STRING,
		.text = text,
		.key = name,
		.hash = name->hash,
	};
}

/* The record with its kind as its first member. */
static const struct node *with_kind(struct arena *arena,
				    const struct node *record, str kind)
{
	struct node *copy = arena_new(arena, struct node);
	struct node *members =
		arena_array(arena, struct node, record->count + 1);

	members[0] = text_node(arena, "kind", kind);
	for (uint32_t i = 0; i < record->count; i++) {
		members[i + 1] = record->as.children[i];
		members[i + 1].index = i + 1;
	}
	*copy = *record;
	copy->as.children = members;
	copy->count = record->count + 1;
	return copy;
}

static bool read_sets(struct reading *reading)
{
	const struct node *sets = node_find(reading->node, STR("sets"));
	VEC(const struct node *) records = {0};
	bool ok = true;

	for (uint32_t i = 0; ok && sets && i < sets->count; i++) {
		const struct node *list = &sets->as.children[i];

		for (uint32_t k = 0; ok && k < list->count; k++) {
			const struct node *record = &list->as.children[k];

			*vec_push(&records) = with_kind(reading->arena, record,
							list->key->text);
			if (!node_text(record, STR("id")).ptr)
				ok = refuse(reading, "no id has a record of",
					    list->key->text);
		}
	}
	reading->commit->sets = vec_keep(&records, reading->arena);
	reading->commit->set_count = records.count;
	vec_done(&records);
	return ok;
}

static const str *read_texts(size_t *count, struct reading *reading, str key)
{
	const struct node *list = node_find(reading->node, key);
	str *texts;

	*count = list ? list->count : 0;
	texts = arena_array(reading->arena, str, *count);
	for (size_t i = 0; i < *count; i++)
		texts[i] = list->as.children[i].text;
	return texts;
}

static bool read_commit(struct reading *reading)
{
	struct commit_facts *facts = &reading->commit->facts;
	str person = node_text(reading->node, STR("person"));
	str committer = node_text(reading->node, STR("committer"));
	str message = node_text(reading->node, STR("message"));
	str malformed = node_text(reading->node, STR("malformed"));

	facts->author_is.name = person.ptr ? person : STR("");
	facts->committer_is.name =
		committer.ptr ? committer : facts->author_is.name;
	facts->message = message.ptr ? message : STR("");
	facts->subject = facts->message;
	if (malformed.ptr)
		facts->malformed = arena_cstr(reading->arena, malformed);
	if (!check_keys(reading) || !read_name(reading) ||
	    !read_times(reading) || !read_signature(reading) ||
	    !read_receipt(reading) || !read_sets(reading))
		return false;
	read_trailers(reading);
	reading->commit->removes = read_texts(&reading->commit->remove_count,
					      reading, STR("removes"));
	reading->commit->unreadable = read_texts(
		&reading->commit->unreadable_count, reading, STR("unreadable"));
	return true;
}

bool world_history(const struct told **out, const struct node *list,
		   struct arena *arena, struct error *err)
{
	struct told_commit *commits =
		arena_array(arena, struct told_commit, list->count);
	struct told *told = arena_new(arena, struct told);

	for (uint32_t i = 0; i < list->count; i++) {
		struct reading reading = {
			.arena = arena,
			.node = &list->as.children[i],
			.commit = &commits[i],
			.number = i,
			.err = err,
		};

		if (!read_commit(&reading))
			return false;
	}
	told->commits = commits;
	told->count = list->count;
	*out = told;
	return true;
}

/* ---- what is there in the end */

static str name_of(struct arena *arena, const struct node *record)
{
	return str_format(arena, STR_FMT "/" STR_FMT,
			  STR_ARG(node_text(record, STR("kind"))),
			  STR_ARG(node_text(record, STR("id"))));
}

/* Does a commit after `from` say otherwise? */
static bool is_later_said(const struct told *told, size_t from, str name,
			  struct arena *arena)
{
	for (size_t i = from; i < told->count; i++) {
		const struct told_commit *commit = &told->commits[i];

		for (size_t k = 0; k < commit->remove_count; k++) {
			if (str_equal(commit->removes[k], name))
				return true;
		}
		for (size_t k = 0; i > from && k < commit->set_count; k++) {
			if (str_equal(name_of(arena, commit->sets[k]), name))
				return true;
		}
	}
	return false;
}

const struct node *const *world_history_rest(size_t *count,
					     const struct told *told,
					     struct arena *arena)
{
	VEC(const struct node *) rest = {0};
	const struct node *const *kept;

	for (size_t i = 0; i < told->count; i++) {
		const struct told_commit *commit = &told->commits[i];

		for (size_t k = 0; k < commit->set_count; k++) {
			const struct node *record = commit->sets[k];

			if (!is_later_said(told, i, name_of(arena, record),
					   arena))
				*vec_push(&rest) = record;
		}
	}
	kept = vec_keep(&rest, arena);
	*count = rest.count;
	vec_done(&rest);
	return kept;
}
