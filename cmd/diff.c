/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/check.h"

/* A...B: since they parted; A..B: the two themselves; A: since HEAD left it. */
static bool read_range(str *from, str *to, bool *exactly, str range,
		       struct error *err)
{
	size_t dots = str_find(range, STR(".."));

	*exactly = false;
	*from = range;
	*to = STR("HEAD");
	if (dots == SIZE_MAX)
		return true;
	*from = str_slice(range, 0, dots);
	*exactly = !str_starts(str_slice(range, dots, range.len), STR("..."));
	range = str_slice(range, dots + (*exactly ? 2 : 3), range.len);
	if (range.len)
		*to = range;
	if (from->len == 0)
		*from = STR("HEAD");
	return str_find(range, STR("..")) == SIZE_MAX ||
	       error_set(err, ERROR_USAGE, "a range has two ends, A...B");
}

static enum status run(const struct env *env, const struct options *options)
{
	struct options judging = *options;
	struct error err;
	str from, to;
	bool exactly;

	if (options->argument_count != 1) {
		(void)error_set(&err, ERROR_USAGE,
				"diff wants one range: main...HEAD");
		return complain(env, &err);
	}
	if (!read_range(&from, &to, &exactly, options->arguments[0], &err))
		return complain(env, &err);
	judging.values[OPTION_AT] = (struct option_values){&to, 1};
	judging.times[OPTION_AT] = 1;
	judging.argument_count = 0;
	return check_compared(env, &judging, from, exactly);
}

extern const struct command command_diff;
const struct command command_diff = {
	.name = "diff",
	.arguments = "BASE...[REV] | BASE..[REV]",
	.summary = "what a change does to the findings: new, fixed, unchanged",
	.details =
		"Judges both commits whole, by the policy of the newer one "
		"and\n"
		"as of its time, and compares: a finding may be new in a\n"
		"record that was not touched. With three dots the base is\n"
		"where the two lines parted. Findings that are new decide the\n"
		"exit status.\n",
	.examples = "  abide diff main...HEAD\n"
		    "  abide diff v1..v2 --format json\n",
	.run = run,
};
