/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/effect.h"

#include <stdlib.h>

#include "base/sample.h"
#include "cmd/due_asked.h"
#include "cmd/past_replay.h"
#include "lint/waive.h"

/* ---- duties */

static bool step_to(void *context, struct instant *due, struct instant *late,
		    struct instant start, int64_t times)
{
	return due_deadline(due, late, context, start, times);
}

/* What is sampled: one line that names record, item and day. */
static str line_of(const struct effect *effect, const struct effect_case *one)
{
	struct arena *arena = effect->past->arena;
	str record = one->record ? str_format(arena, STR_FMT "/" STR_FMT " ",
					      STR_ARG(one->record->kind),
					      STR_ARG(one->record->id))
				 : STR("");
	str item = one->item.ptr
			   ? str_format(arena, STR_FMT " ", STR_ARG(one->item))
			   : STR("");

	return str_format(
		arena, STR_FMT STR_FMT STR_FMT, STR_ARG(record), STR_ARG(item),
		STR_ARG(one->occurrence.state == OCCURRENCE_UNDATED
				? STR("never")
				: effect_date(effect, one->occurrence.date)));
}

static bool falls_in(const struct effect *effect, const struct occurrence *one)
{
	return one->state == OCCURRENCE_UNDATED ||
	       stretch_holds(&effect->period, one->date);
}

static struct effect_duty *duty_of(struct effect *effect,
				   const struct obligation *obligation)
{
	struct effect_duty *last =
		effect->duties.count
			? &effect->duties.at[effect->duties.count - 1]
			: NULL;

	if (last && last->obligation == obligation)
		return last;
	last = vec_push(&effect->duties);
	last->obligation = obligation;
	return last;
}

/* Where a duty names no start, it is counted from the landing that brought the
 * record; what is asked of no record, from the first. */
static void find_start(struct occurrence_plan *plan,
		       const struct effect *effect,
		       const struct due_asked *asked)
{
	const struct past *past = effect->past;
	const struct record *record = asked->due->record;
	const struct trail *trail =
		record ? trails_find(past->trails, record->kind, record->id)
		       : NULL;
	const struct commit_facts *first =
		trail	 ? trail->changes[trail->count - 1].landing
		: record ? NULL
			 : history_landing(past->history, 0);

	if (plan->has_start || !first || !first->committer.dated)
		return;
	plan->has_start = true;
	plan->start = asked->due->obligation->exact
			      ? first->when
			      : clock_day(&effect->dues.clock, first->when);
}

/* Called for one duty of one record after the other. */
static void take(void *context, const struct due_asked *asked)
{
	struct effect *effect = context;
	const struct obligation *obligation = asked->due->obligation;
	struct occurrences found = {0};
	struct due_asked copy = *asked;
	struct occurrence_plan plan = {
		.done = asked->done,
		.done_count = asked->done_count,
		.has_start = asked->has_start,
		.start = asked->start,
		.now = obligation->exact ? effect->dues.now
					 : effect->dues.today,
		.deadline = step_to,
		.context = &copy,
	};
	bool ok;

	if (obligation->form == OBLIGATION_EVERY)
		find_start(&plan, effect, asked);
	ok = obligation->form == OBLIGATION_EVERY
		     ? occurrences_every(&found, &plan)
		     : occurrences_within(&found, &plan);

	for (size_t i = 0; ok && i < found.count; i++) {
		struct effect_case one = {
			.record = asked->due->record,
			.item = asked->due->item,
			.occurrence = found.at[i],
		};
		struct effect_duty *duty;

		if (obligation->form == OBLIGATION_STATED &&
		    one.occurrence.has_due)
			one.occurrence.date = one.occurrence.due;
		if (!falls_in(effect, &one.occurrence))
			continue;
		if (one.item.ptr)
			one.item = str_keep(effect->past->arena, one.item);
		duty = duty_of(effect, obligation);
		one.name = line_of(effect, &one);
		*vec_push(&duty->cases) = one;
	}
	occurrences_done(&found);
}

/* The trees that a record had before the present one. A version that cannot be
 * read is a problem. */
