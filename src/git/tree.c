/* SPDX-License-Identifier: Apache-2.0 */
#include "git/parse.h"

#include "base/utf8.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* NTFS drops dots and spaces at the end, what follows a colon names a stream
 * of the same file, and git~1 is the short name of .git. */
static bool is_ntfs_git(str name)
{
	size_t len = str_find_byte(name, ':');

	if (len == SIZE_MAX)
		len = name.len;
	while (len > 0 &&
	       (name.ptr[len - 1] == '.' || name.ptr[len - 1] == ' '))
		len--;
	name = str_slice(name, 0, len);
	return str_equal_nocase(name, STR(".git")) ||
	       str_equal_nocase(name, STR("git~1"));
}

/* HFS+ ignores these code points when it compares names. */
static bool is_hfs_ignored(uint32_t c)
{
	return (c >= 0x200c && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x206a && c <= 0x206f) || c == 0xfeff;
}

static bool is_hfs_git(str name)
{
	static const char git[] = ".git";
	size_t matched = 0;
	size_t i = 0;

	while (i < name.len) {
		uint32_t c = utf8_next(name, &i);

		if (is_hfs_ignored(c))
			continue;
		if (c > 127 || matched >= sizeof(git) - 1 ||
		    lower((char)c) != git[matched])
			return false;
		matched++;
	}
	return matched == sizeof(git) - 1;
}

const char *tree_name_refused(str name)
{
	if (name.len == 0)
		return "an empty name";
	if (str_is(name, ".") || str_is(name, ".."))
		return "the name . or ..";
	if (str_find_byte(name, '/') != SIZE_MAX)
		return "a name with /";
	/* Neither spelling of .git begins with another byte than these. */
	if ((name.ptr[0] == '.' || lower(name.ptr[0]) == 'g' ||
	     (name.ptr[0] & 0x80)) &&
	    (is_ntfs_git(name) || is_hfs_git(name)))
		return "a name that some file systems take for .git";
	return NULL;
}

struct tree_cursor tree_begin(str bytes)
{
	return (struct tree_cursor){.bytes = bytes};
}

/* Reads the octal mode before the space, as git writes it. */
static bool mode_parse(enum tree_mode *out, str digits)
{
	uint32_t mode = 0;

	if (digits.len < 5 || digits.len > 6 || digits.ptr[0] == '0')
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		unsigned digit = (unsigned char)digits.ptr[i] - (unsigned)'0';

		if (digit > 7)
			return false;
		mode = mode << 3 | digit;
	}
	switch (mode) {
	case 0100644:
	case 0100664: /* written by git before 2005-05 */
		*out = MODE_FILE;
		return true;
	case 0100755:
		*out = MODE_EXECUTABLE;
		return true;
	case MODE_LINK:
		*out = MODE_LINK;
		return true;
	case MODE_SUBMODULE:
		*out = MODE_SUBMODULE;
		return true;
	case MODE_TREE:
		*out = MODE_TREE;
		return true;
	default:
		return false;
	}
}

/* git sorts a folder as if its name ended with a slash. */
static unsigned char byte_at(const struct tree_item *item, size_t i)
{
	if (i < item->name.len)
		return (unsigned char)item->name.ptr[i];
	return item->mode == MODE_TREE && i == item->name.len ? '/' : '\0';
}

static bool in_order(const struct tree_item *a, const struct tree_item *b)
{
	size_t least = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.ptr, b->name.ptr, least);
	unsigned char x, y;

	if (order != 0)
		return order < 0;
	if (a->name.len == b->name.len)
		return false; /* twice, whatever they are */
	x = byte_at(a, least);
	y = byte_at(b, least);
	return x < y || (x == y && a->name.len < b->name.len);
}

/* A file `a` and a folder `a` need not be neighbours: `a`, `a.b`, `a/`. Only
 * files whose name begins the present one can still meet their folder, and
 * only while what follows sorts before a slash. */
static bool twins(struct tree_cursor *cursor, const struct tree_item *item)
{
	while (cursor->files_count) {
		str file = cursor->files[cursor->files_count - 1];

		if (str_starts(item->name, file) &&
		    byte_at(item, file.len) <= '/')
			break;
		cursor->files_count--;
	}
	for (size_t i = 0; i < cursor->files_count; i++) {
		if (str_equal(cursor->files[i], item->name))
			return true;
	}
	if (item->mode == MODE_TREE)
		return false;
	if (cursor->files_count == TREE_TWINS)
		return true; /* nobody names files like that */
	cursor->files[cursor->files_count++] = item->name;
	return false;
}

static enum step refused(struct error *err, str name, const char *why)
{
	if (name.ptr)
		error_set(err, ERROR_GIT,
			  "the tree is malformed: %s: '" STR_FMT "'", why,
			  STR_ARG(name));
	else
		error_set(err, ERROR_GIT, "the tree is malformed: %s", why);
	return STEP_FAILED;
}

enum step tree_next(struct tree_item *out, struct tree_cursor *cursor,
		    struct error *err)
{
	str rest = str_slice(cursor->bytes, cursor->at, cursor->bytes.len);
	struct tree_item item = {0};
	size_t space, end;
	const char *why;

	if (rest.len == 0)
		return STEP_END;
	space = str_find_byte(str_slice(rest, 0, 7), ' ');
	end = str_find_byte(rest, '\0');
	if (space == SIZE_MAX || end == SIZE_MAX || end < space ||
	    rest.len - end - 1 < OID_RAW)
		return refused(err, str_make(NULL, 0), "an entry is cut short");
	item.name = str_slice(rest, space + 1, end);
	item.oid = oid_of_raw(rest.ptr + end + 1);
	why = tree_name_refused(item.name);
	if (!why && !mode_parse(&item.mode, str_slice(rest, 0, space)))
		why = "an unknown mode";
	if (why)
		return refused(err, item.name, why);
	if (cursor->last.name.ptr && !in_order(&cursor->last, &item))
		return refused(err, item.name, "not in order");
	if (twins(cursor, &item))
		return refused(err, item.name, "the same name twice");
	cursor->last = item;
	cursor->at += end + 1 + OID_RAW;
	*out = item;
	return STEP_ITEM;
}
