/*
 * ECMA-262, 14th edition, section 22.2.1 with the u flag, and section 22.2.2
 * for what it means; no other flag is set.
 *
 * The text is read twice: the first pass counts groups and learns their names
 * and how often they may repeat, the second writes.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "match/pattern.h"
#include "match/property.h"

struct ecma_group {
	str name;	/* absent: it has none */
	size_t parent;	/* index of the group around it; 0 is the pattern */
	size_t capture; /* its number, or 0 */
	bool many;	/* may be entered more than once */
	bool optional;	/* may be left out */
	bool branches;	/* holds alternatives, or is a negative assertion */
};

struct ecma {
	struct pattern *pattern;
	VEC(struct ecma_group) groups;
	size_t next;	 /* the next group to be opened */
	size_t inner;	 /* the group we are in */
	size_t captures; /* opened so far */
	size_t closed;	 /* 1 + index of the group just closed, or 0 */
	size_t depth;
	size_t behind; /* look-behinds around us */
	bool second;
};

/* WhiteSpace and LineTerminator, sections 12.2 and 12.3. */
static const uint32_t spaces[][2] = {
	{0x09, 0x0D},	  {0x20, 0x20},	    {0xA0, 0xA0},     {0x1680, 0x1680},
	{0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F},
	{0x3000, 0x3000}, {0xFEFF, 0xFEFF},
};

static bool read_alternatives(struct ecma *ecma);

static void write_spaces(struct pattern *pattern, bool negative)
{
	uint32_t from = 0;

	for (size_t i = 0; i < ARRAY_SIZE(spaces); i++) {
		if (!negative)
			pattern_range(pattern, spaces[i][0], spaces[i][1]);
		else
			pattern_range(pattern, from, spaces[i][0] - 1);
		from = spaces[i][1] + 1;
	}
	if (negative)
		pattern_range(pattern, from, 0x10FFFF);
}

/* Writes d, w and their opposites. In a class the opposites are spelt out:
 * PCRE2 10.42 forgets what lies past U+00FF when a property stands beside. */
static bool write_ascii_set(struct pattern *pattern, uint32_t c, bool bare)
{
	if (bare || c == 'd' || c == 'w') {
		if (!strchr("dDwW", (int)c))
			return false;
		buf_format(&pattern->out, "\\%c", (char)c);
		return true;
	}
	if (c == 'D')
		buf_add(&pattern->out,
			STR("\\x{0}-\\x{2f}\\x{3a}-\\x{10ffff}"));
	else if (c == 'W')
		buf_add(&pattern->out,
			STR("\\x{0}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{5e}"
			    "\\x{60}\\x{7b}-\\x{10ffff}"));
	return c == 'D' || c == 'W';
}

static bool is_syntax(uint32_t c)
{
	return c < 0x80 && c != 0 && strchr("^$\\.*+?()[]{}|/", (int)c);
}

/* \p{...}: writes the items of a class. */
static bool read_property(struct ecma *ecma, size_t from, bool negative)
{
	struct pattern *pattern = ecma->pattern;
	str rest = str_slice(pattern->text, pattern->at, pattern->text.len);
	size_t end = str_find_byte(rest, '}');
	str name, value;

	if (!pattern_take(pattern, "{") || end == SIZE_MAX)
		return pattern_fail(pattern, from, pattern->at,
				    "\\p needs a property name in braces");
	value = str_slice(rest, 1, end);
	name = str_cut(&value, '=');
	pattern->at += end;
	switch (property_ecma(&pattern->out, name, value, negative)) {
	case PROPERTY_WRITTEN:
		return true;
	case PROPERTY_UNSUPPORTED:
		return pattern_fail(pattern, from, pattern->at,
				    "this Unicode property is not supported");
	case PROPERTY_UNKNOWN:
		break;
	}
	return pattern_fail(pattern, from, pattern->at,
			    "ECMAScript has no such Unicode property; names "
			    "are spelt exactly, as in \\p{Letter} or "
			    "\\p{Script=Greek}");
}

