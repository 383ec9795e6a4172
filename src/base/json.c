/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct json json_start(struct out *out, unsigned indent)
{
	return (struct json){.out = out, .indent = indent};
}

void json_finish(const struct json *json)
{
	assert(json->depth == 0 && json->done);
	(void)json;
}

static bool in_object(const struct json *json)
{
	unsigned level = json->depth - 1;

	return json->depth && (json->object[level / 8] >> level % 8 & 1);
}

static void break_line(struct json *json)
{
	if (!json->indent)
		return;
	out_safe(json->out, SAFE("\n"));
	out_repeat(json->out, SAFE(" "), (size_t)json->indent * json->depth);
}

/* Writes what stands between the value before and the next member or item. */
static void separate(struct json *json)
{
	if (json->started)
		out_safe(json->out, SAFE(","));
	json->started = true;
	break_line(json);
}

static void before_value(struct json *json)
{
	assert(!json->done);
	assert(in_object(json) == json->keyed);
	if (json->depth && !json->keyed)
		separate(json);
	json->keyed = false;
	json->done = json->depth == 0;
}

static void begin(struct json *json, bool object, struct safe bracket)
{
	unsigned char bit;

	before_value(json);
	assert(json->depth < JSON_DEEPEST);
	out_safe(json->out, bracket);
	bit = (unsigned char)(1u << json->depth % 8);
	if (object)
		json->object[json->depth / 8] |= bit;
	else
		json->object[json->depth / 8] &= (unsigned char)~bit;
	json->depth++;
	json->started = false;
	json->done = false;
}

void json_object(struct json *json)
{
	begin(json, true, SAFE("{"));
}

void json_array(struct json *json)
{
	begin(json, false, SAFE("["));
}

void json_end(struct json *json)
{
	bool object = in_object(json);

	assert(json->depth && !json->keyed);
	json->depth--;
	if (json->started)
		break_line(json);
	out_safe(json->out, object ? SAFE("}") : SAFE("]"));
	json->started = true;
	json->done = json->depth == 0;
}

void json_key(struct json *json, str key)
{
	assert(in_object(json) && !json->keyed);
	separate(json);
	out_text(json->out, key, ENCODE_JSON);
	out_safe(json->out, json->indent ? SAFE(": ") : SAFE(":"));
	json->keyed = true;
}

void json_text(struct json *json, str untrusted)
{
	json_text_cut(json, untrusted, SIZE_MAX);
}

void json_text_cut(struct json *json, str untrusted, size_t most)
{
	before_value(json);
	out_text_cut(json->out, untrusted, most, ENCODE_JSON);
}

void json_int(struct json *json, int64_t value)
{
	before_value(json);
	out_int(json->out, value);
}

void json_size(struct json *json, size_t value)
{
	before_value(json);
	out_size(json->out, value);
}

void json_bool(struct json *json, bool value)
{
	before_value(json);
	out_safe(json->out, value ? SAFE("true") : SAFE("false"));
}

void json_null(struct json *json)
{
	before_value(json);
	out_safe(json->out, SAFE("null"));
}

size_t double_format(char to[JSON_DOUBLE], double value)
{
	int len = 0;

	if (!isfinite(value))
		return 0;
	/* 17 digits always read back: IEEE 754-2019 section 5.12.2. */
	for (int digits = 15; digits <= 17; digits++) {
		double back;

		len = snprintf(to, JSON_DOUBLE, "%.*g", digits, value);
		back = strtod(to, NULL);
		if (memcmp(&back, &value, sizeof(back)) == 0)
			break;
	}
	return (size_t)len;
}

void json_double(struct json *json, double value)
{
	char text[JSON_DOUBLE];
	size_t len = double_format(text, value);

	if (len == 0) {
		json->out->lossy = true;
		json_null(json);
		return;
	}
	before_value(json);
	/* Digits, sign, point and exponent need no encoding. */
	buf_add(&json->out->buf, (str){text, len});
}
