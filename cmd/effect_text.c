/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/effect.h"

enum { LONGEST = 100, DAY = 86400 };

static void write_text(const struct effect *effect, str text)
{
	out_text(effect->past->env->out, text, ENCODE_TERMINAL);
}

static void say(const struct effect *effect, struct safe text)
{
	out_safe(effect->past->env->out, text);
}

/* "expected 6: 5 on time, 1 late, 0 missing; 2 pending" */
static void write_counts(const struct effect *effect, size_t expected,
			 const size_t counts[OCCURRENCE_STATES])
{
	struct out *out = effect->past->env->out;

	say(effect, SAFE("expected "));
	out_size(out, expected);
	say(effect, SAFE(": "));
	out_size(out, counts[OCCURRENCE_ON_TIME]);
	say(effect, SAFE(" on time, "));
	out_size(out, counts[OCCURRENCE_LATE]);
	say(effect, SAFE(" late, "));
	out_size(out, counts[OCCURRENCE_MISSING]);
	say(effect, SAFE(" missing"));
	if (counts[OCCURRENCE_PENDING]) {
		say(effect, SAFE("; "));
		out_size(out, counts[OCCURRENCE_PENDING]);
		say(effect, SAFE(" pending"));
	}
	if (counts[OCCURRENCE_UNDATED]) {
		say(effect, SAFE("; "));
		out_size(out, counts[OCCURRENCE_UNDATED]);
		say(effect, SAFE(" never done, and nothing to count from"));
	}
	say(effect, SAFE("\n"));
}

/* ---- duties */

static void write_case(const struct effect *effect,
		       const struct effect_duty *duty,
		       const struct effect_case *one)
{
	const struct occurrence *occurrence = &one->occurrence;

	say(effect, SAFE("    "));
	write_text(effect, str_of(occurrence_state_name(occurrence->state)));
	say(effect, SAFE("  "));
	write_text(effect, effect_subject(effect, one));
	if (occurrence->has_due) {
		say(effect, SAFE("  due "));
		write_text(effect, effect_time(effect, duty->obligation,
					       occurrence->due));
	}
	if (occurrence->has_done) {
		say(effect, SAFE("  done "));
		write_text(effect, effect_time(effect, duty->obligation,
					       occurrence->done));
	}
	say(effect, SAFE("\n"));
}

static void write_sample(const struct effect *effect,
			 const struct effect_duty *duty)
{
	struct out *out = effect->past->env->out;

	say(effect, SAFE("    sample of "));
	out_size(out, duty->sample_count);
	say(effect, SAFE(": "));
	for (size_t i = 0; i < duty->sample_count; i++) {
		if (i)
			say(effect, SAFE(", "));
		write_text(effect, duty->cases.at[duty->sample[i]].name);
	}
	say(effect, SAFE("\n"));
}

static void write_duty(const struct effect *effect,
		       const struct effect_duty *duty)
{
	write_text(effect, duty->obligation->id);
	say(effect, SAFE("  "));
	write_text(effect, duty->obligation->title);
	say(effect, SAFE("\n    "));
	write_text(effect, effect_law(effect, duty->obligation));
	say(effect, SAFE("\n    "));
	write_counts(effect, duty->expected, duty->counts);
	for (size_t i = 0; i < duty->cases.count; i++) {
		if (duty->cases.at[i].occurrence.state != OCCURRENCE_ON_TIME)
			write_case(effect, duty, &duty->cases.at[i]);
	}
	if (duty->sample_count)
		write_sample(effect, duty);
	say(effect, SAFE("\n"));
}

/* ---- controls */

static void write_deviation(const struct effect *effect,
			    const struct effect_deviation *one)
{
	struct out *out = effect->past->env->out;
	const struct finding *finding = &one->lifetime->finding;
	int64_t days = (one->open.until.seconds - one->open.from.seconds) / DAY;

	say(effect, SAFE("    "));
	write_text(effect, str_of(severity_name(finding->severity)));
	say(effect, SAFE("  "));
	write_text(effect, finding->rule->id);
	say(effect, SAFE("  "));
	out_text_cut(out, finding->message, LONGEST, ENCODE_TERMINAL);
	say(effect, SAFE("\n        "));
	write_text(effect, effect_date(effect, one->open.from));
	say(effect, SAFE(" to "));
	write_text(effect, one->still ? STR("now")
				      : effect_date(effect, one->open.until));
	say(effect, SAFE(", "));
	out_size(out, days > 0 ? (size_t)days : 0);
	say(effect, days == 1 ? SAFE(" day") : SAFE(" days"));
	if (one->exception) {
		say(effect, SAFE(", exception "));
		write_text(effect, one->exception->id);
	}
	say(effect, SAFE("\n"));
}

