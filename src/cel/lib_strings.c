/*
 * strings: characters, parts, searching and case, as in cel-go's ext/strings.
 * All indices count code points. Strings are well-formed UTF-8, so bytes may
 * be compared and found as they are.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"
#include "base/vec.h"
#include "cel/format.h"
#include "cel/function.h"
#include "cel/text.h"

/* ---- indices */

/* The byte of code point `index`; SIZE_MAX when the string ends before. */
static size_t byte_of(str s, int64_t index)
{
	size_t at = 0;

	if (index < 0)
		return SIZE_MAX;
	/* No code point is shorter than a byte. */
	if ((uint64_t)index > s.len)
		return SIZE_MAX;
	for (int64_t i = 0; i < index; i++) {
		if (at == s.len)
			return SIZE_MAX;
		(void)utf8_next(s, &at);
	}
	return at;
}

static struct cel_value outside(struct cel_eval *eval, int64_t index, str s)
{
	return cel_fail_text(
		eval, CEL_FAULT_ARGUMENT,
		str_format(eval->arena,
			   "index %lld is outside of a string of %zu",
			   (long long)index, utf8_count(s)),
		cel_null());
}

static struct cel_value char_at(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	str s = cel_str(args[0]);
	size_t at = byte_of(s, args[1].as.integer);
	size_t end = at;

	(void)count;
	if (at == SIZE_MAX)
		return outside(eval, args[1].as.integer, s);
	if (at < s.len)
		(void)utf8_next(s, &end);
	return cel_string(str_slice(s, at, end));
}

static struct cel_value substring(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	str s = cel_str(args[0]);
	size_t from = byte_of(s, args[1].as.integer);
	size_t to = count > 2 ? byte_of(s, args[2].as.integer) : s.len;

	if (from == SIZE_MAX)
		return outside(eval, args[1].as.integer, s);
	if (to == SIZE_MAX)
		return outside(eval, args[2].as.integer, s);
	if (to < from)
		return cel_fail_text(
			eval, CEL_FAULT_ARGUMENT,
			str_format(eval->arena,
				   "substring(%lld, %lld) ends before it "
				   "starts",
				   (long long)args[1].as.integer,
				   (long long)args[2].as.integer),
			cel_null());
	return cel_string(str_slice(s, from, to));
}

/* ---- searching */

static struct cel_value code_points(str s, size_t byte)
{
	return cel_int((int64_t)utf8_count(str_slice(s, 0, byte)));
}

static struct cel_value index_of(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	str s = cel_str(args[0]);
	size_t from = count > 2 ? byte_of(s, args[2].as.integer) : 0;
	size_t at;

	if (from == SIZE_MAX)
		return outside(eval, args[2].as.integer, s);
	at = str_find(str_slice(s, from, s.len), cel_str(args[1]));
	return at == SIZE_MAX ? cel_int(-1) : code_points(s, from + at);
}

/* The same bytes from the end to the start. */
static str backwards(struct arena *arena, str s)
{
	char *to = arena_raw(arena, s.len, 1);

	for (size_t i = 0; i < s.len; i++)
		to[i] = s.ptr[s.len - 1 - i];
	return str_make(to, s.len);
}

/* Searches both turned round, which stays linear for any text. */
static size_t find_last(struct arena *arena, str s, str needle)
{
	struct arena_mark mark = arena_mark(arena);
	size_t at = str_find(backwards(arena, s), backwards(arena, needle));

	arena_release(arena, mark);
	return at == SIZE_MAX ? at : s.len - at - needle.len;
}

static struct cel_value last_index_of(struct cel_eval *eval,
				      const struct cel_value *args,
				      size_t count)
{
	str s = cel_str(args[0]);
	str needle = cel_str(args[1]);
	size_t end = s.len;
	size_t at;

	/* The last that starts at the index or before it. */
	if (count > 2) {
		end = byte_of(s, args[2].as.integer);
		if (end == SIZE_MAX)
			return outside(eval, args[2].as.integer, s);
		if (!size_add(&end, end, needle.len) || end > s.len)
			end = s.len;
	}
	at = find_last(eval->arena, str_slice(s, 0, end), needle);
	return at == SIZE_MAX ? cel_int(-1) : code_points(s, at);
}

/* ---- case, white space, order */

static struct cel_value mapped(struct cel_eval *eval, str s, char from, char to)
{
	char *copy = arena_raw(eval->arena, s.len, 1);

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		copy[i] =
			c >= from && c <= from + 25 ? (char)(c - from + to) : c;
	}
	return cel_string(str_make(copy, s.len));
}

