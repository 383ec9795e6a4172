/* SPDX-License-Identifier: Apache-2.0 */
#include "match/glob.h"

#include "base/utf8.h"
#include "match/ascii.h"

static bool fail(struct error *err, size_t from, size_t to, const char *why)
{
	return error_set_at(err, ERROR_SYNTAX,
			    (struct span){(uint32_t)from, (uint32_t)to}, "%s",
			    why);
}

/* Reads one character of a class, which a backslash may quote. */
static uint32_t class_character(str text, size_t *i)
{
	if (text.ptr[*i] == '\\' && *i + 1 < text.len)
		*i += 1;
	return utf8_next(text, i);
}

/* Reads [:name:] at *i; NULL: it is something else, and *i stays. */
static const struct ascii_class *class_name(str text, size_t *i)
{
	str rest = str_slice(text, *i, text.len);
	const struct ascii_class *set;
	size_t end;

	if (!str_starts(rest, STR("[:")))
		return NULL;
	end = str_find(str_slice(rest, 2, rest.len), STR(":]"));
	if (end == SIZE_MAX)
		return NULL;
	set = ascii_class_find(str_slice(rest, 2, end + 2));
	if (set)
		*i += end + 4;
	return set;
}

/* Reads a class from behind its bracket and moves *i behind its end; *holds
 * tells whether `c` is in it. False: it has no end. */
static bool read_class(str text, size_t *i, uint32_t c, bool *holds)
{
	bool negative =
		*i < text.len && (text.ptr[*i] == '!' || text.ptr[*i] == '^');
	bool first = true;

	*i += negative;
	*holds = false;
	while (*i < text.len && (first || text.ptr[*i] != ']')) {
		const struct ascii_class *set = class_name(text, i);
		uint32_t low, high;

		first = false;
		if (set) {
			*holds = *holds || ascii_class_holds(set, c);
			continue;
		}
		low = high = class_character(text, i);
		if (*i + 1 < text.len && text.ptr[*i] == '-' &&
		    text.ptr[*i + 1] != ']') {
			*i += 1;
			high = class_character(text, i);
		}
		*holds = *holds || (c >= low && c <= high);
	}
	*holds = *holds != negative;
	if (*i >= text.len)
		return false;
	*i += 1;
	return true;
}

/* Checks what stands between two slashes; `at` is its place in the text. */
static bool check_segment(str segment, size_t at, struct error *err)
{
	size_t i = 0;
	bool holds;

	if (segment.len == 0)
		return fail(err, at, at + 1,
			    "two slashes with nothing between");
	if (str_is(segment, ".") || str_is(segment, ".."))
		return fail(err, at, at + segment.len,
			    "paths are counted from the root of the "
			    "repository; \".\" and \"..\" match nothing");
	while (i < segment.len) {
		size_t from = i;
		char c = segment.ptr[i++];

		if (c == '\\' && i++ >= segment.len)
			return fail(err, at + from, at + i - 1,
				    "a backslash with nothing behind it");
		if (c == '[' && !read_class(segment, &i, 0, &holds))
			return fail(err, at + from, at + segment.len,
				    "the class has no closing bracket");
	}
	return true;
}

bool glob_init(struct glob *out, str text, struct error *err)
{
	struct glob glob = {.text = text};
	size_t start = 0;
	size_t bad;
	str rest;

	if (text.len > GLOB_MOST)
		return error_set(err, ERROR_LIMIT,
				 "a path pattern has at most %d bytes",
				 GLOB_MOST);
	bad = utf8_check(text);
	if (bad != SIZE_MAX)
		return fail(err, bad, bad + 1, "the pattern is not UTF-8");
	if (str_starts(text, STR("/"))) {
		glob.anchored = true;
		start = 1;
	}
	glob.text = str_slice(text, start, text.len);
	if (str_ends(glob.text, STR("/"))) {
		glob.directory = true;
		glob.text.len--;
	}
	if (glob.text.len == 0)
		return fail(err, 0, (size_t)text.len, "the pattern is empty");
	if (str_find_byte(glob.text, '/') != SIZE_MAX)
		glob.anchored = true;
	rest = glob.text;
	while (rest.ptr) {
		size_t at = (size_t)(rest.ptr - text.ptr);

		if (!check_segment(str_cut(&rest, '/'), at, err))
			return false;
	}
	*out = glob;
	return true;
}

/* Matches one character of the name against one item of the pattern; both
 * are stepped over. */
static bool match_one(str pattern, size_t *p, str name, size_t *n)
{
	uint32_t c = utf8_next(name, n);
	bool holds;

	switch (pattern.ptr[*p]) {
	case '?':
		*p += 1;
		return true;
	case '[':
		*p += 1;
		return read_class(pattern, p, c, &holds) && holds;
	case '\\':
		*p += 1;
		break;
	default:
		break;
	}
	return utf8_next(pattern, p) == c && c != UTF8_BAD;
}

/* Only the last star need ever take one character more: the ones before it
 * have the shortest fit already. */
static bool match_segment(str pattern, str name)
{
	size_t p = 0, n = 0;
	size_t star = SIZE_MAX; /* behind the last star, ... */
	size_t taken = 0;	/* ... which has taken up to here */

	for (;;) {
		if (p < pattern.len && pattern.ptr[p] == '*') {
			star = ++p;
			taken = n;
			continue;
		}
		if (p == pattern.len && n == name.len)
			return true;
		if (p < pattern.len && n < name.len &&
		    match_one(pattern, &p, name, &n))
			continue;
		if (star == SIZE_MAX || taken >= name.len)
			return false;
		(void)utf8_next(name, &taken);
		p = star;
		n = taken;
	}
}

static bool is_deep(str segment)
{
	return str_is(segment, "**");
}

/* The same idea for folders: the last ** takes one more. The pattern need not
 * reach the end of the path: then it means a folder above the file. */
bool glob_match(const struct glob *glob, str path)
{
	str pattern = glob->text;
	str deep = {0};	 /* what stands behind the last **, ... */
	str taken = {0}; /* ... which has taken all before this */

	if (!glob->anchored) {
		deep = pattern;
		taken = path;
	}
	for (;;) {
		str segment;

		if (!pattern.ptr && (path.ptr || !glob->directory))
			return true;
		if (pattern.ptr && path.ptr) {
			segment = str_cut(&pattern, '/');
			if (is_deep(segment) && pattern.ptr) {
				deep = pattern;
				taken = path;
				continue;
			}
			if (match_segment(segment, str_cut(&path, '/')))
				continue;
		}
		if (!taken.ptr)
			return false;
		(void)str_cut(&taken, '/');
		if (!taken.ptr)
			return false;
		pattern = deep;
		path = taken;
	}
}
