/* SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 600 };

static bool fail(struct world *world, const char *what, str name)
{
	(void)snprintf(world->why, sizeof(world->why), "%s '" STR_FMT "': %s",
		       what, STR_ARG(name), strerror(errno));
	return false;
}

char *world_path(struct world *world, str below)
{
	if (str_starts(below, STR("/")))
		return arena_cstr(world->arena, below);
	return arena_cstr(world->arena,
			  str_format(world->arena, "%s/r/" STR_FMT, world->dir,
				     STR_ARG(below)));
}

static int remove_one(const char *path, const struct stat *stat, int kind,
		      struct FTW *ftw)
{
	(void)stat;
	(void)ftw;
	if (kind == FTW_D)
		(void)chmod(path, 0700);
	return remove(path);
}

void world_close(struct world *world)
{
	if (chdir("/") == 0)
		(void)nftw(world->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Reads what git said into `why`, behind what was asked. */
static void say_why(struct world *world, const char *const *words, int status)
{
	size_t len = (size_t)snprintf(world->why, sizeof(world->why),
				      "git %s (%d): ", words[0], status);
	char *path = arena_cstr(
		world->arena, str_format(world->arena, "%s/said", world->dir));
	FILE *file = fopen(path, "r");

	if (!file)
		return;
	len += fread(world->why + len, 1, sizeof(world->why) - len - 1, file);
	world->why[len] = '\0';
	(void)fclose(file);
}

static const char *stamp(struct world *world, const char *what, str value)
{
	return arena_cstr(world->arena, str_format(world->arena, "%s=" STR_FMT,
						   what, STR_ARG(value)));
}

struct author {
	str name, mail, date;
};

/* Starts git in the work tree with an environment of ours alone. */
static bool run_git(struct world *world, const char *const *words,
		    const struct author *author, bool succeeds)
{
	char *argv[WORDS + 16] = {
		(char *)(uintptr_t) "git",
		(char *)(uintptr_t) "-C",
		world_path(world, STR("")),
		(char *)(uintptr_t) "-c",
		(char *)(uintptr_t) "init.defaultBranch=main",
		(char *)(uintptr_t) "-c",
		(char *)(uintptr_t) "gc.auto=0",
		(char *)(uintptr_t) "-c",
		(char *)(uintptr_t) "protocol.file.allow=always",
	};
	const char *const env[] = {
		"PATH=/usr/local/bin:/usr/bin:/bin",
		"LC_ALL=C",
		"GIT_CONFIG_NOSYSTEM=1",
		stamp(world, "HOME",
		      str_format(world->arena, "%s/home", world->dir)),
		stamp(world, "GIT_AUTHOR_NAME", author->name),
		stamp(world, "GIT_AUTHOR_EMAIL", author->mail),
		stamp(world, "GIT_AUTHOR_DATE", author->date),
		stamp(world, "GIT_COMMITTER_NAME", author->name),
		stamp(world, "GIT_COMMITTER_EMAIL", author->mail),
		stamp(world, "GIT_COMMITTER_DATE", author->date),
		NULL};
	posix_spawn_file_actions_t actions;
	size_t count = 9;
	int status = 0;
	pid_t pid;

	for (size_t i = 0; words[i] && i < WORDS; i++)
		argv[count++] = (char *)(uintptr_t)words[i];
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_addopen(&actions, 0, "/dev/null",
					       O_RDONLY, 0);
	(void)posix_spawn_file_actions_addopen(
		&actions, 1,
		arena_cstr(world->arena,
			   str_format(world->arena, "%s/said", world->dir)),
		O_WRONLY | O_CREAT | O_TRUNC, 0644);
	(void)posix_spawn_file_actions_adddup2(&actions, 1, 2);
	errno = posix_spawnp(&pid, "git", &actions, NULL, argv,
			     (char **)(uintptr_t)env);
	(void)posix_spawn_file_actions_destroy(&actions);
	if (errno || waitpid(pid, &status, 0) != pid)
		return fail(world, "cannot start", STR("git"));
	status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
	if ((status == 0) == succeeds)
		return true;
	say_why(world, words, status);
	return false;
}

static const struct author nobody = {STR_INIT("Ada"),
				     STR_INIT("ada@example.org"),
				     STR_INIT("2026-01-05T09:00:00+00:00")};

/* "Message (Name <mail>, date)", of which the parenthesis may be left out. */
static str read_author(struct author *out, str line, struct arena *arena)
{
	size_t open = SIZE_MAX;
	str inner;

	*out = nobody;
	for (size_t i = 0; i < line.len; i++)
		open = line.ptr[i] == '(' ? i : open;
	if (open == SIZE_MAX || !str_ends(line, STR(")")))
		return line;
	inner = str_slice(line, open + 1, line.len - 1);
	out->name = str_trim(str_cut(&inner, '<'));
	out->mail = str_cut(&inner, '>');
	out->date = str_trim(str_slice(inner, 1, inner.len));
	if (out->date.len == 10)
		out->date = str_format(arena, STR_FMT "T12:00:00+00:00",
				       STR_ARG(out->date));
	return str_trim(str_slice(line, 0, open));
}

