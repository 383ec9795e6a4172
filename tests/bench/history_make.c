/* history_make - a large history as a stream for git fast-import.
 *
 *	history_make COMMITS RECORDS SEED
 *
 * The first twentieth of the commits bring the records, some at a time; each
 * later one changes one to three of them, a few far more often than the rest.
 * One in fifty moves a record, one in a hundred removes one, and one in
 * eight is the merge of a branch of one to four commits, which come besides.
 *Always the same for the same numbers.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct record {
	unsigned place; /* how often it has moved */
	unsigned version;
	int there;
};

static uint64_t state;
static unsigned next_mark = 1;
static unsigned now = 1500000000;

static unsigned below(unsigned limit)
{
	state = state * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(state >> 33) % limit;
}

static void put_path(unsigned number, const struct record *record)
{
	static const char *const kinds[] = {"control", "risk", "supplier",
					    "asset", "processing-activity"};

	(void)printf("records/%s/%02u/%05u%s.yaml", kinds[number % 5],
		     number / 5 % 20, number,
		     record->place % 2 ? "-moved" : "");
}

static void put_content(unsigned number, const struct record *record)
{
	char text[1024];
	int len = snprintf(
		text, sizeof(text),
		"kind: control\nid: CTL-%05u\ntitle: The control number %u\n"
		"status: %s\nowner: role-%u\nreviewed: 20%02u-%02u-%02u\n"
		"description: >\n  What is done here, by whom and how often, "
		"is said in\n  words that fill some lines, as records do.\n"
		"evidence:\n  - id: EV-%u\n    made: %u\n  - id: EV-%u\n",
		number, number, record->version % 7 ? "in-place" : "planned",
		(number + record->version / 9) % 40, record->version % 30,
		1 + record->version % 12, 1 + record->version % 28,
		number * 3 + record->version, record->version, number);

	(void)printf("data %d\n%s\n", len, text);
}

static void put(unsigned number, const struct record *record)
{
	(void)printf("M 644 inline ");
	put_path(number, record);
	(void)putchar('\n');
	put_content(number, record);
}

static void change(unsigned number, struct record *record)
{
	unsigned how = below(100);

	if (record->there && how == 0) {
		(void)printf("D ");
		put_path(number, record);
		(void)putchar('\n');
		record->there = 0;
		return;
	}
	if (record->there && how < 3) {
		(void)printf("R ");
		put_path(number, record);
		record->place++;
		(void)putchar(' ');
		put_path(number, record);
		(void)putchar('\n');
		return;
	}
	record->there = 1;
	record->version++;
	put(number, record);
}

/* Begins a commit and returns its mark. */
static unsigned commit(unsigned from, unsigned merge)
{
	static const char *const people[] = {"Ada", "Bob", "Cy", "Dana", "Eve"};
	const char *who = people[below(5)];

	now += 60 + below(7200);
	(void)printf(
		"commit refs/heads/main\nmark :%u\n"
		"author %s <%s@example.org> %u +0200\n"
		"committer %s <%s@example.org> %u +0200\n"
		"data 44\nChange some records\n\nReviewed-by: Fay <f@x>\n\n",
		next_mark, who, who, now - below(86400), who, who, now);
	if (from)
		(void)printf("from :%u\n", from);
	if (merge)
		(void)printf("merge :%u\n", merge);
	return next_mark++;
}

static void change_some(struct record *records, unsigned count)
{
	for (unsigned left = 1 + below(3); left; left--) {
		unsigned limit = below(3) ? count / 10 : count;
		unsigned number = below(limit ? limit : 1);

		change(number, &records[number]);
	}
}

/* The main line waits meanwhile: the merge has the content of the branch. */
static unsigned branch(unsigned tip, struct record *records, unsigned count)
{
	unsigned changed[4];
	unsigned commits = 1 + below(4);
	unsigned side = tip;

	for (unsigned i = 0; i < commits; i++) {
		struct record *record;

		changed[i] = below(count);
		record = &records[changed[i]];
		record->there = 1;
		record->version++;
		side = commit(side, 0);
		put(changed[i], record);
	}
	side = commit(tip, side);
	for (unsigned i = 0; i < commits; i++)
		put(changed[i], &records[changed[i]]);
	return side;
}

int main(int argc, char **argv)
{
	unsigned commits, count, first;
	unsigned tip = 0;
	struct record *records;

	if (argc != 4)
		return 2;
	commits = (unsigned)strtoul(argv[1], NULL, 10);
	count = (unsigned)strtoul(argv[2], NULL, 10);
	state = strtoul(argv[3], NULL, 10);
	records = calloc(count, sizeof(*records));
	if (!records || commits < 20 || count == 0)
		return 2;
	first = commits / 20;
	for (unsigned i = 0; i < commits; i++) {
		unsigned from = (unsigned)((uint64_t)count * i / first);
		unsigned to = (unsigned)((uint64_t)count * (i + 1) / first);

		if (i >= first && below(8) == 0) {
			tip = branch(tip, records, count);
			continue;
		}
		tip = commit(tip, 0);
		if (i >= first)
			change_some(records, count);
		for (unsigned k = from; i < first && k < to; k++)
			change(k, &records[k]);
	}
	free(records);
	return 0;
}
