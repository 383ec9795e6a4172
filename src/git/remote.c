/* SPDX-License-Identifier: Apache-2.0 */
#include "git/remote.h"

/* What a host with its port, and a path, are made of: RFC 3986, and nothing
 * that begins a query or a fragment. */
static bool is_made_of(str text, const char *more)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter && !(c >= '0' && c <= '9') &&
		    (c == '\0' || !strchr(more, c)))
			return false;
	}
	return text.len > 0;
}

/* An IPv6 address stands in brackets. */
static bool is_host(str host)
{
	if (host.len > 2 && host.ptr[0] == '[')
		return is_made_of(str_slice(host, 1, host.len), ".:]");
	return is_made_of(host, "-._:");
}

/* Everything up to the last @ goes: a password may hold one. Where readers of
 * URLs differ about what the host is, there is none. */
static str without_user(str authority)
{
	for (size_t i = 0; i < authority.len; i++)
		if (strchr("?#\\", authority.ptr[i]))
			return (str){0};
	for (size_t i = authority.len; i > 0; i--)
		if (authority.ptr[i - 1] == '@')
			return str_slice(authority, i, authority.len);
	return authority;
}

static str without_query(str path)
{
	size_t end = 0;

	while (end < path.len && path.ptr[end] != '?' && path.ptr[end] != '#')
		end++;
	return str_slice(path, 0, end);
}

static str join(const char *scheme, str host, str path, struct arena *arena)
{
	path = without_query(path);
	if (!is_host(host) || !is_made_of(path, "-._~/%!$&'()*+,;=:@"))
		return (str){0};
	while (path.len > 1 && path.ptr[0] == '/')
		path = str_slice(path, 1, path.len);
	return str_format(arena, "%s://" STR_FMT "/" STR_FMT, scheme,
			  STR_ARG(host), STR_ARG(path));
}

/* host:path, unless a slash comes first: then it is a folder. */
static str from_scp(str url, struct arena *arena)
{
	str path = url;
	str host = str_cut(&path, ':');

	if (!path.ptr || str_find_byte(host, '/') != SIZE_MAX)
		return (str){0};
	host = without_user(host);
	/* One letter is a drive of Windows. */
	return host.len > 1 ? join("ssh", host, path, arena) : (str){0};
}

str remote_public(str url, struct arena *arena)
{
	static const char *const schemes[] = {"https", "http", "ssh", "git"};
	size_t at = str_find(url, STR("://"));
	str authority;
	str path;

	if (at == SIZE_MAX)
		return from_scp(url, arena);
	path = str_slice(url, at + 3, url.len);
	authority = str_cut(&path, '/');
	for (size_t i = 0; path.ptr && i < ARRAY_SIZE(schemes); i++)
		if (str_equal_nocase(str_slice(url, 0, at), str_of(schemes[i])))
			return join(schemes[i], without_user(authority), path,
				    arena);
	return (str){0};
}