static const struct node *const *find_earlier(void *context,
					      const struct record *record,
					      size_t *count)
{
	struct effect *effect = context;
	struct past *past = effect->past;
	const struct trail *trail =
		trails_find(past->trails, record->kind, record->id);
	const struct node **trees;
	size_t kept = 0;

	*count = 0;
	if (!trail)
		return NULL;
	trees = arena_array(past->arena, const struct node *, trail->count);
	for (size_t i = 0; i < trail->count; i++) {
		const struct node *before;
		const struct node *after;
		struct error err;

		if (trail->changes[i].kind == CHANGE_REMOVED ||
		    trail->changes[i].kind == CHANGE_MOVED)
			continue;
		if (!change_trees(&before, &after, past->trails, past->reader,
				  &trail->changes[i], past->arena, &err))
			*vec_push(&effect->dues.problems) =
				str_keep(past->arena, error_text(&err));
		else if (after)
			trees[kept++] = after;
	}
	*count = kept;
	return trees;
}

static int by_date(const void *a, const void *b)
{
	const struct effect_case *x = a;
	const struct effect_case *y = b;
	int order = instant_compare(x->occurrence.date, y->occurrence.date);

	return order ? order : str_compare(x->name, y->name);
}

static bool counts(enum occurrence_state state)
{
	return state == OCCURRENCE_ON_TIME || state == OCCURRENCE_LATE ||
	       state == OCCURRENCE_MISSING;
}

static void draw(struct effect *effect, struct effect_duty *duty)
{
	struct arena *arena = effect->past->arena;
	str *names = arena_array(arena, str, duty->cases.count);
	size_t *places = arena_array(arena, size_t, duty->cases.count);
	size_t *taken = arena_array(arena, size_t, duty->cases.count);
	size_t population = 0;
	size_t size;

	for (size_t i = 0; i < duty->cases.count; i++) {
		if (!counts(duty->cases.at[i].occurrence.state))
			continue;
		places[population] = i;
		names[population++] = duty->cases.at[i].name;
	}
	size = effect->fixed_size ? effect->size : sample_size(population);
	size = sample_take(taken, size < population ? size : population,
			   effect->seed, names, population);
	for (size_t i = 0; i < size; i++)
		taken[i] = places[taken[i]];
	duty->sample = taken;
	duty->sample_count = size;
}

static void find_duties(struct effect *effect)
{
	size_t kept = 0;

	effect->dues.told = take;
	effect->dues.told_context = effect;
	effect->dues.earlier = find_earlier;
	due_find(&effect->dues);
	for (size_t i = 0; i < effect->duties.count; i++) {
		struct effect_duty duty = effect->duties.at[i];

		if (effect->only.ptr &&
		    !effect_cites(duty.obligation->cites,
				  duty.obligation->cite_count, effect->only)) {
			vec_done(&duty.cases);
			continue;
		}
		qsort(duty.cases.at, duty.cases.count,
		      sizeof(struct effect_case), by_date);
		for (size_t k = 0; k < duty.cases.count; k++) {
			enum occurrence_state state =
				duty.cases.at[k].occurrence.state;

			duty.counts[state]++;
			duty.expected += counts(state);
		}
		draw(effect, &duty);
		effect->duties.at[kept++] = duty;
	}
	effect->duties.count = kept;
}

/* ---- exceptions and deviations */

/* Does an exception cover a rule that rests on the control? */
static bool is_about(const struct effect *effect, const struct record *record,
		     str name)
{
	const struct node *rules = node_find(record->root, STR("rules"));
	const struct policy *policy = effect->past->input.policy;

	for (uint32_t i = 0; rules && i < rules->count; i++) {
		for (size_t k = 0; k < policy_rule_count(policy); k++) {
			const struct rule *rule = policy_rule_at(policy, k);
			str said = rules->as.children[i].text;

			if ((str_equal(said, rule->id) ||
			     (rule->code.len && str_equal(said, rule->code))) &&
			    effect_cites(rule->cites, rule->cite_count, name))
				return true;
		}
	}
	return false;
}

static void find_exceptions(struct effect *effect)
{
	size_t count;
	const struct record *const *records =
		corpus_of_kind(effect->corpus, STR("exception"), &count);

	for (size_t i = 0; i < count; i++) {
		struct effect_exception one = {.record = records[i]};
		struct stretch both;

		if (!waiver_term(&one.holds, records[i],
				 effect->past->input.policy) ||
		    !stretch_meet(&both, &one.holds, &effect->period) ||
		    (effect->only.ptr &&
		     !is_about(effect, records[i], effect->only)))
			continue;
		*vec_push(&effect->exceptions) = one;
	}
}