/* Writes the class escapes d D s S w W p P; *done tells whether it was one. */
static bool read_class_escape(struct ecma *ecma, size_t from, bool bare,
			      bool *done)
{
	struct pattern *pattern = ecma->pattern;
	uint32_t c = pattern_peek(pattern);

	*done = false;
	if (c >= 0x80 || c == 0 || !strchr("dDsSwWpP", (int)c))
		return true;
	*done = true;
	pattern->at++;
	if (write_ascii_set(pattern, c, bare))
		return true;
	if (bare)
		buf_byte(&pattern->out, '[');
	if (c == 's' || c == 'S')
		write_spaces(pattern, c == 'S');
	else if (!read_property(ecma, from, c == 'P'))
		return false;
	if (bare)
		buf_byte(&pattern->out, ']');
	return true;
}

/* After "\u". A lone surrogate is returned as such: no text holds it. */
static bool read_unicode(struct pattern *pattern, size_t from, uint32_t *value)
{
	uint32_t low;
	size_t before;

	if (pattern_take(pattern, "{")) {
		if (pattern_hex(pattern, SIZE_MAX, value) == 0 ||
		    !pattern_take(pattern, "}"))
			return pattern_fail(pattern, from, pattern->at,
					    "\\u{ needs hexadecimal digits "
					    "and a closing brace");
		if (*value > 0x10FFFF)
			return pattern_fail(pattern, from, pattern->at,
					    "code points end at 10FFFF");
		return true;
	}
	if (pattern_hex(pattern, 4, value) != 4)
		return pattern_fail(pattern, from, pattern->at,
				    "\\u needs four hexadecimal digits");
	before = pattern->at;
	if (*value >= 0xD800 && *value <= 0xDBFF &&
	    pattern_take(pattern, "\\u") &&
	    pattern_hex(pattern, 4, &low) == 4 && low >= 0xDC00 &&
	    low <= 0xDFFF)
		*value = 0x10000 + ((*value - 0xD800) << 10) + (low - 0xDC00);
	else
		pattern->at = before;
	return true;
}

static bool read_control(struct pattern *pattern, size_t from, uint32_t *value)
{
	uint32_t c = pattern_peek(pattern);

	if (c > 'z' || (c | 0x20) < 'a' || (c | 0x20) > 'z')
		return pattern_fail(pattern, from, pattern->at,
				    "\\c needs a letter");
	pattern->at++;
	*value = c & 0x1F;
	return true;
}

/* The character escapes, in a class and out of it; `at` is behind the
 * backslash at `from`. */
static bool read_character_escape(struct pattern *pattern, size_t from,
				  uint32_t *value)
{
	static const char letters[] = "fnrtv";
	static const char meant[] = "\f\n\r\t\v";
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
	if (c == '0') {
		uint32_t next = pattern_peek(pattern);

		*value = 0;
		if (next >= '0' && next <= '9')
			return pattern_fail(pattern, from, pattern->at,
					    "octal escapes are not allowed");
		return true;
	}
	if (c == 'c')
		return read_control(pattern, from, value);
	if (c == 'x' && pattern_hex(pattern, 2, value) != 2)
		return pattern_fail(pattern, from, pattern->at,
				    "\\x needs two hexadecimal digits");
	if (c == 'x')
		return true;
	if (c == 'u')
		return read_unicode(pattern, from, value);
	if (is_syntax(c))
		return true;
	return pattern_fail(pattern, from, pattern->at,
			    "ECMAScript has no such escape; only letters with "
			    "a meaning and ^$\\.*+?()[]{}|/ follow a "
			    "backslash");
}

/* One member of a class: a character in *value, or a set that is written
 * already. */
static bool read_member(struct ecma *ecma, uint32_t *value, bool *is_set)
{
	struct pattern *pattern = ecma->pattern;
	size_t from = pattern->at;

	*is_set = false;
	*value = pattern_next(pattern);
	if (*value != '\\')
		return true;
	if (pattern_take(pattern, "b")) {
		*value = '\b';
		return true;
	}
	if (pattern_take(pattern, "-")) {
		*value = '-';
		return true;
	}
	if (!read_class_escape(ecma, from, false, is_set) || *is_set)
		return *is_set && !pattern->err->kind;
	return read_character_escape(pattern, from, value);
}

static bool class_ends(const struct pattern *pattern)
{
	return pattern->at >= pattern->text.len || pattern_ahead(pattern, "]");
}

