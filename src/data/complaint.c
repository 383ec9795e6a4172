/* SPDX-License-Identifier: Apache-2.0 */
#include "data/complaint.h"

#include "base/attr.h"

enum place { AT_PROBLEM, AT_CONTEXT };

/* The first row that fits decides. */
static const struct {
	const char *problem;
	const char *sentence;
	enum place place;
} rows[] = {
	{"could not find expected ':'",
	 "neither a \"key: value\" nor the continuation of a value: there is "
	 "no ':' behind it on its line",
	 AT_CONTEXT},
	{"did not find expected key",
	 "no key of the map stands here: check the indentation, or quote the "
	 "value before",
	 AT_PROBLEM},
	{"did not find expected '-' indicator",
	 "no item of the list stands here: check the indentation", AT_PROBLEM},
	{"mapping values are not allowed in this context",
	 "a ': ' where no map can begin: quote the text, or check the "
	 "indentation",
	 AT_PROBLEM},
	{"mapping keys are not allowed in this context",
	 "a '? ' where no map can begin", AT_PROBLEM},
	{"block sequence entries are not allowed in this context",
	 "a '- ' where no list can begin: put the list on a line of its own",
	 AT_PROBLEM},
	{"did not find expected ',' or ']'",
	 "',' or ']' is missing in a list that began with '['", AT_PROBLEM},
	{"did not find expected ',' or '}'",
	 "',' or '}' is missing in a map that began with '{'", AT_PROBLEM},
	{"did not find expected node content",
	 "a value is missing or cannot begin here", AT_PROBLEM},
	{"did not find expected <document start>",
	 "text behind the end of the document: check the indentation, or "
	 "begin another document with '---'",
	 AT_PROBLEM},
	{"found unexpected end of stream", "a quote that is never closed",
	 AT_CONTEXT},
	{"found unexpected document indicator",
	 "a quote that is not closed before the document ends", AT_CONTEXT},
	{"found unknown escape character",
	 "an escape that YAML does not have; in double quotes a backslash is "
	 "written \\\\",
	 AT_PROBLEM},
	{"did not find expected hexdecimal number",
	 "an escape with too few hexadecimal digits", AT_PROBLEM},
	{"found invalid Unicode character escape code",
	 "an escape that is no character: beyond U+10FFFF, or half of a "
	 "surrogate pair (write the character, or \\U and eight digits)",
	 AT_PROBLEM},
	{"found a tab character", "a tab where YAML allows only spaces",
	 AT_PROBLEM},
	{"found unexpected ':'",
	 "a ':' inside a value between brackets; quote the value", AT_PROBLEM},
	{"could not find expected directive name",
	 "a '%' that begins no directive; quote a value that begins with '%'",
	 AT_CONTEXT},
	{"did not find the expected '>'", "a tag !<...> that is not closed",
	 AT_CONTEXT},
	{"found extra anchor", "a second anchor for one value", AT_PROBLEM},
	{"found duplicate %YAML directive",
	 "a second %YAML line for one document", AT_PROBLEM},
	{"found incompatible YAML document",
	 "this version of YAML is not read; only 1.2 is", AT_PROBLEM},
	{"found unknown directive name",
	 "a directive ('%') that is not known; quote a value that begins with "
	 "'%'",
	 AT_CONTEXT},
	{"found undefined tag handle",
	 "a tag with a handle that is not declared; only the core tags "
	 "(!!str, !!int, ...) are read",
	 AT_PROBLEM},
	{"did not find expected alphabetic or numeric character",
	 "a name of an anchor or alias is made of letters, digits, '-' and "
	 "'_', and a space follows it; quote a value that begins with '&' or "
	 "'*'",
	 AT_CONTEXT},
	{"did not find expected comment or line break",
	 "text where the line must end", AT_PROBLEM},
	{"found indentation indicator equal to 0",
	 "an indentation indicator is 1 to 9", AT_PROBLEM},
	{"did not find URI escaped octet", "a tag with a wrong %-escape",
	 AT_PROBLEM},
	{"did not find expected tag URI", "a tag without a name", AT_PROBLEM},
	{"did not find expected '!'", "a tag that is not closed by '!'",
	 AT_PROBLEM},
	{"did not find expected whitespace or line break",
	 "a tag and its value need a space between them", AT_PROBLEM},
	{"did not find expected version number",
	 "a %YAML line without a version; write %YAML 1.2", AT_PROBLEM},
	{"did not find expected digit or '.' character",
	 "a %YAML line without a version; write %YAML 1.2", AT_PROBLEM},
	{"found extremely long version number",
	 "a %YAML line without a version; write %YAML 1.2", AT_PROBLEM},
	{"found unexpected non-alphabetical character",
	 "a '%' that begins no directive; quote a value that begins with '%'",
	 AT_CONTEXT},
	{"found character that cannot start any token",
	 "a character that cannot begin a value; quote it", AT_PROBLEM},
};