static void add_deviation(struct effect *effect,
			  const struct lifetime *lifetime,
			  const struct interval *stay, struct instant end)
{
	struct effect_deviation one = {
		.lifetime = lifetime,
		.open = {stay->opened.when,
			 stay->open ? end : stay->closed.when},
		.still = stay->open,
	};
	struct stretch both;

	if (one.still)
		one.open.until.seconds++;
	if (!stretch_meet(&both, &one.open, &effect->period))
		return;
	for (size_t i = 0; i < effect->exceptions.count; i++) {
		const struct effect_exception *exception =
			&effect->exceptions.at[i];

		if (waiver_names(exception->record, &lifetime->finding) &&
		    stretch_meet(&both, &exception->holds, &one.open))
			one.exception = exception->record;
	}
	*vec_push(&effect->deviations) = one;
}

static int by_opening(const void *a, const void *b)
{
	const struct effect_deviation *x = a;
	const struct effect_deviation *y = b;
	const struct finding *f = &x->lifetime->finding;
	const struct finding *g = &y->lifetime->finding;
	int order = (int)g->severity - (int)f->severity;

	if (!order)
		order = instant_compare(x->open.from, y->open.from);
	if (!order)
		order = str_compare(f->rule->id, g->rule->id);
	if (!order)
		order = str_compare(f->id, g->id);
	return order ? order
		     : memcmp(f->fingerprint, g->fingerprint, FINDING_ID);
}

static void find_deviations(struct effect *effect)
{
	const struct replay *replay = effect->replay;
	size_t count = replay_count(replay);
	struct lifetime *lifetimes =
		arena_array(effect->past->arena, struct lifetime, count);
	struct instant end = replay_clock(replay, replay_steps(replay) - 1);

	for (size_t i = 0; i < count; i++) {
		const struct rule *rule;

		lifetimes[i] = replay_at(replay, i);
		rule = lifetimes[i].finding.rule;
		if (effect->only.ptr &&
		    !effect_cites(rule->cites, rule->cite_count, effect->only))
			continue;
		for (size_t k = 0; k < lifetimes[i].count; k++)
			add_deviation(effect, &lifetimes[i],
				      &lifetimes[i].intervals[k], end);
	}
	if (effect->deviations.count)
		qsort(effect->deviations.at, effect->deviations.count,
		      sizeof(struct effect_deviation), by_opening);
}

/* ---- controls */

static struct effect_control *control_at(struct effect *effect, str name)
{
	struct effect_control *control;

	for (size_t i = 0; i < effect->controls.count; i++) {
		if (str_equal(effect->controls.at[i].name, name))
			return &effect->controls.at[i];
	}
	control = vec_push(&effect->controls);
	control->name = name;
	control->title =
		framework_find(policy_frameworks(effect->past->input.policy),
			       name)
			.title;
	return control;
}

static void name_controls(struct effect *effect)
{
	size_t count;
	const struct record *const *records =
		corpus_of_kind(effect->corpus, STR("control"), &count);

	if (effect->only.ptr)
		(void)control_at(effect, effect->only);
	for (size_t i = 0; i < count; i++) {
		str name = node_text(records[i]->root, STR("requirement"));

		if (!records[i]->valid || !records[i]->live || !name.ptr ||
		    (effect->only.ptr && !str_equal(name, effect->only)))
			continue;
		control_at(effect, name)->record = records[i];
	}
	for (size_t i = 0; !effect->only.ptr && i < effect->duties.count; i++) {
		const struct obligation *duty = effect->duties.at[i].obligation;

		for (size_t k = 0; k < duty->cite_count; k++)
			(void)control_at(effect, duty->cites[k].name);
	}
}

/* The number that a text begins with, taken from it. */
static size_t take_number(str *text)
{
	size_t number = 0;
	size_t i = 0;

	while (i < text->len && i < 9 && text->ptr[i] >= '0' &&
	       text->ptr[i] <= '9')
		number = number * 10 + (size_t)(text->ptr[i++] - '0');
	*text = str_slice(*text, i, text->len);
	return number;
}

