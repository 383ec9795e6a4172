/*
 * RE2 (github.com/google/re2/wiki/Syntax), in the Perl mode that CEL uses.
 *
 * The flags are ours: only the one for case is handed on, just before the next
 * atom that needs it, so that `a(?i)*` still repeats the a.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "match/ascii.h"
#include "match/pattern.h"
#include "match/property.h"

enum { RE2_REPEATS = 1000 };

struct re2_flags {
	bool fold;   /* i */
	bool lines;  /* m: ^ and $ at lines */
	bool all;    /* s: . takes the line feed too */
	bool frugal; /* U: a* is a*?, and the other way round */
};

struct re2 {
	struct pattern *pattern;
	struct re2_flags flags;
	bool written_fold; /* what PCRE2 believes */
	bool can_repeat;   /* is there something a * would repeat? */
	bool repeated;	   /* has it a quantifier already? */
	size_t product;	   /* of the counts inside what was read last */
	size_t depth;
	VEC(str) names;
};

static const struct ascii_class perl_sets[] = {
	{"d", "09", false},
	{"s", "\t\n\f\r  ", false},
	{"w", "09AZ__az", false},
};

static bool read_alternatives(struct re2 *re2);

/* Does a set hold a character? With `fold`, letters come in both cases, and
 * the long s and the Kelvin sign are an s and a k (Unicode CaseFolding). */
static bool set_holds(const struct ascii_class *set, uint32_t c, bool fold)
{
	if (fold && c == 0x17F)
		c = 's';
	if (fold && c == 0x212A)
		c = 'k';
	if (ascii_class_holds(set, c))
		return true;
	return fold && (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80 &&
	       ascii_class_holds(set, c ^ 0x20);
}

/* Writes a set, or all that is not in it, as items of a class. */
static void write_set(struct re2 *re2, const struct ascii_class *set,
		      bool negative)
{
	static const uint32_t odd[] = {0x17F, 0x212A};
	struct pattern *pattern = re2->pattern;
	bool fold = re2->flags.fold;
	uint32_t from = 0;
	uint32_t rest = 0x80;

	while (from < 0x80) {
		uint32_t to = from;

		if (set_holds(set, from, fold) == negative) {
			from++;
			continue;
		}
		while (to < 0x7F && set_holds(set, to + 1, fold) != negative)
			to++;
		pattern_range(pattern, from, to);
		from = to + 1;
	}
	for (size_t i = 0; i < ARRAY_SIZE(odd); i++)
		if (negative && set_holds(set, odd[i], fold)) {
			pattern_range(pattern, rest, odd[i] - 1);
			rest = odd[i] + 1;
		}
	if (negative)
		pattern_range(pattern, rest, 0x10FFFF);
}

/* Tells PCRE2 about case where it matters. */
static void sync_fold(struct re2 *re2)
{
	if (re2->written_fold == re2->flags.fold)
		return;
	buf_add(&re2->pattern->out,
		re2->flags.fold ? STR("(?i)") : STR("(?-i)"));
	re2->written_fold = re2->flags.fold;
}

static const struct ascii_class *find_perl(uint32_t c)
{
	for (size_t i = 0; i < ARRAY_SIZE(perl_sets); i++)
		if (c < 0x80 &&
		    (c | 0x20) == (unsigned char)perl_sets[i].name[0])
			return &perl_sets[i];
	return NULL;
}

/* \pL, \p{Greek}, \p{^Greek}; `at` is behind the p or P. */
static bool read_property(struct re2 *re2, size_t from, bool negative)
{
	struct pattern *pattern = re2->pattern;
	size_t start = pattern->at;
	str name;

	if (pattern_take(pattern, "{")) {
		str rest =
			str_slice(pattern->text, start + 1, pattern->text.len);
		size_t end = str_find_byte(rest, '}');

		if (end == SIZE_MAX)
			return pattern_fail(pattern, from, pattern->at,
					    "\\p{ has no closing brace");
		name = str_slice(rest, 0, end);
		pattern->at += end + 1;
		if (str_starts(name, STR("^"))) {
			negative = !negative;
			name = str_slice(name, 1, name.len);
		}
	} else {
		if (pattern->at < pattern->text.len)
			(void)pattern_next(pattern);
		name = str_slice(pattern->text, start, pattern->at);
	}
	if (property_re2(&pattern->out, name, negative, re2->flags.fold) !=
	    PROPERTY_WRITTEN)
		return pattern_fail(pattern, from, pattern->at,
				    "RE2 has no such Unicode class; it knows "
				    "\\pL, \\p{Lu} and scripts such as "
				    "\\p{Greek}");
	return true;
}

/* Writes \d \s \w \p and their opposites as items of a class; *done tells
 * whether it was one. `at` is behind the backslash at `from`. */
static bool read_set_escape(struct re2 *re2, size_t from, bool bare, bool *done)
{
	struct pattern *pattern = re2->pattern;
	uint32_t c = pattern_peek(pattern);
	const struct ascii_class *set = find_perl(c);
	bool upper = c >= 'A' && c <= 'Z';

	*done = set || c == 'p' || c == 'P';
	if (!*done)
		return true;
	pattern->at++;
	if (bare)
		buf_byte(&pattern->out, '[');
	if (set)
		write_set(re2, set, upper);
	else if (!read_property(re2, from, upper))
		return false;
	if (bare)
		buf_byte(&pattern->out, ']');
	return true;
}

static bool read_octal(struct pattern *pattern, size_t from, uint32_t c,
		       uint32_t *value)
{
	uint32_t next = pattern_peek(pattern);

	if (c != '0' && (c > '7' || next < '0' || next > '7'))
		return pattern_fail(pattern, from, pattern->at,
				    "RE2 has no back-references");
	*value = c - '0';
	for (int i = 0; i < 2 && next >= '0' && next <= '7'; i++) {
		*value = *value * 8 + (next - '0');
		pattern->at++;
		next = pattern_peek(pattern);
	}
	return true;
}

static bool read_hex(struct pattern *pattern, size_t from, uint32_t *value)
{
	bool braces = pattern_take(pattern, "{");
	size_t count = pattern_hex(pattern, braces ? SIZE_MAX : 2, value);

	if (braces ? count == 0 || !pattern_take(pattern, "}") : count != 2)
		return pattern_fail(pattern, from, pattern->at,
				    "\\x needs two hexadecimal digits, or "
				    "more in braces");
	if (*value > 0x10FFFF)
		return pattern_fail(pattern, from, pattern->at,
				    "code points end at 10FFFF");
	return true;
}

static bool is_alnum(uint32_t c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80);
}

