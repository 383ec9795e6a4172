/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/citation.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool all(str s, bool (*holds)(char))
{
	for (size_t i = 0; i < s.len; i++)
		if (!holds(s.ptr[i]))
			return false;
	return s.len > 0;
}

/* A paragraph ("2", "9a") or a point ("e", "bb"). */
static bool is_part(str part)
{
	size_t digits = 0;

	while (digits < part.len && is_digit(part.ptr[digits]))
		digits++;
	part = str_slice(part, digits, part.len);
	return (digits && !part.len) || (part.len <= 2 && all(part, is_letter));
}

/* What follows "art-": is it "30", "30-1", "30-1-f"? */
static bool is_article(str number)
{
	if (!number.len || !is_digit(number.ptr[0]))
		return false;
	while (number.ptr)
		if (!is_part(str_cut(&number, '-')))
			return false;
	return true;
}

static void add_article(struct buf *to, str number)
{
	buf_add(to, STR("Art. "));
	buf_add(to, str_cut(&number, '-'));
	while (number.ptr) {
		buf_byte(to, '(');
		buf_add(to, str_cut(&number, '-'));
		buf_byte(to, ')');
	}
}

/* "iso27001" is ISO/IEC 27001, and an edition follows a dash. */
static bool add_iso(struct buf *to, str framework)
{
	str edition = framework;
	str number = str_cut(&edition, '-');

	if (!str_starts(number, STR("iso")))
		return false;
	number = str_slice(number, 3, number.len);
	if (!all(number, is_digit) || (edition.ptr && !all(edition, is_digit)))
		return false;
	buf_add(to, STR("ISO/IEC "));
	buf_add(to, number);
	if (edition.ptr) {
		buf_byte(to, ':');
		buf_add(to, edition);
	}
	return true;
}

static void add_framework(struct buf *to, str framework)
{
	if (add_iso(to, framework))
		return;
	for (size_t i = 0; i < framework.len; i++) {
		char c = framework.ptr[i];

		buf_byte(to, is_letter(c) ? (char)(c - 'a' + 'A') : c);
	}
}

void citation_format(struct buf *to, const struct citation *citation)
{
	str item = citation->name;
	str framework = str_cut(&item, ':');

	if (!framework.len || !item.len) {
		buf_add(to, citation->name);
		return;
	}
	add_framework(to, framework);
	buf_byte(to, ' ');
	if (str_starts(item, STR("art-")) &&
	    is_article(str_slice(item, 4, item.len))) {
		add_article(to, str_slice(item, 4, item.len));
	} else if (str_starts(item, STR("cl-")) && item.len > 3) {
		buf_add(to, STR("clause "));
		buf_add(to, str_slice(item, 3, item.len));
	} else {
		buf_add(to, item);
	}
}
