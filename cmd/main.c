/*
 * main - streams, clock, directory, variables, watchdog and pager; nothing
 * else. The pager is the one program that is started here, and its name comes
 * from the environment alone.
 *
 * The status starts at 2 and becomes 0 or 1 here alone, after the last byte
 * was written and the streams were closed without complaint.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/sys.h"
#include "cmd/cmd.h"

enum { OUTPUT_MOST = 1 << 30, PROCESSORS_MOST = 8 };

static void time_is_up(int signal)
{
	static const char line[] =
		"abide: error: the time limit has passed; nothing can be "
		"concluded (--timeout SECONDS raises it)\n";
	ssize_t written = write(STDERR_FILENO, line, sizeof(line) - 1);

	(void)signal;
	(void)written;
	_exit(STATUS_UNRELIABLE);
}

static void watchdog(unsigned seconds)
{
	struct sigaction action = {.sa_handler = time_is_up};
	struct itimerval timer = {.it_value.tv_sec = (time_t)seconds};

	(void)sigaction(SIGALRM, &action, NULL);
	(void)setitimer(ITIMER_REAL, &timer, NULL);
}

static const char *variable(const char *name)
{
	return getenv(name);
}

static unsigned processors(void)
{
	cpu_set_t set;
	int count = 1;

	if (sched_getaffinity(0, sizeof(set), &set) == 0)
		count = CPU_COUNT(&set);
	if (count > PROCESSORS_MOST)
		count = PROCESSORS_MOST;
	return count > 0 ? (unsigned)count : 1;
}

static unsigned columns(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO))
		return 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

static struct instant clock_now(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (struct instant){now.tv_sec, 0};
}

static uint64_t ticks(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static void show(str bytes)
{
	(void)!write(STDERR_FILENO, bytes.ptr, bytes.len);
}

static struct repo_env git_variables(void)
{
	return (struct repo_env){
		.git_dir = getenv("GIT_DIR"),
		.work_tree = getenv("GIT_WORK_TREE"),
		.index_file = getenv("GIT_INDEX_FILE"),
		.objects = getenv("GIT_OBJECT_DIRECTORY"),
		.alternates = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES"),
		.common_dir = getenv("GIT_COMMON_DIR"),
		.quarantine = getenv("GIT_QUARANTINE_PATH"),
		.ceilings = getenv("GIT_CEILING_DIRECTORIES"),
		.sudo_uid = getenv("SUDO_UID"),
		.home = getenv("HOME"),
		.xdg_config = getenv("XDG_CONFIG_HOME"),
		.config_global = getenv("GIT_CONFIG_GLOBAL"),
		.config_system = getenv("GIT_CONFIG_SYSTEM"),
		.config_nosystem = getenv("GIT_CONFIG_NOSYSTEM"),
		.user = (uint32_t)geteuid(),
	};
}

/* ---- the pager */

static pid_t start_pager(const char *command, int from)
{
	char *words[] = {(char[]){"sh"}, (char[]){"-c"}, strdup(command), NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t usual;
	pid_t child = -1;

	(void)sigemptyset(&usual);
	(void)sigaddset(&usual, SIGPIPE);
	(void)sigaddset(&usual, SIGINT);
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawnattr_init(&attributes);
	(void)posix_spawnattr_setsigdefault(&attributes, &usual);
	(void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	(void)posix_spawn_file_actions_adddup2(&actions, from, STDIN_FILENO);
	(void)setenv("LESS", "FRX", 0);
	if (!words[2] || posix_spawn(&child, "/bin/sh", &actions, &attributes,
				     words, environ) != 0)
		child = -1;
	(void)posix_spawn_file_actions_destroy(&actions);
	(void)posix_spawnattr_destroy(&attributes);
	free(words[2]);
	return child;
}

/* Hands the text to the pager and waits for it. A reader who has seen enough
 * ends the pager, which is no loss. False: there was none, and nothing was
 * shown. */
static bool page(const char *command, str text)
{
	enum { NOT_RUN = 126 };
	struct error ignored;
	int ends[2];
	int status = 0;
	pid_t child;

	if (!text.len || pipe2(ends, O_CLOEXEC) != 0)
		return false;
	watchdog(0);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGINT, SIG_IGN);
	child = start_pager(command, ends[0]);
	(void)close(ends[0]);
	if (child > 0)
		(void)!sys_write_all(ends[1], text, "the pager", &ignored);
	(void)close(ends[1]);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGPIPE, SIG_DFL);
	return child > 0 &&
	       !(WIFEXITED(status) && WEXITSTATUS(status) >= NOT_RUN);
}

/* Brings the bytes out and decides: the one place where 2 becomes 0 or 1. */
static int finish(enum status status, const struct out *out,
		  const struct out *err, const char *pager)
{
	struct error failure;
	int result = STATUS_UNRELIABLE;

	if (out->buf.full || err->buf.full) {
		static const char line[] =
			"abide: error: the output is too large\n";

		(void)!write(STDERR_FILENO, line, sizeof(line) - 1);
		return STATUS_UNRELIABLE;
	}
	if (((pager && page(pager, out_str(out))) ||
	     sys_write_all(STDOUT_FILENO, out_str(out), "standard output",
			   &failure)) &&
	    close(STDOUT_FILENO) == 0)
		result = (int)status;
	(void)!sys_write_all(STDERR_FILENO, out_str(err), "standard error",
			     &failure);
	if (result != (int)status) {
		static const char line[] =
			"abide: error: the output could not be written\n";

		(void)!write(STDERR_FILENO, line, sizeof(line) - 1);
	}
	return result;
}

int main(int argc, char **argv)
{
	struct repo_env git = git_variables();
	struct out out;
	struct out err;
	const char *pager = NULL;
	enum status status;
	struct env env = {
		.out = &out,
		.err = &err,
		.in = STDIN_FILENO,
		.dir = ".",
		.now = clock_now(),
		.processors = processors(),
		.width = columns(),
		.out_is_terminal = isatty(STDOUT_FILENO) == 1,
		.err_is_terminal = isatty(STDERR_FILENO) == 1,
		.git = &git,
		.variable = variable,
		.ticks = ticks,
		.show = isatty(STDERR_FILENO) == 1 ? show : NULL,
		.pager = &pager,
		.watchdog = watchdog,
	};
	int result;

	out_init(&out, OUTPUT_MOST);
	out_init(&err, OUTPUT_MOST);
	status = abide(&env, argc, (const char *const *)argv);
	result = finish(status, &out, &err, pager);
	out_done(&out);
	out_done(&err);
	return result;
}
