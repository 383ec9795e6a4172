/* when - `abide when`: how strong the evidence is for the time of a value. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/past_say.h"
#include "cmd/receipts.h"

enum { SCHEMA = 1, LONGEST = 120 };

/* What is known of when a value came to be, from the weakest to the strongest
 * (git's own dates are set by whoever makes the commit). */
struct when {
	struct past *past;
	const struct trail *trail;
	const struct node *value;
	struct mask_values masks;
	str pointer;
	const struct change *change; /* that last set the value */
	bool claims;		     /* T0: the value is a date or time */
	bool ordered;	 /* T2: the committer's date is not before a parent's */
	const char *why; /* why it is not */
	bool receipts;	 /* are there notes at all? */
	bool received;	 /* T3 */
	struct receipt receipt;
	bool second; /* a signature, and not the maker's own commit */
	bool proven; /* T4: git calls it good, the committer's, in force */
};

/* ---- evidence */

static bool check_order(struct when *when, struct error *err)
{
	const struct commit_facts *landing = when->change->landing;
	struct commit_facts parent;

	when->ordered = landing->committer.dated;
	if (!when->ordered)
		when->why = "the commit has no committer date that can be read";
	for (size_t i = 0; when->ordered && i < landing->parent_count; i++) {
		if (!commit_facts_read(&parent, when->past->reader,
				       &landing->parents[i], NULL,
				       when->past->arena, err))
			return false;
		if (!parent.committer.dated)
			when->why = "a parent has no date that can be read";
		else if (instant_compare(landing->when, parent.when) < 0)
			when->why = "it is before the date of a parent";
		when->ordered = !when->why;
	}
	return true;
}

/* The first commit from the landing on that was received holds the value as
 * well. */
static bool find_receipt(struct when *when, struct error *err)
{
	const struct history *history = when->past->history;
	struct receipts *receipts;
	bool ok = true;

	if (!receipts_open(&receipts, when->past->input.repo, err))
		return false;
	when->receipts = receipts != NULL;
	for (size_t i = when->change->number;
	     ok && !when->received && receipts && i < history_count(history);
	     i++)
		ok = receipt_find(&when->receipt, &when->received, receipts,
				  &history_landing(history, i)->oid,
				  when->past->arena, err);
	receipts_close(receipts);
	return ok;
}

static bool verify(struct when *when, struct error *err)
{
	const struct commit_facts *landing = when->change->landing;
	struct verify_list list = {0};
	const struct signature_check *check;
	bool done;

	*vec_push(&list.commits) = landing;
	*vec_push(&list.commits) = when->change->maker;
	done = past_verify(when->past, &list, err);
	check = evidence_check(&when->past->evidence, landing);
	when->proven = when->second && check &&
		       check->verdict == SIGNATURE_GOOD && !check->other &&
		       !check->ended;
	vec_done(&list.commits);
	return done;
}

static const char *second_note(const struct when *when)
{
	if (!when->second)
		return "";
	if (when->proven)
		return "T4: verified";
	return when->past->evidence.verified ? "not T4" : "T4 once verified";
}

static bool find_evidence(struct when *when, struct error *err)
{
	const struct commit_facts *landing = when->change->landing;
	const struct commit_facts *maker = when->change->maker;
	struct instant ignored;

	when->claims = when->value->kind == NODE_STRING &&
		       (date_parse(&ignored, when->value->text) ||
			instant_parse(&ignored, when->value->text));
	when->second = landing->signature != SIGNATURE_NONE &&
		       landing->committer_is.email.len &&
		       maker->author_is.email.len &&
		       !str_equal_nocase(landing->committer_is.email,
					 maker->author_is.email);
	return check_order(when, err) && find_receipt(when, err) &&
	       verify(when, err);
}

/* ---- writing */

static str recorded(const struct when *when, const struct ident *ident)
{
	str time = say_time(when->past, ident);

	return time.ptr ? time : STR("no date");
}