/* The escapes for one character, in a class and out of it. */
static bool read_character_escape(struct pattern *pattern, size_t from,
				  uint32_t *value)
{
	static const char letters[] = "afnrtv";
	static const char meant[] = "\a\f\n\r\t\v";
	const char *letter;
	uint32_t c;

	if (pattern->at >= pattern->text.len)
		return pattern_fail(pattern, from, pattern->at,
				    "the pattern ends in a backslash");
	c = pattern_next(pattern);
	letter = c < 0x80 && c != 0 ? strchr(letters, (int)c) : NULL;
	*value = c;
	if (letter) {
		*value = (unsigned char)meant[letter - letters];
		return true;
	}
	if (c >= '0' && c <= '9')
		return read_octal(pattern, from, c, value);
	if (c == 'x')
		return read_hex(pattern, from, value);
	if (c < 0x80 && !is_alnum(c))
		return true;
	return pattern_fail(pattern, from, pattern->at,
			    "RE2 has no such escape");
}

/* [:alpha:] inside a class; *done tells whether it was one. */
static bool read_posix(struct re2 *re2, bool *done)
{
	struct pattern *pattern = re2->pattern;
	size_t from = pattern->at;
	str rest = str_slice(pattern->text, from, pattern->text.len);
	const struct ascii_class *set;
	size_t end;
	str name;
	bool negative;

	*done = false;
	if (!str_starts(rest, STR("[:")))
		return true;
	end = str_find(str_slice(rest, 2, rest.len), STR(":]"));
	if (end == SIZE_MAX)
		return true;
	*done = true;
	name = str_slice(rest, 2, end + 2);
	pattern->at += end + 4;
	negative = str_starts(name, STR("^"));
	if (negative)
		name = str_slice(name, 1, name.len);
	set = ascii_class_find(name);
	if (set) {
		write_set(re2, set, negative);
		return true;
	}
	return pattern_fail(pattern, from, pattern->at,
			    "there is no such named class");
}

