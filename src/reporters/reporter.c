/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/reporter.h"

#define REPORTER(name) extern const struct reporter reporter_##name;
#include "reporters/reporters.def"
#undef REPORTER

const struct reporter *const reporters[] = {
#define REPORTER(name) &reporter_##name,
#include "reporters/reporters.def"
#undef REPORTER
};
const size_t reporter_count = ARRAY_SIZE(reporters);

const struct reporter *reporter_find(str name)
{
	for (size_t i = 0; i < reporter_count; i++)
		if (str_is(name, reporters[i]->name))
			return reporters[i];
	return NULL;
}
