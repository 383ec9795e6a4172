/*
 * Host names, addresses and mailboxes. Internationalized labels go through
 * libidn2, which knows the code points and rules of IDNA2008 (RFC 5891, 5892,
 * 5893); this file is its only door.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <idn2.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "jsonschema/format_check.h"

enum { LABEL_MOST = 63, NAME_MOST = 253, LOCAL_MOST = 64 };

/* Is a label of letters, digits and inner hyphens? RFC 1123 section 2.1. */
static bool is_plain_label(str label)
{
	if (label.len == 0 || label.len > LABEL_MOST || label.ptr[0] == '-' ||
	    label.ptr[label.len - 1] == '-')
		return false;
	for (size_t i = 0; i < label.len; i++)
		if (!ascii_alpha(label.ptr[i]) && !ascii_digit(label.ptr[i]) &&
		    label.ptr[i] != '-')
			return false;
	return true;
}

static bool is_ascii(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] > 127)
			return false;
	return true;
}

/* Is this the A-label of a valid U-label that gives it back? */
static bool is_a_label(str label)
{
	char alabel[LABEL_MOST + 1];
	uint8_t *back = NULL;
	char *ulabel = NULL;
	bool valid;

	for (size_t i = 0; i < label.len; i++) {
		char c = label.ptr[i];

		alabel[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	alabel[label.len] = '\0';
	if (idn2_to_unicode_8z8z(alabel, &ulabel, IDN2_NO_TR46) != IDN2_OK)
		return false;
	valid = !is_ascii(str_of(ulabel)) &&
		idn2_register_u8((const uint8_t *)ulabel, NULL, &back, 0) ==
			IDN2_OK &&
		strcmp((const char *)back, alabel) == 0;
	idn2_free(back);
	idn2_free(ulabel);
	return valid;
}

static bool is_label(str label)
{
	if (!is_plain_label(label))
		return false;
	if (label.len >= 4 &&
	    str_equal_nocase(str_slice(label, 0, 4), STR("xn--")))
		return is_a_label(label);
	return true;
}

bool format_is_hostname(str text)
{
	str rest = text;

	if (text.len == 0 || text.len > NAME_MOST)
		return false;
	while (rest.ptr)
		if (!is_label(str_cut(&rest, '.')))
			return false;
	return true;
}

/* A U-label and the length of its A-label, or 0. Not in form C is tolerated:
 * who types a name does not choose its form. */
static size_t u_label_length(str label)
{
	char text[4 * LABEL_MOST + 1];
	uint8_t *alabel = NULL;
	size_t length = 0;

	if (label.len == 0 || label.len >= sizeof(text) ||
	    memchr(label.ptr, '\0', label.len))
		return 0;
	memcpy(text, label.ptr, label.len);
	text[label.len] = '\0';
	if (idn2_register_u8((const uint8_t *)text, NULL, &alabel,
			     IDN2_NFC_INPUT) == IDN2_OK)
		length = strlen((const char *)alabel);
	idn2_free(alabel);
	return length <= LABEL_MOST ? length : 0;
}

/* The next label; any of the four dots of IDNA ends it (RFC 3490, 3.1). */
static str next_label(str *rest)
{
	size_t i = 0;

	while (i < rest->len) {
		size_t begin = i;
		uint32_t c = utf8_next(*rest, &i);
		str label;

		if (c != '.' && c != 0x3002 && c != 0xff0e && c != 0xff61)
			continue;
		label = str_slice(*rest, 0, begin);
		*rest = str_slice(*rest, i, rest->len);
		return label;
	}
	{
		str label = *rest;

		*rest = (str){NULL, 0};
		return label;
	}
}

bool format_is_idn_hostname(str text)
{
	size_t length = 0;
	str rest = text;

	if (text.len == 0 || text.len > 4 * NAME_MOST)
		return false;
	while (rest.ptr) {
		str label = next_label(&rest);
		size_t own = is_ascii(label) ? (is_label(label) ? label.len : 0)
					     : u_label_length(label);

		if (own == 0)
			return false;
		length += own + 1;
	}
	return length - 1 <= NAME_MOST;
}

bool format_is_ipv4(str text)
{
	str rest = text;
	size_t count = 0;

	while (rest.ptr) {
		str part = str_cut(&rest, '.');
		int value = 0;

		if (part.len == 0 || part.len > 3 ||
		    (part.len > 1 && part.ptr[0] == '0'))
			return false;
		for (size_t i = 0; i < part.len; i++) {
			if (!ascii_digit(part.ptr[i]))
				return false;
			value = value * 10 + part.ptr[i] - '0';
		}
		if (value > 255)
			return false;
		count++;
	}
	return count == 4;
}

/* Groups of an IPv6 address in `text`; -1 when it holds something else. An
 * IPv4 address may be the last and counts as two. */
static int count_groups(str text, bool last)
{
	str rest = text;
	int count = 0;

	if (text.len == 0)
		return 0;
	while (rest.ptr) {
		str group = str_cut(&rest, ':');

		if (!rest.ptr && last && format_is_ipv4(group))
			return count + 2;
		if (group.len == 0 || group.len > 4)
			return -1;
		for (size_t i = 0; i < group.len; i++)
			if (!ascii_hex(group.ptr[i]))
				return -1;
		count++;
	}
	return count;
}

bool format_is_ipv6(str text)
{
	size_t gap = str_find(text, STR("::"));
	int before;
	int after;

	if (gap == SIZE_MAX)
		return count_groups(text, true) == 8;
	before = count_groups(str_slice(text, 0, gap), false);
	after = count_groups(str_slice(text, gap + 2, text.len), true);
	return before >= 0 && after >= 0 && before + after < 8;
}

static bool is_atom_text(char c, bool international)
{
	return ascii_alpha(c) || ascii_digit(c) ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c)) ||
	       (international && (unsigned char)c > 127);
}