static bool read_class(struct ecma *ecma, size_t from)
{
	struct pattern *pattern = ecma->pattern;
	size_t begin = pattern->out.len;

	buf_byte(&pattern->out, '[');
	if (pattern_take(pattern, "^"))
		buf_byte(&pattern->out, '^');
	while (!class_ends(pattern)) {
		size_t start = pattern->at;
		uint32_t low, high;
		bool low_set, high_set;

		if (!read_member(ecma, &low, &low_set))
			return false;
		if (!pattern_ahead(pattern, "-") ||
		    pattern_ahead(pattern, "-]")) {
			if (!low_set)
				pattern_range(pattern, low, low);
			continue;
		}
		pattern->at++;
		if (class_ends(pattern))
			break;
		if (!read_member(ecma, &high, &high_set))
			return false;
		if (low_set || high_set)
			return pattern_fail(pattern, start, pattern->at,
					    "a range needs a character at "
					    "both ends");
		if (low > high)
			return pattern_fail(pattern, start, pattern->at,
					    "the range is out of order");
		pattern_range(pattern, low, high);
	}
	if (!pattern_take(pattern, "]"))
		return pattern_fail(pattern, from, pattern->at,
				    "the class has no closing bracket");
	buf_byte(&pattern->out, ']');
	if (pattern->out.len == begin + 2) {
		pattern->out.len = begin;
		pattern_never(pattern);
	}
	return true;
}

/* RegExpIdentifierName with its closing bracket; `at` is behind "<". */
static bool read_name(struct ecma *ecma, str *name)
{
	struct pattern *pattern = ecma->pattern;
	size_t from = pattern->at;
	struct buf text;
	bool good = false;

	buf_init(&text, PATTERN_OUT);
	while (pattern->at < pattern->text.len) {
		size_t start = pattern->at;
		uint32_t c;

		if (text.len > 0 && pattern_take(pattern, ">")) {
			good = true;
			break;
		}
		c = pattern_next(pattern);
		if (c == '\\' && pattern_take(pattern, "u")) {
			if (!read_unicode(pattern, start, &c))
				break;
		}
		if ((c >= 0xD800 && c <= 0xDFFF) ||
		    !property_identifier(c, text.len == 0))
			break;
		buf_code_point(&text, c);
	}
	*name = str_keep(&pattern->arena, buf_str(&text));
	buf_done(&text);
	if (good || pattern->err->kind)
		return good;
	return pattern_fail(pattern, from, pattern->at,
			    "a group's name is an identifier and ends with >");
}

/* Would PCRE2 remember what ECMAScript forgets? Each round of a repetition
 * clears the groups inside; PCRE2 keeps their last value when the round
 * leaves them out. */
static bool group_is_stale(const struct ecma *ecma, size_t index)
{
	const struct ecma_group *groups = ecma->groups.at;
	bool left_out = false;

	for (size_t i = index; i != 0; i = groups[i].parent) {
		if (groups[i].many && left_out)
			return true;
		if (groups[i].optional || groups[groups[i].parent].branches)
			left_out = true;
	}
	return false;
}

static bool write_reference(struct ecma *ecma, size_t index, size_t from)
{
	struct pattern *pattern = ecma->pattern;
	size_t number = ecma->groups.at[index].capture;

	if (ecma->behind)
		return pattern_fail(pattern, from, pattern->at,
				    "a back-reference in a look-behind is "
				    "not supported");
	if (group_is_stale(ecma, index))
		return pattern_fail(pattern, from, pattern->at,
				    "a back-reference to a group that a "
				    "repetition may leave out is not "
				    "supported");
	/* A group that is open or still to come has no value yet. The others
	 * are wrapped: PCRE2 10.42's JIT fails on an unset reference with a
	 * count of its own. */
	for (size_t i = ecma->inner; i != 0; i = ecma->groups.at[i].parent)
		if (i == index)
			number = 0;
	if (number == 0 || number > ecma->captures)
		buf_add(&pattern->out, STR("(?:)"));
	else
		buf_format(&pattern->out, "(?:\\g{%zu})", number);
	return true;
}

static bool read_reference(struct ecma *ecma, size_t from)
{
	struct pattern *pattern = ecma->pattern;
	size_t number = 0;
	str name = {0};

	if (pattern_take(pattern, "k")) {
		if (!pattern_take(pattern, "<"))
			return pattern_fail(pattern, from, pattern->at,
					    "\\k needs a name in < and >");
		if (!read_name(ecma, &name))
			return false;
	} else if (!pattern_decimal(pattern, &number)) {
		return pattern_fail(pattern, from, pattern->at,
				    "a back-reference needs a number");
	}
	if (!ecma->second) {
		buf_add(&pattern->out, STR("(?:)"));
		return true;
	}
	for (size_t i = 1; i < ecma->groups.count; i++) {
		const struct ecma_group *group = &ecma->groups.at[i];

		if (group->capture && (name.ptr ? str_equal(group->name, name)
						: group->capture == number))
			return write_reference(ecma, i, from);
	}
	return pattern_fail(pattern, from, pattern->at,
			    "there is no such group to refer to");
}

