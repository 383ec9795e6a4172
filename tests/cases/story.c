/* SPDX-License-Identifier: Apache-2.0 */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

bool story_runs(const struct step *step)
{
	return str_is(step->name, "run") || str_is(step->name, "cat");
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* \{N:TEXT}; returns what is behind it, or SIZE_MAX. */
static size_t repeat(struct buf *to, str s, size_t at)
{
	size_t colon = str_find_byte(str_slice(s, at, s.len), ':');
	size_t end = str_find_byte(str_slice(s, at, s.len), '}');
	int64_t count;
	str text;

	if (colon == SIZE_MAX || end == SIZE_MAX || colon > end ||
	    !str_to_int64(&count, str_slice(s, at, at + colon)))
		return SIZE_MAX;
	text = str_slice(s, at + colon + 1, at + end);
	for (int64_t i = 0; i < count; i++)
		buf_add(to, text);
	return at + end + 1;
}

/* Resolves the escapes of a step whose name ends in -escaped. */
static bool unescape(str *out, str s, struct arena *arena)
{
	struct buf to;
	bool ok = true;
	size_t i = 0;

	buf_init(&to, STORY_MOST);
	while (ok && i < s.len) {
		char c = s.ptr[i++];
		char next = i < s.len ? s.ptr[i] : '\0';

		if (c != '\\') {
			buf_byte(&to, c);
		} else if (next == '\\' || next == 't') {
			buf_byte(&to, next == 't' ? '\t' : '\\');
			i++;
		} else if (next == 'x' && i + 2 < s.len &&
			   hex_digit(s.ptr[i + 1]) >= 0 &&
			   hex_digit(s.ptr[i + 2]) >= 0) {
			buf_byte(&to, (char)(hex_digit(s.ptr[i + 1]) * 16 +
					     hex_digit(s.ptr[i + 2])));
			i += 3;
		} else if (next == 'c' && i + 2 == s.len) {
			i += 2;
		} else if (next == '{') {
			i = repeat(&to, s, i + 1);
			ok = i != SIZE_MAX;
		} else {
			ok = false;
		}
	}
	*out = str_keep(arena, buf_str(&to));
	ok = ok && !to.full;
	buf_done(&to);
	return ok;
}

static bool read_whole(str *out, const char *path, struct arena *arena)
{
	FILE *file = fopen(path, "rb");
	struct buf text;
	char part[4096];
	size_t count;
	bool ok;

	if (!file)
		return false;
	buf_init(&text, STORY_MOST);
	while ((count = fread(part, 1, sizeof(part), file)) > 0)
		buf_add(&text, str_make(part, count));
	ok = !ferror(file) && !text.full;
	*out = str_keep(arena, buf_str(&text));
	buf_done(&text);
	(void)fclose(file);
	return ok;
}

/* The text of a step: its content, without the empty line of the layout. */
static str content_of(str body)
{
	if (body.len == 1 && body.ptr[0] == '\n')
		return str_slice(body, 0, 0);
	return str_ends(body, STR("\n\n")) ? str_slice(body, 0, body.len - 1)
					   : body;
}

/* Puts exit, out or err with the run above it. */
static bool take_result(struct story *story, struct step *step,
			const char **why)
{
	struct step *run =
		story->count ? &story->steps[story->count - 1] : NULL;
	int64_t status;

	if (!run || !story_runs(run)) {
		*why = "a result without a run";
		return false;
	}
	if (str_is(step->name, "out")) {
		run->expected.out = step->content;
	} else if (str_is(step->name, "err")) {
		run->expected.err = step->content;
	} else if (str_to_int64(&status, step->argument)) {
		run->expected.status = (int)status;
	} else {
		*why = "an exit status that is no number";
		return false;
	}
	return true;
}

static bool add_step(struct story *story, struct step *step,
		     struct arena *arena, const char **why)
{
	const str suffix = STR("-escaped");

	if (str_ends(step->name, suffix)) {
		step->name =
			str_slice(step->name, 0, step->name.len - suffix.len);
		if (!unescape(&step->content, step->content, arena)) {
			*why = "a broken escape";
			return false;
		}
	}
	if (str_is(step->name, "exit") || str_is(step->name, "out") ||
	    str_is(step->name, "err"))
		return take_result(story, step, why);
	if (story->count == STORY_STEPS) {
		*why = "too many steps";
		return false;
	}
	step->expected.out = STR("");
	step->expected.err = STR("");
	story->steps[story->count++] = *step;
	return true;
}

static bool read_head(struct story *story, const char **why)
{
	str rest = story->head;
	bool timed = false;

	if (!str_starts(rest, STR("# "))) {
		*why = "the first line must say what the case shows (# ...)";
		return false;
	}
	while (rest.ptr) {
		str line = str_cut(&rest, '\n');

		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (!str_starts(line, STR("now: ")) || timed) {
			*why = "only comments and `now:` stand before a step";
			return false;
		}
		line = str_slice(line, 5, line.len);
		timed = date_parse(&story->now, line) ||
			instant_parse(&story->now, line);
		if (!timed) {
			*why = "`now:` wants a date or an RFC 3339 time";
			return false;
		}
	}
	if (!timed)
		*why = "`now:` is missing";
	return timed;
}

/* Where the next step begins, at or behind `at`. */
static size_t next_step(str text, size_t at)
{
	while (at < text.len &&
	       !str_starts(str_slice(text, at, at + 3), STR("-- "))) {
		size_t line =
			str_find_byte(str_slice(text, at, text.len), '\n');

		at = line == SIZE_MAX ? text.len : at + line + 1;
	}
	return at;
}

bool story_read(struct story *story, const char *path, struct arena *arena,
		const char **why)
{
	size_t line = 1;
	size_t at;
	str text;

	*story = (struct story){.path = path};
	*why = "it cannot be read";
	if (!read_whole(&text, path, arena))
		return false;
	story->steps = arena_array(arena, struct step, STORY_STEPS);
	at = next_step(text, 0);
	story->head = str_slice(text, 0, at);
	for (size_t i = 0; i < at; i++)
		line += text.ptr[i] == '\n';
	if (!read_head(story, why))
		return false;
	while (at < text.len) {
		size_t end = next_step(text, at + 3);
		str rest = str_slice(text, at + 3, end);
		struct step step = {.raw = str_slice(text, at, end)};
		str head = str_cut(&rest, '\n');

		step.name = str_cut(&head, ':');
		step.argument = head.ptr ? str_trim(head) : STR("");
		step.content = rest.ptr ? content_of(rest) : STR("");
		step.line = line;
		if (!head.ptr) {
			*why = "a step without its colon";
			return false;
		}
		if (!add_step(story, &step, arena, why))
			return false;
		for (size_t i = at; i < end; i++)
			line += text.ptr[i] == '\n';
		at = end;
	}
	return true;
}

/* Can it stand as it is and be read back? */
static bool is_plain(str s)
{
	size_t i = 0;

	if (s.len && s.ptr[s.len - 1] != '\n')
		return false;
	if (next_step(s, 0) != s.len)
		return false;
	while (i < s.len) {
		size_t from = i;
		uint32_t point = utf8_next(s, &i);

		if (point == UTF8_BAD || (point < ' ' && point != '\n') ||
		    point == 0x7f || (point >= 0x80 && point < 0xa0) ||
		    point == 0xfeff)
			return false;
		if (point == ' ' && s.ptr[from + 1] == '\n')
			return false;
	}
	return true;
}

static bool stands_as_it_is(str s, size_t at, uint32_t point)
{
	bool start = at == 0 || s.ptr[at - 1] == '\n';
	bool end = at + 1 == s.len || s.ptr[at + 1] == '\n';

	if (point == UTF8_BAD)
		return false;
	if (point == '-')
		return !start;
	if (point == ' ')
		return !end;
	return point == '\n' || (point > ' ' && point < 0x7f) ||
	       (point >= 0xa0 && point != 0xfeff);
}

static void write_escaped(FILE *file, str s)
{
	size_t i = 0;

	while (i < s.len) {
		size_t from = i;
		uint32_t point = utf8_next(s, &i);

		if (point == '\\')
			(void)fputs("\\\\", file);
		else if (stands_as_it_is(s, from, point))
			(void)fwrite(s.ptr + from, 1, i - from, file);
		else
			for (size_t k = from; k < i; k++)
				(void)fprintf(file, "\\x%02x",
					      (unsigned char)s.ptr[k]);
	}
	if (s.len == 0 || s.ptr[s.len - 1] != '\n')
		(void)fputs("\\c\n", file);
}

/* The reader takes one empty line away: `spaced` says that one will follow. */
static void write_part(FILE *file, const char *name, str s, bool spaced)
{
	if (s.len == 0)
		return;
	if (is_plain(s)) {
		(void)fprintf(file, "-- %s:\n", name);
		(void)fwrite(s.ptr, 1, s.len, file);
	} else {
		(void)fprintf(file, "-- %s-escaped:\n", name);
		write_escaped(file, s);
	}
	if (!spaced && (str_ends(s, STR("\n\n")) || str_is(s, "\n")))
		(void)fputc('\n', file);
}

bool story_write(const struct story *story, const struct result *results)
{
	FILE *file = fopen(story->path, "wb");

	if (!file)
		return false;
	(void)fwrite(story->head.ptr, 1, story->head.len, file);
	for (size_t i = 0; i < story->count; i++) {
		const struct step *step = &story->steps[i];
		bool more = i + 1 < story->count;
		str raw = step->raw;

		if (!story_runs(step)) {
			(void)fwrite(raw.ptr, 1, raw.len, file);
			continue;
		}
		raw = str_cut(&raw, '\n');
		(void)fwrite(raw.ptr, 1, raw.len, file);
		(void)fputc('\n', file);
		if (str_is(step->name, "run"))
			(void)fprintf(file, "-- exit: %d\n", results[i].status);
		write_part(file, "out", results[i].out,
			   more && results[i].err.len == 0);
		write_part(file, "err", results[i].err, more);
		if (more)
			(void)fputc('\n', file);
	}
	return fclose(file) == 0;
}
