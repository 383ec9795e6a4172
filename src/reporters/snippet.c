/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/snippet.h"

#include <assert.h>

#include "base/width.h"

enum {
	COLUMNS_FILE = 120, /* where no terminal says */
	COLUMNS_LEAST = 40, /* however narrow it is */
	COLUMNS_MOST = 400,
	/* What is looked at of a line: it bounds the work, whatever is in it.
	 */
	BYTES_BEFORE = 2048,
	BYTES_AFTER = 4096,
};

/* An underlined stretch of a line, in bytes. */
struct mark {
	size_t start;
	size_t end;
	size_t last_line; /* where it really ends, if further down; else 0 */
	str label;
	bool drawn;
};

struct row {
	size_t number;
	str line;
	struct mark first;  /* what the finding is about */
	struct mark second; /* what explains it */
};

struct snippet {
	struct out *out;
	const struct palette *palette;
	enum severity severity;
	size_t gutter;	/* columns of the line numbers */
	size_t columns; /* of source */
	struct row rows[SNIPPET_LINES];
	size_t count;
};

/* ---- which lines */

static bool says_something(str line)
{
	return str_trim(line).len > 0 && !str_starts(line, STR("---"));
}

static const str *line_of(const struct finding *finding, size_t number)
{
	size_t i = number - finding->first_line;

	if (finding->first_line == 0 || number < finding->first_line ||
	    i >= ARRAY_SIZE(finding->lines) || !finding->lines[i].ptr)
		return NULL;
	return &finding->lines[i];
}

static struct row *add_row(struct snippet *snippet, size_t number, str line)
{
	size_t at = 0;

	while (at < snippet->count && snippet->rows[at].number < number)
		at++;
	if (at < snippet->count && snippet->rows[at].number == number)
		return &snippet->rows[at];
	assert(snippet->count < SNIPPET_LINES);
	memmove(&snippet->rows[at + 1], &snippet->rows[at],
		(snippet->count - at) * sizeof(snippet->rows[0]));
	snippet->count++;
	snippet->rows[at] = (struct row){.number = number, .line = line};
	return &snippet->rows[at];
}

/* The part of a span on its first line; one that ends at the beginning of a
 * line ends with the line before. */
static struct mark mark_of(str line, struct place start, struct place end,
			   str label)
{
	struct mark mark = {.label = label, .drawn = true};
	size_t last = end.line;

	if (last > start.line && end.column == 1)
		last--;
	mark.start = start.byte_column ? start.byte_column - 1 : 0;
	mark.end = end.byte_column ? end.byte_column - 1 : 0;
	if (end.line > start.line || mark.end > line.len)
		mark.end = line.len;
	if (mark.start > line.len)
		mark.start = line.len;
	if (mark.end < mark.start)
		mark.end = mark.start;
	if (last > start.line)
		mark.last_line = last;
	return mark;
}

static void take_lines(struct snippet *snippet, const struct finding *finding)
{
	size_t number = finding->start.line;
	const str *line = line_of(finding, number);
	const str *near = number > 1 ? line_of(finding, number - 1) : NULL;
	struct mark mark;
	size_t after = 0;

	if (!line)
		return;
	mark = mark_of(*line, finding->start, finding->end, finding->label);
	add_row(snippet, number, *line)->first = mark;
	if (near && says_something(*near))
		add_row(snippet, number - 1, *near);
	else
		after = CONTEXT_LINES;
	if (mark.last_line)
		after = mark.last_line - number;
	for (size_t i = 1; i <= after && i <= CONTEXT_LINES; i++) {
		near = line_of(finding, number + i);
		if (!near || (!mark.last_line && !says_something(*near)))
			break;
		add_row(snippet, number + i, *near);
	}
}

static bool is_beside(const struct finding *finding)
{
	return finding->other.path.ptr &&
	       str_equal(finding->other.path, finding->path) &&
	       finding->other.line.ptr && line_of(finding, finding->start.line);
}

static void take_second(struct snippet *snippet, const struct secondary *other)
{
	add_row(snippet, other->start.line, other->line)->second =
		mark_of(other->line, other->start, other->end, other->label);
}

static size_t digits_of(size_t number)
{
	size_t count = 1;

	while (number /= 10)
		count++;
	return count;
}

/* ---- one line of source */

/* Where the marks of a row begin and end. */
enum { FIRST_START, FIRST_END, SECOND_START, SECOND_END, STOPS };