static void write_row(struct out *out, struct safe title, str text, str note)
{
	out_safe(out, SAFE("  "));
	out_safe(out, title);
	out_repeat(out, SAFE(" "),
		   title.text.len < 10 ? 10 - title.text.len : 1);
	out_text_cut(out, text, LONGEST, ENCODE_TERMINAL);
	if (note.len) {
		out_safe(out, SAFE("  "));
		out_text(out, note, ENCODE_TERMINAL);
	}
	out_safe(out, SAFE("\n"));
}

static str receipt_text(const struct when *when)
{
	char text[INSTANT_TEXT];

	if (!when->received)
		return when->receipts ? STR("no receipt of this commit or a "
					    "later one")
				      : STR("none: there is no " RECEIPTS_REF);
	return str_keep(
		when->past->arena,
		str_make(text, instant_format(text, when->receipt.received)));
}

static str receipt_note(const struct when *when)
{
	struct arena *arena = when->past->arena;

	if (!when->received)
		return STR("");
	return str_format(arena,
			  "T3: as " RECEIPTS_REF " states it for " STR_FMT
			  "%s" STR_FMT,
			  STR_ARG(say_short(when->past, &when->receipt.of)),
			  when->receipt.pusher.len ? ", pushed by " : "",
			  STR_ARG(when->receipt.pusher));
}

static str second_text(const struct when *when)
{
	const struct commit_facts *landing = when->change->landing;

	if (landing->signature == SIGNATURE_NONE)
		return STR("none: the commit is unsigned");
	if (!when->second)
		return str_format(when->past->arena,
				  "none: " STR_FMT ", by the maker",
				  STR_ARG(say_signature(when->past, landing)));
	return str_format(when->past->arena, STR_FMT ", committer " STR_FMT,
			  STR_ARG(say_signature(when->past, landing)),
			  STR_ARG(say_person(&landing->committer,
					     &landing->committer_is)));
}

