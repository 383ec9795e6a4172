/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/map.h"
#include "cmd/look.h"
#include "cmd/report.h"
#include "reporters/chart.h"

/* Judgements by the clock that are made without asking: about a minute. */
enum { CLOCK_MOST = 20000000, WEEK = 7 * DAY_SECONDS, POINTS_MOST = 60 };

static void show_progress(void *context, size_t done, size_t of)
{
	(void)done;
	(void)of;
	progress_add(context, 1);
}

static bool replay(struct dossier *dossier, struct error *err)
{
	struct past *past = dossier->past;
	struct progress line;
	struct progress *progress =
		look_progress(&line, dossier->env, dossier->options);
	struct history_plan whole = {
		.tip = past->tip,
		.jobs = dossier->jobs,
	};
	struct replay_plan plan = {
		.policy = dossier->input->policy,
		.repo = dossier->input->repo,
		.now = dossier->input->now,
		.jobs = dossier->jobs,
		.clock_most = CLOCK_MOST,
		.progress = progress ? show_progress : NULL,
		.context = progress,
	};
	bool ok;

	if (!history_read(&dossier->whole, dossier->input->repo, &whole, err))
		return false;
	plan.history = dossier->whole;
	if (progress)
		progress_begin(progress, "replaying commits",
			       history_count(dossier->whole));
	ok = replay_run(&dossier->replay, &plan, err);
	if (progress)
		progress_end(progress);
	return ok;
}

/* ---- ages */

static bool find_age(struct age *out, const struct dossier *dossier,
		     const struct lifetime *lifetime, struct error *err)
{
	const struct interval *stay = &lifetime->intervals[lifetime->count - 1];

	if (!stay->open)
		return true;
	*out = (struct age){.known = true, .opened = stay->opened};
	if (stay->opened.by_time)
		return true;
	out->landing = history_landing(dossier->whole, stay->opened.landing);
	return past_maker(&out->maker, dossier->past, dossier->whole,
			  stay->opened.landing, lifetime->finding.path, err);
}

static str fingerprint_of(const struct finding *finding)
{
	return str_make(finding->fingerprint, FINDING_ID);
}

static bool find_ages(struct dossier *dossier, struct error *err)
{
	const struct report *report = dossier->report;
	struct age *ages =
		arena_array(dossier->arena, struct age, report->finding_count);
	struct map by_name;

	map_init(&by_name);
	for (size_t i = 0; i < report->finding_count; i++)
		(void)map_put(&by_name, fingerprint_of(&report->findings[i]),
			      &ages[i]);
	for (size_t i = 0; i < replay_count(dossier->replay); i++) {
		struct lifetime lifetime = replay_at(dossier->replay, i);
		struct age *age =
			map_find(&by_name, fingerprint_of(&lifetime.finding));

		if (age && !find_age(age, dossier, &lifetime, err)) {
			map_done(&by_name);
			return false;
		}
	}
	map_done(&by_name);
	dossier->ages = ages;
	return true;
}

/* ---- the trend */

static bool open_at(const struct interval *stay, struct instant when)
{
	return instant_compare(stay->opened.when, when) <= 0 &&
	       (stay->open || instant_compare(stay->closed.when, when) > 0);
}

static void count_at(const struct dossier *dossier, struct trend_point *point)
{
	for (size_t i = 0; i < replay_count(dossier->replay); i++) {
		struct lifetime lifetime = replay_at(dossier->replay, i);

		for (size_t k = 0; k < lifetime.count; k++) {
			if (!lifetime.finding.waiver &&
			    open_at(&lifetime.intervals[k], point->when))
				point->open[lifetime.finding.severity]++;
		}
	}
}

/* Backwards from the end in whole steps, so that the last one is now. */
static void find_points(struct dossier *dossier)
{
	struct trend *trend = &dossier->trend;
	struct instant end = dossier->input->now;
	struct instant start = replay_clock(dossier->replay, 0);
	int64_t weeks = (end.seconds - start.seconds) / WEEK;
	struct trend_point *points;

	if (weeks < 1)
		return;
	trend->weeks = (weeks + POINTS_MOST - 1) / POINTS_MOST;
	trend->count = (size_t)(weeks / trend->weeks) + 1;
	points = arena_array(dossier->arena, struct trend_point, trend->count);
	for (size_t i = 0; i < trend->count; i++) {
		points[i].when = end;
		points[i].when.seconds -=
			(int64_t)(trend->count - 1 - i) * trend->weeks * WEEK;
		count_at(dossier, &points[i]);
	}
	trend->points = points;
}

static int by_length(const void *a, const void *b)
{
	const int64_t *x = a;
	const int64_t *y = b;

	return (*x > *y) - (*x < *y);
}

static void find_closed(struct dossier *dossier)
{
	struct instant since = dossier->input->now;
	VEC(int64_t) days = {0};

	since.seconds -= RECENT_DAYS * DAY_SECONDS;
	for (size_t i = 0; i < replay_count(dossier->replay); i++) {
		struct lifetime lifetime = replay_at(dossier->replay, i);

		for (size_t k = 0; k < lifetime.count; k++) {
			const struct interval *stay = &lifetime.intervals[k];

			if (!stay->open &&
			    instant_compare(stay->closed.when, since) >= 0)
				*vec_push(&days) = (stay->closed.when.seconds -
						    stay->opened.when.seconds) /
						   DAY_SECONDS;
		}
	}
	if (days.count) {
		qsort(days.at, days.count, sizeof(int64_t), by_length);
		dossier->trend.median = days.at[days.count / 2];
	}
	dossier->trend.closed = days.count;
	vec_done(&days);
}

