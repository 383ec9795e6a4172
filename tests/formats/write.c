/*
 * write - every format of three reports, into a folder: one with something in
 * every field, one incomplete, one in which every copied text is hostile. The
 * readers beside it read them back.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/sys.h"
#include "tests/unit/report_fixture.h"

static bool write_all(const char *folder, const char *name,
		      const struct report *report)
{
	const struct look look = {.max_findings = SIZE_MAX};
	bool done = true;

	for (size_t i = 0; i < reporter_count && done; i++) {
		struct error err;
		struct buf path;
		struct out out;

		buf_init(&path, 4096);
		buf_format(&path, "%s/%s.%s", folder, name, reporters[i]->name);
		buf_byte(&path, '\0');
		out_init(&out, SIZE_MAX);
		reporters[i]->write(report, &look, &out);
		done = sys_write_file(path.ptr, out_str(&out), &err);
		if (!done)
			fprintf(stderr, "%s\n", err.text);
		out_done(&out);
		buf_done(&path);
	}
	return done;
}

int main(int argc, char **argv)
{
	static struct hostile hostile;
	static struct full full;

	if (argc != 2)
		return 2;
	hostile_init(&hostile);
	full_init(&full);
	if (!write_all(argv[1], "full", &full.report))
		return 1;
	full.report.incomplete = full.incomplete;
	full.report.incomplete_count = ARRAY_SIZE(full.incomplete);
	full.report.finding_count = 0;
	full.report.fixed_count = 0;
	full.report.unchanged_count = 0;
	if (!write_all(argv[1], "incomplete", &full.report) ||
	    !write_all(argv[1], "hostile", &hostile.report))
		return 1;
	return 0;
}
