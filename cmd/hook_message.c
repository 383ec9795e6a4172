/*
 * hook_message - the trailers of a message that is about to be committed.
 *
 * Judged against the index and HEAD, and only when records that need agreement
 * change: what a trailer says can be mended now and not later. Whether enough
 * people agreed is a question to the commit that lands on the main line, which
 * is not there yet; that is said, and refuses nothing.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sys.h"
#include "cmd/hook.h"
#include "cmd/input.h"
#include "git/mailmap.h"
#include "git/revision.h"
#include "git/trailer.h"
#include "lint/lint.h"
#include "lint/people.h"

#define FOUR_EYES "history/one-pair-of-eyes"
#define CLOSED "history/closed-record-edited"

enum { MESSAGE_MOST = 1 << 20 };

struct message {
	const struct env *env;
	struct arena *arena;
	struct input input;
	struct snapshot *head; /* NULL: nothing is committed yet */
	struct lint_run *now, *before;
	struct people *people;
	struct mailmap *mailmap;
	const struct trailer *trailers;
	size_t trailer_count;
	str author; /* a person's id; empty: nobody that is known */
	bool approved;
	bool refused;
};

/* ---- the message as git will keep it */

/* Without the lines that git takes out, and what follows its scissors. */
static str without_comments(str text, struct arena *arena)
{
	struct buf kept;
	str result;

	buf_init(&kept, MESSAGE_MOST);
	while (text.ptr) {
		str line = str_cut(&text, '\n');

		if (str_starts(line, STR("# ------------------------ >8 ")))
			break;
		if (str_starts(line, STR("#")))
			continue;
		buf_add(&kept, line);
		buf_add(&kept, STR("\n"));
	}
	result = str_keep(arena, buf_str(&kept));
	buf_done(&kept);
	return result;
}

static bool read_message(struct message *message, str path, struct error *err)
{
	struct buf text;
	bool done;

	buf_init(&text, MESSAGE_MOST);
	done = sys_read_file(&text, SYS_HERE, arena_cstr(message->arena, path),
			     err);
	if (done)
		message->trailers = trailers_parse(
			&message->trailer_count,
			without_comments(buf_str(&text), message->arena),
			message->arena);
	buf_done(&text);
	return done;
}

/* ---- what changes */

static bool load(struct lint_run **out, const struct message *message,
		 const struct snapshot *snapshot, struct error *err)
{
	const struct lint lint = {
		.policy = message->input.policy,
		.snapshot = snapshot,
		.now = message->input.now,
		.jobs = message->env->processors,
		.load_only = true,
	};

	return lint_run(out, &lint, err);
}

static bool is_same_file(const struct entry *a, const struct entry *b)
{
	return a && b && oid_equal(&a->oid, &b->oid) && a->mode == b->mode;
}

/* Most commits change no record, and nothing is parsed for them. */
static bool any_change(const struct message *message)
{
	const struct snapshot *now = message->input.snapshot;
	const struct snapshot *head = message->head;

	for (size_t i = 0; i < snapshot_count(now); i++) {
		const struct entry *entry = snapshot_at(now, i);

		if (lint_takes(message->input.policy, entry->path) &&
		    !is_same_file(entry, snapshot_find(head, entry->path)))
			return true;
	}
	for (size_t i = 0; i < snapshot_count(head); i++) {
		const struct entry *entry = snapshot_at(head, i);

		if (lint_takes(message->input.policy, entry->path) &&
		    !snapshot_find(now, entry->path))
			return true;
	}
	return false;
}

static bool holds(const struct node *list, str text)
{
	for (uint32_t i = 0; list && i < list->count; i++) {
		if (str_equal(list->as.children[i].text, text))
			return true;
	}
	return false;
}

static const struct node *value_of(const struct message *message,
				   const char *key)
{
	return policy_parameter(message->input.policy, str_of(key))->value;
}

static bool is_protected(const struct message *message,
			 const struct record *record)
{
	return holds(value_of(message, "git.protected_kinds"), record->kind);
}

static bool is_closed(const struct message *message,
		      const struct record *record)
{
	return holds(node_find(value_of(message, "git.closed_statuses"),
			       record->kind),
		     record->status);
}

static bool is_in_force(const struct message *message, const char *id)
{
	const struct policy *policy = message->input.policy;

	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		const struct rule *rule = policy_rule_at(policy, i);

		if (str_is(rule->id, id))
			return rule->severity != SEVERITY_OFF;
	}
	return false;
}