static bool read_member(struct re2 *re2, uint32_t *value, bool *is_set)
{
	struct pattern *pattern = re2->pattern;
	size_t from = pattern->at;

	if (!read_posix(re2, is_set) || *is_set)
		return !pattern->err->kind;
	*value = pattern_next(pattern);
	if (*value != '\\')
		return true;
	if (!read_set_escape(re2, from, false, is_set) || *is_set)
		return !pattern->err->kind;
	return read_character_escape(pattern, from, value);
}

/* The upper end of a range may be written as a character only. */
static bool read_range_end(struct re2 *re2, size_t start, uint32_t low)
{
	struct pattern *pattern = re2->pattern;
	size_t from = ++pattern->at;
	uint32_t high = pattern_next(pattern);

	if (high == '\\' && !read_character_escape(pattern, from, &high))
		return false;
	if (low > high)
		return pattern_fail(pattern, start, pattern->at,
				    "the range is out of order");
	pattern_range(pattern, low, high);
	return true;
}

static bool read_class(struct re2 *re2, size_t from)
{
	struct pattern *pattern = re2->pattern;
	bool first = true;

	buf_byte(&pattern->out, '[');
	if (pattern_take(pattern, "^"))
		buf_byte(&pattern->out, '^');
	while (pattern->at < pattern->text.len &&
	       (first || !pattern_ahead(pattern, "]"))) {
		size_t start = pattern->at;
		uint32_t low;
		bool is_set;

		first = false;
		if (!read_member(re2, &low, &is_set))
			return false;
		if (is_set)
			continue;
		if (pattern_ahead(pattern, "-") &&
		    !pattern_ahead(pattern, "-]") &&
		    pattern->at + 1 < pattern->text.len) {
			if (!read_range_end(re2, start, low))
				return false;
		} else {
			pattern_range(pattern, low, low);
		}
	}
	if (!pattern_take(pattern, "]"))
		return pattern_fail(pattern, from, pattern->at,
				    "the class has no closing bracket");
	buf_byte(&pattern->out, ']');
	return true;
}

/* What stands for itself. */
static void read_literal(struct re2 *re2, uint32_t c)
{
	re2->can_repeat = true;
	re2->repeated = false;
	re2->product = 1;
	if (c >= 0xD800 && c <= 0xDFFF)
		pattern_never(re2->pattern);
	else
		pattern_literal(re2->pattern, c);
}

/* \Q...\E; the last character may be repeated. */
static void read_quoted(struct re2 *re2)
{
	struct pattern *pattern = re2->pattern;

	while (pattern->at < pattern->text.len) {
		if (pattern_take(pattern, "\\E"))
			return;
		pattern_mark(pattern, pattern->at);
		read_literal(re2, pattern_next(pattern));
	}
}

static bool read_escape(struct re2 *re2, size_t from)
{
	struct pattern *pattern = re2->pattern;
	uint32_t c = pattern_peek(pattern);
	uint32_t value;
	bool done;

	if (c == 'Q') {
		pattern->at++;
		read_quoted(re2);
		return true;
	}
	re2->can_repeat = true;
	re2->repeated = false;
	re2->product = 1;
	if (c == 'A' || c == 'z' || c == 'b' || c == 'B') {
		pattern->at++;
		buf_format(&pattern->out, "(?:\\%c)", (char)c);
		return true;
	}
	if (!read_set_escape(re2, from, true, &done) || done)
		return !pattern->err->kind;
	if (!read_character_escape(pattern, from, &value))
		return false;
	read_literal(re2, value);
	return true;
}

