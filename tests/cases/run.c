/*
 * run - tells every story given and compares what comes out.
 *
 *	run [--accept] FILE.case...
 *
 * The program is run in this process, so that sanitizers see all of it: sinks
 * in memory, the clock of the story, variables of the story alone. `check` is
 * run twice, with one thread and with four, and must say the same bytes.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/encode.h"
#include "cmd/cmd.h"
#include "world.h"

enum { WORDS = 64 };

/* The one story that is told; read by `variable`, which has no other way. */
static const struct world *told;

static const char *variable(const char *name)
{
	return world_variable(told, name);
}

static void no_watchdog(unsigned seconds)
{
	(void)seconds;
}

static struct repo_env git_variables(struct world *world)
{
	return (struct repo_env){
		.git_dir = variable("GIT_DIR"),
		.work_tree = variable("GIT_WORK_TREE"),
		.index_file = variable("GIT_INDEX_FILE"),
		.objects = variable("GIT_OBJECT_DIRECTORY"),
		.alternates = variable("GIT_ALTERNATE_OBJECT_DIRECTORIES"),
		.common_dir = variable("GIT_COMMON_DIR"),
		.quarantine = variable("GIT_QUARANTINE_PATH"),
		.ceilings = world->dir,
		.home = arena_cstr(
			world->arena,
			str_format(world->arena, "%s/home", world->dir)),
		.config_system = "/dev/null/none",
		.user = (uint32_t)geteuid(),
	};
}

/* A descriptor that reads `input` from its start. */
static int open_input(struct world *world)
{
	char *path = arena_cstr(world->arena,
				str_format(world->arena, "%s/in", world->dir));
	FILE *file = fopen(path, "wb");

	if (!file)
		return -1;
	(void)fwrite(world->input.ptr, 1, world->input.len, file);
	(void)fclose(file);
	return open(path, O_RDONLY | O_CLOEXEC);
}

