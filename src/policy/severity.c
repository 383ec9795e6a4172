/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/severity.h"

static const char *const names[] = {
	[SEVERITY_OFF] = "off",
	[SEVERITY_NOTE] = "note",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error",
};

const char *severity_name(enum severity severity)
{
	return names[severity];
}

bool severity_parse(enum severity *out, str name)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (str_is(name, names[i])) {
			*out = (enum severity)i;
			return true;
		}
	}
	return false;
}
