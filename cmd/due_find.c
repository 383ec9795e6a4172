/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cel/period.h"
#include "cmd/due_asked.h"

enum {
	DAY = 86400,
	NESTED = 4,	   /* lists and optionals around a time */
	MISSING_MOST = 999 /* deadlines that are counted */
};

/* What one obligation asks of one record. */
struct asking {
	struct dues *dues;
	const struct obligation *obligation;
	const struct record *record; /* or NULL */
	struct cel_value variables[OBLIGATION_VARIABLES];
	str item;
};

struct moments {
	struct instant *at;
	size_t count;
	size_t capacity;
};

static str name_of(struct asking *asking)
{
	const struct record *record = asking->record;
	str id = asking->obligation->id;

	return record ? str_format(asking->dues->arena,
				   STR_FMT " of " STR_FMT "/" STR_FMT,
				   STR_ARG(id), STR_ARG(record->kind),
				   STR_ARG(record->id))
		      : id;
}

static bool problem(struct asking *asking, str text)
{
	*vec_push(&asking->dues->problems) =
		str_format(asking->dues->arena, STR_FMT ": " STR_FMT,
			   STR_ARG(name_of(asking)), STR_ARG(text));
	return false;
}

static struct cel_value reckon(struct asking *asking,
			       const struct cel_program *program)
{
	struct dues *dues = asking->dues;
	struct cel_activation activation = {
		.at = asking->variables,
		.count = OBLIGATION_VARIABLES,
	};
	struct cel_run run = {
		.arena = &dues->scratch,
		.budget = dues->host->limits->cel_run_cost,
		.host = dues->host,
		.zones = cel_zone_cache_zones(dues->host->zones),
		.joins = dues->host->joins,
	};

	return cel_eval(program, &activation, &run);
}

static bool evaluate(struct cel_value *out, struct asking *asking,
		     const struct cel_program *program)
{
	struct buf text;

	*out = reckon(asking, program);
	if (!cel_is_error(*out))
		return true;
	buf_init(&text, 1000);
	cel_error_print(&text, *out);
	(void)problem(asking, buf_str(&text));
	buf_done(&text);
	return false;
}

/* Times, optionals of them, and lists of both. */
static bool add_moments(struct moments *to, struct asking *asking,
			struct cel_value value, unsigned depth)
{
	struct cel_eval eval =
		host_eval(asking->dues->host, &asking->dues->scratch);

	if (value.tag == CEL_TIMESTAMP) {
		*vec_push(to) = cel_instant(value);
		return true;
	}
	if (depth == 0 || cel_is_error(value))
		return problem(asking, STR("gives no times"));
	if (value.tag == CEL_OPTIONAL)
		return !value.as.some ||
		       add_moments(to, asking, *value.as.some, depth - 1);
	if (value.tag != CEL_LIST)
		return problem(asking, STR("gives no times"));
	for (size_t i = 0; i < cel_list_size(value); i++) {
		if (!add_moments(to, asking, cel_list_at(&eval, value, i),
				 depth - 1))
			return false;
	}
	return true;
}

static bool moments_of(struct moments *to, struct asking *asking,
		       const struct cel_program *program)
{
	struct cel_value value;

	return !program || (evaluate(&value, asking, program) &&
			    add_moments(to, asking, value, NESTED));
}

static bool read_period(struct period *out, struct asking *asking, str text)
{
	struct error err;

	return period_parse(out, text, &err) ||
	       problem(asking, error_text(&err));
}

/* The interval or term in force, and whose word it is. */
static bool read_length(struct due *due, struct asking *asking)
{
	const struct obligation *obligation = asking->obligation;
	const struct node *root = asking->record ? asking->record->root : NULL;
	str own = obligation->form == OBLIGATION_STATED
			  ? (str){0}
			  : node_text(root, obligation->field);
	struct period theirs;

	due->by = DUE_BY_OBLIGATION;
	due->source = obligation->id;
	if (obligation->form == OBLIGATION_STATED) {
		due->by = DUE_BY_RECORD;
		due->source = obligation->field;
		return true;
	}
	if (obligation->param) {
		due->by = DUE_BY_PARAMETER;
		due->source = obligation->param->key;
		if (!read_period(&due->length, asking,
				 obligation->param->value->text))
			return false;
	} else if (obligation->period.ptr) {
		if (!read_period(&due->length, asking, obligation->period))
			return false;
	} else if (!own.ptr) {
		return problem(asking,
			       STR("the record does not say how often"));
	}
	if (!own.ptr)
		return true;
	if (!read_period(&theirs, asking, own))
		return false;
	if (obligation->shorter &&
	    period_compare_anchored(&theirs, &due->length) >= 0)
		return true;
	due->length = theirs;
	due->by = DUE_BY_RECORD;
	due->source = obligation->field;
	return true;
}

