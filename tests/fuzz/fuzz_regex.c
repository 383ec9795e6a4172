/*
 * fuzz_regex - a pattern, a zero byte, a subject; both syntaxes.
 *
 * A pattern that compiles must give the same answer twice, and groups that lie
 * in the subject. Each is tried as a glob too.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/utf8.h"
#include "match/glob.h"
#include "match/regex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool good)
{
	if (!good)
		abort();
}

static void try_regex(str pattern, str subject, enum regex_syntax syntax)
{
	struct limits limits = limits_default;
	struct regex_group groups[4];
	struct regex_scratch *scratch;
	struct regex *regex;
	struct error err = {0};
	enum regex_result found;

	limits.regex_subject = 4096;
	limits.regex_pattern = 512;
	if (!regex_new(&regex, pattern, syntax, &limits, &err)) {
		expect(err.kind == ERROR_SYNTAX || err.kind == ERROR_LIMIT);
		expect(!err.placed || err.at.start <= pattern.len);
		return;
	}
	scratch = regex_scratch_new(&limits);
	found = regex_search(regex, scratch, subject);
	expect(regex_find(regex, scratch, subject, 0, groups, 4) == found);
	for (size_t i = 0; found == REGEX_MATCH && i < 4; i++)
		expect(groups[i].start == SIZE_MAX ||
		       (groups[i].start <= groups[i].end &&
			groups[i].end <= subject.len));
	regex_scratch_free(scratch);
	regex_free(regex);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str subject = str_make((const char *)data, size);
	str pattern = str_cut(&subject, '\0');
	struct glob glob;
	struct error err = {0};

	if (!subject.ptr)
		return 0;
	try_regex(pattern, subject, REGEX_RE2);
	try_regex(pattern, subject, REGEX_ECMA);
	if (glob_init(&glob, pattern, &err))
		(void)glob_match(&glob, subject);
	return 0;
}