static bool add_pending(struct world *world)
{
	const char *words[WORLD_PATHS + 4] = {"add", "-f", "--"};

	if (world->path_count == 0)
		return true;
	memcpy(words + 3, world->paths,
	       world->path_count * sizeof(world->paths[0]));
	words[3 + world->path_count] = NULL;
	world->path_count = 0;
	return run_git(world, words, &nobody, true);
}

/* "Subject | Trailer: value | Trailer: value" as the message it stands for. */
static str message_of(struct arena *arena, str line)
{
	const str bar = STR(" | ");
	size_t at = str_find(line, bar);
	str message = str_slice(line, 0, at);
	const char *separator = "\n\n";

	while (at != SIZE_MAX) {
		line = str_slice(line, at + bar.len, line.len);
		at = str_find(line, bar);
		message = str_format(arena, STR_FMT "%s" STR_FMT,
				     STR_ARG(message), separator,
				     STR_ARG(str_slice(line, 0, at)));
		separator = "\n";
	}
	return message;
}

bool world_settle(struct world *world)
{
	struct author author;
	str message;

	if (!add_pending(world))
		return false;
	if (!world->commit.ptr)
		return true;
	message = message_of(world->arena,
			     read_author(&author, world->commit, world->arena));
	world->commit = (str){0};
	return run_git(
		world,
		(const char *const[]){"commit", "-q", "--allow-empty", "-m",
				      arena_cstr(world->arena, message), NULL},
		&author, true);
}

static void make_folders(char *path)
{
	for (char *p = path + 1; *p; p++) {
		if (*p == '/') {
			*p = '\0';
			(void)mkdir(path, 0755);
			*p = '/';
		}
	}
}

static bool write_bytes(struct world *world, str name, str bytes)
{
	char *path = world_path(world, name);
	FILE *file;
	bool ok;

	make_folders(path);
	file = fopen(path, "wb");
	if (!file)
		return fail(world, "cannot write", name);
	ok = fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len;
	if (fclose(file) != 0 || !ok)
		return fail(world, "cannot write", name);
	return true;
}

static bool pend(struct world *world, str path)
{
	if (world->no_repository)
		return true;
	if (world->path_count == WORLD_PATHS) {
		errno = E2BIG;
		return fail(world, "too many files, at", path);
	}
	world->paths[world->path_count++] = arena_cstr(world->arena, path);
	return true;
}

static bool run_words(struct world *world, const struct step *step,
		      bool succeeds)
{
	const char *words[WORDS];
	size_t count = world_words(world, step->argument, words, WORDS - 1);

	words[count] = NULL;
	return world_settle(world) && run_git(world, words, &nobody, succeeds);
}

static bool step_file(struct world *world, const struct step *step)
{
	return write_bytes(world, step->argument, step->content) &&
	       pend(world, step->argument);
}

static bool step_work(struct world *world, const struct step *step)
{
	return add_pending(world) &&
	       write_bytes(world, step->argument, step->content);
}

static bool step_link(struct world *world, const struct step *step)
{
	str target = step->argument;
	str name = str_cut(&target, ' ');
	char *path = world_path(world, name);

	make_folders(path);
	if (symlink(arena_cstr(world->arena, target), path) != 0)
		return fail(world, "cannot link", name);
	return pend(world, name);
}

/* The folders of the project are named from where the runner was started. */
static bool step_copy(struct world *world, const struct step *step)
{
	char *argv[] = {(char *)(uintptr_t) "cp", (char *)(uintptr_t) "-R",
			arena_cstr(world->arena,
				   str_format(world->arena, "%s/" STR_FMT "/.",
					      getenv("CASES_ROOT"),
					      STR_ARG(step->argument))),
			world_path(world, STR("")), NULL};
	char *const env[] = {(char *)(uintptr_t) "PATH=/usr/bin:/bin", NULL};
	int status;
	pid_t pid;

	errno = posix_spawnp(&pid, "cp", NULL, NULL, argv, env);
	if (errno || waitpid(pid, &status, 0) != pid || status != 0)
		return fail(world, "cannot copy", step->argument);
	return pend(world, STR("."));
}

static bool step_rm(struct world *world, const struct step *step)
{
	return add_pending(world) &&
	       run_git(world,
		       (const char *const[]){
			       "rm", "-q", "-r", "-f", "--",
			       arena_cstr(world->arena, step->argument), NULL},
		       &nobody, true);
}

static bool step_unlink(struct world *world, const struct step *step)
{
	return add_pending(world) &&
	       (unlink(world_path(world, step->argument)) == 0 ||
		fail(world, "cannot remove", step->argument));
}

static bool step_commit(struct world *world, const struct step *step)
{
	if (!world_settle(world))
		return false;
	world->commit = step->argument;
	return true;
}

static bool step_git(struct world *world, const struct step *step)
{
	return run_words(world, step, true);
}

static bool step_git_fails(struct world *world, const struct step *step)
{
	return run_words(world, step, false);
}

