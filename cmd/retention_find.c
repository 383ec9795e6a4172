/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cmd/retention.h"

enum { DAY = 86400 };

static struct span_of_time span_from(str text)
{
	struct span_of_time span = {0};
	struct error err;

	if (text.ptr && period_parse(&span.period, text, &err))
		span.text = text;
	return span;
}

static struct span_of_time span_at(const struct node *map, str key)
{
	return span_from(node_text(map, key));
}

bool retention_longer(const struct span_of_time *a,
		      const struct span_of_time *b)
{
	enum period_order order;

	if (!a->text.ptr || !b->text.ptr)
		return false;
	order = period_compare(&a->period, &b->period);
	return order == PERIOD_UNDECIDED
		       ? period_compare_anchored(&a->period, &b->period) > 0
		       : order == PERIOD_GREATER;
}

static bool lists(const struct node *root, str member, str id)
{
	const struct node *list = node_find(root, member);

	for (size_t i = 0; list && i < list->count; i++) {
		if (str_equal(list->as.children[i].text, id))
			return true;
	}
	return false;
}

static const struct node *table_row(const struct retention *retention, str id)
{
	const struct node *table = policy_lookup(retention->input->policy,
						 STR("retention_minimum"));
	const struct node *rows = table ? node_find(table, STR("rows")) : NULL;

	for (size_t i = 0; id.ptr && rows && i < rows->count; i++) {
		if (str_equal(node_text(&rows->as.children[i], STR("id")), id))
			return &rows->as.children[i];
	}
	return NULL;
}

/* The shorter one counts. */
static void set_maximum(struct schedule *schedule,
			const struct parameter *parameter)
{
	struct span_of_time most = span_from(parameter->value->text);

	if (schedule->maximum.text.ptr &&
	    !retention_longer(&schedule->maximum, &most))
		return;
	schedule->maximum = most;
	schedule->maximum_source = parameter->key;
}

static void read_law(struct schedule *schedule,
		     const struct retention *retention, const struct node *root)
{
	const struct node *law = node_find(root, STR("legal_reference"));
	str lookup = node_text(law, STR("lookup"));
	const struct node *row = table_row(retention, lookup);
	const struct parameter *most = policy_parameter(
		retention->input->policy, STR("retention.max_without_law"));
	const struct parameter *prospects = policy_parameter(
		retention->input->policy, STR("retention.prospect_max"));

	schedule->law = node_text(law, STR("law"));
	if (row) {
		schedule->minimum = span_at(row, STR("period"));
		schedule->minimum_start = node_text(row, STR("start"));
		schedule->minimum_source = lookup;
	} else if (lookup.ptr) {
		*vec_push(&schedule->conflicts) = str_format(
			retention->arena,
			"the table retention_minimum has no row '" STR_FMT "'",
			STR_ARG(lookup));
	}
	if (!schedule->minimum.text.ptr) {
		schedule->minimum = span_at(law, STR("minimum"));
		schedule->minimum_source =
			STR("the rule's legal_reference.minimum");
	}
	schedule->maximum = span_at(law, STR("maximum"));
	schedule->maximum_source = STR("the rule's legal_reference.maximum");
	if (schedule->maximum.text.ptr ||
	    str_starts(schedule->basis, STR("statutory-")) ||
	    str_is(schedule->basis, "limitation-period"))
		return;
	set_maximum(schedule, most);
	if (lists(schedule->category->root, STR("data_subjects"),
		  STR("prospect")))
		set_maximum(schedule, prospects);
}

static void read_rule(struct schedule *schedule,
		      const struct retention *retention)
{
	const struct node *root = schedule->rule->root;
	const struct node *disposal = node_find(root, STR("disposal"));
	const struct node *automated = node_find(disposal, STR("automated"));

	schedule->period = span_at(root, STR("period"));
	schedule->criteria = node_text(root, STR("criteria"));
	schedule->trigger = node_text(root, STR("trigger"));
	schedule->basis = node_text(root, STR("basis"));
	schedule->method = node_text(disposal, STR("method"));
	schedule->automated = automated && automated->as.boolean;
	schedule->backups = span_at(disposal, STR("backups_purged_within"));
	schedule->interval = span_at(root, STR("execution_interval"));
	schedule->responsible = node_text(root, STR("responsible"));
	read_law(schedule, retention, root);
}

static void find_run(struct kept_in *kept, const struct retention *retention,
		     const struct schedule *schedule)
{
	const struct record *const *runs;
	size_t count;

	if (!schedule->rule)
		return;
	runs = corpus_of_kind(retention->corpus, STR("deletion-run"), &count);
	for (size_t i = 0; i < count; i++) {
		const struct node *root = runs[i]->root;
		struct instant at;

		if (!runs[i]->valid || !root ||
		    (!str_is(runs[i]->status, "executed") &&
		     !str_is(runs[i]->status, "verified")) ||
		    !lists(root, STR("retention_rules"), schedule->rule->id) ||
		    !lists(root, STR("systems"), kept->asset->id) ||
		    !instant_parse(&at, node_text(root, STR("executed_at"))))
			continue;
		if (kept->run && instant_compare(at, kept->run_at) <= 0)
			continue;
		kept->run = runs[i];
		kept->run_at = at;
	}
}

