/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/since.h"

#include "policy/citation.h"

enum { SCHEMA = 1, SHOWN = 10, LONGEST = 100 };

static str date_of(const struct since *since, struct instant at)
{
	char text[INSTANT_TEXT];

	return str_keep(since->past->arena,
			str_make(text, date_format(text, at)));
}

static bool is_last(const struct since *since, const struct stretch *piece)
{
	return instant_compare(piece->until, since->frame.until) == 0;
}

/* Nothing was looked at before its beginning. */
static bool is_clipped(const struct since *since, const struct stretch *piece)
{
	return since->clipped &&
	       instant_compare(piece->from, since->frame.from) == 0;
}

static bool reaches_now(const struct since *since)
{
	return instant_compare(since->frame.until, since->past->input.now) == 0;
}

/* The last date that a piece touches; "now" at the end of a frame that goes up
 * to now. */
static str end_of(const struct since *since, const struct stretch *piece)
{
	struct instant last = piece->until;

	if (is_last(since, piece) && reaches_now(since))
		return STR("now");
	if (last.nanos == 0)
		last.seconds--;
	return date_of(since, last);
}

static str law_of(const struct since *since)
{
	str rest = since->name;
	struct citation citation = {.framework = str_cut(&rest, ':'),
				    .name = since->name};
	struct buf text;
	str kept;

	buf_init(&text, 1 << 16);
	citation_format(&text, &citation);
	kept = str_keep(since->past->arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

/* The pieces in their order, in force or not. */
struct piece {
	struct stretch when;
	bool holds;
};

static size_t all_pieces(const struct since *since, const struct piece **out)
{
	size_t count = since->gap_count + since->hold_count;
	struct piece *pieces =
		arena_array(since->past->arena, struct piece, count);
	size_t g = 0;
	size_t h = 0;

	for (size_t i = 0; i < count; i++) {
		bool holds = g == since->gap_count ||
			     (h < since->hold_count &&
			      instant_compare(since->holds[h].from,
					      since->gaps[g].from) < 0);

		pieces[i] = (struct piece){
			holds ? since->holds[h++] : since->gaps[g++], holds};
	}
	*out = pieces;
	return count;
}

static int64_t days_in_force(const struct since *since)
{
	return stretches_days(&since->frame, 1) -
	       stretches_days(since->gaps, since->gap_count);
}

static str what_of(const struct since *since, const struct since_reason *reason)
{
	return reason->rule.ptr
		       ? str_format(since->past->arena, STR_FMT ": " STR_FMT,
				    STR_ARG(reason->rule),
				    STR_ARG(reason->what))
		       : reason->what;
}

/* ---- text */

static void write_reasons(const struct since *since, struct out *out,
			  const struct stretch *gap)
{
	size_t more = 0;
	size_t shown = 0;

	for (size_t i = 0; i < since->reasons.count; i++) {
		const struct since_reason *reason = &since->reasons.at[i];
		struct stretch both;

		if (!stretch_meet(&both, gap, &reason->when))
			continue;
		if (shown++ >= SHOWN) {
			more++;
			continue;
		}
		out_safe(out, SAFE("    "));
		out_text(out, date_of(since, reason->when.from),
			 ENCODE_TERMINAL);
		out_safe(out, SAFE(" to "));
		out_text(out, end_of(since, &reason->when), ENCODE_TERMINAL);
		out_safe(out, SAFE("  "));
		out_text_cut(out, what_of(since, reason), LONGEST,
			     ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
	if (more) {
		out_safe(out, SAFE("    and "));
		out_size(out, more);
		out_safe(out, SAFE(" more, all of them with --format json\n"));
	}
}

static void write_end(const struct since *since, struct out *out,
		      enum encode_context context)
{
	const struct stretch *last =
		since->hold_count ? &since->holds[since->hold_count - 1] : NULL;
	struct instant until = since->frame.until;

	until.seconds--;
	if (!reaches_now(since)) {
		out_safe(out, SAFE("at the end of "));
		out_text(out, date_of(since, until), context);
		out_safe(out, SAFE(" "));
	}
	if (last && is_last(since, last)) {
		out_safe(out, SAFE("in force since "));
		out_text(out, date_of(since, last->from), context);
		if (is_clipped(since, last))
			out_safe(out, SAFE(" or before"));
	} else {
		out_safe(out, SAFE("not in force"));
	}
	out_safe(out, SAFE("; "));
	out_size(out, (size_t)days_in_force(since));
	out_safe(out, SAFE(" of "));
	out_size(out, (size_t)stretches_days(&since->frame, 1));
	out_safe(out, SAFE(" days from "));
	out_text(out, date_of(since, since->frame.from), context);
	out_safe(out, SAFE(" to "));
	out_text(out, date_of(since, until), context);
	out_safe(out, SAFE("\n"));
}

void since_write_text(const void *what)
{
	const struct since *since = what;
	struct out *out = since->past->env->out;
	const struct piece *pieces;
	size_t count = all_pieces(since, &pieces);

	out_text(out, law_of(since), ENCODE_TERMINAL);
	out_safe(out, SAFE("  control/"));
	out_text(out, since->trail->id, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n\n"));
	for (size_t i = 0; i < count; i++) {
		const struct stretch *when = &pieces[i].when;
		size_t days = (size_t)stretches_days(when, 1);

		out_safe(out, pieces[i].holds ? SAFE("in force  ")
					      : SAFE("gap       "));
		out_text(out, date_of(since, when->from), ENCODE_TERMINAL);
		out_safe(out, SAFE(" to "));
		out_text(out, end_of(since, when), ENCODE_TERMINAL);
		out_safe(out, SAFE(", "));
		out_size(out, days);
		out_safe(out, days == 1 ? SAFE(" day\n") : SAFE(" days\n"));
		if (!pieces[i].holds)
			write_reasons(since, out, when);
	}
	out_safe(out, SAFE("\n"));
	write_end(since, out, ENCODE_TERMINAL);
	for (size_t i = 0; i < since->notes.count; i++) {
		out_safe(out, SAFE("note: "));
		out_text(out, since->notes.at[i], ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
	say_ground(since->past, out, ENCODE_TERMINAL);
}

/* ---- json */

static void json_time(struct json *json, str key, struct instant at)
{
	char text[INSTANT_TEXT];

	json_text_or_null(json, key, str_make(text, instant_format(text, at)));
}

static void json_piece(struct json *json, const struct stretch *piece)
{
	json_time(json, STR("from"), piece->from);
	json_time(json, STR("until"), piece->until);
	json_key(json, STR("days"));
	json_int(json, stretches_days(piece, 1));
}

static void json_reasons(struct json *json, const struct since *since,
			 const struct stretch *gap)
{
	json_key(json, STR("reasons"));
	json_array(json);
	for (size_t i = 0; i < since->reasons.count; i++) {
		const struct since_reason *reason = &since->reasons.at[i];
		struct stretch both;

		if (!stretch_meet(&both, gap, &reason->when))
			continue;
		json_object(json);
		json_piece(json, &reason->when);
		json_text_or_null(json, STR("what"), reason->what);
		json_text_or_null(json, STR("rule"), reason->rule);
		json_text_or_null(json, STR("fingerprint"),
				  reason->fingerprint);
		json_end(json);
	}
	json_end(json);
}

static void json_lists(struct json *json, const struct since *since)
{
	json_key(json, STR("in_force"));
	json_array(json);
	for (size_t i = 0; i < since->hold_count; i++) {
		json_object(json);
		json_piece(json, &since->holds[i]);
		json_end(json);
	}
	json_end(json);
	json_key(json, STR("gaps"));
	json_array(json);
	for (size_t i = 0; i < since->gap_count; i++) {
		json_object(json);
		json_piece(json, &since->gaps[i]);
		json_reasons(json, since, &since->gaps[i]);
		json_end(json);
	}
	json_end(json);
	json_key(json, STR("notes"));
	json_array(json);
	for (size_t i = 0; i < since->notes.count; i++)
		json_text(json, since->notes.at[i]);
	json_end(json);
}

void since_write_json(const void *what)
{
	const struct since *since = what;
	const struct stretch *last =
		since->hold_count ? &since->holds[since->hold_count - 1] : NULL;
	struct json json = past_json_start(since->past, SCHEMA);

	json_time(&json, STR("as_of"), since->past->input.now);
	json_text_or_null(&json, STR("control"), since->name);
	json_text_or_null(&json, STR("record"), since->trail->id);
	json_piece(&json, &since->frame);
	json_key(&json, STR("days_in_force"));
	json_int(&json, days_in_force(since));
	if (last && is_last(since, last)) {
		json_time(&json, STR("in_force_since"), last->from);
	} else {
		json_key(&json, STR("in_force_since"));
		json_null(&json);
	}
	json_key(&json, STR("or_before"));
	json_bool(&json,
		  last && is_last(since, last) && is_clipped(since, last));
	json_lists(&json, since);
	say_json_ground(since->past, &json);
	past_json_end(&json, since->past);
}

/* ---- tables */

static void write_row(const struct since *since, const struct table *table,
		      const struct stretch *when, str state, str reason)
{
	out_safe(table->out, table->start);
	table_cell(table, state, false);
	table_cell(table, date_of(since, when->from), false);
	table_cell(table, end_of(since, when), false);
	table_cell(table,
		   str_format(since->past->arena, "%lld",
			      (long long)stretches_days(when, 1)),
		   false);
	table_cell(table, reason, true);
}

static void write_rows(const struct since *since, const struct table *table)
{
	const struct piece *pieces;
	size_t count = all_pieces(since, &pieces);

	for (size_t i = 0; i < count; i++) {
		write_row(since, table, &pieces[i].when,
			  pieces[i].holds ? STR("in force") : STR("gap"),
			  STR(""));
		for (size_t k = 0; k < since->reasons.count; k++) {
			const struct since_reason *reason =
				&since->reasons.at[k];
			struct stretch both;

			if (!pieces[i].holds &&
			    stretch_meet(&both, &pieces[i].when, &reason->when))
				write_row(since, table, &reason->when,
					  STR("reason"),
					  what_of(since, reason));
		}
	}
}

void since_write_csv(const void *what)
{
	const struct since *since = what;
	struct table table = table_csv(since->past->env->out);

	out_safe(table.out, SAFE("state,from,to,days,reason\r\n"));
	write_rows(since, &table);
}

void since_write_markdown(const void *what)
{
	const struct since *since = what;
	struct out *out = since->past->env->out;
	struct table table = table_markdown(out);

	out_safe(out, SAFE("| State | From | To | Days | Reason |\n"
			   "|---|---|---|---|---|\n"));
	write_rows(since, &table);
	out_safe(out, SAFE("\n"));
	out_text(out, law_of(since), ENCODE_MARKDOWN);
	out_safe(out, SAFE(": "));
	write_end(since, out, ENCODE_MARKDOWN);
	out_safe(out, SAFE("\n"));
	for (size_t i = 0; i < since->notes.count; i++) {
		out_safe(out, SAFE("- "));
		out_text(out, since->notes.at[i], ENCODE_MARKDOWN);
		out_safe(out, SAFE("\n"));
	}
	say_ground_below(since->past);
}