static bool is_dot_string(str local, bool international)
{
	str rest = local;

	while (rest.ptr) {
		str atom = str_cut(&rest, '.');

		if (atom.len == 0)
			return false;
		for (size_t i = 0; i < atom.len; i++)
			if (!is_atom_text(atom.ptr[i], international))
				return false;
	}
	return true;
}

static bool is_quoted_string(str local, bool international)
{
	if (local.len < 2 || local.ptr[local.len - 1] != '"')
		return false;
	for (size_t i = 1; i + 1 < local.len; i++) {
		unsigned char c = (unsigned char)local.ptr[i];

		if (c == '\\') {
			if (++i + 1 >= local.len)
				return false;
			c = (unsigned char)local.ptr[i];
			if (c < 32 || c > 126)
				return false;
		} else if (c == '"' || c < 32 || c == 127 ||
			   (c > 127 && !international)) {
			return false;
		}
	}
	return true;
}

static bool is_address_literal(str text)
{
	str inner = str_slice(text, 1, text.len - 1);

	if (text.len < 2 || text.ptr[text.len - 1] != ']')
		return false;
	if (inner.len > 5 &&
	    str_equal_nocase(str_slice(inner, 0, 5), STR("IPv6:")))
		return format_is_ipv6(str_slice(inner, 5, inner.len));
	return format_is_ipv4(inner);
}

bool format_is_email(str text, bool international)
{
	size_t at = text.len;
	str local;
	str domain;

	while (at > 0 && text.ptr[at - 1] != '@')
		at--;
	if (at == 0)
		return false;
	local = str_slice(text, 0, at - 1);
	domain = str_slice(text, at, text.len);
	if (local.len == 0 || local.len > LOCAL_MOST || domain.len == 0 ||
	    utf8_check(text) != SIZE_MAX)
		return false;
	if (local.ptr[0] == '"' ? !is_quoted_string(local, international)
				: !is_dot_string(local, international))
		return false;
	if (domain.ptr[0] == '[')
		return is_address_literal(domain);
	return international ? format_is_idn_hostname(domain)
			     : format_is_hostname(domain);
}