/* What was written, with the name of the folder taken out. */
static str told_text(struct world *world, const struct out *out)
{
	const str dir = str_of(world->dir);
	str rest = out_str(out);
	struct buf text;
	str kept;

	buf_init(&text, STORY_MOST);
	for (;;) {
		size_t at = str_find(rest, dir);

		buf_add(&text, str_slice(rest, 0, at));
		if (at == SIZE_MAX)
			break;
		buf_add(&text, STR("$DIR"));
		rest = str_slice(rest, at + dir.len, rest.len);
	}
	kept = str_keep(world->arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

static struct result run_once(struct world *world, const char *const *words,
			      size_t count)
{
	bool there = chdir(world_path(world, world->here)) == 0;
	struct repo_env git = git_variables(world);
	struct result result;
	struct out out;
	struct out err;
	struct env env = {
		.out = &out,
		.err = &err,
		.in = open_input(world),
		.dir = ".",
		.now = world->now,
		.processors = 4,
		.width = world->columns,
		.out_is_terminal = world->columns > 0,
		.err_is_terminal = world->columns > 0,
		.git = &git,
		.variable = variable,
		.watchdog = no_watchdog,
	};

	out_init(&out, STORY_MOST);
	out_init(&err, STORY_MOST);
	result.status = there ? (int)abide(&env, (int)count, words) : -1;
	result.out = told_text(world, &out);
	result.err = told_text(world, &err);
	out_done(&out);
	out_done(&err);
	(void)close(env.in);
	return result;
}

static bool is_same(const struct result *a, const struct result *b)
{
	return a->status == b->status && str_equal(a->out, b->out) &&
	       str_equal(a->err, b->err);
}

static bool run_program(struct result *out, struct world *world,
			const struct step *step)
{
	const char *words[WORDS + 4] = {"abide"};
	size_t count = 1 + world_words(world, step->argument, words + 1, WORDS);
	struct result again;
	bool jobs = count > 1 && str_is(str_of(words[1]), "check");

	for (size_t i = 0; i < count; i++)
		jobs = jobs && !str_starts(str_of(words[i]), STR("--jobs")) &&
		       !str_starts(str_of(words[i]), STR("-j")) &&
		       /* The second run would find it done. */
		       !str_is(str_of(words[i]), "--fix");
	if (!jobs) {
		*out = run_once(world, words, count);
		return true;
	}
	memmove(words + 4, words + 2, (count - 2) * sizeof(words[0]));
	words[2] = "--jobs";
	words[3] = "1";
	again = run_once(world, words, count + 2);
	words[3] = "4";
	*out = run_once(world, words, count + 2);
	if (is_same(out, &again))
		return true;
	(void)snprintf(world->why, sizeof(world->why),
		       "one thread and four say different things");
	return false;
}

static void show_part(struct world *world, const char *name, str text)
{
	FILE *file =
		fopen(arena_cstr(world->arena, str_format(world->arena, "%s/%s",
							  world->dir, name)),
		      "wb");

	if (!file)
		return;
	(void)fwrite(text.ptr, 1, text.len, file);
	if (text.len && text.ptr[text.len - 1] != '\n')
		(void)fputs("(no newline)\n", file);
	(void)fclose(file);
}

/* Shows how two texts differ. */
static void show_difference(struct world *world, const char *what, str expected,
			    str actual)
{
	char *argv[] = {
		(char *)(uintptr_t) "diff",   (char *)(uintptr_t) "-a",
		(char *)(uintptr_t) "-u",     (char *)(uintptr_t) "expected",
		(char *)(uintptr_t) "actual", NULL};
	char *const env[] = {(char *)(uintptr_t) "PATH=/usr/bin:/bin", NULL};
	int status;
	pid_t pid;

	if (str_equal(expected, actual))
		return;
	printf("  %s:\n", what);
	(void)fflush(stdout);
	show_part(world, "expected", expected);
	show_part(world, "actual", actual);
	if (chdir(world->dir) == 0 &&
	    posix_spawnp(&pid, "diff", NULL, NULL, argv, env) == 0)
		(void)waitpid(pid, &status, 0);
}

static void show(struct world *world, const struct story *story,
		 const struct step *step, const struct result *actual)
{
	const struct result *expected = &step->expected;

	printf("FAILED %s:%zu: %.*s %.*s\n", story->path, step->line,
	       STR_ARG(step->name), STR_ARG(step->argument));
	if (expected->status != actual->status)
		printf("  exit %d instead of %d\n", actual->status,
		       expected->status);
	show_difference(world, "standard output", expected->out, actual->out);
	show_difference(world, "standard error", expected->err, actual->err);
}

/* Does one step. False: the story cannot go on. */
static bool tell_step(struct world *world, const struct step *step,
		      struct result *result)
{
	*result = (struct result){.out = STR(""), .err = STR("")};
	if (!story_runs(step))
		return world_step(world, step);
	if (!world->no_repository && !world_settle(world))
		return false;
	if (str_is(step->name, "cat"))
		return world_read(world, step->argument, &result->out);
	return run_program(result, world, step);
}

/* Tells a story; true: all came out as it says, or was accepted. */
static bool tell(const char *path, bool accept)
{
	struct story story;
	struct world world;
	struct arena arena;
	struct result *results;
	const char *why;
	bool told_all = true;
	bool ok = true;

	arena_init(&arena);
	if (!story_read(&story, path, &arena, &why)) {
		printf("FAILED %s: %s\n", path, why);
		arena_done(&arena);
		return false;
	}
	results = arena_array(&arena, struct result, story.count);
	told = &world;
	told_all = world_open(&world, &story, &arena);
	for (size_t i = 0; told_all && i < story.count; i++) {
		const struct step *step = &story.steps[i];

		told_all = tell_step(&world, step, &results[i]);
		if (!told_all)
			printf("FAILED %s:%zu: %s\n", path, step->line,
			       world.why);
		else if (story_runs(step) &&
			 !is_same(&step->expected, &results[i])) {
			ok = false;
			if (!accept)
				show(&world, &story, step, &results[i]);
		}
	}
	world_close(&world);
	if (chdir(getenv("CASES_ROOT")) != 0)
		told_all = false;
	if (told_all && !ok && accept) {
		ok = story_write(&story, results);
		printf("accepted %s\n", path);
	}
	arena_done(&arena);
	return told_all && ok;
}

int main(int argc, char **argv)
{
	bool accept = argc > 1 && strcmp(argv[1], "--accept") == 0;
	int first = accept ? 2 : 1;
	size_t passed = 0;
	size_t failed = 0;
	char root[4096];

	if (!getcwd(root, sizeof(root)) || setenv("CASES_ROOT", root, 1) != 0)
		return 2;
	for (int i = first; i < argc; i++) {
		if (tell(argv[i], accept))
			passed++;
		else
			failed++;
	}
	printf("cases: %zu passed, %zu failed, 0 skipped\n", passed, failed);
	return failed || passed == 0;
}
