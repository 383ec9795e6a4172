/* URIs, IRIs and URI templates (RFC 3986, RFC 3987, RFC 6570). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"
#include "jsonschema/format_check.h"
#include "jsonschema/uri.h"

static bool in(const char *set, uint32_t c)
{
	return c > 0 && c < 128 && strchr(set, (int)c);
}

static bool is_unreserved(uint32_t c)
{
	return c < 128 &&
	       (ascii_alpha((char)c) || ascii_digit((char)c) || in("-._~", c));
}

/* ucschar of RFC 3987: what is beyond ASCII, but for private use, the
 * noncharacters and the specials. */
static bool is_ucs(uint32_t c)
{
	if (c == UTF8_BAD || c < 0xa0 || (c & 0xfffe) == 0xfffe)
		return false;
	if (c < 0x10000)
		return c < 0xd800 || (c >= 0xf900 && c <= 0xfdcf) ||
		       (c >= 0xfdf0 && c <= 0xffef);
	return c < 0xe0000 || (c >= 0xe1000 && c < 0xf0000);
}

/* iprivate, which only a query may hold. */
static bool is_private(uint32_t c)
{
	return (c >= 0xe000 && c <= 0xf8ff) ||
	       (c >= 0xf0000 && c <= 0x10fffd && (c & 0xfffe) != 0xfffe);
}

struct grammar {
	bool international;
	bool private_use;
};

static bool is_escape(str text, size_t i)
{
	return text.len - i >= 3 && ascii_hex(text.ptr[i + 1]) &&
	       ascii_hex(text.ptr[i + 2]);
}

/* Only unreserved, sub-delims, escapes and the `more` characters? */
static bool holds_only(str text, const char *more, struct grammar grammar)
{
	size_t i = 0;

	while (i < text.len) {
		size_t begin = i;
		uint32_t c = utf8_next(text, &i);

		if (c == '%') {
			if (!is_escape(text, begin))
				return false;
			i = begin + 3;
		} else if (!is_unreserved(c) && !in("!$&'()*+,;=", c) &&
			   !in(more, c) &&
			   !(grammar.international && is_ucs(c)) &&
			   !(grammar.private_use && is_private(c))) {
			return false;
		}
	}
	return true;
}

/* IPvFuture: "v" 1*HEX "." 1*(unreserved / sub-delims / ":") */
static bool is_future_address(str text)
{
	str rest = text;
	str version = str_cut(&rest, '.');
	struct grammar ascii = {0};

	if (version.len < 2 || (version.ptr[0] | 32) != 'v' || rest.len == 0)
		return false;
	for (size_t i = 1; i < version.len; i++)
		if (!ascii_hex(version.ptr[i]))
			return false;
	return str_find_byte(rest, '%') == SIZE_MAX &&
	       holds_only(rest, ":", ascii);
}

static bool is_port(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!ascii_digit(text.ptr[i]))
			return false;
	return true;
}

static bool is_host_and_port(str text, struct grammar grammar)
{
	size_t colon;

	if (text.len > 0 && text.ptr[0] == '[') {
		size_t end = str_find_byte(text, ']');
		str inner = str_slice(text, 1, end == SIZE_MAX ? 1 : end);
		str rest;

		if (end == SIZE_MAX ||
		    (!format_is_ipv6(inner) && !is_future_address(inner)))
			return false;
		rest = str_slice(text, end + 1, text.len);
		return rest.len == 0 || (rest.ptr[0] == ':' &&
					 is_port(str_slice(rest, 1, rest.len)));
	}
	colon = str_find_byte(text, ':');
	if (colon == SIZE_MAX)
		return holds_only(text, "", grammar);
	return holds_only(str_slice(text, 0, colon), "", grammar) &&
	       is_port(str_slice(text, colon + 1, text.len));
}

static bool is_authority(str text, struct grammar grammar)
{
	size_t at = str_find_byte(text, '@');

	if (at == SIZE_MAX)
		return is_host_and_port(text, grammar);
	return holds_only(str_slice(text, 0, at), ":", grammar) &&
	       is_host_and_port(str_slice(text, at + 1, text.len), grammar);
}

/* Section 4.2: a relative path may not look like a scheme, and without an
 * authority no path may look like one. */
static bool is_path(const struct uri *uri, struct grammar grammar)
{
	str rest = uri->path;
	str first = str_cut(&rest, '/');

	if (!holds_only(uri->path, ":@/", grammar))
		return false;
	if (!uri->authority.ptr && str_starts(uri->path, STR("//")))
		return false;
	return uri->scheme.ptr || uri->authority.ptr ||
	       str_find_byte(first, ':') == SIZE_MAX;
}

bool format_is_uri(str text, bool relative, bool international)
{
	struct grammar grammar = {.international = international};
	struct grammar query = {.international = international,
				.private_use = international};
	struct uri uri = uri_split(text);

	if (!uri.scheme.ptr && !relative)
		return false;
	return (!uri.authority.ptr || is_authority(uri.authority, grammar)) &&
	       is_path(&uri, grammar) &&
	       (!uri.query.ptr || holds_only(uri.query, ":@/?", query)) &&
	       (!uri.fragment.ptr || holds_only(uri.fragment, ":@/?", grammar));
}

/* varname: characters and escapes in runs, joined by single dots. */
static size_t skip_name(str text)
{
	size_t i = 0;

	while (i < text.len) {
		char c = text.ptr[i];

		if (ascii_alpha(c) || ascii_digit(c) || c == '_')
			i++;
		else if (c == '%' && is_escape(text, i))
			i += 3;
		else if (c == '.' && i > 0 && text.ptr[i - 1] != '.')
			i++;
		else
			break;
	}
	return i > 0 && text.ptr[i - 1] == '.' ? 0 : i;
}

static bool is_variable(str text)
{
	size_t i = skip_name(text);
	str rest = str_slice(text, i, text.len);

	if (i == 0)
		return false;
	if (rest.len == 0 || str_is(rest, "*"))
		return true;
	if (rest.ptr[0] != ':' || rest.len < 2 || rest.len > 5 ||
	    rest.ptr[1] == '0')
		return false;
	for (i = 1; i < rest.len; i++)
		if (!ascii_digit(rest.ptr[i]))
			return false;
	return true;
}

static bool is_expression(str text)
{
	str rest = text;

	/* Section 2.2: five operators are reserved for later and refused */
	if (rest.len > 0 && in("+#./;?&", (unsigned char)rest.ptr[0]))
		rest = str_slice(rest, 1, rest.len);
	while (rest.ptr)
		if (!is_variable(str_cut(&rest, ',')))
			return false;
	return true;
}

bool format_is_uri_template(str text)
{
	size_t i = 0;

	while (i < text.len) {
		size_t begin = i;
		uint32_t c = utf8_next(text, &i);
		str rest = str_slice(text, i, text.len);
		size_t end;

		if (c == '{') {
			end = str_find_byte(rest, '}');
			if (end == SIZE_MAX ||
			    !is_expression(str_slice(rest, 0, end)))
				return false;
			i += end + 1;
		} else if (c == '%') {
			if (!is_escape(text, begin))
				return false;
			i = begin + 3;
		} else if (c <= 32 || c == 127 || in("\"<>\\^`{|}", c) ||
			   (c > 127 && !is_ucs(c) && !is_private(c))) {
			return false;
		}
	}
	return true;
}
