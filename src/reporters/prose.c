/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/prose.h"

/* Text between code: a blank that begins it needs no escape there. */
static void write_text(struct out *out, str text, bool behind_code)
{
	if (behind_code && text.len && text.ptr[0] == ' ') {
		out_safe(out, SAFE(" "));
		text = str_slice(text, 1, text.len);
	}
	out_text(out, text, ENCODE_MARKDOWN);
}

/* One line, with code for each pair of backticks. */
static void write_line(struct out *out, str rest, enum encode_context code)
{
	bool behind_code = false;

	for (;;) {
		size_t open = str_find_byte(rest, '`');
		size_t close = SIZE_MAX;

		if (open != SIZE_MAX)
			close = str_find_byte(
				str_slice(rest, open + 1, rest.len), '`');
		if (close == SIZE_MAX || close == 0)
			break;
		write_text(out, str_slice(rest, 0, open), behind_code);
		out_text(out, str_slice(rest, open + 1, open + 1 + close),
			 code);
		rest = str_slice(rest, open + close + 2, rest.len);
		behind_code = true;
	}
	write_text(out, rest, behind_code);
}

void prose_line(struct out *out, str untrusted)
{
	write_line(out, untrusted, ENCODE_CODE);
}

static void fold(struct out *out, str rest, size_t most,
		 enum encode_context code)
{
	bool first = true;

	while (rest.ptr && most > 0) {
		str line = str_trim(str_cut(&rest, '\n'));

		if (!line.len)
			continue;
		if (!first)
			out_safe(out, SAFE(" "));
		first = false;
		if (line.len > most) {
			out_text_cut(out, line, most, ENCODE_MARKDOWN);
			return;
		}
		most -= line.len;
		write_line(out, line, code);
	}
}

void prose_fold(struct out *out, str untrusted)
{
	fold(out, untrusted, SIZE_MAX, ENCODE_CODE);
}

void prose_cell(struct out *out, str untrusted, size_t most)
{
	fold(out, untrusted, most, ENCODE_CODE_CELL);
}