/* Everything that begins with a backslash outside a class. */
static bool read_escape(struct ecma *ecma, size_t from, bool *repeatable)
{
	struct pattern *pattern = ecma->pattern;
	uint32_t c = pattern_peek(pattern);
	uint32_t value;
	bool done;

	if (c == 'b' || c == 'B') {
		pattern->at++;
		*repeatable = false;
		buf_add(&pattern->out, c == 'b' ? STR("\\b") : STR("\\B"));
		return true;
	}
	if ((c >= '1' && c <= '9') || c == 'k')
		return read_reference(ecma, from);
	if (!read_class_escape(ecma, from, true, &done) || done)
		return !pattern->err->kind;
	if (!read_character_escape(pattern, from, &value))
		return false;
	if (value >= 0xD800 && value <= 0xDFFF)
		pattern_never(pattern);
	else
		pattern_literal(pattern, value);
	return true;
}

static bool name_is_new(const struct ecma *ecma, str name)
{
	for (size_t i = 1; i < ecma->next; i++)
		if (ecma->groups.at[i].name.ptr &&
		    str_equal(ecma->groups.at[i].name, name))
			return false;
	return true;
}

struct ecma_opening {
	const char *text;
	bool assertion;
	bool negative;
	bool behind;
};

static const struct ecma_opening openings[] = {
	{"(?:", false, false, false}, {"(?=", true, false, false},
	{"(?!", true, true, false},   {"(?<=", true, false, true},
	{"(?<!", true, true, true},
};

static bool open_capture(struct ecma *ecma, struct ecma_group *group,
			 size_t from)
{
	struct pattern *pattern = ecma->pattern;

	pattern->at++;
	if (pattern_take(pattern, "?<")) {
		if (!read_name(ecma, &group->name))
			return false;
		if (!name_is_new(ecma, group->name))
			return pattern_fail(pattern, from, pattern->at,
					    "two groups have the same name");
	} else if (pattern_ahead(pattern, "?")) {
		return pattern_fail(pattern, from, pattern->at + 1,
				    "ECMAScript has no group that begins "
				    "like this");
	}
	group->capture = ++ecma->captures;
	buf_byte(&pattern->out, '(');
	return true;
}

/* Reads a group from its parenthesis to the one that closes it. */
static bool read_group(struct ecma *ecma, size_t from, bool *repeatable)
{
	struct pattern *pattern = ecma->pattern;
	const struct ecma_opening *opening = NULL;
	struct ecma_group group = {.parent = ecma->inner};
	size_t index = ecma->next;

	for (size_t i = 0; i < ARRAY_SIZE(openings) && !opening; i++)
		if (pattern_take(pattern, openings[i].text))
			opening = &openings[i];
	if (opening)
		buf_add(&pattern->out, str_of(opening->text));
	else if (!open_capture(ecma, &group, from))
		return false;
	if (++ecma->depth > PATTERN_DEPTH)
		return pattern_fail(pattern, from, pattern->at,
				    "more than %d groups inside each other",
				    PATTERN_DEPTH);
	group.branches = opening && opening->negative;
	if (!ecma->second)
		*vec_push(&ecma->groups) = group;
	ecma->next = index + 1;
	ecma->inner = index;
	ecma->behind += opening && opening->behind;
	if (!read_alternatives(ecma))
		return false;
	if (!pattern_take(pattern, ")"))
		return pattern_fail(pattern, from, pattern->at,
				    "the group has no closing parenthesis");
	buf_byte(&pattern->out, ')');
	ecma->behind -= opening && opening->behind;
	ecma->inner = group.parent;
	ecma->depth--;
	ecma->closed = index;
	*repeatable = !(opening && opening->assertion);
	return true;
}

