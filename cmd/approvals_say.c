/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/approvals.h"

enum { SCHEMA = 1 };

static str name_of(const struct approvals *approvals,
		   const struct agreement *agreement)
{
	const struct trail *trail = agreement->change->trail;

	return str_format(approvals->past->arena, STR_FMT "/" STR_FMT,
			  STR_ARG(trail->kind), STR_ARG(trail->id));
}

static str join(const struct approvals *approvals, const str *texts,
		size_t count, str between)
{
	struct buf buf;
	str text;

	buf_init(&buf, SIZE_MAX);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add(&buf, between);
		buf_add(&buf, texts[i]);
	}
	text = str_keep(approvals->past->arena, buf_str(&buf));
	buf_done(&buf);
	return text;
}

/* "period, basis/law"; of a record that came or went that word. */
static str fields_of(const struct approvals *approvals,
		     const struct agreement *agreement)
{
	const struct change *change = agreement->change;
	str *fields =
		arena_array(approvals->past->arena, str, change->field_count);

	if (change->field_count == 0)
		return str_of(change_kind_name(change->kind));
	for (size_t i = 0; i < change->field_count; i++)
		fields[i] = say_field(change->fields[i].pointer);
	return join(approvals, fields, change->field_count, STR(", "));
}

static str needs_of(const struct approvals *approvals,
		    const struct agreement *agreement)
{
	return agreement->need_count ? join(approvals, agreement->needs,
					    agreement->need_count, STR(" or "))
				     : STR("another person");
}

static str person_of(str person)
{
	return person.len ? person : STR("nobody known");
}

/* "Approved-by of the commit: Bob <bob@x> (p-bob), hr, not-entitled" */
static str voice_of(const struct approvals *approvals,
		    const struct voice *voice)
{
	struct arena *arena = approvals->past->arena;
	bool verified = approvals->past->evidence.verified;
	str by = str_is(voice->by, "merge") ? STR("the merge")
		 : str_is(voice->by, "signature")
			 ? (verified ? STR("a verified signature")
				     : STR("a signature, not verified"))
		 : str_is(voice->by, "merge-trailer")
			 ? str_format(arena, STR_FMT " of the merge",
				      STR_ARG(voice->key))
			 : str_format(arena, STR_FMT " of the commit",
				      STR_ARG(voice->key));
	str duties = voice->duty_count ? join(approvals, voice->duties,
					      voice->duty_count, STR(" and "))
				       : STR("no duty then");

	if (voice->person.len == 0)
		return str_format(arena, STR_FMT " (nobody known), by " STR_FMT,
				  STR_ARG(voice->said), STR_ARG(by));
	return str_format(
		arena,
		STR_FMT " (" STR_FMT ", " STR_FMT "), by " STR_FMT ": %s",
		STR_ARG(voice->said), STR_ARG(voice->person), STR_ARG(duties),
		STR_ARG(by), agreement_state_name(voice->state));
}

/* ---- text */

