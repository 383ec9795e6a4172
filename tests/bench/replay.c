/* replay - replays a history and says what each part of it took.
 *
 *	replay FOLDER REVISION JOBS [CLOCK]
 *
 * Two times are compared: until every version of every file has been read,
 * parsed, validated and judged alone once, and until all landings have been
 * gone through. CLOCK bounds the judgements by the clock (0: no bound).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "checks/checks.h"
#include "git/revision.h"
#include "lint/host.h"
#include "lint/replay.h"

static double seconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The first landing is gone through when all versions were judged. */
static void note_first(void *context, size_t done, size_t of)
{
	double *first = context;

	(void)of;
	if (done == 1)
		*first = seconds();
}

static int complain(const struct error *err)
{
	(void)fprintf(stderr, "replay: %s\n", err->text);
	return 2;
}

static bool load_policy(struct policy **out, const struct snapshot *snapshot,
			struct error *err)
{
	return policy_load(out,
			   &(struct policy_options){
				   .snapshot = snapshot,
				   .checks = checks,
				   .check_count = check_count,
				   .libraries = host_libraries,
				   .library_count = host_library_count,
				   .limits = &limits_default,
			   },
			   err);
}

static bool open_all(struct repo **repo, struct snapshot **snapshot,
		     struct policy **policy, struct history **history,
		     char **argv, struct error *err)
{
	const struct repo_env env = {
		.git_dir = getenv("GIT_DIR"),
		.home = getenv("HOME"),
		.user = (uint32_t)geteuid(),
	};
	struct history_plan plan = {
		.jobs = (unsigned)strtoul(argv[3], NULL, 10)};

	return repo_open(repo, &env, argv[1], &limits_default, err) &&
	       revision_commit(&plan.tip, *repo, str_of(argv[2]), err) &&
	       snapshot_of_commit(snapshot, *repo, str_of(argv[2]), err) &&
	       load_policy(policy, *snapshot, err) &&
	       history_read(history, *repo, &plan, err);
}

static void tell(const struct replay *replay, double begin, double first,
		 double end)
{
	struct rusage usage;

	(void)getrusage(RUSAGE_SELF, &usage);
	(void)printf("%zu landings, %zu versions, %zu judgements among "
		     "records, %zu findings\n"
		     "versions %.2f s, all %.2f s, ratio %.2f, peak %ld MB\n",
		     replay_steps(replay) - 1, replay_versions(replay),
		     replay_judgements(replay), replay_count(replay),
		     first - begin, end - begin,
		     (end - begin) / (first - begin), usage.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
	struct replay_plan plan = {.progress = note_first,
				   .clock_most = 20000000};
	struct history *history = NULL;
	struct snapshot *snapshot = NULL;
	struct replay *replay = NULL;
	struct repo *repo = NULL;
	struct policy *policy = NULL;
	struct error err;
	double begin, first = 0;

	if (argc < 4 || argc > 5)
		return 2;
	if (!open_all(&repo, &snapshot, &policy, &history, argv, &err))
		return complain(&err);
	plan.context = &first;
	plan.policy = policy;
	plan.history = history;
	plan.repo = repo;
	plan.jobs = (unsigned)strtoul(argv[3], NULL, 10);
	if (argc > 4)
		plan.clock_most = strtoul(argv[4], NULL, 10);
	plan.now = history_landing(history, history_count(history) - 1)->when;
	begin = seconds();
	if (!replay_run(&replay, &plan, &err))
		return complain(&err);
	tell(replay, begin, first, seconds());
	replay_free(replay);
	history_free(history);
	policy_free(policy);
	snapshot_free(snapshot);
	repo_close(repo);
	return 0;
}