/* Reads what may be repeated, or an assertion. */
static bool read_atom(struct ecma *ecma, bool *repeatable)
{
	struct pattern *pattern = ecma->pattern;
	size_t from = pattern->at;
	uint32_t c = pattern_peek(pattern);

	*repeatable = true;
	ecma->closed = 0;
	pattern_mark(pattern, from);
	if (c == '(')
		return read_group(ecma, from, repeatable);
	pattern->at = from;
	c = pattern_next(pattern);
	switch (c) {
	case '^':
	case '$':
		*repeatable = false;
		buf_byte(&pattern->out, (char)c);
		return true;
	case '.':
		buf_add(&pattern->out, STR("[^\\n\\r\\x{2028}\\x{2029}]"));
		return true;
	case '[':
		return read_class(ecma, from);
	case '\\':
		return read_escape(ecma, from, repeatable);
	case '*':
	case '+':
	case '?':
	case '{':
		return pattern_fail(pattern, from, pattern->at,
				    "there is nothing to repeat before \"%c\"",
				    (char)c);
	case ']':
	case '}':
		return pattern_fail(pattern, from, pattern->at,
				    "\"%c\" closes nothing; write \"\\%c\" for "
				    "the character",
				    (char)c, (char)c);
	default:
		pattern_literal(pattern, c);
		return true;
	}
}

static bool read_counts(struct pattern *pattern, size_t from, size_t *least,
			size_t *most)
{
	bool good = pattern_decimal(pattern, least);

	*most = *least;
	if (good && pattern_take(pattern, ",") &&
	    !pattern_decimal(pattern, most))
		*most = SIZE_MAX;
	if (!good || !pattern_take(pattern, "}"))
		return pattern_fail(pattern, from, pattern->at,
				    "a count is written {2}, {2,} or {2,3}");
	if (*least > *most)
		return pattern_fail(pattern, from, pattern->at,
				    "the counts are out of order");
	if (*least > PATTERN_REPEATS ||
	    (*most > PATTERN_REPEATS && *most != SIZE_MAX))
		return pattern_fail(pattern, from, pattern->at,
				    "a count above %d is not supported",
				    PATTERN_REPEATS);
	return true;
}

/* Reads a quantifier if there is one. */
static bool read_quantifier(struct ecma *ecma, bool repeatable)
{
	struct pattern *pattern = ecma->pattern;
	size_t from = pattern->at;
	size_t least, most = SIZE_MAX;

	if (pattern_take(pattern, "*")) {
		least = 0;
	} else if (pattern_take(pattern, "+")) {
		least = 1;
	} else if (pattern_take(pattern, "?")) {
		least = 0;
		most = 1;
	} else if (pattern_take(pattern, "{")) {
		if (!read_counts(pattern, from, &least, &most))
			return false;
	} else {
		return true;
	}
	if (!repeatable)
		return pattern_fail(pattern, from, pattern->at,
				    "an assertion cannot be repeated");
	if (ecma->closed) {
		ecma->groups.at[ecma->closed].many = most > 1;
		ecma->groups.at[ecma->closed].optional = least == 0;
	}
	pattern_repeat(pattern, least, most, pattern_take(pattern, "?"));
	return true;
}

/* Reads up to a closing parenthesis or the end. */
static bool read_alternatives(struct ecma *ecma)
{
	struct pattern *pattern = ecma->pattern;

	while (pattern->at < pattern->text.len &&
	       !pattern_ahead(pattern, ")")) {
		bool repeatable;

		if (pattern_take(pattern, "|")) {
			ecma->groups.at[ecma->inner].branches = true;
			buf_byte(&pattern->out, '|');
		} else if (!read_atom(ecma, &repeatable) ||
			   !read_quantifier(ecma, repeatable)) {
			return false;
		}
	}
	return true;
}

static bool read_pass(struct ecma *ecma)
{
	struct pattern *pattern = ecma->pattern;

	pattern->at = 0;
	pattern->loops = 0;
	pattern->options = 0;
	pattern->marks.count = 0;
	buf_clear(&pattern->out);
	ecma->next = 1;
	ecma->captures = 0;
	if (!read_alternatives(ecma))
		return false;
	if (pattern->at < pattern->text.len)
		return pattern_fail(pattern, pattern->at, pattern->at + 1,
				    "\")\" closes nothing; write \"\\)\" for "
				    "the character");
	return true;
}

bool ecma_translate(struct pattern *pattern)
{
	struct ecma ecma = {.pattern = pattern};
	bool good;

	(void)vec_push(&ecma.groups);
	good = read_pass(&ecma);
	ecma.second = true;
	good = good && read_pass(&ecma);
	pattern->captures = ecma.captures;
	vec_done(&ecma.groups);
	return good;
}