static bool read_more(struct due *due, struct asking *asking)
{
	const struct period *more;
	struct cel_value value;

	if (!asking->obligation->more)
		return true;
	if (!evaluate(&value, asking, asking->obligation->more))
		return false;
	more = cel_period_at(value);
	if (!more)
		return problem(asking, STR("`more` gives no period"));
	due->more = *more;
	return true;
}

static bool read_grace(struct due *due, struct asking *asking)
{
	const struct parameter *grace = asking->obligation->grace;

	return !grace || read_period(&due->grace, asking, grace->value->text);
}

static str find_who(const struct asking *asking)
{
	const struct obligation *obligation = asking->obligation;
	const struct node *root = asking->record ? asking->record->root : NULL;
	const struct record *const *roles;
	size_t count;

	if (obligation->who_field.ptr)
		return node_text(root, obligation->who_field);
	if (!obligation->who_duty.ptr)
		return node_text(root, STR("owner"));
	roles = corpus_of_kind(asking->dues->corpus, STR("role"), &count);
	for (size_t i = 0; i < count; i++) {
		if (roles[i]->live && roles[i]->valid && roles[i]->root &&
		    str_equal(node_text(roles[i]->root, STR("duty")),
			      obligation->who_duty))
			return roles[i]->id;
	}
	return (str){0};
}

/* Deliveries that lie in the future are plans. */
static bool read_deliveries(struct due *due, struct asking *asking)
{
	struct moments done = {0};
	bool ok = moments_of(&done, asking, asking->obligation->done);

	for (size_t i = 0; ok && i < done.count; i++) {
		struct instant at = done.at[i];

		if (instant_compare(at, asking->dues->now) > 0)
			continue;
		due->deliveries++;
		if (!due->delivered || instant_compare(due->last, at) < 0)
			due->last = at;
		due->delivered = true;
	}
	vec_done(&done);
	return ok;
}

/* The event, or the deadline that the record states. */
static bool read_start(struct instant *out, bool *known, struct asking *asking)
{
	const struct obligation *obligation = asking->obligation;
	struct moments from = {0};
	bool ok = moments_of(&from, asking, obligation->from);

	*known = false;
	for (size_t i = 0; ok && i < from.count; i++) {
		if (!*known || instant_compare(*out, from.at[i]) < 0)
			*out = from.at[i];
		*known = true;
	}
	vec_done(&from);
	if (ok && !obligation->from && obligation->form == OBLIGATION_STATED) {
		str text = node_text(asking->record->root, obligation->field);

		*known = date_parse(out, text) || instant_parse(out, text);
	}
	return ok;
}

/* start + times * length + more: months as one number, so that the 31st comes
 * back after a short month. */
static bool step(struct instant *out, struct asking *asking,
		 const struct due *due, struct instant start, int64_t times)
{
	const struct dues *dues = asking->dues;
	bool exact = asking->obligation->exact;
	struct period sum = due->more;
	struct period length = due->length;
	struct error err;

	if (__builtin_mul_overflow(length.months, times, &length.months) ||
	    __builtin_mul_overflow(length.days, times, &length.days) ||
	    __builtin_mul_overflow(length.seconds, times, &length.seconds))
		return problem(asking, STR("the deadline is too far away"));
	if (!exact)
		start = clock_day(&dues->clock, start);
	if (!period_add(&sum, &sum, &length, &err) ||
	    !period_plus(out, start, &sum, exact ? dues->clock.zone : NULL,
			 &err))
		return problem(asking, error_text(&err));
	if (!exact)
		out->seconds -= ((out->seconds % DAY) + DAY) % DAY;
	return true;
}

static bool roll(struct due *due, struct asking *asking)
{
	const struct parameter *wanted = asking->obligation->roll;
	struct error err;

	if (!wanted || !wanted->value->as.boolean)
		return true;
	due->before = due->at;
	if (!calendar_roll(&due->at, due->before, &asking->dues->host->calendar,
			   NULL, &err))
		return problem(asking, error_text(&err));
	due->rolled = instant_compare(due->at, due->before) != 0;
	return true;
}

static bool count_missing(struct due *due, struct asking *asking,
			  struct instant start)
{
	struct instant now = asking->obligation->exact ? asking->dues->now
						       : asking->dues->today;

	if (due->state != DUE_OVERDUE)
		return true;
	due->missing = 1;
	if (asking->obligation->form != OBLIGATION_EVERY ||
	    !due_has(&due->length))
		return true;
	while (due->missing < MISSING_MOST) {
		struct instant next;

		if (!step(&next, asking, due, start, (int64_t)due->missing + 1))
			return false;
		if (instant_compare(next, now) >= 0)
			break;
		due->missing++;
	}
	return true;
}