/* A.5.9 before A.5.18. */
static int by_numbers(str a, str b)
{
	str x = a;
	str y = b;

	while (x.len && y.len) {
		size_t m = take_number(&x);
		size_t n = take_number(&y);

		if (m != n)
			return m < n ? -1 : 1;
		if (!x.len || !y.len || x.ptr[0] != y.ptr[0])
			break;
		x = str_slice(x, 1, x.len);
		y = str_slice(y, 1, y.len);
	}
	return x.len && y.len ? str_compare(x, y)
	       : x.len	      ? 1
	       : y.len	      ? -1
			      : str_compare(a, b);
}

static int by_name(const void *a, const void *b)
{
	const struct effect_control *x = a;
	const struct effect_control *y = b;

	return by_numbers(x->name, y->name);
}

static void fill_control(struct effect *effect, struct effect_control *control)
{
	for (size_t i = 0; i < effect->duties.count; i++) {
		const struct effect_duty *duty = &effect->duties.at[i];

		if (!effect_cites(duty->obligation->cites,
				  duty->obligation->cite_count, control->name))
			continue;
		*vec_push(&control->duties) = duty;
		for (size_t k = 0; k < OCCURRENCE_STATES; k++)
			control->counts[k] += duty->counts[k];
		control->expected += duty->expected;
	}
	for (size_t i = 0; i < effect->deviations.count; i++) {
		const struct rule *rule =
			effect->deviations.at[i].lifetime->finding.rule;

		if (effect_cites(rule->cites, rule->cite_count, control->name))
			*vec_push(&control->deviations) =
				&effect->deviations.at[i];
	}
	for (size_t i = 0; i < effect->exceptions.count; i++) {
		if (is_about(effect, effect->exceptions.at[i].record,
			     control->name))
			*vec_push(&control->exceptions) =
				&effect->exceptions.at[i];
	}
}

/* ---- what the answer rests on */

static void note(struct effect *effect, str text)
{
	*vec_push(&effect->notes) = text;
}

static void find_notes(struct effect *effect)
{
	struct arena *arena = effect->past->arena;
	size_t left_out = replay_left_out(effect->replay);
	str reason;
	size_t unread = replay_unread(effect->replay, &reason);
	int64_t step = replay_step(effect->replay);
	str unjudged =
		past_replay_unjudged(effect->replay, &effect->period, arena);

	if (effect->dues.unasked)
		note(effect,
		     str_format(arena,
				"%zu earlier version%s of records could not be "
				"asked for deliveries: they do not have "
				"today's shape",
				effect->dues.unasked,
				effect->dues.unasked == 1 ? "" : "s"));
	note(effect,
	     STR("duties are asked of the records as they are now: what ended "
		 "or went since, or was not yet in force then, is asked by "
		 "what it says today; work that comes back and names no start "
		 "is counted from the commit that brought its record"));
	note(effect, STR("deviations are found by the rules and the "
			 "configuration of today"));
	if (instant_compare(effect->past->input.now, effect->period.until) < 0)
		note(effect, STR("the period has not ended: what is pending "
				 "and the sample may change"));
	if (unjudged.ptr)
		note(effect, unjudged);
	if (left_out)
		note(effect,
		     str_format(arena,
				"%zu rule%s of history %s not replayed: abide "
				"check judges by them at the tip",
				left_out, left_out == 1 ? "" : "s",
				left_out == 1 ? "is" : "are"));
	if (unread)
		note(effect,
		     str_format(arena,
				"%zu version%s or judgement%s of the past "
				"could not be read or made whole; the "
				"first: " STR_FMT,
				unread, unread == 1 ? "" : "s",
				unread == 1 ? "" : "s", STR_ARG(reason)));
	if (step)
		note(effect,
		     str_format(arena,
				"what time alone opened and closed within "
				"%lld hours between two commits is not seen",
				(long long)(step / 3600 + 1)));
}

void effect_find(struct effect *effect)
{
	find_duties(effect);
	find_exceptions(effect);
	find_deviations(effect);
	name_controls(effect);
	if (effect->controls.count)
		qsort(effect->controls.at, effect->controls.count,
		      sizeof(struct effect_control), by_name);
	for (size_t i = 0; i < effect->controls.count; i++)
		fill_control(effect, &effect->controls.at[i]);
	find_notes(effect);
}