/* Systems that say they hold the category, and those the rule names. */
static void find_systems(struct schedule *schedule,
			 const struct retention *retention)
{
	const struct record *const *assets;
	size_t count;

	assets = corpus_of_kind(retention->corpus, STR("asset"), &count);
	for (size_t i = 0; i < count; i++) {
		const struct node *list =
			node_find(assets[i]->root, STR("data_categories"));
		const struct node *held = NULL;
		struct kept_in kept = {.asset = assets[i]};
		const struct node *backup =
			node_find(assets[i]->root, STR("backup"));

		if (!assets[i]->valid || !assets[i]->live)
			continue;
		for (size_t k = 0; list && k < list->count; k++) {
			if (str_equal(node_text(&list->as.children[k],
						STR("category")),
				      schedule->category->id))
				held = &list->as.children[k];
		}
		if (!held &&
		    !(schedule->rule && lists(schedule->rule->root,
					      STR("systems"), assets[i]->id)))
			continue;
		kept.configured = span_at(held, STR("configured_period"));
		kept.deletion = node_text(held, STR("deletion"));
		kept.backup = span_at(backup, STR("retention"));
		find_run(&kept, retention, schedule);
		*vec_push(&schedule->systems) = kept;
	}
}

static void find_notices(struct schedule *schedule,
			 const struct retention *retention)
{
	const struct record *const *notices;
	size_t count;

	notices = corpus_of_kind(retention->corpus, STR("privacy-notice"),
				 &count);
	for (size_t i = 0; i < count; i++) {
		const struct node *list =
			node_find(notices[i]->root, STR("stated_retention"));

		for (size_t k = 0; notices[i]->valid && notices[i]->live &&
				   list && k < list->count;
		     k++) {
			const struct node *one = &list->as.children[k];

			if (str_equal(node_text(one, STR("category")),
				      schedule->category->id))
				*vec_push(
					&schedule->notices) = (struct promise){
					.notice = notices[i],
					.period = span_at(one, STR("period")),
				};
		}
	}
}

static void find_holds(struct schedule *schedule,
		       const struct retention *retention)
{
	const struct record *const *holds;
	size_t count;

	holds = corpus_of_kind(retention->corpus, STR("legal-hold"), &count);
	for (size_t i = 0; i < count; i++) {
		if (holds[i]->valid && str_is(holds[i]->status, "active") &&
		    lists(holds[i]->root, STR("data_categories"),
			  schedule->category->id))
			*vec_push(&schedule->holds) = holds[i];
	}
}

static void add(struct retention *retention, const struct record *category,
		const struct record *rule)
{
	struct schedule schedule = {
		.category = category,
		.rule = rule,
		.purpose = node_text(category->root, STR("purpose_statement")),
	};

	if (rule)
		read_rule(&schedule, retention);
	find_systems(&schedule, retention);
	find_notices(&schedule, retention);
	find_holds(&schedule, retention);
	*vec_push(&retention->schedules) = schedule;
}

static int by_name(const void *a, const void *b)
{
	const struct schedule *x = a;
	const struct schedule *y = b;
	int order = str_compare(x->category->id, y->category->id);

	return order || !x->rule || !y->rule
		       ? order
		       : str_compare(x->rule->id, y->rule->id);
}

void retention_find(struct retention *retention)
{
	const struct record *const *categories;
	const struct record *const *rules;
	size_t category_count;
	size_t rule_count;

	categories = corpus_of_kind(retention->corpus, STR("data-category"),
				    &category_count);
	rules = corpus_of_kind(retention->corpus, STR("retention-rule"),
			       &rule_count);
	for (size_t i = 0; i < category_count; i++) {
		const struct record *category = categories[i];
		bool ruled = false;

		if (!category->valid || !category->live || !category->root ||
		    (retention->category.ptr &&
		     !str_equal(retention->category, category->id)))
			continue;
		for (size_t k = 0; k < rule_count; k++) {
			if (!rules[k]->valid || !rules[k]->root ||
			    !str_is(rules[k]->status, "active") ||
			    !str_equal(node_text(rules[k]->root,
						 STR("data_category")),
				       category->id))
				continue;
			add(retention, category, rules[k]);
			ruled = true;
		}
		if (!ruled)
			add(retention, category, NULL);
	}
	if (retention->schedules.count)
		qsort(retention->schedules.at, retention->schedules.count,
		      sizeof(struct schedule), by_name);
	for (size_t i = 0; i < retention->schedules.count; i++)
		retention_conflicts(retention, &retention->schedules.at[i]);
}

/* ---- the arithmetic */

static struct instant date_at(int64_t year, int month, int day)
{
	return (struct instant){days_of_date(year, month, day) * DAY, 0};
}

/* The end of the financial year that an event falls in. A year that ends with
 * a month does so in leap years as well. */
static struct instant financial_end(const struct retention *retention,
				    struct instant event)
{
	struct civil given = retention->year_end;
	int64_t year = civil_of(event, 0).year;
	bool last = given.day == days_in_month(given.year, given.month);

	for (;; year++) {
		int most = days_in_month(year, given.month);
		struct instant end =
			date_at(year, given.month,
				last || given.day > most ? most : given.day);

		if (instant_compare(event, end) <= 0)
			return end;
	}
}

bool retention_reckon(struct reckoning *out, const struct retention *retention,
		      str trigger, const struct period *period,
		      struct instant event)
{
	struct reckoning made = {
		.event = event,
		.start = event,
		.years = str_is(trigger, "financial-year-end") ||
			 str_is(trigger, "calendar-year-end-of-financial-year"),
	};
	struct error err;

	if (made.years) {
		made.financial = financial_end(retention, event);
		made.start = made.financial;
	}
	if (str_starts(trigger, STR("calendar-year-end")))
		made.start = date_at(civil_of(made.start, 0).year, 12, 31);
	if (!period_plus(&made.end, made.start, period, NULL, &err) ||
	    !period_plus(&made.first, made.end, &(struct period){.days = 1},
			 NULL, &err))
		return false;
	*out = made;
	return true;
}