static void write_text(const void *what)
{
	const struct when *when = what;
	const struct past *past = when->past;
	const struct commit_facts *landing = when->change->landing;
	const struct commit_facts *maker = when->change->maker;
	struct out *out = past->env->out;

	out_text(out, when->trail->kind, ENCODE_TERMINAL);
	out_safe(out, SAFE("/"));
	out_text(out, when->trail->id, ENCODE_TERMINAL);
	out_safe(out, SAFE(" "));
	out_text(out, say_field(when->pointer), ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
	write_row(out, SAFE("value"),
		  say_value(past, when->value, &when->masks),
		  when->claims ? STR("T0: the time the field claims")
			       : STR("(claims no time)"));
	write_row(out, SAFE("landed in"), say_short(past, &landing->oid),
		  landing->subject);
	write_row(
		out, SAFE("author"), recorded(when, &maker->author),
		str_format(
			past->arena, "%s: as " STR_FMT " states it in " STR_FMT,
			maker->author.dated ? "T1" : "not T1",
			STR_ARG(say_person(&maker->author, &maker->author_is)),
			STR_ARG(say_short(past, &maker->oid))));
	write_row(out, SAFE("committer"), recorded(when, &landing->committer),
		  when->ordered
			  ? STR("T2: stated, and not before any parent's")
			  : str_format(past->arena, "not T2: %s", when->why));
	write_row(out, SAFE("received"), receipt_text(when),
		  receipt_note(when));
	write_row(out, SAFE("signed"), second_text(when),
		  str_of(second_note(when)));
	write_row(out, SAFE("external"), STR("none known"),
		  STR("T5 would be a time stamp of a third party"));
	out_safe(out, SAFE("\n"));
	say_ground(past, out, ENCODE_TERMINAL);
}

static const char *best_tier(const struct when *when)
{
	if (when->proven)
		return "T4";
	if (when->received)
		return "T3";
	if (when->ordered)
		return "T2";
	if (when->change->maker->author.dated)
		return "T1";
	return when->claims ? "T0" : "none";
}

static void write_receipt(const struct when *when, struct json *json)
{
	json_key(json, STR("received"));
	if (!when->received) {
		json_null(json);
		return;
	}
	json_object(json);
	json_key(json, STR("time"));
	json_text(json, receipt_text(when));
	json_key(json, STR("commit"));
	json_text(json, input_hex(when->past->arena, when->receipt.of));
	json_text_or_null(json, STR("ref"), when->receipt.ref);
	json_text_or_null(json, STR("pusher"), when->receipt.pusher);
	json_end(json);
}

static void write_json(const void *what)
{
	const struct when *when = what;
	const struct past *past = when->past;
	struct json json = past_json_start(past, SCHEMA);

	say_json_ground(past, &json);
	json_key(&json, STR("kind"));
	json_text(&json, when->trail->kind);
	json_key(&json, STR("id"));
	json_text(&json, when->trail->id);
	json_key(&json, STR("pointer"));
	json_text(&json, when->pointer);
	json_key(&json, STR("value"));
	say_json_value(&json, when->value, &when->masks);
	json_key(&json, STR("claims_time"));
	json_bool(&json, when->claims);
	json_commit(&json, past, STR("landing"), when->change->landing);
	json_commit(&json, past, STR("maker"), when->change->maker);
	json_key(&json, STR("not_before_parents"));
	json_bool(&json, when->ordered);
	write_receipt(when, &json);
	json_key(&json, STR("signed_by_second_party"));
	json_bool(&json, when->second);
	json_key(&json, STR("external"));
	json_null(&json);
	json_key(&json, STR("tier"));
	json_text(&json, str_of(best_tier(when)));
	json_key(&json, STR("lossy"));
	json_bool(&json, out_json_is_lossy(json.out));
	past_json_end(&json, past);
}

static const struct writer writers[] = {
	{"text", write_text},
	{"json", write_json},
};

/* ---- the command */

static bool find_value(struct when *when, struct error *err)
{
	const struct node *root;

	when->pointer = past_field(when->past);
	if (!when->pointer.ptr)
		return error_set(err, ERROR_USAGE,
				 "when wants a field: --field POINTER");
	if (!past_tree(&root, when->past, when->trail, err))
		return false;
	when->value = node_find_at(root, when->pointer);
	if (!when->value || !past_lives(when->trail))
		return error_set(
			err, ERROR_USAGE,
			STR_FMT "/" STR_FMT "%s '" STR_FMT "'",
			STR_ARG(when->trail->kind), STR_ARG(when->trail->id),
			past_lives(when->trail) ? " has no field"
						: " is gone, and with it",
			STR_ARG(say_field(when->pointer)));
	mask_values(&when->masks, when->past->input.policy, when->trail->kind,
		    when->pointer, when->value, when->past->arena);
	when->change = trail_field(when->trail, when->pointer);
	return true;
}

static bool read_when(struct when *when, const struct options *options,
		      struct error *err)
{
	if (options->argument_count != 1)
		return error_set(err, ERROR_USAGE, "when wants one record");
	return past_find_one(&when->trail, when->past, options->arguments[0],
			     err) &&
	       find_value(when, err) && find_evidence(when, err);
}

static enum status run(const struct env *env, const struct options *options)
{
	const struct writer *writer;
	enum status status = STATUS_PASS;
	struct when when = {0};
	struct past past;
	struct error err;

	if (!find_writer(&writer, writers, ARRAY_SIZE(writers), options,
			 &err) ||
	    !past_open(&past, env, options, &err))
		return complain(env, &err);
	when.past = &past;
	if (read_when(&when, options, &err))
		past_write(writer, &past, &when);
	else
		status = complain(env, &err);
	past_close(&past);
	return status;
}

extern const struct command command_when;
const struct command command_when = {
	.name = "when",
	.arguments = "RECORD",
	.summary = "show what evidence there is for the time of a value",
	.details =
		"Shows for a field all that is stated about when its value "
		"came to be, by tier: T0 the\nfield's own claim, T1 the "
		"author's date, T2 a committer's date that is not before "
		"any\nparent's, T3 a receipt by the server, T4 a signature of "
		"a "
		"second party, T5 a time stamp\nof a third. A time says "
		"\"existed no later than\"; below T3 it is a claim by whoever "
		"made\nthe commit.\n",
	.examples = "  abide when incident/inc-2026-006 --field aware_at\n",
	.run = run,
};
