/* SPDX-License-Identifier: Apache-2.0 */
#include "match/ascii.h"

static const struct ascii_class classes[] = {
	{"alnum", "09AZaz", false},  {"alpha", "AZaz", false},
	{"ascii", " \x7F", true},    {"blank", "\t\t  ", false},
	{"cntrl", "\x7F\x7F", true}, {"digit", "09", false},
	{"graph", "!~", false},	     {"lower", "az", false},
	{"print", " ~", false},	     {"punct", "!/:@[`{~", false},
	{"space", "\t\r  ", false},  {"upper", "AZ", false},
	{"word", "09AZ__az", false}, {"xdigit", "09AFaf", false},
};

const struct ascii_class *ascii_class_find(str name)
{
	for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
		if (str_is(name, classes[i].name))
			return &classes[i];
	return NULL;
}

bool ascii_class_holds(const struct ascii_class *set, uint32_t code_point)
{
	const char *ranges = set->ranges;

	if (set->low && code_point < 0x20)
		return true;
	for (size_t i = 0; ranges[i]; i += 2)
		if (code_point >= (unsigned char)ranges[i] &&
		    code_point <= (unsigned char)ranges[i + 1])
			return true;
	return false;
}