/* A line as it is shown: tabs made wide, only the bytes near its mark. */
struct view {
	struct buf text;
	size_t stops[STOPS]; /* in `text`, inside the cut */
	struct width_cut cut;
};

static size_t back_to_point(str line, size_t at)
{
	for (size_t i = 0; i < 3 && at > 0 && at < line.len; i++) {
		if (((unsigned char)line.ptr[at] & 0xC0) != 0x80)
			break;
		at--;
	}
	return at;
}

/* Copies line[from, to) and notes where the stops come to lie. */
static void copy_near(struct view *view, str line, size_t from, size_t to,
		      const size_t stops[STOPS])
{
	for (size_t i = from; i <= to; i++) {
		for (size_t k = 0; k < STOPS; k++)
			if (stops[k] == i || (i == to && stops[k] > to))
				view->stops[k] = view->text.len;
		if (i == to)
			break;
		if (line.ptr[i] == '\t')
			buf_add(&view->text, STR("→   "));
		else
			buf_byte(&view->text, line.ptr[i]);
	}
}

static size_t clamp(size_t value, size_t least, size_t most)
{
	return value < least ? least : value > most ? most : value;
}

static void view_init(struct view *view, const struct row *row, size_t columns)
{
	const size_t stops[STOPS] = {row->first.start, row->first.end,
				     row->second.start, row->second.end};
	size_t anchor = row->first.drawn ? FIRST_START : SECOND_START;
	str line = row->line;
	size_t start = stops[anchor];
	size_t from = 0;
	size_t to = line.len;

	if (start > BYTES_BEFORE)
		from = back_to_point(line, start - BYTES_BEFORE);
	if (to - start > BYTES_AFTER)
		to = back_to_point(line, start + BYTES_AFTER);
	*view = (struct view){0};
	buf_init(&view->text, SIZE_MAX);
	copy_near(view, line, from, to, stops);
	/* Its ellipsis needs a column even where the rest would fit. */
	view->cut = width_around(buf_str(&view->text), view->stops[anchor],
				 view->stops[anchor + 1],
				 columns - (from > 0) - (to < line.len));
	view->cut.before |= from > 0;
	view->cut.after |= to < line.len;
	for (size_t k = 0; k < STOPS; k++)
		view->stops[k] =
			clamp(view->stops[k], view->cut.start, view->cut.end);
}

/* Encodes a part and returns the columns it took, which are those of what was
 * written: breaking up a command adds one. */
static size_t show(struct out *out, str part)
{
	size_t before = out->buf.len;
	str all;

	out_text(out, part, ENCODE_TERMINAL);
	all = out_str(out);
	return width_of(str_slice(all, before, all.len));
}

/* Writes what the view shows and notes the column of each stop. */
static void show_view(struct out *out, const struct view *view,
		      size_t columns[STOPS])
{
	const struct width_cut *cut = &view->cut;
	size_t column = cut->before;
	size_t at = cut->start;

	if (cut->before)
		out_safe(out, SAFE("…"));
	for (;;) {
		size_t next = cut->end;

		for (size_t k = 0; k < STOPS; k++) {
			if (view->stops[k] == at)
				columns[k] = column;
			else if (view->stops[k] > at && view->stops[k] < next)
				next = view->stops[k];
		}
		if (at == cut->end)
			break;
		column += show(out, str_slice(buf_str(&view->text), at, next));
		at = next;
	}
	if (cut->after)
		out_safe(out, SAFE("…"));
}

/* ---- the drawing */

static void write_gutter(const struct snippet *snippet, size_t number)
{
	struct out *out = snippet->out;
	size_t digits = number ? digits_of(number) : 0;

	out_safe(out, snippet->palette->gutter);
	out_repeat(out, SAFE(" "), snippet->gutter - digits);
	if (number)
		out_size(out, number);
	out_safe(out, SAFE(" |"));
	out_safe(out, snippet->palette->end);
}

static void write_label(struct out *out, const struct mark *mark)
{
	if (mark->label.len) {
		out_safe(out, SAFE(" "));
		out_text_cut(out, mark->label, SNIPPET_LABEL, ENCODE_TERMINAL);
	}
	if (mark->last_line) {
		out_safe(out, SAFE(" (to line "));
		out_size(out, mark->last_line);
		out_safe(out, SAFE(")"));
	}
}

