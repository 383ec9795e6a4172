/* SPDX-License-Identifier: Apache-2.0 */
#include "base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/sys.h"

enum { AT_ONCE = 4096 };

/* What stands between us and the program. Closed ones are -1. */
struct child {
	int input;	  /* a file in memory: no pipe of it can break */
	int output[2];	  /* read, write */
	int complaint[2]; /* read, write */
	int timer;
	pid_t pid;
};

static bool failed(struct error *err, const char *what,
		   const struct spawn_plan *plan)
{
	const char *reason = strerrordesc_np(errno);

	return error_set(err, ERROR_IO, "cannot %s %s: %s", what, plan->program,
			 reason ? reason : "unknown error");
}

str spawn_find(const char *path, const char *program, struct arena *arena)
{
	str rest = str_of(path);

	while (rest.ptr) {
		str folder = str_cut(&rest, ':');
		struct stat stat;
		str name;

		if (!str_starts(folder, STR("/")))
			continue;
		name = str_format(arena, STR_FMT "/%s", STR_ARG(folder),
				  program);
		if (fstatat(AT_FDCWD, name.ptr, &stat, 0) == 0 &&
		    S_ISREG(stat.st_mode) &&
		    faccessat(AT_FDCWD, name.ptr, X_OK, AT_EACCESS) == 0)
			return name;
	}
	return str_make(NULL, 0);
}

static void shut(int *descriptor)
{
	if (*descriptor != -1)
		(void)close(*descriptor);
	*descriptor = -1;
}

static void child_done(struct child *child)
{
	shut(&child->input);
	shut(&child->output[0]);
	shut(&child->output[1]);
	shut(&child->complaint[0]);
	shut(&child->complaint[1]);
	shut(&child->timer);
}

static bool child_make(struct child *child, const struct spawn_plan *plan,
		       struct error *err)
{
	const struct itimerspec deadline = {
		.it_value = {.tv_sec = plan->seconds ? plan->seconds : 1},
	};

	*child = (struct child){-1, {-1, -1}, {-1, -1}, -1, 0};
	child->input = memfd_create("input", MFD_CLOEXEC);
	child->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	if (child->input == -1 || child->timer == -1 ||
	    pipe2(child->output, O_CLOEXEC) != 0 ||
	    pipe2(child->complaint, O_CLOEXEC) != 0 ||
	    timerfd_settime(child->timer, 0, &deadline, NULL) != 0)
		return failed(err, "prepare to start", plan);
	if (!sys_write_all(child->input, plan->input, plan->program, err))
		return false;
	if (lseek(child->input, 0, SEEK_SET) != 0)
		return failed(err, "prepare to start", plan);
	return true;
}

/* The system's own call takes arrays it does not write to, and says char *. */
static char *const *words(const char *const *list)
{
	return (char *const *)(uintptr_t)list;
}

/* Its own group, so that what it starts itself can be ended with it. */
static bool child_start(struct child *child, const struct spawn_plan *plan,
			const char *file, struct error *err)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t signals;
	int rc;

	(void)sigemptyset(&signals);
	if (posix_spawn_file_actions_init(&actions) != 0)
		return failed(err, "start", plan);
	if (posix_spawnattr_init(&attributes) != 0) {
		(void)posix_spawn_file_actions_destroy(&actions);
		return failed(err, "start", plan);
	}
	rc = posix_spawnattr_setsigmask(&attributes, &signals);
	(void)sigaddset(&signals, SIGPIPE);
	rc |= posix_spawnattr_setsigdefault(&attributes, &signals);
	rc |= posix_spawnattr_setpgroup(&attributes, 0);
	rc |= posix_spawnattr_setflags(
		&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
				     POSIX_SPAWN_SETSIGDEF);
	rc |= posix_spawn_file_actions_addchdir_np(&actions, plan->folder);
	rc |= posix_spawn_file_actions_adddup2(&actions, child->input, 0);
	rc |= posix_spawn_file_actions_adddup2(&actions, child->output[1], 1);
	rc |= posix_spawn_file_actions_adddup2(&actions, child->complaint[1],
					       2);
	if (rc == 0)
		rc = posix_spawn(&child->pid, file, &actions, &attributes,
				 words(plan->arguments),
				 words(plan->environment));
	(void)posix_spawnattr_destroy(&attributes);
	(void)posix_spawn_file_actions_destroy(&actions);
	if (rc == 0)
		return true;
	errno = rc;
	return failed(err, "start", plan);
}

