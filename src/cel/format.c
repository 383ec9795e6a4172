/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/format.h"

#include <math.h>

#include "base/utf8.h"
#include "cel/sort.h"
#include "cel/text.h"

enum {
	PRECISION_MOST = 1000, /* digits */
	PRECISION_UNSET = -1,
	DIGITS_COST = 10, /* of one number, besides its precision */
};

struct clause {
	char verb;
	int precision;
};

struct formatting {
	struct cel_eval *eval;
	struct buf out;
	struct cel_value fail;
};

/* ---- clauses */

/* Reads ".3f" behind a percent sign; `why` says what is wrong. */
static bool read_clause(struct clause *out, str s, size_t *i, const char **why)
{
	static const char verbs[] = "sdfeboxX";
	struct clause clause = {0, PRECISION_UNSET};

	if (*i < s.len && s.ptr[*i] == '.') {
		size_t from = ++*i;

		clause.precision = 0;
		for (; *i < s.len && s.ptr[*i] >= '0' && s.ptr[*i] <= '9';
		     ++*i) {
			clause.precision =
				clause.precision * 10 + (s.ptr[*i] - '0');
			if (clause.precision > PRECISION_MOST) {
				*why = "a precision is at most 1000";
				return false;
			}
		}
		if (*i == from) {
			*why = "a precision has digits behind its dot";
			return false;
		}
	}
	if (*i == s.len || !s.ptr[*i] || !strchr(verbs, s.ptr[*i])) {
		*why = "a clause is one of %s %d %f %e %b %o %x %X %%";
		return false;
	}
	clause.verb = s.ptr[(*i)++];
	if (clause.precision != PRECISION_UNSET && !strchr("fe", clause.verb)) {
		*why = "only %f and %e have a precision";
		return false;
	}
	*out = clause;
	return true;
}

/* Moves behind the text up to the next clause and returns that text, in which
 * %% is left; *more: is there a clause? */
static str read_text(str s, size_t *i, bool *more)
{
	size_t from = *i;

	for (; *i < s.len; ++*i) {
		if (s.ptr[*i] != '%')
			continue;
		if (*i + 1 < s.len && s.ptr[*i + 1] == '%') {
			++*i;
			continue;
		}
		*more = true;
		return str_slice(s, from, (*i)++);
	}
	*more = false;
	return str_slice(s, from, s.len);
}

static void write_text(struct buf *out, str s)
{
	for (size_t i = 0; i < s.len; i++) {
		buf_byte(out, s.ptr[i]);
		if (s.ptr[i] == '%')
			i++;
	}
}

/* ---- errors */

static bool stop(struct formatting *f, str why)
{
	f->fail = cel_fail_text(f->eval, CEL_FAULT_ARGUMENT, why, cel_null());
	return false;
}

static bool spend(struct formatting *f, size_t units)
{
	if (cel_charge(f->eval, units))
		return true;
	f->fail = cel_spent(f->eval);
	return false;
}

static bool not_for(struct formatting *f, char verb, const char *wanted,
		    struct cel_value v)
{
	str type;

	if (cel_is_error(v)) {
		f->fail = v;
		return false;
	}
	type = cel_type_name(cel_type_of(v));
	return stop(f, str_format(f->eval->arena,
				  "format: %%%c takes %s, not " STR_FMT, verb,
				  wanted, STR_ARG(type)));
}

/* ---- %s */

static bool write_string(struct formatting *f, struct cel_value v,
			 size_t depth);

static bool write_list(struct formatting *f, struct cel_value v, size_t depth)
{
	size_t count = cel_list_size(v);

	buf_byte(&f->out, '[');
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add(&f->out, STR(", "));
		if (!write_string(f, cel_list_at(f->eval, v, i), depth + 1))
			return false;
	}
	buf_byte(&f->out, ']');
	return true;
}

/* A key as %s writes it, by which a map is put in order. */
static struct cel_value key_text(struct formatting *f, struct cel_value key,
				 size_t depth)
{
	struct formatting inner = {.eval = f->eval};

	if (key.tag == CEL_STRING)
		return key;
	buf_init(&inner.out, UINT32_MAX);
	if (write_string(&inner, key, depth))
		return cel_text_keep(f->eval->arena, &inner.out);
	buf_done(&inner.out);
	return inner.fail;
}

/* The numbers of the entries of a map, in order of their keys' texts, which
 * are in `keys`; or an error. */