/* Reads "imsU-imsU" up to ":" or ")"; `at` is behind "(?". */
static bool read_flags(struct re2 *re2, size_t from, struct re2_flags *flags)
{
	struct pattern *pattern = re2->pattern;
	bool on = true;
	bool any = true; /* a flag since the minus, if there is one */

	while (pattern->at < pattern->text.len) {
		char c = pattern->text.ptr[pattern->at];

		if ((c == ':' || c == ')') && any)
			return true;
		if (c == '-' && on) {
			on = false;
			any = false;
		} else if (c == 'i') {
			flags->fold = on;
		} else if (c == 'm') {
			flags->lines = on;
		} else if (c == 's') {
			flags->all = on;
		} else if (c == 'U') {
			flags->frugal = on;
		} else {
			break;
		}
		any = any || c != '-';
		pattern->at++;
	}
	return pattern_fail(pattern, from, pattern->at + 1,
			    "RE2 has no group that begins like this");
}

static bool read_name(struct re2 *re2, size_t from)
{
	struct pattern *pattern = re2->pattern;
	size_t start = pattern->at;
	str name;

	while (is_alnum(pattern_peek(pattern)) || pattern_ahead(pattern, "_"))
		pattern->at++;
	name = str_slice(pattern->text, start, pattern->at);
	if (name.len == 0 || !pattern_take(pattern, ">"))
		return pattern_fail(pattern, from, pattern->at,
				    "a group's name is made of letters, "
				    "digits and _ and ends with >");
	for (size_t i = 0; i < re2->names.count; i++)
		if (str_equal(re2->names.at[i], name))
			return pattern_fail(pattern, from, pattern->at,
					    "two groups have the same name");
	*vec_push(&re2->names) = name;
	return true;
}

/* Reads a group's opening; *done when it was flags alone, "(?i)". */
static bool open_group(struct re2 *re2, size_t from, bool *done)
{
	struct pattern *pattern = re2->pattern;

	*done = false;
	pattern->at++;
	if (pattern_take(pattern, "?P<") ||
	    (pattern_ahead(pattern, "?<") && !pattern_ahead(pattern, "?<=") &&
	     !pattern_ahead(pattern, "?<!") && pattern_take(pattern, "?<"))) {
		if (!read_name(re2, from))
			return false;
	} else if (pattern_take(pattern, "?")) {
		struct re2_flags flags = re2->flags;

		if (!read_flags(re2, from, &flags))
			return false;
		re2->flags = flags;
		*done = !pattern_take(pattern, ":");
		if (*done)
			pattern->at++;
		else
			buf_add(&pattern->out, STR("(?:"));
		return true;
	}
	pattern->captures++;
	buf_byte(&pattern->out, '(');
	return true;
}

static bool read_group(struct re2 *re2, size_t from)
{
	struct pattern *pattern = re2->pattern;
	struct re2_flags flags = re2->flags;
	bool written_fold = re2->written_fold;
	bool done;

	if (!open_group(re2, from, &done))
		return false;
	if (done)
		return true;
	if (++re2->depth > PATTERN_DEPTH)
		return pattern_fail(pattern, from, pattern->at,
				    "more than %d groups inside each other",
				    PATTERN_DEPTH);
	if (!read_alternatives(re2))
		return false;
	if (!pattern_take(pattern, ")"))
		return pattern_fail(pattern, from, pattern->at,
				    "the group has no closing parenthesis");
	buf_byte(&pattern->out, ')');
	re2->depth--;
	re2->flags = flags;
	re2->written_fold = written_fold;
	re2->can_repeat = true;
	re2->repeated = false;
	return true;
}

/* Digits without a leading zero, as RE2 wants them. */
static bool read_count(struct pattern *pattern, size_t *value)
{
	size_t from = pattern->at;

	if (!pattern_decimal(pattern, value))
		return false;
	return pattern->at == from + 1 || pattern->text.ptr[from] != '0';
}

/* {n}, {n,}, {n,m}; whatever else begins with a brace is literal. */
static bool read_braces(struct pattern *pattern, size_t *least, size_t *most)
{
	size_t from = pattern->at;
	bool good = pattern_take(pattern, "{") && read_count(pattern, least);

	*most = *least;
	if (good && pattern_take(pattern, ",")) {
		*most = SIZE_MAX;
		if (!pattern_ahead(pattern, "}"))
			good = read_count(pattern, most);
	}
	good = good && pattern_take(pattern, "}");
	if (!good)
		pattern->at = from;
	return good;
}