/* Takes what has come; shuts the descriptor at its end. What is over the
 * ceiling is dropped, and `full` says so. */
static bool take(struct buf *out, int *descriptor, const char *name,
		 struct error *err)
{
	char bytes[AT_ONCE];
	ssize_t got = read(*descriptor, bytes, sizeof(bytes));

	if (got == -1 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (got == -1)
		return error_set(err, ERROR_IO, "cannot read from %s", name);
	if (got == 0)
		shut(descriptor);
	else if (out)
		buf_add(out, str_make(bytes, (size_t)got));
	return true;
}

static bool child_listen(struct child *child, struct buf *out, struct buf *said,
			 const struct spawn_plan *plan, struct error *err)
{
	while (child->output[0] != -1 || child->complaint[0] != -1) {
		struct pollfd polled[] = {
			{.fd = child->output[0], .events = POLLIN},
			{.fd = child->complaint[0], .events = POLLIN},
			{.fd = child->timer, .events = POLLIN},
		};

		if (poll(polled, ARRAY_SIZE(polled), -1) == -1) {
			if (errno == EINTR)
				continue;
			return failed(err, "wait for", plan);
		}
		if (polled[2].revents)
			return error_set(err, ERROR_IO,
					 "%s was not done in %u seconds",
					 plan->program, plan->seconds);
		if (polled[0].revents &&
		    !take(out, &child->output[0], plan->program, err))
			return false;
		if (polled[1].revents &&
		    !take(said, &child->complaint[0], plan->program, err))
			return false;
		if (out->full)
			return error_set(err, ERROR_LIMIT,
					 "%s said more than %zu bytes",
					 plan->program, out->most);
	}
	return true;
}

/* Waits for its end, which a deadline bounds too: it may have closed all and
 * go on. */
static bool child_end(int *status, struct child *child, bool heard,
		      const struct spawn_plan *plan, struct error *err)
{
	struct pollfd timer = {.fd = child->timer, .events = POLLIN};
	int raw = 0;
	pid_t ended = 0;

	while (heard && ended == 0) {
		ended = waitpid(child->pid, &raw, WNOHANG);
		if (ended == 0 && poll(&timer, 1, 2) == 1)
			heard = error_set(err, ERROR_IO,
					  "%s was not done in %u seconds",
					  plan->program, plan->seconds);
	}
	if (ended == 0) {
		(void)kill(-child->pid, SIGKILL);
		while (waitpid(child->pid, &raw, 0) == -1 && errno == EINTR)
			continue;
		return false;
	}
	if (ended == -1)
		return failed(err, "wait for", plan);
	if (!WIFEXITED(raw))
		return error_set(err, ERROR_IO, "%s was ended by signal %d",
				 plan->program, WTERMSIG(raw));
	*status = WEXITSTATUS(raw);
	return heard;
}

bool spawn_run(struct buf *out, struct buf *said, int *status,
	       const struct spawn_plan *plan, struct error *err)
{
	struct arena arena;
	struct child child;
	str file;
	bool done;

	arena_init(&arena);
	file = spawn_find(plan->path, plan->program, &arena);
	if (!file.ptr) {
		arena_done(&arena);
		return error_set(err, ERROR_IO,
				 "%s is not in any absolute folder of PATH",
				 plan->program);
	}
	done = child_make(&child, plan, err) &&
	       child_start(&child, plan, file.ptr, err);
	if (done) {
		shut(&child.input);
		shut(&child.output[1]);
		shut(&child.complaint[1]);
		done = child_listen(&child, out, said, plan, err);
		done = child_end(status, &child, done, plan, err);
	}
	child_done(&child);
	arena_done(&arena);
	return done;
}
