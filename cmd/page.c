/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/page.h"

#include <assert.h>

#include "base/period.h"

void page_text(struct out *out, str untrusted)
{
	out_text(out, untrusted, ENCODE_HTML);
}

void page_code(struct out *out, str untrusted)
{
	out_safe(out, SAFE("<code>"));
	page_text(out, untrusted);
	out_safe(out, SAFE("</code>"));
}

/* Line ends of a folded text are blanks. */
static void page_line(struct out *out, str text)
{
	str rest = text;

	do {
		str line = str_trim(str_cut(&rest, '\n'));

		page_text(out, line);
		if (rest.ptr && rest.len && line.len)
			out_safe(out, SAFE(" "));
	} while (rest.ptr);
}

void page_prose(struct out *out, str untrusted)
{
	str rest = untrusted;

	while (rest.ptr) {
		size_t open = str_find_byte(rest, '`');
		str behind = open == SIZE_MAX
				     ? (str){NULL, 0}
				     : str_slice(rest, open + 1, rest.len);
		size_t close =
			behind.ptr ? str_find_byte(behind, '`') : SIZE_MAX;

		if (close == SIZE_MAX) {
			page_line(out, rest);
			return;
		}
		page_text(out, str_slice(rest, 0, open));
		page_code(out, str_slice(behind, 0, close));
		rest = str_slice(behind, close + 1, behind.len);
	}
}

/* ---- durations */

struct unit {
	char letter;
	bool time; /* behind the T */
	struct safe one, many;
};

static const struct unit units[] = {
	{'Y', false, SAFE_INIT("year"), SAFE_INIT("years")},
	{'M', false, SAFE_INIT("month"), SAFE_INIT("months")},
	{'W', false, SAFE_INIT("week"), SAFE_INIT("weeks")},
	{'D', false, SAFE_INIT("day"), SAFE_INIT("days")},
	{'H', true, SAFE_INIT("hour"), SAFE_INIT("hours")},
	{'M', true, SAFE_INIT("minute"), SAFE_INIT("minutes")},
	{'S', true, SAFE_INIT("second"), SAFE_INIT("seconds")},
};

static const struct unit *unit_of(char letter, bool time)
{
	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		if (units[i].letter == letter && units[i].time == time)
			return &units[i];
	}
	return NULL;
}

void page_period(struct out *out, str untrusted)
{
	struct period period;
	struct error err;
	bool time = false;
	size_t from = 1;

	if (!period_parse(&period, untrusted, &err)) {
		page_text(out, untrusted);
		return;
	}
	for (size_t i = 1; i < untrusted.len; i++) {
		const struct unit *unit = unit_of(untrusted.ptr[i], time);
		str number = str_slice(untrusted, from, i);

		if (untrusted.ptr[i] == 'T') {
			time = true;
			from = i + 1;
		}
		if (!unit)
			continue;
		if (from > (time ? 2U : 1U))
			out_safe(out, SAFE(" and "));
		page_text(out, number);
		out_safe(out, SAFE(" "));
		out_safe(out, str_is(number, "1") ? unit->one : unit->many);
		from = i + 1;
	}
}

void page_date(struct out *out, str untrusted)
{
	out_safe(out, SAFE("<span class=\"date\">"));
	page_text(out, untrusted);
	out_safe(out, SAFE("</span>"));
}

void page_count(struct out *out, size_t count, struct safe one,
		struct safe many)
{
	out_size(out, count);
	out_safe(out, SAFE(" "));
	out_safe(out, count == 1 ? one : many);
}

void page_severity(struct out *out, enum severity severity)
{
	static const struct safe tags[] = {
		[SEVERITY_OFF] = SAFE_INIT(""),
		[SEVERITY_NOTE] = SAFE_INIT(
			"<span class=\"severity note\"><span "
			"aria-hidden=\"true\">\u25cb</span> note</span>"),
		[SEVERITY_WARNING] = SAFE_INIT(
			"<span class=\"severity warning\"><span "
			"aria-hidden=\"true\">\u25b2</span> warning</span>"),
		[SEVERITY_ERROR] = SAFE_INIT(
			"<span class=\"severity error\"><span "
			"aria-hidden=\"true\">\u25c6</span> error</span>"),
	};

	out_safe(out, tags[severity]);
}

void page_section(struct out *out, struct safe id, struct safe title)
{
	out_safe(out, SAFE("\n<section id=\""));
	out_safe(out, id);
	out_safe(out, SAFE("\" aria-labelledby=\""));
	out_safe(out, id);
	out_safe(out, SAFE("-head\">\n<h2 id=\""));
	out_safe(out, id);
	out_safe(out, SAFE("-head\">"));
	out_safe(out, title);
	out_safe(out, SAFE("</h2>\n"));
}

void page_section_end(struct out *out)
{
	out_safe(out, SAFE("</section>\n"));
}

void page_note(struct out *out, struct safe sentence)
{
	out_safe(out, SAFE("<p class=\"lead\">"));
	out_safe(out, sentence);
	out_safe(out, SAFE("</p>\n"));
}

void grid_begin(struct grid *grid, struct out *out, struct safe caption,
		const struct column *heads, size_t count)
{
	*grid = (struct grid){.out = out, .heads = heads, .count = count};
	out_safe(out, SAFE("<table role=\"table\">\n<caption>"));
	out_safe(out, caption);
	out_safe(out, SAFE("</caption>\n<colgroup>"));
	for (size_t i = 0; i < count; i++) {
		out_safe(out, SAFE("<col class=\"w"));
		out_size(out, heads[i].share);
		out_safe(out, SAFE("\">"));
	}
	out_safe(out, SAFE("</colgroup>\n<thead role=\"rowgroup\"><tr "
			   "role=\"row\">"));
	for (size_t i = 0; i < count; i++) {
		out_safe(out, SAFE("<th scope=\"col\" role=\"columnheader\">"));
		out_safe(out, heads[i].name);
		out_safe(out, SAFE("</th>"));
	}
	out_safe(out, SAFE("</tr></thead>\n<tbody role=\"rowgroup\">\n"));
}

void grid_row(struct grid *grid)
{
	assert(grid->at == 0);
	out_safe(grid->out, SAFE("<tr role=\"row\">"));
}

static void end_cell(struct grid *grid)
{
	if (grid->at)
		out_safe(grid->out, grid->at == 1 ? SAFE("</div></th>")
						  : SAFE("</div></td>"));
}

void grid_cell(struct grid *grid)
{
	struct out *out = grid->out;

	assert(grid->at < grid->count);
	end_cell(grid);
	out_safe(out, grid->at ? SAFE("<td role=\"cell\"")
			       : SAFE("<th scope=\"row\" role=\"rowheader\""));
	out_safe(out, SAFE(" data-head=\""));
	out_safe(out, grid->heads[grid->at].name);
	out_safe(out, SAFE("\"><div>"));
	grid->at++;
}

void grid_text(struct grid *grid, str untrusted)
{
	grid_cell(grid);
	if (untrusted.len)
		page_text(grid->out, untrusted);
	else
		out_safe(grid->out, SAFE("<span class=\"quiet\">none</span>"));
}

void grid_row_end(struct grid *grid)
{
	assert(grid->at == grid->count);
	end_cell(grid);
	grid->at = 0;
	out_safe(grid->out, SAFE("</tr>\n"));
}

void grid_end(struct grid *grid)
{
	assert(grid->at == 0);
	out_safe(grid->out, SAFE("</tbody>\n</table>\n"));
}