static void write_mark(const struct snippet *snippet, const struct mark *mark,
		       size_t start, size_t end, bool second)
{
	struct out *out = snippet->out;

	if (!mark->drawn)
		return;
	write_gutter(snippet, 0);
	out_repeat(out, SAFE(" "), start + 1);
	out_safe(out, second ? snippet->palette->second
			     : snippet->palette->severity[snippet->severity]);
	out_repeat(out, second ? SAFE("-") : SAFE("^"),
		   end > start ? end - start : 1);
	write_label(out, mark);
	out_safe(out, snippet->palette->end);
	out_safe(out, SAFE("\n"));
}

static void write_row(const struct snippet *snippet, const struct row *row)
{
	size_t columns[STOPS] = {0};
	struct out *out = snippet->out;
	struct view view;

	view_init(&view, row, snippet->columns);
	write_gutter(snippet, row->number);
	if (view.text.len)
		out_safe(out, SAFE(" "));
	show_view(out, &view, columns);
	out_safe(out, SAFE("\n"));
	write_mark(snippet, &row->first, columns[FIRST_START],
		   columns[FIRST_END], false);
	write_mark(snippet, &row->second, columns[SECOND_START],
		   columns[SECOND_END], true);
	buf_done(&view.text);
}

static void write_rows(const struct snippet *snippet)
{
	struct out *out = snippet->out;

	if (snippet->count == 0)
		return;
	write_gutter(snippet, 0);
	out_safe(out, SAFE("\n"));
	for (size_t i = 0; i < snippet->count; i++) {
		if (i > 0 &&
		    snippet->rows[i].number > snippet->rows[i - 1].number + 1) {
			out_safe(out, snippet->palette->gutter);
			out_safe(out, SAFE("..."));
			out_safe(out, snippet->palette->end);
			out_safe(out, SAFE("\n"));
		}
		write_row(snippet, &snippet->rows[i]);
	}
	write_gutter(snippet, 0);
	out_safe(out, SAFE("\n"));
}

/* "  --> path:7:13", and the label where no line of source can carry it. */
static void write_arrow(const struct snippet *snippet, str path,
			struct place start, str label)
{
	struct out *out = snippet->out;

	out_safe(out, snippet->palette->gutter);
	out_repeat(out, SAFE(" "), snippet->gutter);
	out_safe(out, SAFE("-->"));
	out_safe(out, snippet->palette->end);
	out_safe(out, SAFE(" "));
	out_safe(out, snippet->palette->strong);
	out_text(out, path, ENCODE_TERMINAL);
	if (start.line) {
		out_safe(out, SAFE(":"));
		out_size(out, start.line);
		out_safe(out, SAFE(":"));
		out_size(out, start.column);
	}
	out_safe(out, snippet->palette->end);
	if (label.len) {
		out_safe(out, SAFE(": "));
		out_text_cut(out, label, SNIPPET_LABEL, ENCODE_TERMINAL);
	}
	out_safe(out, SAFE("\n"));
}

static void write_second(struct snippet *snippet, const struct secondary *other)
{
	bool sourced = other->line.ptr && other->start.line;

	write_arrow(snippet, other->path, other->start,
		    sourced ? (str){NULL, 0} : other->label);
	snippet->count = 0;
	if (sourced)
		take_second(snippet, other);
	write_rows(snippet);
}

/* Line numbers are never narrower than two columns, for a calm left edge. */
static void measure(struct snippet *snippet, const struct finding *finding,
		    unsigned columns)
{
	size_t largest = finding->start.line;

	if (snippet->count &&
	    snippet->rows[snippet->count - 1].number > largest)
		largest = snippet->rows[snippet->count - 1].number;
	if (finding->other.path.ptr && finding->other.start.line > largest)
		largest = finding->other.start.line;
	snippet->gutter = clamp(digits_of(largest), 2, SIZE_MAX);
	snippet->columns = clamp(columns ? columns : COLUMNS_FILE,
				 COLUMNS_LEAST, COLUMNS_MOST) -
			   snippet->gutter - strlen(" | ");
}

size_t snippet_write(struct out *out, const struct finding *finding,
		     unsigned columns, const struct palette *palette)
{
	const struct secondary *other = &finding->other;
	struct snippet snippet = {
		.out = out, .palette = palette, .severity = finding->severity};
	bool beside = finding->path.len && is_beside(finding);

	if (finding->path.len)
		take_lines(&snippet, finding);
	if (beside)
		take_second(&snippet, other);
	measure(&snippet, finding, columns);
	if (finding->path.len) {
		write_arrow(&snippet, finding->path, finding->start,
			    snippet.count ? (str){NULL, 0} : finding->label);
		write_rows(&snippet);
	}
	if (other->path.ptr && !beside)
		write_second(&snippet, other);
	return snippet.gutter;
}