static bool check_counts(struct re2 *re2, size_t from, size_t least,
			 size_t most)
{
	struct pattern *pattern = re2->pattern;
	size_t times = most == SIZE_MAX ? least : most;

	if (least > most)
		return pattern_fail(pattern, from, pattern->at,
				    "the counts are out of order");
	if (times == 0)
		re2->product = 1;
	else if (times > RE2_REPEATS || times * re2->product > RE2_REPEATS)
		return pattern_fail(pattern, from, pattern->at,
				    "RE2 repeats at most %d times, counts "
				    "inside counts multiplied",
				    RE2_REPEATS);
	else
		re2->product *= times;
	return true;
}

/* Reads a quantifier; *done tells whether there was one. */
static bool read_quantifier(struct re2 *re2, bool *done)
{
	struct pattern *pattern = re2->pattern;
	size_t from = pattern->at;
	size_t least = 0, most = SIZE_MAX;
	bool counted = false;
	bool lazy;

	*done = true;
	if (pattern_take(pattern, "+"))
		least = 1;
	else if (pattern_take(pattern, "?"))
		most = 1;
	else if (!pattern_take(pattern, "*"))
		counted = read_braces(pattern, &least, &most);
	*done = pattern->at > from;
	if (!*done)
		return true;
	if (!re2->can_repeat)
		return pattern_fail(pattern, from, pattern->at,
				    "there is nothing to repeat");
	lazy = pattern_take(pattern, "?");
	if (re2->repeated)
		return pattern_fail(pattern, from, pattern->at,
				    "a repetition cannot be repeated without "
				    "a group around it");
	if (counted && !check_counts(re2, from, least, most))
		return false;
	re2->repeated = true;
	pattern_repeat(pattern, least, most, lazy != re2->flags.frugal);
	return true;
}

static void write_anchor(struct re2 *re2, const char *lines, const char *text)
{
	re2->can_repeat = true;
	re2->repeated = false;
	re2->product = 1;
	buf_add(&re2->pattern->out, str_of(re2->flags.lines ? lines : text));
}

static bool read_atom(struct re2 *re2)
{
	struct pattern *pattern = re2->pattern;
	size_t from = pattern->at;
	uint32_t c = pattern_peek(pattern);

	pattern_mark(pattern, from);
	if (c == '(')
		return read_group(re2, from);
	sync_fold(re2);
	(void)pattern_next(pattern);
	switch (c) {
	case '^':
		write_anchor(re2, "(?m:^)", "(?:^)");
		return true;
	case '$':
		write_anchor(re2, "(?m:$)", "(?:\\z)");
		return true;
	case '\\':
		return read_escape(re2, from);
	case '.':
		buf_add(&pattern->out, re2->flags.all ? STR("[^]") : STR("."));
		break;
	case '[':
		if (!read_class(re2, from))
			return false;
		break;
	default:
		read_literal(re2, c);
	}
	re2->can_repeat = true;
	re2->repeated = false;
	re2->product = 1;
	return true;
}

/* Reads up to a closing parenthesis or the end; leaves the highest product of
 * counts in `product`. */
static bool read_alternatives(struct re2 *re2)
{
	struct pattern *pattern = re2->pattern;
	size_t highest = 1;

	re2->can_repeat = false;
	re2->repeated = false;
	while (pattern->at < pattern->text.len &&
	       !pattern_ahead(pattern, ")")) {
		bool done;

		if (pattern_take(pattern, "|")) {
			re2->can_repeat = false;
			re2->repeated = false;
			buf_byte(&pattern->out, '|');
			continue;
		}
		if (!read_quantifier(re2, &done) || (!done && !read_atom(re2)))
			return false;
		if (re2->product > highest)
			highest = re2->product;
	}
	re2->product = highest;
	return true;
}

bool re2_translate(struct pattern *pattern)
{
	struct re2 re2 = {.pattern = pattern, .product = 1};
	bool good = read_alternatives(&re2);

	vec_done(&re2.names);
	if (good && pattern->at < pattern->text.len)
		return pattern_fail(pattern, pattern->at, pattern->at + 1,
				    "\")\" closes nothing; write \"\\)\" for "
				    "the character");
	return good;
}