static const struct {
	char c;
	const char *sentence;
} starts[] = {
	{'\t', "a tab where YAML allows only spaces"},
	{'@', "'@' cannot begin a value; quote it"},
	{'`', "'`' cannot begin a value; quote it"},
	{'%', "'%' cannot begin a value; quote it"},
};

static struct span one_at(str text, size_t at)
{
	size_t end = at < text.len ? at + 1 : text.len;

	while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
		end++;
	return (struct span){(uint32_t)(at < text.len ? at : text.len),
			     (uint32_t)end};
}

static bool say(struct error *err, str text, size_t at, size_t other,
		const char *sentence)
{
	error_set_at(err, ERROR_SYNTAX, one_at(text, at), "%s", sentence);
	if (other != SIZE_MAX && other != at)
		err->other = one_at(text, other);
	return false;
}

/* libyaml ends the search for a key's ':' after 1024 bytes and then complains
 * of the ':' it finds, or that there was none; of the key it says nothing. */
static bool is_long_key(size_t *key, str text,
			const struct complaint *complaint)
{
	enum { SEARCHED = 1024 };
	str problem = str_of(complaint->problem);
	size_t line = complaint->at;
	str rest;

	if (str_is(problem, "could not find expected ':'")) {
		if (complaint->context >= text.len)
			return false;
		*key = complaint->context;
		rest = str_slice(text, complaint->context, text.len);
		rest = str_slice(rest, 0, str_find_byte(rest, '\n'));
		return rest.len > SEARCHED &&
		       str_find(str_slice(rest, SEARCHED, rest.len),
				STR(": ")) != SIZE_MAX;
	}
	if (!str_is(problem, "mapping values are not allowed in this context"))
		return false;
	while (line > 0 && line <= text.len && text.ptr[line - 1] != '\n')
		line--;
	*key = line;
	return complaint->at - line > SEARCHED;
}

bool complaint_tell(struct error *err, str text,
		    const struct complaint *complaint)
{
	size_t at = complaint->at;
	size_t key;
	str problem = str_of(complaint->problem);

	if (is_long_key(&key, text, complaint))
		return say(err, text, key, SIZE_MAX,
			   "a key and its quotes have at most 1024 bytes on "
			   "one line (limit yaml_key); or is the ': ' behind "
			   "it part of a text that wants quotes?");
	if (str_is(problem, "found character that cannot start any token")) {
		for (size_t i = 0; i < ARRAY_SIZE(starts); i++) {
			if (at < text.len && text.ptr[at] == starts[i].c)
				return say(err, text, at, SIZE_MAX,
					   starts[i].sentence);
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!str_starts(problem, str_of(rows[i].problem)))
			continue;
		if (rows[i].place == AT_CONTEXT &&
		    complaint->context != SIZE_MAX)
			return say(err, text, complaint->context, SIZE_MAX,
				   rows[i].sentence);
		return say(err, text, at, complaint->context, rows[i].sentence);
	}
	return say(err, text, at, complaint->context, complaint->problem);
}
