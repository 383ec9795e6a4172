/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/chart.h"

/* In tenths of a unit of the picture. */
enum {
	LEFT = 400,
	RIGHT = 6000,
	TOP = 140,
	BOTTOM = 2200,
	HEIGHT = BOTTOM - TOP,
	WIDTH = RIGHT - LEFT,
	LABEL_GAP = 190, /* between the words at the ends of areas */
	TEXT_DROP = 45,	 /* from the middle of a letter to its line */
	TICKS = 4,
	DATES = 5,
};

size_t chart_ceiling(size_t most)
{
	static const size_t steps[] = {1, 2, 4, 6, 8};
	size_t power = 1;

	for (;;) {
		for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
			if (power * steps[i] >= most)
				return power * steps[i];
		}
		if (power > SIZE_MAX / 100)
			return most;
		power *= 10;
	}
}

static void tenths(struct out *out, size_t value)
{
	out_size(out, value / 10);
	if (value % 10) {
		out_safe(out, SAFE("."));
		out_size(out, value % 10);
	}
}

static void attribute(struct out *out, struct safe name, size_t value)
{
	out_safe(out, SAFE(" "));
	out_safe(out, name);
	out_safe(out, SAFE("=\""));
	tenths(out, value);
	out_safe(out, SAFE("\""));
}

struct frame {
	struct out *out;
	const struct chart *chart;
	size_t ceiling;
};

static size_t x_of(const struct frame *frame, size_t index)
{
	return LEFT + WIDTH * index / (frame->chart->count - 1);
}

/* The scale is a fraction: sums of findings are far from its bounds. */
static size_t y_of(const struct frame *frame, size_t value)
{
	return BOTTOM -
	       (size_t)((double)value * HEIGHT / (double)frame->ceiling);
}

/* What lies below the series and, with it, up to its upper edge. */
static size_t sum_to(const struct chart_point *point, size_t series)
{
	size_t sum = 0;

	for (size_t i = 0; i < series; i++)
		sum += point->values[i];
	return sum;
}

static void point_at(const struct frame *frame, size_t index, size_t value,
		     bool first)
{
	out_safe(frame->out, first ? SAFE("M") : SAFE("L"));
	tenths(frame->out, x_of(frame, index));
	out_safe(frame->out, SAFE(" "));
	tenths(frame->out, y_of(frame, value));
}

static void write_area(const struct frame *frame, size_t series)
{
	const struct chart *chart = frame->chart;
	struct out *out = frame->out;

	out_safe(out, SAFE("<path class=\"area "));
	out_safe(out, chart->series[series].style);
	out_safe(out, SAFE("\" d=\""));
	for (size_t i = 0; i < chart->count; i++)
		point_at(frame, i, sum_to(&chart->points[i], series + 1),
			 i == 0);
	for (size_t i = chart->count; i-- > 0;)
		point_at(frame, i, sum_to(&chart->points[i], series), false);
	out_safe(out, SAFE("Z\"/>\n"));
}

static void write_ticks(const struct frame *frame)
{
	struct out *out = frame->out;
	size_t ticks = frame->ceiling < TICKS ? frame->ceiling : TICKS;

	while (frame->ceiling % ticks)
		ticks--;
	for (size_t i = 0; i <= ticks; i++) {
		size_t value = frame->ceiling / ticks * i;
		size_t y = y_of(frame, value);

		out_safe(out, SAFE("<line class=\"rule\""));
		attribute(out, SAFE("x1"), LEFT);
		attribute(out, SAFE("x2"), RIGHT);
		attribute(out, SAFE("y1"), y);
		attribute(out, SAFE("y2"), y);
		out_safe(out, SAFE("/><text text-anchor=\"end\""));
		attribute(out, SAFE("x"), LEFT - 80);
		attribute(out, SAFE("y"), y + TEXT_DROP);
		out_safe(out, SAFE(">"));
		out_size(out, value);
		out_safe(out, SAFE("</text>\n"));
	}
}

static void write_dates(const struct frame *frame)
{
	const struct chart *chart = frame->chart;
	struct out *out = frame->out;
	size_t dates = chart->count < DATES ? chart->count : DATES;

	for (size_t i = 0; i < dates; i++) {
		size_t index = (chart->count - 1) * i / (dates - 1);

		out_safe(out, SAFE("<text text-anchor=\""));
		out_safe(out, i == 0	       ? SAFE("start")
			      : i == dates - 1 ? SAFE("end")
					       : SAFE("middle"));
		out_safe(out, SAFE("\""));
		attribute(out, SAFE("x"), x_of(frame, index));
		attribute(out, SAFE("y"), BOTTOM + 220);
		out_safe(out, SAFE(">"));
		out_text(out, chart->points[index].label, ENCODE_HTML);
		out_safe(out, SAFE("</text>\n"));
	}
}

/* At the height of its area's end, and never over the one below. */
static void write_names(const struct frame *frame)
{
	const struct chart *chart = frame->chart;
	const struct chart_point *last = &chart->points[chart->count - 1];
	struct out *out = frame->out;
	size_t lowest = BOTTOM + TEXT_DROP;

	for (size_t i = 0; i < CHART_SERIES; i++) {
		size_t middle = (y_of(frame, sum_to(last, i)) +
				 y_of(frame, sum_to(last, i + 1))) /
				2;
		size_t y = middle + TEXT_DROP;

		if (y > lowest)
			y = lowest;
		lowest = y - LABEL_GAP;
		out_safe(out, SAFE("<text class=\"name\""));
		attribute(out, SAFE("x"), RIGHT + 100);
		attribute(out, SAFE("y"), y);
		out_safe(out, SAFE(">"));
		out_size(out, last->values[i]);
		out_safe(out, SAFE(" "));
		out_safe(out, chart->series[i].name);
		out_safe(out, SAFE("</text>\n"));
	}
}

static void write_label(struct out *out, struct safe id, struct safe part)
{
	out_safe(out, id);
	out_safe(out, part);
}

void chart_write(struct out *out, const struct chart *chart)
{
	struct frame frame = {out, chart, 1};

	for (size_t i = 0; i < chart->count; i++) {
		size_t sum = sum_to(&chart->points[i], CHART_SERIES);

		if (sum > frame.ceiling)
			frame.ceiling = sum;
	}
	frame.ceiling = chart_ceiling(frame.ceiling);
	out_safe(out, SAFE("<svg class=\"chart\" role=\"img\" "
			   "viewBox=\"0 0 720 250\" aria-labelledby=\""));
	write_label(out, chart->id, SAFE("-title "));
	write_label(out, chart->id, SAFE("-desc\">\n<title id=\""));
	write_label(out, chart->id, SAFE("-title\">"));
	out_safe(out, chart->title);
	out_safe(out, SAFE("</title>\n<desc id=\""));
	write_label(out, chart->id, SAFE("-desc\">"));
	out_text(out, chart->description, ENCODE_HTML);
	out_safe(out, SAFE("</desc>\n"));
	write_ticks(&frame);
	for (size_t i = 0; i < CHART_SERIES; i++)
		write_area(&frame, i);
	write_dates(&frame);
	write_names(&frame);
	out_safe(out, SAFE("</svg>\n"));
}
