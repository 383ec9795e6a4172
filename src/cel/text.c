/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/text.h"

#include <math.h>

#include "cel/convert.h"

void cel_text_double(struct buf *out, double number)
{
	char text[CEL_DOUBLE_TEXT];

	buf_add(out, str_make(text, cel_double_format(text, number)));
}

void cel_text_double_literal(struct buf *out, double number)
{
	size_t from = out->len;
	str text;

	cel_text_double(out, number);
	if (out->full || !isfinite(number))
		return;
	text = str_slice(buf_str(out), from, out->len);
	if (str_find_byte(text, '.') == SIZE_MAX &&
	    str_find_byte(text, 'e') == SIZE_MAX)
		buf_add(out, STR(".0"));
}

void cel_text_duration(struct buf *out, struct cel_value duration)
{
	char text[CEL_DURATION_TEXT];

	buf_add(out, str_make(text, cel_duration_format(text, duration)));
}

void cel_text_timestamp(struct buf *out, struct cel_value timestamp)
{
	char text[INSTANT_TEXT];
	size_t len = instant_format(text, cel_instant(timestamp));

	buf_add(out, str_make(text, len));
}

struct cel_value cel_text_keep(struct arena *arena, struct buf *text)
{
	str kept = str_keep(arena, buf_str(text));

	buf_done(text);
	return cel_string(kept);
}