static void write_row(const struct approvals *approvals,
		      const struct agreement *agreement)
{
	const struct past *past = approvals->past;
	const struct change *change = agreement->change;
	struct out *out = past->env->out;

	out_text(out, str_of(agreement_state_name(agreement->state)),
		 ENCODE_TERMINAL);
	out_safe(out, SAFE("  "));
	out_text(out, name_of(approvals, agreement), ENCODE_TERMINAL);
	out_safe(out, SAFE("  "));
	out_text(out, fields_of(approvals, agreement), ENCODE_TERMINAL);
	out_safe(out, SAFE("\n    "));
	out_text(out, say_date(past, change->landing), ENCODE_TERMINAL);
	out_safe(out, SAFE("  "));
	out_text(out, say_short(past, &change->maker->oid), ENCODE_TERMINAL);
	if (change->maker != change->landing) {
		out_safe(out, SAFE(" landed with "));
		out_text(out, say_short(past, &change->landing->oid),
			 ENCODE_TERMINAL);
	}
	out_safe(out, SAFE("  "));
	out_text(out,
		 say_person(&change->maker->author, &change->maker->author_is),
		 ENCODE_TERMINAL);
	out_safe(out, SAFE(" ("));
	out_text(out, person_of(agreement->person), ENCODE_TERMINAL);
	out_safe(out, SAFE("), "));
	out_text(out, say_signature(past, change->maker), ENCODE_TERMINAL);
	out_safe(out, SAFE("\n    needs "));
	out_text(out, needs_of(approvals, agreement), ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
	for (size_t i = 0; i < agreement->voice_count; i++) {
		out_safe(out, SAFE("    has "));
		out_text(out, voice_of(approvals, &agreement->voices[i]),
			 ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
	if (agreement->voice_count == 0)
		out_safe(out, SAFE("    has none\n"));
	out_safe(out, SAFE("\n"));
}

static void write_counts(const struct approvals *approvals,
			 enum encode_context context)
{
	struct out *out = approvals->past->env->out;
	bool first = true;

	out_size(out, approvals->rows.count);
	out_safe(out, approvals->rows.count == 1
			      ? SAFE(" change of a protected kind")
			      : SAFE(" changes of protected kinds"));
	for (size_t i = 0; i < AGREEMENT_STATES; i++) {
		if (approvals->counts[i] == 0)
			continue;
		out_safe(out, first ? SAFE(": ") : SAFE(", "));
		out_size(out, approvals->counts[i]);
		out_safe(out, SAFE(" "));
		out_text(out,
			 str_of(agreement_state_name((enum agreement_state)i)),
			 context);
		first = false;
	}
	out_safe(out, SAFE("\n"));
}

void approvals_write_text(const void *what)
{
	const struct approvals *approvals = what;

	for (size_t i = 0; i < approvals->rows.count; i++)
		write_row(approvals, approvals->rows.at[i]);
	write_counts(approvals, ENCODE_TERMINAL);
	say_ground(approvals->past, approvals->past->env->out, ENCODE_TERMINAL);
}

/* ---- json */

static void texts(struct json *json, str key, const str *list, size_t count)
{
	json_key(json, key);
	json_array(json);
	for (size_t i = 0; i < count; i++)
		json_text(json, list[i]);
	json_end(json);
}

static void json_voice(struct json *json, const struct voice *voice)
{
	json_object(json);
	json_text_or_null(json, STR("by"), voice->by);
	json_text_or_null(json, STR("trailer"), voice->key);
	json_text_or_null(json, STR("said"), voice->said);
	json_text_or_null(json, STR("person"),
			  voice->person.len ? voice->person : (str){0});
	texts(json, STR("duties"), voice->duties, voice->duty_count);
	json_text_or_null(json, STR("verdict"),
			  str_of(agreement_state_name(voice->state)));
	json_end(json);
}

static void json_row(struct json *json, const struct approvals *approvals,
		     const struct agreement *agreement)
{
	const struct change *change = agreement->change;

	json_object(json);
	json_text_or_null(json, STR("verdict"),
			  str_of(agreement_state_name(agreement->state)));
	json_text_or_null(json, STR("kind"), change->trail->kind);
	json_text_or_null(json, STR("id"), change->trail->id);
	json_text_or_null(json, STR("path"),
			  change->path.ptr ? change->path
					   : change->path_before);
	json_text_or_null(json, STR("change"),
			  str_of(change_kind_name(change->kind)));
	json_key(json, STR("fields"));
	json_array(json);
	for (size_t i = 0; i < change->field_count; i++)
		json_text(json, change->fields[i].pointer);
	json_end(json);
	json_text_or_null(json, STR("person"),
			  agreement->person.len ? agreement->person : (str){0});
	texts(json, STR("needs_one_of"), agreement->needs,
	      agreement->need_count);
	json_key(json, STR("approvals"));
	json_array(json);
	for (size_t i = 0; i < agreement->voice_count; i++)
		json_voice(json, &agreement->voices[i]);
	json_end(json);
	json_commit(json, approvals->past, STR("landing"), change->landing);
	json_commit(json, approvals->past, STR("maker"), change->maker);
	json_end(json);
}

void approvals_write_json(const void *what)
{
	const struct approvals *approvals = what;
	struct json json = past_json_start(approvals->past, SCHEMA);

	json_key(&json, STR("changes"));
	json_array(&json);
	for (size_t i = 0; i < approvals->rows.count; i++)
		json_row(&json, approvals, approvals->rows.at[i]);
	json_end(&json);
	say_json_ground(approvals->past, &json);
	past_json_end(&json, approvals->past);
}

/* ---- tables */

static void write_cells(const struct approvals *approvals,
			const struct table *table,
			const struct agreement *agreement)
{
	const struct past *past = approvals->past;
	const struct change *change = agreement->change;
	str *voices = arena_array(past->arena, str, agreement->voice_count);

	for (size_t i = 0; i < agreement->voice_count; i++)
		voices[i] = voice_of(approvals, &agreement->voices[i]);
	out_safe(table->out, table->start);
	table_cell(table, say_date(past, change->landing), false);
	table_cell(table, say_short(past, &change->maker->oid), false);
	table_cell(table, say_short(past, &change->landing->oid), false);
	table_cell(
		table,
		say_person(&change->maker->author, &change->maker->author_is),
		false);
	table_cell(table, agreement->person, false);
	table_cell(table, name_of(approvals, agreement), false);
	table_cell(table, fields_of(approvals, agreement), false);
	table_cell(table, needs_of(approvals, agreement), false);
	table_cell(table,
		   join(approvals, voices, agreement->voice_count, STR("; ")),
		   false);
	table_cell(table, str_of(agreement_state_name(agreement->state)), true);
}

void approvals_write_csv(const void *what)
{
	const struct approvals *approvals = what;
	struct table table = table_csv(approvals->past->env->out);

	out_safe(table.out, SAFE("date,commit,landing,author,person,record,"
				 "fields,needs,has,verdict\r\n"));
	for (size_t i = 0; i < approvals->rows.count; i++)
		write_cells(approvals, &table, approvals->rows.at[i]);
}

void approvals_write_markdown(const void *what)
{
	const struct approvals *approvals = what;
	struct table table = table_markdown(approvals->past->env->out);

	out_safe(table.out,
		 SAFE("| Date | Commit | Landing | Author | Person | Record | "
		      "Fields | Needs | Has | Verdict |\n"
		      "|---|---|---|---|---|---|---|---|---|---|\n"));
	for (size_t i = 0; i < approvals->rows.count; i++)
		write_cells(approvals, &table, approvals->rows.at[i]);
	out_safe(table.out, SAFE("\n"));
	write_counts(approvals, ENCODE_MARKDOWN);
	say_ground_below(approvals->past);
}
