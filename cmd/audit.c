/* audit - `abide audit`: since when each finding, by whom, for how long. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/audit.h"

#include <stdlib.h>

#include "cmd/history_input.h"
#include "cmd/past_replay.h"
#include "policy/needs.h"

enum { DAY = 86400, MONTHS_MOST = 600, NOTES_MOST = 8 };

static const struct writer writers[] = {
	{"text", audit_write_text},
	{"json", audit_write_json},
	{"csv", audit_write_csv},
	{"markdown", audit_write_markdown},
};

str audit_date(const struct audit *audit, struct instant when)
{
	char text[INSTANT_TEXT];
	struct instant day = {.seconds = when.seconds};

	day.seconds -= ((when.seconds % DAY) + DAY) % DAY;
	return str_keep(audit->past->arena,
			str_make(text, date_format(text, day)));
}

str audit_month_name(const struct audit *audit, struct instant from)
{
	return str_slice(audit_date(audit, from), 0, 7);
}

/* ---- who */

/* The maker of the file's content, else of the landing. */
static bool find_who(const struct commit_facts **out, struct audit *audit,
		     const struct finding *finding, const struct moment *moment,
		     struct error *err)
{
	*out = NULL;
	return moment->by_time ||
	       past_maker(out, audit->past, audit->past->history,
			  moment->landing, finding->path, err);
}

/* ---- rows */

static struct instant end_of(const struct audit *audit)
{
	return replay_clock(audit->replay, replay_steps(audit->replay) - 1);
}

static bool is_before(struct instant a, struct instant b)
{
	return instant_compare(a, b) < 0;
}

/* Does a stay reach into the span that was asked for? */
static bool is_asked(const struct audit *audit, const struct interval *stay)
{
	const struct past_span *span = &audit->span;

	if (span->until_known
		    ? !is_before(stay->opened.when, span->until)
		    : stay->opened.step >= span->to && !stay->opened.by_time &&
			      span->to < history_count(audit->past->history))
		return false;
	if (stay->open)
		return true;
	return span->since_known ? !is_before(stay->closed.when, span->since)
				 : stay->closed.step >= span->from;
}

static bool add_row(struct audit *audit, const struct lifetime *lifetime,
		    size_t number, struct error *err)
{
	const struct interval *stay = &lifetime->intervals[number];
	struct instant end = stay->open ? end_of(audit) : stay->closed.when;
	struct audit_row row = {
		.lifetime = lifetime,
		.stay = stay,
		.number = number,
		.days = (end.seconds - stay->opened.when.seconds) / DAY,
	};

	if (!is_asked(audit, stay)) {
		audit->hidden++;
		return true;
	}
	if (!find_who(&row.opened_by, audit, &lifetime->finding, &stay->opened,
		      err) ||
	    (!stay->open && !find_who(&row.closed_by, audit, &lifetime->finding,
				      &stay->closed, err)))
		return false;
	*vec_push(&audit->rows) = row;
	return true;
}

static int by_opening(const void *a, const void *b)
{
	const struct audit_row *x = a;
	const struct audit_row *y = b;
	const struct finding *f = &x->lifetime->finding;
	const struct finding *g = &y->lifetime->finding;
	int order = instant_compare(x->stay->opened.when, y->stay->opened.when);

	if (!order)
		order = (int)g->severity - (int)f->severity;
	if (!order)
		order = str_compare(f->rule->id, g->rule->id);
	if (!order)
		order = str_compare(f->kind, g->kind);
	if (!order)
		order = str_compare(f->id, g->id);
	return order ? order
		     : memcmp(f->fingerprint, g->fingerprint, FINDING_ID);
}

static bool find_rows(struct audit *audit, struct error *err)
{
	size_t count = replay_count(audit->replay);
	struct lifetime *lifetimes =
		arena_array(audit->past->arena, struct lifetime, count);

	for (size_t i = 0; i < count; i++) {
		lifetimes[i] = replay_at(audit->replay, i);
		for (size_t k = 0; k < lifetimes[i].count; k++) {
			if (!add_row(audit, &lifetimes[i], k, err))
				return false;
		}
	}
	return true;
}

/* ---- findings about history: those of the tip, begun by the commit they are
 * about; what was mended before is no finding any more */