static struct cel_value map_order(struct formatting *f, struct cel_value map,
				  struct cel_value *keys, size_t count,
				  size_t depth)
{
	struct cel_value *order =
		arena_array(f->eval->arena, struct cel_value, count);

	for (size_t i = 0; i < count; i++) {
		struct cel_value key;

		order[i] = cel_int((int64_t)i);
		cel_map_entry(f->eval, map, i, &key, NULL);
		keys[i] = key_text(f, key, depth + 1);
		if (cel_is_error(keys[i]))
			return keys[i];
	}
	return cel_sorted(f->eval, order, keys, count, "format");
}

static bool write_map(struct formatting *f, struct cel_value v, size_t depth)
{
	size_t count = cel_map_size(v);
	struct cel_value *keys;
	struct cel_value order;

	if (!spend(f, count))
		return false;
	keys = arena_array(f->eval->arena, struct cel_value, count);
	order = map_order(f, v, keys, count, depth);
	if (cel_is_error(order)) {
		f->fail = order;
		return false;
	}
	buf_byte(&f->out, '{');
	for (size_t i = 0; i < count; i++) {
		size_t at = (size_t)cel_list_at(f->eval, order, i).as.integer;
		struct cel_value value;

		if (i)
			buf_add(&f->out, STR(", "));
		buf_add(&f->out, cel_str(keys[at]));
		buf_add(&f->out, STR(": "));
		cel_map_entry(f->eval, v, at, NULL, &value);
		if (!write_string(f, value, depth + 1))
			return false;
	}
	buf_byte(&f->out, '}');
	return true;
}

static bool write_bytes(struct formatting *f, struct cel_value v)
{
	if (!spend(f, v.aux / 10))
		return false;
	if (v.tag == CEL_BYTES && utf8_check(cel_str(v)) != SIZE_MAX)
		return stop(f, STR("format: %s takes bytes that are UTF-8"));
	buf_add(&f->out, cel_str(v));
	return true;
}

static bool write_string(struct formatting *f, struct cel_value v, size_t depth)
{
	if (depth > CEL_VALUE_DEPTH) {
		f->eval->exhausted = true;
		f->eval->exhausted_by = CEL_FAULT_DEPTH;
		f->fail = cel_spent(f->eval);
		return false;
	}
	if (!spend(f, 1))
		return false;
	switch ((enum cel_tag)v.tag) {
	case CEL_STRING:
	case CEL_BYTES:
		return write_bytes(f, v);
	case CEL_LIST:
		return write_list(f, v, depth);
	case CEL_MAP:
		return write_map(f, v, depth);
	case CEL_NULL:
		buf_add(&f->out, STR("null"));
		return true;
	case CEL_BOOL:
		buf_add(&f->out, v.as.boolean ? STR("true") : STR("false"));
		return true;
	case CEL_INT:
		buf_format(&f->out, "%lld", (long long)v.as.integer);
		return true;
	case CEL_UINT:
		buf_format(&f->out, "%llu", (unsigned long long)v.as.natural);
		return true;
	case CEL_DOUBLE:
		cel_text_double(&f->out, v.as.number);
		return true;
	case CEL_TIMESTAMP:
		cel_text_timestamp(&f->out, v);
		return true;
	case CEL_DURATION:
		cel_text_duration(&f->out, v);
		return true;
	case CEL_TYPE:
		buf_add(&f->out, cel_type_name(v.as.type));
		return true;
	case CEL_OPAQUE:
		v.as.opaque->ops->print(&f->out, v.as.opaque);
		return true;
	case CEL_OPTIONAL:
	case CEL_ERROR:
		break;
	}
	return not_for(f, 's', "any value but an optional", v);
}

/* ---- numbers */

/* An int as its sign and its magnitude; a uint, and with %b a bool. */
static bool magnitude_of(struct cel_value v, bool bools, bool *minus,
			 uint64_t *magnitude)
{
	*minus = v.tag == CEL_INT && v.as.integer < 0;
	*magnitude = *minus ? 0 - v.as.natural : v.as.natural;
	if (v.tag == CEL_BOOL)
		*magnitude = v.as.boolean;
	return v.tag == CEL_INT || v.tag == CEL_UINT ||
	       (bools && v.tag == CEL_BOOL);
}

static void write_based(struct buf *out, uint64_t n, unsigned shift, bool upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	char text[64];
	size_t at = sizeof(text);

	do {
		text[--at] = digits[n & ((1U << shift) - 1)];
		n >>= shift;
	} while (n);
	buf_add(out, str_make(text + at, sizeof(text) - at));
}