static void find_before(struct dossier *dossier)
{
	struct trend_point then = {.when = dossier->input->now};
	struct trend_point now = then;

	then.when.seconds -= RECENT_DAYS * DAY_SECONDS;
	count_at(dossier, &then);
	count_at(dossier, &now);
	dossier->trend.errors = then.open[SEVERITY_ERROR];
	dossier->trend.errors_now = now.open[SEVERITY_ERROR];
	dossier->trend.reaches =
		instant_compare(replay_clock(dossier->replay, 0), then.when) <=
		0;
}

bool report_past(struct dossier *dossier, struct error *err)
{
	if (!replay(dossier, err) || !find_ages(dossier, err))
		return false;
	find_points(dossier);
	find_closed(dossier);
	find_before(dossier);
	return true;
}

/* ---- its section */

static str day(const struct dossier *dossier, struct instant at)
{
	return report_date(dossier, at);
}

static void write_numbers(const struct dossier *dossier)
{
	static const struct column heads[] = {{SAFE_INIT("At the end of"), 34},
					      {SAFE_INIT("Errors"), 22},
					      {SAFE_INIT("Warnings"), 22},
					      {SAFE_INIT("Notes"), 22}};
	struct grid grid;

	out_safe(dossier->out, SAFE("<details><summary>The numbers behind the "
				    "picture</summary>\n"));
	grid_begin(&grid, dossier->out, SAFE("Open findings over time"), heads,
		   ARRAY_SIZE(heads));
	for (size_t i = 0; i < dossier->trend.count; i++) {
		const struct trend_point *point = &dossier->trend.points[i];

		grid_row(&grid);
		grid_cell(&grid);
		page_text(dossier->out, day(dossier, point->when));
		for (int k = SEVERITY_ERROR; k >= SEVERITY_NOTE; k--) {
			grid_cell(&grid);
			out_size(dossier->out, point->open[k]);
		}
		grid_row_end(&grid);
	}
	grid_end(&grid);
	out_safe(dossier->out, SAFE("</details>\n"));
}

static void write_chart(const struct dossier *dossier)
{
	const struct trend *trend = &dossier->trend;
	const struct trend_point *first = &trend->points[0];
	const struct trend_point *last = &trend->points[trend->count - 1];
	struct chart_point *points =
		arena_array(dossier->arena, struct chart_point, trend->count);
	struct chart chart = {
		.id = SAFE("trend-chart"),
		.title = SAFE("Open findings over time, by severity"),
		.series = {{SAFE("errors"), SAFE("area-error")},
			   {SAFE("warnings"), SAFE("area-warning")},
			   {SAFE("notes"), SAFE("area-note")}},
		.points = points,
		.count = trend->count,
	};

	for (size_t i = 0; i < trend->count; i++) {
		const size_t *open = trend->points[i].open;

		points[i] = (struct chart_point){
			day(dossier, trend->points[i].when),
			{open[SEVERITY_ERROR], open[SEVERITY_WARNING],
			 open[SEVERITY_NOTE]}};
	}
	chart.description = str_format(
		dossier->arena,
		"From %zu errors, %zu warnings and %zu notes on " STR_FMT
		" to %zu errors, %zu warnings and %zu notes on " STR_FMT
		"; the table below has every step.",
		first->open[SEVERITY_ERROR], first->open[SEVERITY_WARNING],
		first->open[SEVERITY_NOTE], STR_ARG(day(dossier, first->when)),
		last->open[SEVERITY_ERROR], last->open[SEVERITY_WARNING],
		last->open[SEVERITY_NOTE], STR_ARG(day(dossier, last->when)));
	out_safe(dossier->out,
		 SAFE("<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
		      "aria-label=\"Picture of open findings over time\">\n"));
	chart_write(dossier->out, &chart);
	out_safe(dossier->out, SAFE("</div>\n"));
}

void report_trend(const struct dossier *dossier)
{
	struct out *out = dossier->out;

	page_section(out, SAFE("trend"), SAFE("Open findings over time"));
	if (!dossier->past) {
		out_safe(out, SAFE("<p class=\"missing\">Left out: "));
		page_text(out, dossier->no_past);
		out_safe(out, SAFE("</p>\n"));
	} else if (dossier->trend.count < 2) {
		page_note(out, SAFE("The history is shorter than a week; there "
				    "is no course of time to show yet."));
	} else {
		page_note(out,
			  SAFE("Every commit of the main line, judged by the "
			       "rules of today. Time goes on between commits: "
			       "what becomes overdue opens on its own day. "
			       "Rules on history itself are not part of this "
			       "picture."));
		write_chart(dossier);
		out_safe(out, SAFE("<p class=\"legend\">From below: <span "
				   "class=\"key area-error\"></span> errors, "
				   "<span class=\"key area-warning\"></span> "
				   "warnings, <span class=\"key "
				   "area-note\"></span> notes</p>\n"));
		write_numbers(dossier);
	}
	page_section_end(out);
}
