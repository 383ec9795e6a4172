/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/prose.h"

/* Writes up to and with the first pair of backticks; false: there is none. */
static bool write_pair(struct out *out, str *rest, enum encode_context code)
{
	size_t open = str_find_byte(*rest, '`');
	size_t close;

	if (open == SIZE_MAX)
		return false;
	close = str_find_byte(str_slice(*rest, open + 1, rest->len), '`');
	if (close == SIZE_MAX || close == 0)
		return false;
	out_text(out, str_slice(*rest, 0, open), ENCODE_MARKDOWN);
	out_text(out, str_slice(*rest, open + 1, open + 1 + close), code);
	*rest = str_slice(*rest, open + close + 2, rest->len);
	return true;
}

void prose_line(struct out *out, str untrusted)
{
	while (write_pair(out, &untrusted, ENCODE_CODE))
		continue;
	out_text(out, untrusted, ENCODE_MARKDOWN);
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
		while (write_pair(out, &line, code))
			continue;
		out_text(out, line, ENCODE_MARKDOWN);
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