/* ---- what is said */

static void say(const struct message *message, str text)
{
	out_safe(message->env->out, SAFE("abide: "));
	out_text(message->env->out, text, ENCODE_TERMINAL);
	out_safe(message->env->out, SAFE("\n"));
}

static void refuse(struct message *message, const struct trailer *trailer,
		   const char *why)
{
	message->refused = true;
	say(message,
	    str_format(message->arena, "error: " STR_FMT ": " STR_FMT ": %s",
		       STR_ARG(trailer->key), STR_ARG(trailer->value), why));
}

/* ---- trailers */

static void judge_approval(struct message *message,
			   const struct trailer *trailer)
{
	const struct corpus *corpus = lint_corpus(message->now);
	str id = people_by_trailer(message->people, message->mailmap,
				   trailer->value);
	const struct record *person =
		id.len ? corpus_find(corpus, STR("person"), id) : NULL;

	if (!person)
		refuse(message, trailer,
		       "no person record has this identity (git_identities)");
	else if (!person->live)
		refuse(message, trailer, "this person has left");
	else if (str_equal(id, message->author))
		refuse(message, trailer,
		       "the author of a change does not approve it");
	else
		message->approved = true;
}

/* KIND/ID REASON, of a record that HEAD holds. */
static void judge_amends(struct message *message, const struct trailer *trailer)
{
	str reason = trailer->value;
	str id = str_cut(&reason, ' ');
	str kind = str_cut(&id, '/');

	if (!id.ptr || !corpus_find(lint_corpus(message->before), kind, id))
		refuse(message, trailer,
		       "names no record of HEAD; the form is KIND/ID REASON");
	else if (!reason.ptr || !str_trim(reason).len)
		refuse(message, trailer, "gives no reason behind the record");
}

static bool is_amends(const struct message *message,
		      const struct trailer *trailer)
{
	return str_equal_nocase(trailer->key,
				value_of(message, "git.amend_trailer")->text);
}

static bool is_approval(const struct message *message,
			const struct trailer *trailer)
{
	const struct node *keys = value_of(message, "git.approval_trailers");

	for (uint32_t i = 0; i < keys->count; i++) {
		if (str_equal_nocase(keys->as.children[i].text, trailer->key))
			return true;
	}
	return false;
}

static void judge_trailers(struct message *message)
{
	for (size_t i = 0; i < message->trailer_count; i++) {
		const struct trailer *trailer = &message->trailers[i];

		if (is_approval(message, trailer))
			judge_approval(message, trailer);
		if (is_amends(message, trailer))
			judge_amends(message, trailer);
	}
}

/* ---- records */

static bool amends(const struct message *message, const struct record *record)
{
	str name = str_format(message->arena, STR_FMT "/" STR_FMT " ",
			      STR_ARG(record->kind), STR_ARG(record->id));

	for (size_t i = 0; i < message->trailer_count; i++) {
		if (is_amends(message, &message->trailers[i]) &&
		    str_starts(message->trailers[i].value, name))
			return true;
	}
	return false;
}

static void judge_closed(struct message *message, const struct record *before)
{
	if (!is_closed(message, before) || !is_in_force(message, CLOSED) ||
	    amends(message, before))
		return;
	message->refused = true;
	say(message,
	    str_format(message->arena,
		       "error: " STR_FMT "/" STR_FMT
		       " is closed, and what edits it says '" STR_FMT
		       ": " STR_FMT "/" STR_FMT " REASON' (" CLOSED ")",
		       STR_ARG(before->kind), STR_ARG(before->id),
		       STR_ARG(value_of(message, "git.amend_trailer")->text),
		       STR_ARG(before->kind), STR_ARG(before->id)));
}

/* A record before and after; one of them may be NULL. */
struct change {
	const struct record *before, *after;
};

static bool next_change(struct change *out, size_t *at,
			const struct message *message)
{
	const struct corpus *now = lint_corpus(message->now);
	const struct corpus *before = lint_corpus(message->before);

	for (; *at < corpus_count(now); (*at)++) {
		const struct record *record = corpus_at(now, *at);
		const struct record *old =
			corpus_find(before, record->kind, record->id);

		if (old && old->root && record->root
			    ? node_equal(old->root, record->root)
			    : false)
			continue;
		*out = (struct change){old, record};
		(*at)++;
		return true;
	}
	for (; *at < corpus_count(now) + corpus_count(before); (*at)++) {
		const struct record *old =
			corpus_at(before, *at - corpus_count(now));

		if (corpus_find(now, old->kind, old->id))
			continue;
		*out = (struct change){old, NULL};
		(*at)++;
		return true;
	}
	return false;
}

