/* SPDX-License-Identifier: Apache-2.0 */
#include "git/trailer.h"

#include "base/buf.h"
#include "base/vec.h"
#include "git/space.h"

/* The lines of a message, each with its newline. */
struct lines {
	VEC(str) list;
};

static bool is_blank(str line)
{
	return space_trim(line).len == 0;
}

/* git writes these for people; they are no part of the message. */
static bool is_comment(str line)
{
	return line.ptr[0] == '#';
}

static bool is_folded(str line)
{
	return space_is(line.ptr[0]);
}

static bool is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-';
}

/* How long the key before the colon is, blanks behind it included; 0: none. */
static size_t key_length(str line)
{
	bool blank = false;

	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];

		if (c == ':')
			return i;
		if (i && (c == ' ' || c == '\t'))
			blank = true;
		else if (blank || !is_key_char(c))
			return 0;
	}
	return 0;
}

static bool is_made_by_git(str line)
{
	return str_starts(line, STR("Signed-off-by: ")) ||
	       str_starts(line, STR("(cherry picked from commit "));
}

static void split(struct lines *lines, str text)
{
	while (text.len) {
		size_t end = str_find_byte(text, '\n');

		end = end == SIZE_MAX ? text.len : end + 1;
		*vec_push(&lines->list) = str_slice(text, 0, end);
		text = str_slice(text, end, text.len);
	}
}

static bool is_scissors(str line)
{
	return str_is(line, "# ------------------------ >8 "
			    "------------------------\n");
}

/* Where comments, empty lines and an old list of conflicts begin that end the
 * message; git looks for trailers before them. What follows a line of scissors
 * was never meant to stay, and ends the search as the end does. */
static size_t end_of(const struct lines *lines)
{
	size_t cut = 0;
	size_t tail = SIZE_MAX;
	bool conflicts = false;

	while (cut < lines->list.count && !is_scissors(lines->list.at[cut]))
		cut++;
	for (size_t i = 0; i < cut; i++) {
		str line = lines->list.at[i];
		bool starts = str_is(line, "Conflicts:\n");

		if (is_comment(line) || line.ptr[0] == '\n' || starts) {
			conflicts = conflicts || starts;
			tail = tail == SIZE_MAX ? i : tail;
		} else if (!conflicts || line.ptr[0] != '\t') {
			conflicts = false;
			tail = SIZE_MAX;
		}
	}
	return tail == SIZE_MAX ? cut : tail;
}

/* The first paragraph is the title and never holds trailers. */
static size_t end_of_title(const struct lines *lines)
{
	for (size_t i = 0; i < lines->list.count; i++) {
		str line = lines->list.at[i];

		if (!is_comment(line) && is_blank(line))
			return i;
	}
	return lines->list.count;
}

struct tally {
	size_t trailers, others;
	size_t folded; /* lines that continue what stands above, if it can be */
	bool by_git;
};

static void count_line(struct tally *tally, str line)
{
	if (is_comment(line)) {
		tally->others += tally->folded;
		tally->folded = 0;
	} else if (is_made_by_git(line) ||
		   (!is_folded(line) && key_length(line))) {
		tally->by_git = tally->by_git || is_made_by_git(line);
		tally->trailers++;
		tally->folded = 0;
	} else if (is_folded(line)) {
		tally->folded++;
	} else {
		tally->others += 1 + tally->folded;
		tally->folded = 0;
	}
}

/* The first line of the paragraph of trailers before `end`, or `end`. */
static size_t start_of(const struct lines *lines, size_t end)
{
	size_t title = end_of_title(lines);
	struct tally tally = {0};
	bool begun = false;

	for (size_t i = end; i-- > title;) {
		str line = lines->list.at[i];

		if (is_comment(line) || !is_blank(line)) {
			begun = begun || !is_comment(line);
			count_line(&tally, line);
			continue;
		}
		if (!begun)
			continue;
		tally.others += tally.folded;
		if ((tally.by_git && tally.trailers * 3 >= tally.others) ||
		    (tally.trailers && tally.others == 0))
			return i + 1;
		return end;
	}
	return end;
}

/* Joins the lines of a folded value by single blanks. */
static str unfold(str text, struct arena *arena)
{
	struct buf out;
	str kept;

	text = space_trim(text);
	if (str_find_byte(text, '\n') == SIZE_MAX)
		return text;
	buf_init(&out, SIZE_MAX / 4);
	for (size_t i = 0; i < text.len;) {
		if (text.ptr[i] != '\n') {
			buf_byte(&out, text.ptr[i++]);
			continue;
		}
		while (i < text.len && space_is(text.ptr[i]))
			i++;
		buf_byte(&out, ' ');
	}
	kept = str_keep(arena, space_trim(buf_str(&out)));
	buf_done(&out);
	return kept;
}

/* Makes a trailer of a line with those that continue it. */
static bool make(struct trailer *out, str text, struct arena *arena)
{
	size_t len = key_length(text);

	if (len == 0)
		return false;
	out->key = space_trim(str_slice(text, 0, len));
	out->value = unfold(str_slice(text, len + 1, text.len), arena);
	return true;
}

const struct trailer *trailers_parse(size_t *count, str message,
				     struct arena *arena)
{
	VEC(struct trailer) found = {0};
	struct lines lines = {0};
	const struct trailer *kept;
	size_t end;

	while (message.len && is_blank(str_slice(message, 0, 1)))
		message = str_slice(message, 1, message.len);
	split(&lines, message);
	end = end_of(&lines);
	for (size_t i = start_of(&lines, end); i < end;) {
		str text = lines.list.at[i++];
		struct trailer trailer;

		while (key_length(text) && i < end &&
		       is_folded(lines.list.at[i]))
			text.len += lines.list.at[i++].len;
		if (make(&trailer, text, arena))
			*vec_push(&found) = trailer;
	}
	kept = vec_keep(&found, arena);
	*count = found.count;
	vec_done(&found);
	vec_done(&lines.list);
	return kept;
}
