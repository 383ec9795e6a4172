/*
 * race - runs programs in turn and compares them round by round.
 *
 *	race ROUNDS < PLAN
 *
 * A plan has lines of words between single spaces:
 *
 *	run NAME FOLDER STATUS PROGRAM [ARGUMENT...]
 *	ratio A B most|least LIMIT WORDS...	(of the time from start to exit)
 *	cpu A B most|least LIMIT WORDS...	(of the processor time)
 *	memory A most MEGABYTES WORDS...
 *	time A most MILLISECONDS WORDS...
 *
 * Each round starts every program once, in the order of the plan, with its
 * output thrown away, and measures from the start to the exit. Shown are
 * medians over the rounds; a ratio is the median of the ratios of each round,
 * so that a busy minute of the machine harms both sides. A program that does
 * not exit with STATUS ends the race. The rounds before the first are not
 * counted: one warms the caches.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNNERS = 32, ARGUMENTS = 64, ROUNDS = 1000, JUDGEMENTS = 32 };

extern char **environ;

struct runner {
	const char *name;
	const char *folder;
	int status;
	char *arguments[ARGUMENTS];
	double wall[ROUNDS]; /* ms */
	double cpu[ROUNDS];
	double memory[ROUNDS]; /* MB of 10^6 bytes */
};

struct race {
	size_t rounds;
	struct runner *runners;
	size_t count;
	char *judgements[JUDGEMENTS];
	size_t judgement_count;
};

static _Noreturn void give_up(const char *what, const char *whose)
{
	(void)fprintf(stderr, "race: %s %s\n", what, whose);
	exit(2);
}

static double now(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double milliseconds(struct timeval time)
{
	return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static void run_once(struct runner *runner, size_t round)
{
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	double start;
	int status;
	pid_t child;

	if (posix_spawn_file_actions_init(&actions) ||
	    posix_spawn_file_actions_addchdir_np(&actions, runner->folder) ||
	    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY,
					     0) ||
	    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY,
					     0) ||
	    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY,
					     0))
		give_up("no memory for", runner->name);
	start = now();
	if (posix_spawnp(&child, runner->arguments[0], &actions, NULL,
			 runner->arguments, environ))
		give_up("cannot start", runner->name);
	if (wait4(child, &status, 0, &usage) != child)
		give_up("lost", runner->name);
	runner->wall[round] = now() - start;
	runner->cpu[round] =
		milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
	runner->memory[round] = (double)usage.ru_maxrss * 1024 / 1e6;
	(void)posix_spawn_file_actions_destroy(&actions);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != runner->status) {
		(void)fprintf(stderr, "race: %s ended with %d, not %d\n",
			      runner->name, WEXITSTATUS(status),
			      runner->status);
		exit(2);
	}
}

static int by_size(const void *a, const void *b)
{
	const double *x = a;
	const double *y = b;

	return (*x > *y) - (*x < *y);
}

static double median(const double *values, size_t count)
{
	double sorted[ROUNDS];

	memcpy(sorted, values, count * sizeof(*values));
	qsort(sorted, count, sizeof(*sorted), by_size);
	return count % 2 ? sorted[count / 2]
			 : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

static const struct runner *find(const struct race *race, const char *name)
{
	for (size_t i = 0; i < race->count; i++) {
		if (name && strcmp(race->runners[i].name, name) == 0)
			return &race->runners[i];
	}
	give_up("no runner", name ? name : "named");
}

static void add_runner(struct race *race, char *line)
{
	struct runner *runner = &race->runners[race->count++];
	size_t count = 0;
	char *word;

	if (race->count > RUNNERS)
		give_up("too many runners:", line);
	runner->name = strtok(line, " ");
	runner->folder = strtok(NULL, " ");
	word = strtok(NULL, " ");
	runner->status = word ? (int)strtol(word, NULL, 10) : 0;
	while ((word = strtok(NULL, " ")) != NULL && count + 1 < ARGUMENTS)
		runner->arguments[count++] = word;
	if (count == 0)
		give_up("no program for", line);
}

static void read_plan(struct race *race)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	while ((len = getline(&line, &room, stdin)) > 0) {
		char *copy;

		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		copy = strdup(line);
		if (!copy)
			give_up("no memory for", line);
		if (strncmp(copy, "run ", 4) == 0)
			add_runner(race, copy + 4);
		else if (race->judgement_count < JUDGEMENTS)
			race->judgements[race->judgement_count++] = copy;
	}
	free(line);
}

static double value_of(const struct race *race, const char *what, char **rest)
{
	const struct runner *a = find(race, strtok_r(NULL, " ", rest));
	const struct runner *b;
	double ratios[ROUNDS];
	bool cpu = strcmp(what, "cpu") == 0;

	if (strcmp(what, "memory") == 0)
		return median(a->memory, race->rounds);
	if (strcmp(what, "time") == 0)
		return median(a->wall, race->rounds);
	if (!cpu && strcmp(what, "ratio") != 0)
		give_up("what is", what);
	b = find(race, strtok_r(NULL, " ", rest));
	for (size_t i = 0; i < race->rounds; i++)
		ratios[i] =
			cpu ? a->cpu[i] / b->cpu[i] : a->wall[i] / b->wall[i];
	return median(ratios, race->rounds);
}

static void judge(const struct race *race, char *line)
{
	char *rest = NULL;
	const char *what = strtok_r(line, " ", &rest);
	double value = value_of(race, what, &rest);
	const char *sense = strtok_r(NULL, " ", &rest);
	const char *limit_text = strtok_r(NULL, " ", &rest);
	double limit = limit_text ? strtod(limit_text, NULL) : 0;
	bool most = sense && strcmp(sense, "most") == 0;
	bool met = most ? value <= limit : value >= limit;

	printf("%-6s %8.2f  wanted %s %-6.4g  %s\n", met ? "met" : "MISSED",
	       value, most ? "<=" : ">=", limit, rest);
}

static double load(void)
{
	double loads[1] = {0};

	(void)getloadavg(loads, 1);
	return loads[0];
}

int main(int argc, char **argv)
{
	struct race race = {.rounds =
				    argc == 2 ? strtoul(argv[1], NULL, 10) : 0};
	double before = load();

	if (race.rounds == 0 || race.rounds > ROUNDS)
		give_up("usage:", "race ROUNDS < PLAN");
	race.runners = calloc(RUNNERS + 1, sizeof(*race.runners));
	if (!race.runners)
		give_up("no memory for", "the runners");
	read_plan(&race);
	for (size_t i = 0; i < race.count; i++)
		run_once(&race.runners[i], 0);
	for (size_t round = 0; round < race.rounds; round++) {
		for (size_t i = 0; i < race.count; i++)
			run_once(&race.runners[i], round);
	}
	printf("%-24s %10s %10s %8s\n", "", "wall ms", "cpu ms", "MB");
	for (size_t i = 0; i < race.count; i++) {
		const struct runner *runner = &race.runners[i];

		printf("%-24s %10.2f %10.2f %8.1f\n", runner->name,
		       median(runner->wall, race.rounds),
		       median(runner->cpu, race.rounds),
		       median(runner->memory, race.rounds));
	}
	printf("(%zu rounds, medians; load average %.2f before, %.2f "
	       "after)\n\n",
	       race.rounds, before, load());
	for (size_t i = 0; i < race.judgement_count; i++)
		judge(&race, race.judgements[i]);
	return 0;
}