static struct cel_value lower_ascii(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	(void)count;
	return mapped(eval, cel_str(args[0]), 'A', 'a');
}

static struct cel_value upper_ascii(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	(void)count;
	return mapped(eval, cel_str(args[0]), 'a', 'A');
}

/* White_Space of the Unicode character database, PropList.txt. */
static bool is_white(uint32_t c)
{
	return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 ||
	       c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
	       c == 0x3000;
}

static struct cel_value trim(struct cel_eval *eval,
			     const struct cel_value *args, size_t count)
{
	str s = cel_str(args[0]);
	size_t from = SIZE_MAX;
	size_t to = 0;

	(void)eval;
	(void)count;
	for (size_t i = 0; i < s.len;) {
		size_t at = i;

		if (is_white(utf8_next(s, &i)))
			continue;
		if (from == SIZE_MAX)
			from = at;
		to = i;
	}
	return cel_string(str_slice(s, from == SIZE_MAX ? 0 : from, to));
}

static struct cel_value reverse(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	str s = cel_str(args[0]);
	char *to = arena_raw(eval->arena, s.len, 1);

	(void)count;
	for (size_t i = 0; i < s.len;) {
		size_t at = i;

		(void)utf8_next(s, &i);
		memcpy(to + s.len - i, s.ptr + at, i - at);
	}
	return cel_string(str_make(to, s.len));
}

/* ---- replace, split, join: what they make may be longer than what it is
 * made of, so they charge themselves */

/* The place of the next separator at or behind `from`; an empty one stands
 * between all code points. SIZE_MAX: there is none. */
static size_t next_separator(str s, str separator, size_t from)
{
	size_t at;

	if (separator.len == 0) {
		if (from >= s.len)
			return SIZE_MAX;
		(void)utf8_next(s, &from);
		return from;
	}
	at = str_find(str_slice(s, from, s.len), separator);
	return at == SIZE_MAX ? at : from + at;
}

/* How many times `old` stands in the string; an empty one also at both ends. */
static size_t occurrences(str s, str old)
{
	size_t count = 0;

	if (old.len == 0)
		return utf8_count(s) + 1;
	for (size_t at = str_find(s, old); at != SIZE_MAX; count++)
		at = next_separator(s, old, at + old.len);
	return count;
}

static void write_replaced(struct buf *out, str s, str old, str with,
			   size_t times)
{
	size_t done = 0;
	size_t at = old.len ? str_find(s, old) : 0;

	for (size_t i = 0; i < times; i++) {
		buf_add(out, str_slice(s, done, at));
		buf_add(out, with);
		done = at + old.len;
		at = next_separator(s, old, done);
	}
	buf_add(out, str_slice(s, done, s.len));
}

static struct cel_value replace(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	str s = cel_str(args[0]);
	str with = cel_str(args[2]);
	size_t times;
	size_t bytes;
	struct buf out;

	if (!cel_charge_bytes(eval, s.len))
		return cel_spent(eval);
	times = occurrences(s, cel_str(args[1]));
	if (count > 3 && args[3].as.integer >= 0 &&
	    (uint64_t)args[3].as.integer < times)
		times = (size_t)args[3].as.integer;
	if (!size_mul(&bytes, times, with.len) ||
	    !size_add(&bytes, bytes, s.len) || !cel_charge_bytes(eval, bytes))
		return cel_spent(eval);
	buf_init(&out, UINT32_MAX);
	write_replaced(&out, s, cel_str(args[1]), with, times);
	return cel_text_keep(eval->arena, &out);
}

static struct cel_value split(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	str s = cel_str(args[0]);
	str separator = cel_str(args[1]);
	int64_t most = count > 2 ? args[2].as.integer : -1;
	VEC(struct cel_value) parts = {0};
	const struct cel_value *items;
	size_t from = 0;
	bool paid = cel_charge_bytes(eval, s.len);

	while (paid && most != 0 && (s.len || separator.len)) {
		size_t at = most == 1 ? SIZE_MAX
				      : next_separator(s, separator, from);

		/* Behind the last character there is no empty one. */
		if (at == s.len && separator.len == 0)
			at = SIZE_MAX;
		paid = cel_charge(eval, 1);
		*vec_push(&parts) = cel_string(str_slice(s, from, at));
		if (at == SIZE_MAX)
			break;
		from = at + separator.len;
		most -= most > 0;
	}
	count = parts.count;
	items = vec_keep(&parts, eval->arena);
	vec_done(&parts);
	return paid ? cel_list_of(eval->arena, items, count) : cel_spent(eval);
}