static bool add_past_finding(struct audit *audit, const struct finding *finding,
			     struct error *err)
{
	struct arena *arena = audit->past->arena;
	const struct history *history = audit->past->history;
	struct lifetime *lifetime = arena_new(arena, struct lifetime);
	struct interval *stay = arena_new(arena, struct interval);
	struct oid oid;

	if (!finding->origin || !oid_parse(&oid, finding->origin->landing)) {
		audit->undated++;
		return true;
	}
	stay->open = true;
	stay->opened.landing = history_find(history, &oid);
	stay->opened.step = stay->opened.landing;
	stay->opened.when = finding->origin->when;
	lifetime->finding = *finding;
	lifetime->intervals = stay;
	lifetime->count = 1;
	if (stay->opened.landing < history_count(history))
		return add_row(audit, lifetime, 0, err);
	audit->undated++;
	return true;
}

static bool add_past(struct audit *audit, const struct report *report,
		     struct error *err)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		if ((rule_needs(report->findings[i].rule) & NEEDS_HISTORY) &&
		    !add_past_finding(audit, &report->findings[i], err))
			return false;
	}
	return true;
}

/* ---- months */

static struct instant first_of_month(const struct audit *audit,
				     struct instant when)
{
	struct instant first;

	return date_parse(&first,
			  str_format(audit->past->arena, STR_FMT "-01",
				     STR_ARG(audit_month_name(audit, when))))
		       ? first
		       : when;
}

static struct instant next_month(const struct audit *audit, struct instant from)
{
	return first_of_month(
		audit, (struct instant){.seconds = from.seconds + 31 * DAY});
}

static void count_month(const struct audit *audit, struct audit_month *month,
			struct instant until)
{
	for (size_t i = 0; i < audit->rows.count; i++) {
		const struct audit_row *row = &audit->rows.at[i];
		const struct interval *stay = row->stay;
		struct instant opened = stay->opened.when;
		bool begun = is_before(opened, until);
		bool over = !stay->open && is_before(stay->closed.when, until);

		if (begun && !is_before(opened, month->from))
			month->opened++;
		if (over && !is_before(stay->closed.when, month->from)) {
			month->closed++;
			month->days += row->days;
		}
		if (begun && !over) {
			month->open[row->lifetime->finding.severity]++;
			month->overdue += stay->opened.by_time;
		}
	}
}

static void find_months(struct audit *audit)
{
	struct instant from = replay_clock(audit->replay, 0);
	struct instant end = end_of(audit);

	if (audit->span.since_known && is_before(from, audit->span.since))
		from = audit->span.since;
	else if (audit->span.from < history_count(audit->past->history))
		from = replay_clock(audit->replay, audit->span.from);
	if (audit->span.until_known && is_before(audit->span.until, end))
		end = audit->span.until;
	else if (!audit->span.until_known &&
		 audit->span.to < history_count(audit->past->history))
		end = replay_clock(audit->replay, audit->span.to - 1);
	from = first_of_month(audit, from);
	while (!is_before(end, from) && audit->months.count < MONTHS_MOST) {
		struct audit_month *month = vec_push(&audit->months);

		month->from = from;
		from = next_month(audit, from);
		count_month(audit, month, from);
	}
}

/* ---- what the answer rests on */

static void count_backwards(struct audit *audit)
{
	const struct history *history = audit->past->history;

	for (size_t i = 1; i < history_count(history); i++)
		audit->backwards +=
			is_before(history_landing(history, i)->when,
				  history_landing(history, i - 1)->when);
}

