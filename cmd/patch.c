/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/patch.h"

#include <assert.h>

#include "base/vec.h"

enum { AROUND = 3 };

struct lines {
	VEC(str) at; /* with their endings */
};

struct patch {
	struct out *out;
	struct arena arena;
	const struct patch_side *sides[2];
	struct lines lines[2];
	size_t altered;
};

static void split(struct lines *lines, str text)
{
	for (size_t from = 0; from < text.len;) {
		str rest = str_slice(text, from, text.len);
		size_t end = str_find_byte(rest, '\n');
		size_t len = end == SIZE_MAX ? rest.len : end + 1;

		*vec_push(&lines->at) = str_slice(rest, 0, len);
		from += len;
	}
}

static bool differ(const struct patch *patch, size_t i)
{
	return !str_equal(patch->lines[0].at.at[i], patch->lines[1].at.at[i]);
}

/* Tabs and the CR of a line end pass, or nothing of a file could be patched. */
static void write_shown(struct out *out, str line)
{
	bool cr = line.len && line.ptr[line.len - 1] == '\r';
	str rest = cr ? str_slice(line, 0, line.len - 1) : line;
	bool first = true;

	while (rest.ptr) {
		if (!first)
			out_safe(out, SAFE("\t"));
		first = false;
		out_text(out, str_cut(&rest, '\t'), ENCODE_TERMINAL);
	}
	if (cr)
		out_safe(out, SAFE("\r"));
}

/* A line without its LF. */
static str line_of(const struct patch *patch, unsigned side, size_t i)
{
	str line = patch->lines[side].at.at[i];

	return line.ptr[line.len - 1] == '\n' ? str_slice(line, 0, line.len - 1)
					      : line;
}

static str masked(struct patch *patch, unsigned side, size_t i)
{
	str line = line_of(patch, side, i);

	return mask_line(&patch->sides[side]->mask, line,
			 (size_t)(line.ptr - patch->sides[side]->text.ptr),
			 &patch->arena);
}

/* A line as it may be shown. A record that gets its form by an edit is looked
 * into by more rules: what they find is masked on both sides, and where it lay
 * before is not known, so all of the line is. */
static str shown(struct patch *patch, unsigned side, size_t i)
{
	str line = line_of(patch, side, i);
	str own = masked(patch, side, i);
	str other = masked(patch, !side, i);

	if (str_equal(other, line_of(patch, !side, i)) || str_equal(own, other))
		return own;
	/* Of one line with two masks neither is enough; a line that is changed
	 * has its own, if it has one. */
	if (str_equal(own, line) != differ(patch, i))
		return str_equal(own, line) ? other : own;
	return STR("***");
}

static void write_line(struct patch *patch, struct safe mark, unsigned side,
		       size_t i)
{
	str bare = line_of(patch, side, i);
	bool ended = bare.len < patch->lines[side].at.at[i].len;
	size_t start;

	out_safe(patch->out, mark);
	start = patch->out->buf.len;
	write_shown(patch->out, shown(patch, side, i));
	if (!str_equal(
		    str_slice(out_str(patch->out), start, patch->out->buf.len),
		    bare))
		patch->altered++;
	out_safe(patch->out, SAFE("\n"));
	if (!ended)
		out_safe(patch->out, SAFE("\\ No newline at end of file\n"));
}

/* Lines [from, end) of both sides: changes one behind the other. */
static void write_hunk(struct patch *patch, size_t from, size_t end)
{
	struct out *out = patch->out;
	size_t i = from;

	out_safe(out, SAFE("@@ -"));
	for (unsigned side = 0; side < 2; side++) {
		out_safe(out, side ? SAFE(" +") : SAFE(""));
		out_size(out, from + 1);
		out_safe(out, SAFE(","));
		out_size(out, end - from);
	}
	out_safe(out, SAFE(" @@\n"));
	while (i < end) {
		size_t last = i;

		if (!differ(patch, i)) {
			write_line(patch, SAFE(" "), 0, i++);
			continue;
		}
		while (last < end && differ(patch, last))
			last++;
		for (size_t k = i; k < last; k++)
			write_line(patch, SAFE("-"), 0, k);
		for (size_t k = i; k < last; k++)
			write_line(patch, SAFE("+"), 1, k);
		i = last;
	}
}

static void write_hunks(struct patch *patch)
{
	size_t count = patch->lines[0].at.count;
	size_t i = 0;

	while (i < count) {
		size_t from;
		size_t end;

		while (i < count && !differ(patch, i))
			i++;
		if (i == count)
			return;
		from = i > AROUND ? i - AROUND : 0;
		end = i + 1 + AROUND;
		for (i++; i < count && i < end + AROUND; i++) {
			if (differ(patch, i))
				end = i + 1 + AROUND;
		}
		end = end < count ? end : count;
		write_hunk(patch, from, end);
		i = end;
	}
}

size_t patch_write(struct out *out, str path, const struct patch_side *before,
		   const struct patch_side *after)
{
	struct patch patch = {.out = out, .sides = {before, after}};
	size_t altered;

	arena_init(&patch.arena);
	split(&patch.lines[0], before->text);
	split(&patch.lines[1], after->text);
	assert(patch.lines[0].at.count == patch.lines[1].at.count);
	out_safe(out, SAFE("--- a/"));
	out_text(out, path, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n+++ b/"));
	out_text(out, path, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
	write_hunks(&patch);
	altered = patch.altered;
	vec_done(&patch.lines[0].at);
	vec_done(&patch.lines[1].at);
	arena_done(&patch.arena);
	return altered;
}
