/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/report.h"

enum {
	VALUE_MOST = 200, /* code points of one value */
	FIELDS_MOST = 24, /* shown of one record in one commit */
	ADDED_MOST = 40,  /* records named of one commit that adds many */
};

struct changes {
	const struct dossier *dossier;
	struct past_span span;
	bool asked;	      /* --since */
	struct instant since; /* of the default span */
};

static bool is_shown(const struct changes *changes, size_t landing)
{
	const struct past *past = changes->dossier->past;
	const struct commit_facts *facts =
		history_landing(past->history, landing);

	if (changes->asked)
		return past_in_span(&changes->span, past, landing);
	return !facts->committer.dated ||
	       instant_compare(facts->when, changes->since) >= 0;
}

/* ---- values */

static void write_value(const struct changes *changes,
			const struct change *change, str pointer,
			const struct node *value)
{
	const struct dossier *dossier = changes->dossier;
	const struct trail *trail = change->trail;
	struct mask_values masks = {0};

	if (report_hides(dossier, trail->kind, trail->id, pointer)) {
		page_text(dossier->out, STR("***"));
		return;
	}
	mask_values(&masks, dossier->input->policy, trail->kind, pointer, value,
		    dossier->arena);
	out_text_cut(dossier->out, say_value(dossier->past, value, &masks),
		     VALUE_MOST, ENCODE_HTML);
}

static void write_field(const struct changes *changes,
			const struct change *change,
			const struct field_change *field)
{
	struct out *out = changes->dossier->out;

	out_safe(out, SAFE("<li><code>"));
	page_text(out, say_field(field->pointer));
	out_safe(out, SAFE("</code> "));
	if (field->reordered) {
		out_safe(out, SAFE("in another order</li>"));
		return;
	}
	if (field->before) {
		out_safe(out, SAFE("<del><span class=\"hidden\">before: "
				   "</span>"));
		write_value(changes, change, field->pointer_before,
			    field->before);
		out_safe(out, SAFE("</del> "));
	}
	if (field->after) {
		out_safe(out, SAFE("<ins><span class=\"hidden\">after: "
				   "</span>"));
		write_value(changes, change, field->pointer, field->after);
		out_safe(out, SAFE("</ins>"));
	} else {
		out_safe(out, SAFE("taken out"));
	}
	out_safe(out, SAFE("</li>"));
}

static void write_fields(const struct changes *changes,
			 const struct change *change)
{
	struct out *out = changes->dossier->out;

	if (change->field_count == 0)
		return;
	out_safe(out, SAFE("<ul class=\"fields\">"));
	for (size_t i = 0; i < change->field_count && i < FIELDS_MOST; i++)
		write_field(changes, change, &change->fields[i]);
	if (change->field_count > FIELDS_MOST) {
		out_safe(out, SAFE("<li>and "));
		out_size(out, change->field_count - FIELDS_MOST);
		out_safe(out, SAFE(" more fields: abide log</li>"));
	}
	out_safe(out, SAFE("</ul>"));
}

/* ---- one landing */

static bool is_brief(const struct change *change)
{
	return change->kind == CHANGE_ADDED || change->kind == CHANGE_REMOVED;
}

static void write_name(struct out *out, const struct trail *trail)
{
	page_text(out, trail->kind);
	out_safe(out, SAFE("/"));
	page_text(out, trail->id);
}

/* Records that came, or went, in one sentence. */
static void write_brief(const struct changes *changes,
			const struct change *const *at, size_t count,
			enum change_kind kind, struct safe words)
{
	struct out *out = changes->dossier->out;
	size_t named = 0;

	for (size_t i = 0; i < count; i++) {
		if (at[i]->kind != kind)
			continue;
		if (named < ADDED_MOST) {
			out_safe(out, named ? SAFE(", ") : SAFE("<p>"));
			if (!named)
				out_safe(out, words);
			write_name(out, at[i]->trail);
		}
		named++;
	}
	if (named > ADDED_MOST) {
		out_safe(out, SAFE(", and "));
		out_size(out, named - ADDED_MOST);
		out_safe(out, SAFE(" more"));
	}
	if (named)
		out_safe(out, SAFE("</p>"));
}

static void write_records(const struct changes *changes,
			  const struct change *const *at, size_t count)
{
	struct out *out = changes->dossier->out;

	write_brief(changes, at, count, CHANGE_ADDED, SAFE("Added: "));
	write_brief(changes, at, count, CHANGE_REMOVED, SAFE("Removed: "));
	for (size_t i = 0; i < count; i++) {
		if (is_brief(at[i]))
			continue;
		out_safe(out, SAFE("<p>"));
		write_name(out, at[i]->trail);
		if (at[i]->kind == CHANGE_MOVED) {
			out_safe(out, SAFE(" moved to "));
			page_code(out, at[i]->path);
		}
		out_safe(out, SAFE("</p>"));
		write_fields(changes, at[i]);
	}
}

static void write_approvals(const struct changes *changes,
			    const struct change *change)
{
	struct out *out = changes->dossier->out;
	size_t count;
	const struct approval *approvals =
		find_approvals(&count, changes->dossier->past, change);

	if (count == 0)
		out_safe(out, SAFE("<span class=\"quiet\">nobody is "
				   "recorded</span>"));
	for (size_t i = 0; i < count; i++) {
		if (i)
			out_safe(out, SAFE("<br>"));
		page_text(out, approvals[i].who);
		out_safe(out, SAFE("<br><span class=\"name\">"));
		page_text(out, approvals[i].key);
		out_safe(out, SAFE("</span>"));
	}
}