static bool step_no_repository(struct world *world, const struct step *step)
{
	(void)step;
	world->no_repository = true;
	return remove_one(world_path(world, STR(".git")), NULL, 0, NULL) == 0 ||
	       nftw(world_path(world, STR(".git")), remove_one, 16,
		    FTW_DEPTH | FTW_PHYS) == 0 ||
	       fail(world, "cannot remove", STR(".git"));
}

static bool step_bare(struct world *world, const struct step *step)
{
	(void)step;
	return world_settle(world) &&
	       run_git(world,
		       (const char *const[]){"clone", "-q", "--bare", ".",
					     "../bare.git", NULL},
		       &nobody, true);
}

static bool step_cd(struct world *world, const struct step *step)
{
	world->here = step->argument;
	return true;
}

static bool step_env(struct world *world, const struct step *step)
{
	const char *word[1];
	str value;

	if (world->variables == WORLD_VARIABLES ||
	    world_words(world, step->argument, word, 1) != 1) {
		errno = E2BIG;
		return fail(world, "cannot set", step->argument);
	}
	value = str_of(word[0]);
	world->names[world->variables] = str_cut(&value, '=');
	world->values[world->variables++] = value.ptr;
	return true;
}

static bool step_terminal(struct world *world, const struct step *step)
{
	int64_t columns;

	if (!str_to_int64(&columns, step->argument) || columns < 0) {
		errno = EINVAL;
		return fail(world, "no width", step->argument);
	}
	world->columns = (unsigned)columns;
	return true;
}

static bool step_stdin(struct world *world, const struct step *step)
{
	world->input = step->content;
	return true;
}

static bool step_then(struct world *world, const struct step *step)
{
	(void)step;
	return world_settle(world);
}

static bool step_note(struct world *world, const struct step *step)
{
	(void)world;
	(void)step;
	return true;
}

static const struct {
	const char *name;
	bool (*run)(struct world *world, const struct step *step);
} steps[] = {
	{"file", step_file},
	{"work", step_work},
	{"link", step_link},
	{"copy", step_copy},
	{"rm", step_rm},
	{"unlink", step_unlink},
	{"commit", step_commit},
	{"git", step_git},
	{"git-fails", step_git_fails},
	{"no-repository", step_no_repository},
	{"bare", step_bare},
	{"cd", step_cd},
	{"env", step_env},
	{"terminal", step_terminal},
	{"stdin", step_stdin},
	{"note", step_note},
	{"then", step_then},
};

bool world_step(struct world *world, const struct step *step)
{
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		if (str_is(step->name, steps[i].name))
			return steps[i].run(world, step);
	}
	errno = EINVAL;
	return fail(world, "there is no step", step->name);
}

bool world_open(struct world *world, const struct story *story,
		struct arena *arena)
{
	*world = (struct world){
		.arena = arena, .here = STR(""), .now = story->now};
	strcpy(world->dir, "/tmp/abide-case-XXXXXX");
	if (!mkdtemp(world->dir))
		return fail(world, "cannot make", str_of(world->dir));
	if (mkdir(world_path(world, STR("")), 0755) != 0 ||
	    mkdir(arena_cstr(arena, str_format(arena, "%s/home", world->dir)),
		  0755) != 0)
		return fail(world, "cannot make a folder in",
			    str_of(world->dir));
	return run_git(world, (const char *const[]){"init", "-q", NULL},
		       &nobody, true);
}

static void add_word(struct buf *word, struct world *world, str line, size_t *i)
{
	const str variable = STR("$DIR");

	if (str_starts(str_slice(line, *i, line.len), variable)) {
		buf_add(word, str_of(world->dir));
		*i += variable.len;
	} else {
		buf_byte(word, line.ptr[(*i)++]);
	}
}

size_t world_words(struct world *world, str line, const char **out, size_t most)
{
	size_t count = 0;
	size_t i = 0;

	while (count < most) {
		struct buf word;
		char quote = '\0';

		while (i < line.len && line.ptr[i] == ' ')
			i++;
		if (i == line.len)
			break;
		buf_init(&word, STORY_MOST);
		while (i < line.len && (quote || line.ptr[i] != ' ')) {
			char c = line.ptr[i];

			if (quote ? c == quote : c == '\'' || c == '"') {
				quote = quote ? '\0' : c;
				i++;
			} else {
				add_word(&word, world, line, &i);
			}
		}
		out[count++] = arena_cstr(world->arena, buf_str(&word));
		buf_done(&word);
	}
	return count;
}

const char *world_variable(const struct world *world, const char *name)
{
	for (size_t i = world->variables; i-- > 0;) {
		if (str_is(world->names[i], name))
			return world->values[i];
	}
	return NULL;
}

bool world_read(struct world *world, str path, str *out)
{
	FILE *file = fopen(world_path(world, path), "rb");
	char part[4096];
	struct buf text;
	size_t count;

	if (!file)
		return fail(world, "cannot read", path);
	buf_init(&text, STORY_MOST);
	while ((count = fread(part, 1, sizeof(part), file)) > 0)
		buf_add(&text, str_make(part, count));
	*out = str_keep(world->arena, buf_str(&text));
	buf_done(&text);
	(void)fclose(file);
	return true;
}