static bool judge_exact(struct due *due, struct asking *asking)
{
	const struct dues *dues = asking->dues;
	struct instant late;
	struct instant soon;
	struct error err;

	if (!period_plus(&late, due->at, &due->grace, dues->clock.zone, &err) ||
	    !period_plus(&soon, dues->now, &dues->within, dues->clock.zone,
			 &err))
		return problem(asking, error_text(&err));
	due->state = instant_compare(dues->now, late) > 0  ? DUE_OVERDUE
		     : instant_compare(due->at, soon) <= 0 ? DUE_SOON
							   : DUE_FINE;
	due->seconds = due->at.seconds - dues->now.seconds;
	/* A fraction of a second too late is too late. */
	if (due->at.nanos < dues->now.nanos)
		due->seconds--;
	due->days = due->seconds / DAY;
	return true;
}

static bool judge_day(struct due *due, struct asking *asking)
{
	const struct dues *dues = asking->dues;
	struct instant late;
	struct instant soon;
	struct error err;

	if (!period_plus(&late, due->at, &due->grace, NULL, &err) ||
	    !period_plus(&soon, dues->today, &dues->within, NULL, &err))
		return problem(asking, error_text(&err));
	due->state = instant_compare(dues->today, late) > 0 ? DUE_OVERDUE
		     : instant_compare(due->at, soon) <= 0  ? DUE_SOON
							    : DUE_FINE;
	due->days = (due->at.seconds - dues->today.seconds) / DAY;
	return true;
}

/* ---- every deadline there was */

bool due_deadline(struct instant *due, struct instant *late,
		  const struct due_asked *asked, struct instant start,
		  int64_t times)
{
	struct asking *asking = asked->asking;
	const struct zone *zone =
		asking->obligation->exact ? asking->dues->clock.zone : NULL;
	struct due reckoned = *asked->due;
	struct error err;

	if (asking->obligation->form == OBLIGATION_STATED)
		times = 0;
	if (!step(&reckoned.at, asking, &reckoned, start, times) ||
	    !roll(&reckoned, asking))
		return false;
	*due = reckoned.at;
	return period_plus(late, reckoned.at, &reckoned.grace, zone, &err) ||
	       problem(asking, error_text(&err));
}

static int by_time(const void *a, const void *b)
{
	const struct instant *x = a;
	const struct instant *y = b;

	return instant_compare(*x, *y);
}

/* What an earlier version of the record said. It need not have had the shape
 * that is asked for today: then it is counted as not asked. */
static void add_earlier(struct moments *to, struct asking *asking,
			const struct node *tree)
{
	struct dues *dues = asking->dues;
	const struct vocabulary *vocabulary =
		policy_vocabulary(dues->input->policy);
	struct cel_eval eval = host_eval(dues->host, &dues->scratch);
	struct cel_value now = asking->variables[VARIABLE_SELF];
	size_t before = to->count;
	struct cel_value value;

	asking->variables[VARIABLE_SELF] = cel_of_typed_node(
		&eval, tree, vocabulary_kind(vocabulary, asking->record->kind));
	value = reckon(asking, asking->obligation->done);
	asking->variables[VARIABLE_SELF] = now;
	if (cel_is_error(value) || !add_moments(to, asking, value, NESTED)) {
		to->count = before;
		dues->unasked++;
	}
}

/* Also what was overwritten since, of work that comes back. */
static bool all_deliveries(struct moments *to, struct asking *asking)
{
	struct dues *dues = asking->dues;
	const struct obligation *obligation = asking->obligation;
	const struct node *const *trees;
	size_t count = 0;

	if (!moments_of(to, asking, obligation->done))
		return false;
	if (!dues->earlier || !asking->record || !obligation->done ||
	    obligation->form != OBLIGATION_EVERY)
		return true;
	trees = dues->earlier(dues->told_context, asking->record, &count);
	for (size_t i = 0; i < count; i++)
		add_earlier(to, asking, trees[i]);
	return true;
}

/* Deliveries that lie in the future are plans. */
static bool tell_of(struct due *due, struct asking *asking)
{
	struct dues *dues = asking->dues;
	bool exact = asking->obligation->exact;
	struct moments done = {0};
	struct due_asked asked = {.asking = asking, .due = due};
	bool ok = all_deliveries(&done, asking) &&
		  read_start(&asked.start, &asked.has_start, asking);
	size_t kept = 0;

	for (size_t i = 0; ok && i < done.count; i++) {
		if (instant_compare(done.at[i], dues->now) <= 0)
			done.at[kept++] =
				exact ? done.at[i]
				      : clock_day(&dues->clock, done.at[i]);
	}
	if (kept)
		qsort(done.at, kept, sizeof(*done.at), by_time);
	asked.done = done.at;
	asked.done_count = kept;
	if (ok)
		dues->told(dues->told_context, &asked);
	vec_done(&done);
	return ok;
}

