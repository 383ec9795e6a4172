/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"
#include "cel/eval.h"
#include "cel/text.h"
#include "cel/type.h"

enum { PRINT_DEPTH = 64 };

static void print_at(struct buf *out, struct cel_eval *eval, struct cel_value v,
		     size_t depth);

static void print_string(struct buf *out, str s)
{
	buf_byte(out, '"');
	for (size_t i = 0; i < s.len && !out->full; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c == '"' || c == '\\')
			buf_format(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			buf_format(out, "\\x%02x", c);
		else
			buf_byte(out, (char)c);
	}
	buf_byte(out, '"');
}

static void print_bytes(struct buf *out, str s)
{
	buf_add(out, STR("b\""));
	for (size_t i = 0; i < s.len && !out->full; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\')
			buf_format(out, "\\x%02x", c);
		else
			buf_byte(out, (char)c);
	}
	buf_byte(out, '"');
}

static void print_duration(struct buf *out, struct cel_value v)
{
	buf_add(out, STR("duration(\""));
	cel_text_duration(out, v);
	buf_add(out, STR("\")"));
}

static void print_timestamp(struct buf *out, struct cel_value v)
{
	buf_add(out, STR("timestamp(\""));
	cel_text_timestamp(out, v);
	buf_add(out, STR("\")"));
}

static void print_list(struct buf *out, struct cel_eval *eval,
		       struct cel_value v, size_t depth)
{
	size_t count = cel_list_size(v);

	buf_byte(out, '[');
	for (size_t i = 0; i < count && !out->full; i++) {
		if (i)
			buf_add(out, STR(", "));
		print_at(out, eval, cel_list_at(eval, v, i), depth + 1);
	}
	buf_byte(out, ']');
}

static void print_map(struct buf *out, struct cel_eval *eval,
		      struct cel_value v, size_t depth)
{
	size_t count = cel_map_size(v);

	buf_byte(out, '{');
	for (size_t i = 0; i < count && !out->full; i++) {
		struct cel_value key;
		struct cel_value value;

		cel_map_entry(eval, v, i, &key, &value);
		if (i)
			buf_add(out, STR(", "));
		print_at(out, eval, key, depth + 1);
		buf_add(out, STR(": "));
		print_at(out, eval, value, depth + 1);
	}
	buf_byte(out, '}');
}

static void print_optional(struct buf *out, struct cel_eval *eval,
			   struct cel_value v, size_t depth)
{
	if (!v.as.some) {
		buf_add(out, STR("optional.none()"));
		return;
	}
	buf_add(out, STR("optional.of("));
	print_at(out, eval, *v.as.some, depth + 1);
	buf_byte(out, ')');
}

static void print_at(struct buf *out, struct cel_eval *eval, struct cel_value v,
		     size_t depth)
{
	if (depth > PRINT_DEPTH) {
		buf_add(out, STR("..."));
		return;
	}
	switch ((enum cel_tag)v.tag) {
	case CEL_NULL:
		buf_add(out, STR("null"));
		break;
	case CEL_BOOL:
		buf_add(out, v.as.boolean ? STR("true") : STR("false"));
		break;
	case CEL_INT:
		buf_format(out, "%lld", (long long)v.as.integer);
		break;
	case CEL_UINT:
		buf_format(out, "%lluu", (unsigned long long)v.as.natural);
		break;
	case CEL_DOUBLE:
		cel_text_double_literal(out, v.as.number);
		break;
	case CEL_STRING:
		print_string(out, cel_str(v));
		break;
	case CEL_BYTES:
		print_bytes(out, cel_str(v));
		break;
	case CEL_LIST:
		print_list(out, eval, v, depth);
		break;
	case CEL_MAP:
		print_map(out, eval, v, depth);
		break;
	case CEL_TIMESTAMP:
		print_timestamp(out, v);
		break;
	case CEL_DURATION:
		print_duration(out, v);
		break;
	case CEL_TYPE:
		buf_add(out, cel_type_name(v.as.type));
		break;
	case CEL_OPTIONAL:
		print_optional(out, eval, v, depth);
		break;
	case CEL_OPAQUE:
		v.as.opaque->ops->print(out, v.as.opaque);
		break;
	case CEL_ERROR:
		buf_add(out, STR("error: "));
		cel_error_print(out, v);
		break;
	}
}

void cel_print(struct buf *out, struct cel_eval *eval, struct cel_value v)
{
	print_at(out, eval, v, 0);
}

/* A value in a message: short, and a collection by its kind alone, so that no
 * evaluation is needed. */
static void print_brief(struct buf *out, struct cel_value v)
{
	str s = cel_str(v);

	if (v.tag == CEL_LIST || v.tag == CEL_MAP || v.tag == CEL_OPTIONAL) {
		buf_add(out, STR("a value of type "));
		buf_add(out, cel_type_name(cel_type_of(v)));
	} else if (v.tag == CEL_STRING && s.len > 80) {
		print_string(out, str_slice(s, 0, utf8_offset(s, 40)));
		buf_add(out, STR("..."));
	} else if (v.tag == CEL_BYTES && s.len > 40) {
		print_bytes(out, str_slice(s, 0, 40));
		buf_add(out, STR("..."));
	} else {
		print_at(out, NULL, v, 0);
	}
}

void cel_error_print(struct buf *out, struct cel_value error)
{
	static const char *const texts[] = {
		[CEL_FAULT_NONE] = "no error",
#define CEL_FAULT(name, text) [CEL_FAULT_##name] = text,
#include "cel/fault.def"
#undef CEL_FAULT
	};
	const struct cel_detail *detail = error.as.detail;

	for (const char *c = texts[error.extra]; *c; c++) {
		if (*c != '$') {
			buf_byte(out, *c);
			continue;
		}
		c++;
		if (!detail)
			buf_add(out, *c == 't' ? STR("the operation")
					       : STR("the value"));
		else if (*c == 't')
			buf_add(out, detail->text);
		else
			print_brief(out, *c == 'a' ? detail->a : detail->b);
	}
}
