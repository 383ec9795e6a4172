/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/uri.h"

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_scheme(str s)
{
	if (s.len == 0 || !is_alpha(s.ptr[0]))
		return false;
	for (size_t i = 1; i < s.len; i++) {
		char c = s.ptr[i];

		if (!is_alpha(c) && !(c >= '0' && c <= '9') && c != '+' &&
		    c != '-' && c != '.')
			return false;
	}
	return true;
}

str uri_cut_fragment(str text, str *fragment)
{
	size_t hash = str_find_byte(text, '#');

	if (hash == SIZE_MAX) {
		*fragment = (str){NULL, 0};
		return text;
	}
	*fragment = str_slice(text, hash + 1, text.len);
	return str_slice(text, 0, hash);
}

struct uri uri_split(str text)
{
	struct uri uri = {0};
	str rest = uri_cut_fragment(text, &uri.fragment);
	size_t at = str_find_byte(rest, '?');

	if (at != SIZE_MAX) {
		uri.query = str_slice(rest, at + 1, rest.len);
		rest = str_slice(rest, 0, at);
	}
	at = str_find_byte(rest, ':');
	if (at != SIZE_MAX && is_scheme(str_slice(rest, 0, at))) {
		uri.scheme = str_slice(rest, 0, at);
		rest = str_slice(rest, at + 1, rest.len);
	}
	if (str_starts(rest, STR("//"))) {
		rest = str_slice(rest, 2, rest.len);
		at = str_find_byte(rest, '/');
		if (at == SIZE_MAX)
			at = rest.len;
		uri.authority = str_slice(rest, 0, at);
		rest = str_slice(rest, at, rest.len);
	}
	uri.path = rest.ptr ? rest : STR("");
	return uri;
}

/* Drops the last segment that was written, with the slash before it. */
static void drop_segment(struct buf *out, size_t floor)
{
	while (out->len > floor && out->ptr[out->len - 1] != '/')
		out->len--;
	if (out->len > floor)
		out->len--;
}

/* Section 5.2.4, one segment at a time. */
static void add_without_dots(struct buf *out, str path)
{
	size_t floor = out->len;

	while (path.len > 0) {
		size_t next;

		if (str_starts(path, STR("../"))) {
			path = str_slice(path, 3, path.len);
		} else if (str_starts(path, STR("./"))) {
			path = str_slice(path, 2, path.len);
		} else if (str_starts(path, STR("/./"))) {
			path = str_slice(path, 2, path.len);
		} else if (str_is(path, "/.")) {
			path = STR("/");
		} else if (str_starts(path, STR("/../"))) {
			path = str_slice(path, 3, path.len);
			drop_segment(out, floor);
		} else if (str_is(path, "/..")) {
			path = STR("/");
			drop_segment(out, floor);
		} else if (str_is(path, ".") || str_is(path, "..")) {
			path = STR("");
		} else {
			next = str_find_byte(str_slice(path, 1, path.len), '/');
			next = next == SIZE_MAX ? path.len : next + 1;
			buf_add(out, str_slice(path, 0, next));
			path = str_slice(path, next, path.len);
		}
	}
}

/* Section 5.2.3: the base's path up to its last slash, then the reference. */
static void add_merged(struct buf *out, const struct uri *base, str path)
{
	size_t end = base->path.len;

	if (base->authority.ptr && end == 0) {
		buf_byte(out, '/');
	} else {
		while (end > 0 && base->path.ptr[end - 1] != '/')
			end--;
		buf_add(out, str_slice(base->path, 0, end));
	}
	buf_add(out, path);
}

static void add_target(struct buf *out, const struct uri *base,
		       const struct uri *reference)
{
	bool own = reference->scheme.ptr || reference->authority.ptr;
	str scheme = reference->scheme.ptr ? reference->scheme : base->scheme;
	str authority = own ? reference->authority : base->authority;
	str query = reference->query;
	struct buf path;

	if (scheme.ptr) {
		buf_add(out, scheme);
		buf_byte(out, ':');
	}
	if (authority.ptr) {
		buf_add(out, STR("//"));
		buf_add(out, authority);
	}
	if (!own && reference->path.len == 0) {
		buf_add(out, base->path);
		if (!query.ptr)
			query = base->query;
	} else if (own || reference->path.ptr[0] == '/') {
		add_without_dots(out, reference->path);
	} else {
		buf_init(&path, out->most);
		add_merged(&path, base, reference->path);
		add_without_dots(out, buf_str(&path));
		buf_done(&path);
	}
	if (query.ptr) {
		buf_byte(out, '?');
		buf_add(out, query);
	}
	if (reference->fragment.ptr) {
		buf_byte(out, '#');
		buf_add(out, reference->fragment);
	}
}

str uri_resolve(struct arena *arena, str base, str reference)
{
	struct uri parts = uri_split(base);
	struct uri target = uri_split(reference);
	struct buf out;
	size_t most = 8;
	str kept;

	if (!size_add(&most, most, base.len) ||
	    !size_add(&most, most, reference.len))
		most = 0;
	buf_init(&out, most);
	add_target(&out, &parts, &target);
	kept = str_keep(arena, buf_str(&out));
	buf_done(&out);
	return kept;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool uri_decode(struct buf *out, str text)
{
	for (size_t i = 0; i < text.len; i++) {
		int high;
		int low;

		if (text.ptr[i] != '%') {
			buf_byte(out, text.ptr[i]);
			continue;
		}
		if (text.len - i < 3)
			return false;
		high = hex_digit(text.ptr[i + 1]);
		low = hex_digit(text.ptr[i + 2]);
		if (high < 0 || low < 0)
			return false;
		buf_byte(out, (char)(high * 16 + low));
		i += 2;
	}
	return true;
}