static void say_open(const struct message *message, str names, size_t count)
{
	if (!count || message->approved || !is_in_force(message, FOUR_EYES))
		return;
	say(message,
	    str_format(message->arena,
		       "note: " STR_FMT "%s wants the approval of another "
		       "person, and this message names none; whether one is "
		       "there is judged when it is committed (" FOUR_EYES ")",
		       STR_ARG(names), count > 1 ? ", ..." : ""));
}

static void judge(struct message *message)
{
	size_t protected_count = 0;
	bool asked = false;
	struct change change;
	str first = {0};
	size_t at = 0;

	while (next_change(&change, &at, message)) {
		const struct record *one =
			change.after ? change.after : change.before;
		bool closed =
			change.before && is_closed(message, change.before);

		if (is_protected(message, one) && protected_count++ == 0)
			first = str_format(message->arena, STR_FMT "/" STR_FMT,
					   STR_ARG(one->kind),
					   STR_ARG(one->id));
		if ((closed || protected_count) && !asked) {
			judge_trailers(message);
			asked = true;
		}
		if (closed)
			judge_closed(message, change.before);
	}
	say_open(message, first, protected_count);
}

/* ---- the command */

static bool read_mailmap(struct message *message, struct error *err)
{
	const struct snapshot *snapshot = message->input.snapshot;
	const struct entry *entry = snapshot_find(snapshot, STR(".mailmap"));
	struct snapshot_reader *reader;
	struct blob blob;
	bool done;

	if (!entry)
		return true;
	reader = snapshot_reader_new(snapshot, limits_default.yaml_size);
	done = snapshot_read(&blob, reader, entry, err);
	if (done)
		message->mailmap = mailmap_parse(
			str_keep(message->arena, blob.bytes), message->arena);
	snapshot_reader_free(reader);
	return done;
}

/* git tells its hooks whom it writes down as the author. */
static str author_of(const struct message *message)
{
	const char *mail = message->env->variable("GIT_AUTHOR_EMAIL");
	const char *name = message->env->variable("GIT_AUTHOR_NAME");
	struct identity identity = {
		.name = name ? str_of(name) : STR(""),
		.email = mail ? str_of(mail) : STR(""),
	};

	return people_by_mail(message->people,
			      mailmap_find(message->mailmap, identity).email);
}

static bool open_head(struct message *message, struct error *err)
{
	struct head head;

	return repo_head(&head, message->input.repo, message->arena, err) &&
	       (!head.oid.len ||
		snapshot_of_commit(&message->head, message->input.repo,
				   STR("HEAD"), err));
}

static bool judge_message(struct message *message,
			  const struct options *options, struct error *err)
{
	struct options staged = *options;

	staged.times[OPTION_STAGED] = 1;
	if (!read_message(message, options->arguments[1], err) ||
	    !input_open(&message->input, message->env, &staged, err) ||
	    !open_head(message, err))
		return false;
	/* What a repository begins with is nobody's change. */
	if (!message->head || !any_change(message))
		return true;
	if (!load(&message->now, message, message->input.snapshot, err) ||
	    !load(&message->before, message, message->head, err) ||
	    !read_mailmap(message, err))
		return false;
	message->people = people_new(lint_corpus(message->now));
	message->author = author_of(message);
	judge(message);
	return true;
}

enum status hook_message(const struct env *env, const struct options *options)
{
	struct message message = {.env = env, .arena = options->arena};
	enum status status = STATUS_PASS;
	struct error err;

	if (options->argument_count != 2)
		(void)error_set(&err, ERROR_USAGE,
				"hook message wants the file of the message");
	if (options->argument_count != 2 ||
	    !judge_message(&message, options, &err))
		status = complain(env, &err);
	else if (message.refused)
		status = STATUS_FINDINGS;
	people_free(message.people);
	lint_run_free(message.now);
	lint_run_free(message.before);
	snapshot_free(message.head);
	input_close(&message.input);
	return status;
}