static struct cel_value join(struct cel_eval *eval,
			     const struct cel_value *args, size_t count)
{
	str separator = count > 1 ? cel_str(args[1]) : STR("");
	size_t size = cel_list_size(args[0]);
	struct cel_value fail = cel_null();
	struct buf out;

	buf_init(&out, UINT32_MAX);
	for (size_t i = 0; i < size; i++) {
		struct cel_value v = cel_list_at(eval, args[0], i);

		if (v.tag != CEL_STRING)
			fail = cel_is_error(v)
				       ? v
				       : cel_fail_text(eval,
						       CEL_FAULT_NO_OVERLOAD,
						       STR("join"), v);
		else if (!cel_charge_bytes(eval, v.aux + separator.len))
			fail = cel_spent(eval);
		if (cel_is_error(fail)) {
			buf_done(&out);
			return fail;
		}
		if (i)
			buf_add(&out, separator);
		buf_add(&out, cel_str(v));
	}
	return cel_text_keep(eval->arena, &out);
}

/* ---- quote */

static struct cel_value quote(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	static const char named[] = "\a\b\f\n\r\t\v\\\"";
	static const char names[] = "abfnrtv\\\"";
	str s = cel_str(args[0]);
	struct buf out;

	(void)count;
	if (!cel_charge_bytes(eval, 2 * s.len + 2))
		return cel_spent(eval);
	buf_init(&out, UINT32_MAX);
	buf_byte(&out, '"');
	for (size_t i = 0; i < s.len; i++) {
		const char *at = s.ptr[i] ? strchr(named, s.ptr[i]) : NULL;

		if (at)
			buf_byte(&out, '\\');
		buf_byte(&out, at ? names[at - named] : s.ptr[i]);
	}
	buf_byte(&out, '"');
	return cel_text_keep(eval->arena, &out);
}

#define BYTES(name, id, signature, call)                                    \
	{                                                                   \
		name, id, signature, CEL_RECEIVER, CEL_COST_BYTES, 0, call, \
			NULL                                                \
	}
#define OWN(name, id, signature, call)                                         \
	{                                                                      \
		name, id, signature, CEL_RECEIVER, CEL_COST_OWN, 0, call, NULL \
	}

static const struct cel_overload overloads[] = {
	BYTES("charAt", "string_char_at_int", "(string, int) -> string",
	      char_at),
	BYTES("indexOf", "string_index_of_string", "(string, string) -> int",
	      index_of),
	BYTES("indexOf", "string_index_of_string_int",
	      "(string, string, int) -> int", index_of),
	BYTES("lastIndexOf", "string_last_index_of_string",
	      "(string, string) -> int", last_index_of),
	BYTES("lastIndexOf", "string_last_index_of_string_int",
	      "(string, string, int) -> int", last_index_of),
	BYTES("lowerAscii", "string_lower_ascii", "(string) -> string",
	      lower_ascii),
	BYTES("upperAscii", "string_upper_ascii", "(string) -> string",
	      upper_ascii),
	BYTES("trim", "string_trim", "(string) -> string", trim),
	BYTES("reverse", "string_reverse", "(string) -> string", reverse),
	BYTES("substring", "string_substring_int", "(string, int) -> string",
	      substring),
	BYTES("substring", "string_substring_int_int",
	      "(string, int, int) -> string", substring),
	OWN("replace", "string_replace_string_string",
	    "(string, string, string) -> string", replace),
	OWN("replace", "string_replace_string_string_int",
	    "(string, string, string, int) -> string", replace),
	OWN("split", "string_split_string", "(string, string) -> list(string)",
	    split),
	OWN("split", "string_split_string_int",
	    "(string, string, int) -> list(string)", split),
	OWN("join", "list_join", "(list(string)) -> string", join),
	OWN("join", "list_join_string", "(list(string), string) -> string",
	    join),
	{"format", "string_format", "(string, list(dyn)) -> string",
	 CEL_RECEIVER, CEL_COST_OWN, 0, cel_format, cel_format_check},
	{"strings.quote", "strings_quote", "(string) -> string", 0,
	 CEL_COST_OWN, 0, quote, NULL},
};

const struct cel_library cel_library_strings = {"strings", overloads,
						ARRAY_SIZE(overloads)};
