/*
 * fuzz_report - any source, any place in it, any words: what the formats for
 * people write steers no terminal and no runner.
 *
 * The first 16 bytes say where the places are and how wide the terminal is;
 * the rest is the source, and its beginning the words.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/utf8.h"
#include "reporters/reporter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct citation cite = {STR_INIT("gdpr"),
				     STR_INIT("gdpr:art-5-2")};

static uint32_t number_at(const uint8_t *data)
{
	return (uint32_t)data[0] | (uint32_t)data[1] << 8;
}

static void place(struct finding *finding, str source, const uint8_t *data)
{
	uint32_t start = number_at(data);
	uint32_t end = start + number_at(data + 2);
	size_t line;

	finding->start = place_of(source, start);
	finding->end = place_of(source, end);
	line = finding->start.line;
	finding->first_line = line > CONTEXT_LINES ? line - CONTEXT_LINES : 1;
	for (size_t i = 0; i < ARRAY_SIZE(finding->lines); i++)
		if (finding->first_line + i <= line + CONTEXT_LINES)
			finding->lines[i] =
				line_at(source, finding->first_line + i);
	start = number_at(data + 4);
	finding->other.start = place_of(source, start);
	finding->other.end = place_of(source, start + number_at(data + 6));
	finding->other.line = line_at(source, finding->other.start.line);
}

static bool is_command(str line)
{
	return str_starts(str_trim(line), STR("::")) ||
	       str_find(line, STR("##[")) != SIZE_MAX ||
	       str_find(line, STR("##vso[")) != SIZE_MAX ||
	       str_find(line, STR("##teamcity[")) != SIZE_MAX;
}

static void expect_harmless(str text)
{
	str rest = text;

	for (size_t i = 0; i < text.len;) {
		uint32_t c = utf8_next(text, &i);

		if (c == UTF8_BAD || (c != '\n' && encode_is_hidden(c)))
			abort();
	}
	while (rest.ptr)
		if (is_command(str_cut(&rest, '\n')))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"concise", "json", "ndjson",
					    "text"};
	struct look look = {.ci = true, .max_findings = SIZE_MAX};
	struct rule rule = {.cites = &cite, .cite_count = 1};
	struct finding finding = {.rule = &rule, .severity = SEVERITY_ERROR};
	struct incomplete incomplete;
	struct report report = {.findings = &finding,
				.finding_count = 1,
				.incomplete = &incomplete,
				.incomplete_count = 1,
				.by_severity = {[SEVERITY_ERROR] = 1}};
	struct out out;
	str source;
	str words;

	if (size < 16)
		return 0;
	source = str_make((const char *)data + 16, size - 16);
	words = str_slice(source, 0, data[8]);
	look.width = data[9];
	rule.id = rule.title = rule.fix = words;
	finding.path = str_slice(words, 0, data[10]);
	finding.message = finding.label = finding.help = words;
	finding.other.path = data[11] & 1 ? finding.path : words;
	finding.other.label = words;
	memset(finding.fingerprint, '0', FINDING_ID);
	place(&finding, source, data);
	incomplete = (struct incomplete){finding.path, words};
	report.snapshot = report.policy = report.version = words;
	out_init(&out, SIZE_MAX);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		out_clear(&out);
		reporter_find(str_of(names[i]))->write(&report, &look, &out);
		expect_harmless(out_str(&out));
	}
	out_done(&out);
	return 0;
}