static void write_makers(const struct changes *changes,
			 const struct change *const *at, size_t count)
{
	struct out *out = changes->dossier->out;

	for (size_t i = 0; i < count; i++) {
		const struct commit_facts *maker = at[i]->maker;
		bool seen = false;

		for (size_t k = 0; k < i; k++)
			seen = seen || at[k]->maker == maker ||
			       oid_equal(&at[k]->maker->oid, &maker->oid);
		if (seen)
			continue;
		if (i)
			out_safe(out, SAFE("<br>"));
		page_text(out, say_person(&maker->author, &maker->author_is));
	}
	if (!str_equal(at[0]->landing->committer_is.email,
		       at[0]->maker->author_is.email)) {
		out_safe(out, SAFE("<br><span class=\"name\">landed by "));
		page_text(out, say_person(&at[0]->landing->committer,
					  &at[0]->landing->committer_is));
		out_safe(out, SAFE("</span>"));
	}
}

static void write_landing(const struct changes *changes, struct grid *grid,
			  const struct change *const *at, size_t count)
{
	const struct past *past = changes->dossier->past;
	const struct commit_facts *landing = at[0]->landing;
	struct out *out = changes->dossier->out;

	grid_row(grid);
	grid_cell(grid);
	page_text(out, say_date(past, landing));
	out_safe(out, SAFE("<br><span class=\"name\">"));
	page_text(out, say_short(past, &landing->oid));
	out_safe(out, SAFE("</span>"));
	grid_cell(grid);
	out_safe(out, SAFE("<p class=\"subject\">"));
	page_text(out, landing->subject);
	out_safe(out, SAFE("</p>"));
	write_records(changes, at, count);
	grid_cell(grid);
	write_makers(changes, at, count);
	grid_cell(grid);
	write_approvals(changes, at[0]);
	grid_text(grid, say_signature(past, landing));
	grid_row_end(grid);
}

static void write_gaps(const struct changes *changes)
{
	const struct dossier *dossier = changes->dossier;
	struct out *out = dossier->out;
	size_t count;
	const struct trail_gap *gaps =
		trails_gaps(&count, dossier->past->trails);

	for (size_t i = 0; i < count; i++) {
		if (!is_shown(changes, gaps[i].landing))
			continue;
		out_safe(out, SAFE("<p class=\"missing\">Not known: what "));
		page_code(out, gaps[i].path);
		out_safe(out, SAFE(" held at commit "));
		page_code(out,
			  say_short(dossier->past,
				    &history_landing(dossier->past->history,
						     gaps[i].landing)
					     ->oid));
		out_safe(out, SAFE(": "));
		page_text(out, gaps[i].reason);
		out_safe(out, SAFE("</p>\n"));
	}
}

static void write_span(const struct changes *changes)
{
	const struct dossier *dossier = changes->dossier;
	struct out *out = dossier->out;

	out_safe(out, SAFE("<p class=\"lead\">"));
	if (changes->asked) {
		out_safe(out, SAFE("Since "));
		page_code(out, options_text(dossier->options, OPTION_SINCE));
	} else {
		out_safe(out, SAFE("The 90 days since "));
		page_text(out, report_date(dossier, changes->since));
	}
	out_safe(out, SAFE(", newest first: parsed values of records on "));
	say_ground(dossier->past, out, ENCODE_HTML);
	out_safe(out, SAFE("</p>\n"));
}

static void write_changes(const struct changes *changes)
{
	static const struct column heads[] = {{SAFE_INIT("Landed"), 11},
					      {SAFE_INIT("What changed"), 46},
					      {SAFE_INIT("Made by"), 14},
					      {SAFE_INIT("Approved by"), 17},
					      {SAFE_INIT("Signature"), 12}};
	const struct dossier *dossier = changes->dossier;
	const struct past *past = dossier->past;
	struct grid grid;

	grid_begin(&grid, dossier->out, SAFE("Changes of records"), heads,
		   ARRAY_SIZE(heads));
	for (size_t i = history_count(past->history); i-- > 0;) {
		const struct change *const *at;
		size_t count;

		at = trails_landing(&count, past->trails, i);
		if (count && is_shown(changes, i))
			write_landing(changes, &grid, at, count);
	}
	grid_end(&grid);
}

bool report_changes(const struct dossier *dossier, struct error *err)
{
	struct changes changes = {
		.dossier = dossier,
		.asked = options_has(dossier->options, OPTION_SINCE),
		.since = dossier->report->now,
	};

	changes.since.seconds -= RECENT_DAYS * DAY_SECONDS;
	if (dossier->past && !past_span(&changes.span, dossier->past, err))
		return false;
	page_section(dossier->out, SAFE("changes"), SAFE("Changes"));
	if (dossier->past) {
		write_span(&changes);
		write_changes(&changes);
		write_gaps(&changes);
	} else {
		out_safe(dossier->out, SAFE("<p class=\"missing\">Left out: "));
		page_text(dossier->out, dossier->no_past);
		out_safe(dossier->out, SAFE("</p>\n"));
	}
	page_section_end(dossier->out);
	return true;
}
