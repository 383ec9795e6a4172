/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/text.h"

#include <math.h>
#include <stdio.h>

#include "base/json.h"

void cel_text_double(struct buf *out, double number)
{
	char text[JSON_DOUBLE];

	if (isnan(number))
		buf_add(out, STR("NaN"));
	else if (isinf(number))
		buf_add(out, number < 0 ? STR("-Infinity") : STR("Infinity"));
	else
		buf_add(out, str_make(text, double_format(text, number)));
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
	int64_t nanos = (int32_t)duration.aux;
	bool minus = duration.as.integer < 0 || nanos < 0;
	uint64_t seconds = (uint64_t)duration.as.integer;
	char fraction[16];
	size_t len;

	if (duration.as.integer < 0)
		seconds = 0 - seconds;
	buf_format(out, "%s%llu", minus ? "-" : "",
		   (unsigned long long)seconds);
	if (nanos) {
		(void)snprintf(fraction, sizeof(fraction), ".%09lld",
			       (long long)(nanos < 0 ? -nanos : nanos));
		len = strlen(fraction);
		while (fraction[len - 1] == '0')
			len--;
		buf_add(out, str_make(fraction, len));
	}
	buf_byte(out, 's');
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