size_t audit_notes(const struct audit *audit, const str **out)
{
	struct arena *arena = audit->past->arena;
	str *notes = arena_array(arena, str, NOTES_MOST);
	size_t count = 0;
	str reason;
	size_t unread = replay_unread(audit->replay, &reason);
	size_t left_out = replay_left_out(audit->replay);
	int64_t step = replay_step(audit->replay);

	notes[count++] = STR("all commits are judged by the rules and the "
			     "configuration of today");
	if (left_out)
		notes[count++] = str_format(
			arena,
			"%zu rule%s on history judge%s the tip alone: what was "
			"mended before is not told%s",
			left_out, left_out == 1 ? "" : "s",
			left_out == 1 ? "s" : "",
			audit->undated
				? str_format(
					  arena,
					  "; %zu finding%s of them, begun by "
					  "no one commit, %s left to abide "
					  "check",
					  audit->undated,
					  audit->undated == 1 ? "" : "s",
					  audit->undated == 1 ? "is" : "are")
					  .ptr
				: "");
	if (audit->backwards)
		notes[count++] = str_format(
			arena,
			"the clock of %zu commit%s is before that of the one "
			"below; there the later time counts",
			audit->backwards, audit->backwards == 1 ? "" : "s");
	if (unread)
		notes[count++] = str_format(
			arena,
			"%zu version%s or judgement%s of the past could not be "
			"read or made whole; the first: " STR_FMT,
			unread, unread == 1 ? "" : "s", unread == 1 ? "" : "s",
			STR_ARG(reason));
	if (step)
		notes[count++] = str_format(
			arena,
			"what time alone opened and closed within %lld hours "
			"between two commits is not seen",
			(long long)(step / 3600 + 1));
	if (audit->hidden)
		notes[count++] = str_format(
			arena,
			"%zu stay%s of findings lie%s outside of the "
			"time that was asked for",
			audit->hidden, audit->hidden == 1 ? "" : "s",
			audit->hidden == 1 ? "s" : "");
	*out = notes;
	return count;
}

/* ---- the command */

/* The tip, judged with its history. */
static bool judge_tip(struct audit *audit, struct error *err)
{
	struct past *past = audit->past;
	struct history_input history;
	struct lint_run *run = NULL;
	struct lint lint = {
		.policy = past->input.policy,
		.now = past->input.now,
		.jobs = past->jobs,
		.min_severity = SEVERITY_NOTE,
	};
	struct snapshot *snapshot;
	bool ok;

	if (!replay_left_out(audit->replay))
		return true;
	if (!snapshot_of_commit(&snapshot, past->input.repo,
				input_hex(past->arena, past->tip), err))
		return false;
	lint.snapshot = snapshot;
	history_input_open(&history, &past->input, &past->tip, &lint);
	ok = lint_run(&run, &lint, err);
	history_input_close(&history);
	audit->tip = run;
	audit->tip_snapshot = snapshot;
	return ok && add_past(audit, lint_report(run), err);
}

static bool tell(struct audit *audit, const struct writer *writer,
		 struct error *err)
{
	struct past *past = audit->past;

	if (!past_span(&audit->span, past, err) || !find_rows(audit, err) ||
	    !judge_tip(audit, err))
		return false;
	if (audit->rows.count)
		qsort(audit->rows.at, audit->rows.count,
		      sizeof(struct audit_row), by_opening);
	find_months(audit);
	count_backwards(audit);
	past_write(writer, past, audit);
	return true;
}

static enum status run(const struct env *env, const struct options *options)
{
	enum status status = STATUS_PASS;
	const struct writer *writer;
	struct replay *replayed = NULL;
	struct past past;
	struct audit audit = {.past = &past};
	struct error err;

	if (options->argument_count) {
		(void)error_set(&err, ERROR_USAGE, "audit takes no argument");
		return complain(env, &err);
	}
	if (!find_writer(&writer, writers, ARRAY_SIZE(writers), options,
			 &err) ||
	    !past_open_whole(&past, env, options, &err))
		return complain(env, &err);
	if (past_replay(&replayed, &past, &err)) {
		audit.replay = replayed;
		status = tell(&audit, writer, &err)
				 ? past_replay_status(&past, replayed)
				 : complain(env, &err);
	} else {
		status = complain(env, &err);
	}
	vec_done(&audit.rows);
	vec_done(&audit.months);
	lint_run_free(audit.tip);
	snapshot_free(audit.tip_snapshot);
	replay_free(replayed);
	past_close(&past);
	return status;
}

extern const struct command command_audit;
const struct command command_audit = {
	.name = "audit",
	.arguments = "",
	.summary = "since when each finding stands, who brought it and who "
		   "mended it",
	.details =
		"Judges every commit of the main line, by the rules of today, "
		"each version of a\nfile once, and says of each finding when "
		"it opened and closed, at which commit,\nby whom, and for how "
		"many days; also what opened because time passed. A commit's\n"
		"time is what its committer recorded.\n",
	.examples = "  abide audit\n"
		    "  abide audit --since 2026-01-01 --until 2026-06-30\n"
		    "  abide audit --only retention --format csv\n",
	.run = run,
};