static bool write_whole(struct formatting *f, char verb, struct cel_value v)
{
	static const char *const wanted[] = {
		['b'] = "an int, a uint or a bool",
		['o'] = "an int or a uint",
		['x'] = "an int, a uint, a string or bytes",
		['X'] = "an int, a uint, a string or bytes",
		['d'] = "an int or a uint",
	};
	uint64_t magnitude;
	bool minus;

	if (!magnitude_of(v, verb == 'b', &minus, &magnitude))
		return not_for(f, verb, wanted[(unsigned char)verb], v);
	if (minus)
		buf_byte(&f->out, '-');
	if (verb == 'd')
		buf_format(&f->out, "%llu", (unsigned long long)magnitude);
	else
		write_based(&f->out, magnitude,
			    verb == 'b'	  ? 1
			    : verb == 'o' ? 3
					  : 4,
			    verb == 'X');
	return true;
}

static bool write_hex(struct formatting *f, char verb, struct cel_value v)
{
	str s;

	if (v.tag != CEL_STRING && v.tag != CEL_BYTES)
		return write_whole(f, verb, v);
	s = cel_str(v);
	if (!spend(f, s.len / 5 + 1))
		return false;
	for (size_t i = 0; i < s.len; i++)
		buf_format(&f->out, verb == 'x' ? "%02x" : "%02X",
			   (unsigned)(unsigned char)s.ptr[i]);
	return true;
}

/* NaN and the infinities are written by name under %d, too. */
static bool write_decimal(struct formatting *f, struct cel_value v)
{
	if (v.tag != CEL_DOUBLE || isfinite(v.as.number))
		return write_whole(f, 'd', v);
	cel_text_double(&f->out, v.as.number);
	return true;
}

static bool write_fraction(struct formatting *f, struct clause clause,
			   struct cel_value v)
{
	int digits = clause.precision == PRECISION_UNSET ? 6 : clause.precision;

	if (v.tag != CEL_DOUBLE)
		return not_for(f, clause.verb, "a double", v);
	if (!spend(f, DIGITS_COST + (size_t)digits))
		return false;
	if (!isfinite(v.as.number))
		cel_text_double(&f->out, v.as.number);
	else
		buf_format(&f->out, clause.verb == 'f' ? "%.*f" : "%.*e",
			   digits, v.as.number);
	return true;
}

static bool write_clause(struct formatting *f, struct clause clause,
			 struct cel_value v)
{
	switch (clause.verb) {
	case 's':
		return write_string(f, v, 0);
	case 'd':
		return write_decimal(f, v);
	case 'f':
	case 'e':
		return write_fraction(f, clause, v);
	case 'x':
	case 'X':
		return write_hex(f, clause.verb, v);
	default:
		return write_whole(f, clause.verb, v);
	}
}

/* ---- the call */

static bool format(struct formatting *f, str s, struct cel_value list)
{
	size_t size = cel_list_size(list);
	size_t used = 0;
	size_t i = 0;
	bool more = true;

	if (!spend(f, s.len / 10 + 1))
		return false;
	for (;;) {
		struct clause clause;
		const char *why;

		write_text(&f->out, read_text(s, &i, &more));
		if (!more)
			break;
		if (!read_clause(&clause, s, &i, &why))
			return stop(f, str_format(f->eval->arena, "format: %s",
						  why));
		if (used == size)
			return stop(f, STR("format: there are more clauses "
					   "than values"));
		if (!write_clause(f, clause,
				  cel_list_at(f->eval, list, used++)))
			return false;
	}
	if (used < size)
		return stop(f, STR("format: there are more values than "
				   "clauses"));
	return true;
}

struct cel_value cel_format(struct cel_eval *eval, const struct cel_value *args,
			    size_t count)
{
	struct formatting f = {.eval = eval};

	(void)count;
	buf_init(&f.out, UINT32_MAX);
	if (format(&f, cel_str(args[0]), args[1]))
		return cel_text_keep(eval->arena, &f.out);
	buf_done(&f.out);
	return f.fail;
}

const struct cel_type *cel_format_check(const struct cel_env *env,
					const struct cel_type *const *args,
					const struct cel_value *const *consts,
					size_t count, struct error *err)
{
	size_t clauses = 0;
	size_t i = 0;
	str s;

	(void)env;
	(void)args;
	(void)count;
	if (!consts[0] || consts[0]->tag != CEL_STRING)
		return NULL;
	s = cel_str(*consts[0]);
	for (;; clauses++) {
		struct clause clause;
		const char *why;
		bool more;

		(void)read_text(s, &i, &more);
		if (!more)
			break;
		if (!read_clause(&clause, s, &i, &why)) {
			(void)error_set(err, ERROR_CONFIG, "format: %s", why);
			return NULL;
		}
	}
	if (consts[1] && consts[1]->tag == CEL_LIST &&
	    cel_list_size(*consts[1]) != clauses)
		(void)error_set(err, ERROR_CONFIG,
				"format: %zu clauses, but %zu values", clauses,
				cel_list_size(*consts[1]));
	return NULL;
}
