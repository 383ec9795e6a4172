/*
 * data_speed - records of about 1 KB: bare libyaml events, then nodes.
 *
 * Prints the time for one record of each and the ratio, the best of several
 * rounds that take turns. Built by hand:
 *	gcc -O2 -D_GNU_SOURCE -Isrc -o /tmp/data_speed tests/bench/data_speed.c
 *\ build/gcc/libabide.a -lyaml -lm
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

#include "data/document.h"

enum { RECORDS = 5000, ROUNDS = 9, ROOM = 2048 };

static const char record_text[] =
	"# Processing activity %u\n"
	"id: pa-%04u\n"
	"kind: processing-activity\n"
	"title: \"Payroll of unit %u\"\n"
	"owner: role-%u\n"
	"status: %s\n"
	"purposes:\n"
	"  - id: salary\n"
	"    text: Pay salaries and report them to the tax authority\n"
	"    lawful_basis: legal-obligation\n"
	"  - id: pension\n"
	"    text: 'Pay contributions to the pension fund'\n"
	"    lawful_basis: contract\n"
	"subjects: [employees, former-employees, applicants]\n"
	"categories:\n"
	"  - {name: identity, special: false}\n"
	"  - {name: bank-account, special: false}\n"
	"  - {name: union-membership, special: true}\n"
	"recipients:\n"
	"  - tax-authority\n"
	"  - pension-fund\n"
	"retention:\n"
	"  period: P5Y\n"
	"  from: end of employment\n"
	"  basis: bookkeeping law\n"
	"reviewed: 2026-0%u-1%u\n"
	"next_review: 2027-0%u-1%u\n"
	"risk:\n"
	"  likelihood: %u\n"
	"  impact: 3\n"
	"  note: |\n"
	"    Discussed with the works council;\n"
	"    no change since last year.\n"
	"links:\n"
	"  - https://example.org/register/%u\n"
	"evidence:\n"
	"  - path: evidence/pa-%u.pdf\n"
	"    sha256: "
	"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n";

static double now(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static size_t run_events(const str *records)
{
	size_t events = 0;

	for (size_t i = 0; i < RECORDS; i++) {
		yaml_parser_t parser;
		yaml_event_t event;
		bool ended = false;

		if (!yaml_parser_initialize(&parser))
			abort();
		yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
		yaml_parser_set_input_string(
			&parser, (const unsigned char *)records[i].ptr,
			records[i].len);
		while (!ended) {
			if (!yaml_parser_parse(&parser, &event))
				abort();
			ended = event.type == YAML_STREAM_END_EVENT;
			yaml_event_delete(&event);
			events++;
		}
		yaml_parser_delete(&parser);
	}
	return events;
}

static size_t run_nodes(const str *records)
{
	struct arena arena;
	size_t taken = 0;

	arena_init(&arena);
	for (size_t i = 0; i < RECORDS; i++) {
		struct document document;
		struct error err;

		if (!document_parse(&document, &arena, records[i], FORMAT_YAML,
				    &limits_default, &err)) {
			(void)fprintf(stderr, "%s\n", err.text);
			abort();
		}
		taken += arena.taken;
		arena_reset(&arena);
	}
	arena_done(&arena);
	return taken;
}

static double measure(size_t (*run)(const str *), const str *records,
		      size_t *result)
{
	double start = now();

	*result = run(records);
	return (now() - start) / RECORDS;
}

int main(void)
{
	static char room[RECORDS][ROOM];
	static str records[RECORDS];
	double events = 1e9;
	double nodes = 1e9;
	size_t bytes = 0;
	size_t count = 0;
	size_t taken = 0;

	for (unsigned i = 0; i < RECORDS; i++) {
		int len = snprintf(room[i], ROOM, record_text, i, i, i, i % 40,
				   i % 7 ? "active" : "draft", i % 9 + 1, i % 9,
				   i % 9 + 1, i % 9, i % 5 + 1, i, i);

		records[i] = (str){room[i], (size_t)len};
		bytes += records[i].len;
	}
	for (int round = 0; round < ROUNDS; round++) {
		double a = measure(run_events, records, &count);
		double b = measure(run_nodes, records, &taken);

		events = a < events ? a : events;
		nodes = b < nodes ? b : nodes;
	}
	printf("%d records of %zu bytes, %zu events\n", RECORDS,
	       bytes / RECORDS, count / RECORDS);
	printf("libyaml events %.2f us, nodes %.2f us, ratio %.3f, %zu bytes "
	       "of nodes each\n",
	       events, nodes, nodes / events, taken / RECORDS);
	return 0;
}