static void write_exception(const struct effect *effect,
			    const struct effect_exception *one)
{
	struct instant last = one->holds.until;

	last.seconds--;
	say(effect, SAFE("    exception "));
	write_text(effect, one->record->id);
	say(effect, SAFE("  "));
	write_text(effect, effect_date(effect, one->holds.from));
	say(effect, SAFE(" to "));
	write_text(effect, effect_date(effect, last));
	say(effect, SAFE(", approved by "));
	write_text(effect, node_text(one->record->root, STR("approved_by")));
	say(effect, SAFE(", now "));
	write_text(effect, one->record->status);
	say(effect, SAFE("\n"));
}

/* One line when all controls are told of; all of it for one. */
static void write_deviations(const struct effect *effect,
			     const struct effect_control *control)
{
	struct out *out = effect->past->env->out;
	size_t counts[SEVERITY_ERROR + 1] = {0};

	if (effect->only.ptr) {
		for (size_t i = 0; i < control->deviations.count; i++)
			write_deviation(effect, control->deviations.at[i]);
		for (size_t i = 0; i < control->exceptions.count; i++)
			write_exception(effect, control->exceptions.at[i]);
		return;
	}
	if (control->deviations.count == 0 && control->exceptions.count == 0)
		return;
	for (size_t i = 0; i < control->deviations.count; i++)
		counts[control->deviations.at[i]->lifetime->finding.severity]++;
	say(effect, SAFE("    deviations: error "));
	out_size(out, counts[SEVERITY_ERROR]);
	say(effect, SAFE(", warning "));
	out_size(out, counts[SEVERITY_WARNING]);
	say(effect, SAFE(", note "));
	out_size(out, counts[SEVERITY_NOTE]);
	say(effect, SAFE("; exceptions: "));
	out_size(out, control->exceptions.count);
	say(effect, SAFE("\n"));
}

static bool is_silent(const struct effect *effect,
		      const struct effect_control *control)
{
	return !effect->only.ptr && control->duties.count == 0 &&
	       control->deviations.count == 0 && control->exceptions.count == 0;
}

static void write_state(const struct effect *effect,
			const struct effect_control *control)
{
	const struct node *applicable =
		control->record
			? node_find(control->record->root, STR("applicable"))
			: NULL;

	/* A clause or an article has no line in the Statement. */
	if (!control->record &&
	    str_find(control->name, STR(":A.")) == SIZE_MAX) {
		say(effect, SAFE("\n"));
		return;
	}
	say(effect, SAFE("  ("));
	if (!control->record)
		say(effect, SAFE("no record of the Statement of "
				 "Applicability"));
	else if (applicable && applicable->kind == NODE_BOOL &&
		 !applicable->as.boolean)
		say(effect, SAFE("not applicable"));
	else
		write_text(effect, node_text(control->record->root,
					     STR("implementation")));
	say(effect, SAFE(")\n"));
}

static void write_control(const struct effect *effect,
			  const struct effect_control *control)
{
	write_text(effect, effect_requirement(effect, control->name));
	if (control->title.len) {
		say(effect, SAFE("  "));
		write_text(effect, control->title);
	}
	write_state(effect, control);
	if (control->duties.count) {
		say(effect, SAFE("    "));
		for (size_t i = 0; i < control->duties.count; i++) {
			if (i)
				say(effect, SAFE(", "));
			write_text(effect,
				   control->duties.at[i]->obligation->id);
		}
		say(effect, SAFE(": "));
		write_counts(effect, control->expected, control->counts);
	} else {
		say(effect, SAFE("    no duty fell into the period\n"));
	}
	write_deviations(effect, control);
}

static void write_controls(const struct effect *effect)
{
	struct out *out = effect->past->env->out;
	size_t silent = 0;

	say(effect, SAFE("Controls and provisions\n\n"));
	for (size_t i = 0; i < effect->controls.count; i++) {
		if (is_silent(effect, &effect->controls.at[i]))
			silent++;
		else
			write_control(effect, &effect->controls.at[i]);
	}
	if (silent) {
		out_size(out, silent);
		say(effect, SAFE(" more without duty, deviation or exception "
				 "in the period: nothing here speaks of "
				 "them\n"));
	}
	say(effect, SAFE("\n"));
}

/* ---- all of it */

static void write_head(const struct effect *effect, enum encode_context context)
{
	struct out *out = effect->past->env->out;
	struct instant last = effect->period.until;
	char now[INSTANT_TEXT];

	last.seconds--;
	say(effect, SAFE("Period "));
	out_text(out, effect_date(effect, effect->period.from), context);
	say(effect, SAFE(" to "));
	out_text(out, effect_date(effect, last), context);
	say(effect, SAFE(", "));
	out_size(out, (size_t)stretches_days(&effect->period, 1));
	say(effect, SAFE(" days, as of "));
	out_text(out,
		 str_make(now, instant_format(now, effect->past->input.now)),
		 context);
	say(effect, SAFE("\n"));
}