static bool find_deadline(struct due *due, struct asking *asking)
{
	const struct obligation *obligation = asking->obligation;
	struct instant start = due->last;
	bool known = due->delivered;
	int64_t times = obligation->form == OBLIGATION_STATED ? 0 : 1;

	if (!known && !read_start(&start, &known, asking))
		return false;
	if (!known) {
		due->state = DUE_OVERDUE;
		return true;
	}
	due->known = true;
	if (!step(&due->at, asking, due, start, times) || !roll(due, asking))
		return false;
	return (obligation->exact ? judge_exact(due, asking)
				  : judge_day(due, asking)) &&
	       count_missing(due, asking, start);
}

static void ask_item(struct asking *asking)
{
	const struct obligation *obligation = asking->obligation;
	struct due due = {
		.obligation = obligation,
		.record = asking->record,
		.item = asking->item,
		.who = find_who(asking),
	};

	asking->variables[OBLIGATION_ITEM] =
		cel_string(asking->item.ptr ? asking->item : STR(""));
	if (asking->dues->told) {
		if (read_length(&due, asking) && read_more(&due, asking) &&
		    read_grace(&due, asking))
			(void)tell_of(&due, asking);
		return;
	}
	if (!read_deliveries(&due, asking))
		return;
	if (due.delivered && obligation->form != OBLIGATION_EVERY)
		return; /* done */
	if (!read_length(&due, asking) || !read_more(&due, asking) ||
	    !read_grace(&due, asking) || !find_deadline(&due, asking))
		return;
	if (due.item.ptr)
		due.item = str_keep(asking->dues->arena, due.item);
	*vec_push(&asking->dues->items) = due;
	asking->dues->counts[due.state]++;
}

static void ask(struct asking *asking)
{
	const struct obligation *obligation = asking->obligation;
	struct cel_eval eval =
		host_eval(asking->dues->host, &asking->dues->scratch);
	struct cel_value value;

	if (obligation->when && (!evaluate(&value, asking, obligation->when) ||
				 value.tag != CEL_BOOL || !value.as.boolean))
		return;
	if (!obligation->each) {
		ask_item(asking);
		return;
	}
	if (!evaluate(&value, asking, obligation->each))
		return;
	if (value.tag != CEL_LIST) {
		(void)problem(asking, STR("`each` gives no list"));
		return;
	}
	for (size_t i = 0; i < cel_list_size(value); i++) {
		struct cel_value item = cel_list_at(&eval, value, i);

		if (item.tag != CEL_STRING) {
			(void)problem(asking, STR("`each` gives no texts"));
			return;
		}
		asking->item = cel_str(item);
		ask_item(asking);
	}
}

/* Asks of a record, or of nobody in particular. */
static void ask_record(struct dues *dues, const struct obligation *obligation,
		       const struct record *record)
{
	struct asking asking = {
		.dues = dues,
		.obligation = obligation,
		.record = record,
	};
	struct cel_eval eval = host_eval(dues->host, &dues->scratch);

	dues->host->self = record;
	dues->host->self_root = record ? record->root : NULL;
	host_variables(dues->host, &dues->scratch,
		       record ? host_record(&eval, dues->host, record)
			      : cel_null(),
		       asking.variables);
	ask(&asking);
	arena_reset(&dues->scratch);
}

static int by_urgency(const void *a, const void *b)
{
	const struct due *x = a;
	const struct due *y = b;
	int order = (int)x->state - (int)y->state;

	if (!order)
		order = (int)x->known - (int)y->known;
	if (!order && x->known)
		order = instant_compare(x->at, y->at);
	if (!order)
		order = str_compare(x->obligation->id, y->obligation->id);
	if (!order && x->record)
		order = str_compare(x->record->id, y->record->id);
	return order ? order : str_compare(x->item, y->item);
}

void due_find(struct dues *dues)
{
	for (size_t i = 0; i < obligation_count(dues->obligations); i++) {
		const struct obligation *obligation =
			obligation_at(dues->obligations, i);
		const struct record *const *records;
		size_t count;

		if (!obligation->kind.ptr) {
			ask_record(dues, obligation, NULL);
			continue;
		}
		records =
			corpus_of_kind(dues->corpus, obligation->kind, &count);
		/* One that ended, or is not what it should be, is told of
		 * elsewhere. */
		for (size_t k = 0; k < count; k++) {
			if (records[k]->valid && records[k]->root)
				ask_record(dues, obligation, records[k]);
		}
	}
	if (dues->items.count)
		qsort(dues->items.at, dues->items.count, sizeof(struct due),
		      by_urgency);
}
