/* SPDX-License-Identifier: Apache-2.0 */
#include "base/stretch.h"

#include <stdlib.h>

enum { DAY = 86400, MONTHS = 12, QUARTER = 3, HALF = 6 };

/* ---- reading */

/* The midnight with which a month begins; the months after December are those
 * of the next year. */
static struct instant month_start(int64_t year, int month)
{
	if (month > MONTHS) {
		year++;
		month -= MONTHS;
	}
	return (struct instant){days_of_date(year, month, 1) * DAY, 0};
}

static bool digits(int64_t *out, str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	}
	return text.len > 0 && str_to_int64(out, text);
}

/* "H1", "Q3", "05", or nothing: the first month and how many. */
static bool read_months(int *first, int *count, str text)
{
	int64_t number;

	*first = 1;
	*count = MONTHS;
	if (!text.ptr)
		return true;
	if (text.len != 2)
		return false;
	if (digits(&number, text)) {
		*first = (int)number;
		*count = 1;
		return number >= 1 && number <= MONTHS;
	}
	if (!digits(&number, str_slice(text, 1, 2)))
		return false;
	*count = text.ptr[0] == 'H' ? HALF : QUARTER;
	*first = ((int)number - 1) * *count + 1;
	return (text.ptr[0] == 'H' || text.ptr[0] == 'Q') && number >= 1 &&
	       number <= MONTHS / *count;
}

static bool read_one(struct stretch *out, str text)
{
	str rest = text;
	str year = str_cut(&rest, '-');
	int64_t number;
	int first;
	int count;

	if (date_parse(&out->from, text)) {
		out->until = out->from;
		out->until.seconds += DAY;
		return true;
	}
	if (instant_parse(&out->from, text)) {
		out->until = out->from;
		return true;
	}
	if (year.len != 4 || !digits(&number, year) || number < 1 ||
	    !read_months(&first, &count, rest))
		return false;
	out->from = month_start(number, first);
	out->until = month_start(number, first + count);
	return true;
}

bool stretch_parse(struct stretch *out, str text)
{
	size_t dots = str_find(text, STR(".."));
	struct stretch first;
	struct stretch last;

	if (dots == SIZE_MAX) {
		if (!read_one(&first, text) ||
		    instant_compare(first.from, first.until) == 0)
			return false;
		*out = first;
		return true;
	}
	if (!read_one(&first, str_slice(text, 0, dots)) ||
	    !read_one(&last, str_slice(text, dots + 2, text.len)) ||
	    instant_compare(first.from, last.until) >= 0)
		return false;
	*out = (struct stretch){first.from, last.until};
	return true;
}

/* ---- lists */

bool stretch_holds(const struct stretch *stretch, struct instant at)
{
	return instant_compare(stretch->from, at) <= 0 &&
	       instant_compare(at, stretch->until) < 0;
}

bool stretch_meet(struct stretch *out, const struct stretch *a,
		  const struct stretch *b)
{
	struct stretch both = {
		.from = instant_compare(a->from, b->from) > 0 ? a->from
							      : b->from,
		.until = instant_compare(a->until, b->until) < 0 ? a->until
								 : b->until,
	};

	if (instant_compare(both.from, both.until) >= 0)
		return false;
	*out = both;
	return true;
}

static int by_start(const void *a, const void *b)
{
	const struct stretch *x = a;
	const struct stretch *y = b;
	int order = instant_compare(x->from, y->from);

	return order ? order : instant_compare(x->until, y->until);
}

size_t stretches_join(struct stretch *list, size_t count)
{
	size_t kept = 0;

	if (count == 0)
		return 0;
	qsort(list, count, sizeof(*list), by_start);
	for (size_t i = 1; i < count; i++) {
		struct stretch *last = &list[kept];

		if (instant_compare(list[i].from, last->until) > 0)
			list[++kept] = list[i];
		else if (instant_compare(list[i].until, last->until) > 0)
			last->until = list[i].until;
	}
	return kept + 1;
}

size_t stretches_rest(struct stretch *out, const struct stretch *list,
		      size_t count, const struct stretch *frame)
{
	struct instant from = frame->from;
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		struct stretch covered;

		if (!stretch_meet(&covered, &list[i], frame))
			continue;
		if (instant_compare(from, covered.from) < 0)
			out[found++] = (struct stretch){from, covered.from};
		from = covered.until;
	}
	if (instant_compare(from, frame->until) < 0)
		out[found++] = (struct stretch){from, frame->until};
	return found;
}

static int64_t day_of(int64_t seconds)
{
	return seconds >= 0 ? seconds / DAY : -((-seconds + DAY - 1) / DAY);
}

int64_t stretches_days(const struct stretch *list, size_t count)
{
	int64_t next = INT64_MIN; /* the first day that was not counted yet */
	int64_t days = 0;

	for (size_t i = 0; i < count; i++) {
		int64_t first = day_of(list[i].from.seconds);
		int64_t last = day_of(list[i].until.seconds -
				      (list[i].until.nanos == 0));

		if (instant_compare(list[i].from, list[i].until) >= 0)
			continue;
		if (first < next)
			first = next;
		if (last < first)
			continue;
		days += last - first + 1;
		next = last + 1;
	}
	return days;
}