/* How anybody draws the same sample again. */
static void write_method(const struct effect *effect,
			 enum encode_context context)
{
	struct out *out = effect->past->env->out;

	say(effect, SAFE("sample: of each line of what was expected, "));
	out_text(out, STR("`printf '%s %s' SEED LINE | sha256sum`"), context);
	say(effect, SAFE(", the least first; SEED is "));
	out_text(out, effect->seed, context);
	say(effect, SAFE(", the last commit of the period; "));
	if (effect->fixed_size) {
		out_size(out, effect->size);
		say(effect, SAFE(" of each\n"));
	} else {
		say(effect, SAFE("a tenth, at least 3, at most 30\n"));
	}
}

void effect_write_text(const void *what)
{
	const struct effect *effect = what;

	write_head(effect, ENCODE_TERMINAL);
	say(effect, SAFE("\n"));
	for (size_t i = 0; i < effect->duties.count; i++)
		write_duty(effect, &effect->duties.at[i]);
	if (effect->duties.count == 0)
		say(effect, SAFE("no duty fell into the period\n\n"));
	write_controls(effect);
	for (size_t i = 0; i < effect->notes.count; i++) {
		say(effect, SAFE("note: "));
		write_text(effect, effect->notes.at[i]);
		say(effect, SAFE("\n"));
	}
	write_method(effect, ENCODE_TERMINAL);
	say_ground(effect->past, effect->past->env->out, ENCODE_TERMINAL);
}

/* ---- tables: one row for each thing that was expected */

static void write_rows(const struct effect *effect, const struct table *table)
{
	for (size_t i = 0; i < effect->duties.count; i++) {
		const struct effect_duty *duty = &effect->duties.at[i];

		for (size_t k = 0; k < duty->cases.count; k++) {
			const struct effect_case *one = &duty->cases.at[k];
			const struct occurrence *found = &one->occurrence;
			bool drawn = false;

			for (size_t n = 0; n < duty->sample_count; n++)
				drawn = drawn || duty->sample[n] == k;
			out_safe(table->out, table->start);
			table_cell(table, duty->obligation->id, false);
			table_cell(table, effect_law(effect, duty->obligation),
				   false);
			table_cell(table, effect_subject(effect, one), false);
			table_cell(table,
				   str_of(occurrence_state_name(found->state)),
				   false);
			table_cell(table,
				   found->has_due
					   ? effect_time(effect,
							 duty->obligation,
							 found->due)
					   : STR(""),
				   false);
			table_cell(table,
				   found->has_done
					   ? effect_time(effect,
							 duty->obligation,
							 found->done)
					   : STR(""),
				   false);
			table_cell(table, one->name, false);
			table_cell(table, drawn ? STR("yes") : STR(""), true);
		}
	}
}

void effect_write_csv(const void *what)
{
	const struct effect *effect = what;
	struct table table = table_csv(effect->past->env->out);

	out_safe(table.out, SAFE("duty,provisions,subject,state,due,done,line,"
				 "sample\r\n"));
	write_rows(effect, &table);
}

void effect_write_markdown(const void *what)
{
	const struct effect *effect = what;
	struct out *out = effect->past->env->out;
	struct table table = table_markdown(out);

	write_head(effect, ENCODE_MARKDOWN);
	out_safe(out, SAFE("\n| Duty | Provisions | Subject | State | Due | "
			   "Done | Line | Sample |\n"
			   "|---|---|---|---|---|---|---|---|\n"));
	write_rows(effect, &table);
	out_safe(out, SAFE("\n| Control | Expected | On time | Late | Missing "
			   "| Pending | Deviations | Exceptions |\n"
			   "|---|---|---|---|---|---|---|---|\n"));
	for (size_t i = 0; i < effect->controls.count; i++) {
		const struct effect_control *control = &effect->controls.at[i];
		size_t cells[] = {control->expected,
				  control->counts[OCCURRENCE_ON_TIME],
				  control->counts[OCCURRENCE_LATE],
				  control->counts[OCCURRENCE_MISSING],
				  control->counts[OCCURRENCE_PENDING],
				  control->deviations.count,
				  control->exceptions.count};

		out_safe(out, table.start);
		table_cell(&table, effect_requirement(effect, control->name),
			   false);
		for (size_t k = 0; k < ARRAY_SIZE(cells); k++)
			table_cell(&table,
				   str_format(effect->past->arena, "%zu",
					      cells[k]),
				   k + 1 == ARRAY_SIZE(cells));
	}
	out_safe(out, SAFE("\n"));
	for (size_t i = 0; i < effect->notes.count; i++) {
		out_safe(out, SAFE("- "));
		out_text(out, effect->notes.at[i], ENCODE_MARKDOWN);
		out_safe(out, SAFE("\n"));
	}
	out_safe(out, SAFE("- "));
	write_method(effect, ENCODE_MARKDOWN);
	say_ground_below(effect->past);
}
