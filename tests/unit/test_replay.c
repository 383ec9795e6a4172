/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include <dirent.h>

#include "base/sys.h"
#include "checks/checks.h"
#include "lint/host.h"
#include "lint/replay.h"

/*
 * The replay says of each landing what a run on that commit alone would say.
 * Histories are made of the example's files by small random edits.
 */

enum { FILES_MOST = 96, LINES_MOST = 400, COMMITS = 30 };

struct made {
	struct fixture *fixture;
	struct policy *policy;
	struct buf stream; /* for git fast-import */
	char *names[FILES_MOST];
	str texts[FILES_MOST]; /* absent: not there */
	str first[FILES_MOST];
	size_t count;
	uint64_t random;
};

/* xorshift64 */
static size_t pick(struct made *made, size_t below)
{
	made->random ^= made->random << 13;
	made->random ^= made->random >> 7;
	made->random ^= made->random << 17;
	return (size_t)(made->random % below);
}

static void read_folder(struct made *made, const char *root, const char *below)
{
	char *path = arena_cstr(
		&made->fixture->arena,
		str_format(&made->fixture->arena, "%s/%s", root, below));
	DIR *folder = opendir(path);
	struct dirent *entry;

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		str name = str_of(entry->d_name);
		struct buf bytes;
		char *file;

		if (name.ptr[0] == '.')
			continue;
		file = arena_cstr(&made->fixture->arena,
				  str_format(&made->fixture->arena, "%s%s%s",
					     below, *below ? "/" : "",
					     entry->d_name));
		if (entry->d_type == DT_DIR) {
			read_folder(made, root, file);
			continue;
		}
		/* Records, and what they name as evidence. */
		if ((!str_ends(name, STR(".yaml")) &&
		     !str_starts(str_of(file), STR("evidence/"))) ||
		    str_is(name, "abide.yaml"))
			continue;
		assert_true(made->count < FILES_MOST);
		buf_init(&bytes, 1 << 20);
		if (!sys_read_file(&bytes, SYS_HERE,
				   arena_cstr(&made->fixture->arena,
					      str_format(&made->fixture->arena,
							 "%s/%s", root, file)),
				   &made->fixture->err))
			fail_msg("%s", made->fixture->err.text);
		made->names[made->count] = file;
		made->first[made->count] =
			str_keep(&made->fixture->arena, buf_str(&bytes));
		made->count++;
		buf_done(&bytes);
	}
	(void)closedir(folder);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of a text with one left out, doubled or altered. */
static str edit(struct made *made, str text)
{
	struct buf edited;
	size_t lines = 0;
	size_t at;
	str rest = text;
	str kept;

	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	at = pick(made, lines ? lines : 1);
	buf_init(&edited, 1 << 20);
	for (size_t i = 0; rest.len; i++) {
		str line = str_cut(&rest, '\n');
		size_t digit;

		if (i == at && pick(made, 3) == 0)
			continue;
		if (i == at && line.len > 8 && pick(made, 2) == 0) {
			/* Another date, number or name. */
			digit = line.len - 1 - pick(made, 6);
			buf_add(&edited, str_slice(line, 0, digit));
			buf_format(&edited, "%zu", pick(made, 10));
			line = str_slice(line, digit + 1, line.len);
		}
		buf_add(&edited, line);
		buf_byte(&edited, '\n');
	}
	kept = str_keep(&made->fixture->arena, buf_str(&edited));
	buf_done(&edited);
	return kept;
}

static void write_file(struct made *made, size_t i)
{
	if (!made->texts[i].ptr) {
		buf_format(&made->stream, "D %s\n", made->names[i]);
		return;
	}
	buf_format(&made->stream, "M 100644 inline %s\ndata %zu\n",
		   made->names[i], made->texts[i].len);
	buf_add(&made->stream, made->texts[i]);
	buf_byte(&made->stream, '\n');
}

static void alter(struct made *made)
{
	size_t i = pick(made, made->count);

	switch (pick(made, 5)) {
	case 0:
		made->texts[i] = made->texts[i].ptr ? (str){0} : made->first[i];
		break;
	case 1:
		made->texts[i] = made->first[i];
		break;
	default:
		if (made->texts[i].ptr)
			made->texts[i] = edit(made, made->texts[i]);
		break;
	}
	write_file(made, i);
}

static void make_history(struct made *made, size_t commits)
{
	int64_t when = 1735689600; /* 2025-01-01 */

	buf_init(&made->stream, 1 << 26);
	for (size_t i = 0; i < commits; i++) {
		buf_format(&made->stream,
			   "commit refs/heads/main\n"
			   "committer Ada <ada@example.org> %lld +0000\n"
			   "data 4\nedit\n",
			   (long long)when);
		if (i == 0) {
			for (size_t k = 0; k < made->count; k++) {
				made->texts[k] = made->first[k];
				write_file(made, k);
			}
		}
		for (size_t k = pick(made, 4); i && k > 0; k--)
			alter(made);
		/* Now and then the clock of somebody is wrong. */
		when += (int64_t)(3600 + pick(made, 86400 * 40));
		if (pick(made, 8) == 0)
			when -= 86400 * 50;
	}
	fixture_write_bytes(made->fixture, "stream", buf_str(&made->stream));
	buf_done(&made->stream);
	assert_int_equal(mkdir(fixture_path(made->fixture, "r"), 0755), 0);
	(void)GIT(made->fixture, "r", "init", "-q");
}

static void import(struct made *made)
{
	char command[512];

	(void)snprintf(command, sizeof(command),
		       "git -C %s fast-import --quiet < %s",
		       fixture_path(made->fixture, "r"),
		       fixture_path(made->fixture, "stream"));
	assert_int_equal(system(command), 0); /* NOLINT: our own words */
}

/* ---- comparing */

struct name_list {
	VEC(const char *) list;
	struct arena arena;
};

static void add_name(struct name_list *names, const struct finding *finding)
{
	str text = str_format(
		&names->arena,
		STR_FMT " " STR_FMT "/" STR_FMT " " STR_FMT " " STR_FMT
			" " STR_FMT,
		STR_ARG(finding->rule->id), STR_ARG(finding->kind),
		STR_ARG(finding->id), STR_ARG(finding->pointer),
		STR_ARG(finding->discriminator),
		STR_ARG(finding->kind.ptr ? STR("") : finding->path));

	*vec_push(&names->list) = arena_cstr(&names->arena, text);
}

static void close_names(struct name_list *names)
{
	size_t kept = 0;

	if (names->list.count)
		qsort(names->list.at, names->list.count, sizeof(char *),
		      by_name);
	for (size_t i = 0; i < names->list.count; i++) {
		if (!kept ||
		    strcmp(names->list.at[i], names->list.at[kept - 1]) != 0)
			names->list.at[kept++] = names->list.at[i];
	}
	names->list.count = kept;
}

static void whole_run(struct name_list *names, struct made *made,
		      struct repo *repo, const struct oid *commit,
		      struct instant now)
{
	char hex[OID_HEX + 1];
	struct lint lint = {.policy = made->policy, .now = now, .jobs = 1};
	struct snapshot *snapshot;
	struct lint_run *run;
	const struct report *report;

	oid_format(hex, commit);
	if (!snapshot_of_commit(&snapshot, repo, str_of(hex),
				&made->fixture->err))
		fail_msg("%s", made->fixture->err.text);
	lint.snapshot = snapshot;
	lint.min_severity = SEVERITY_NOTE;
	if (!lint_run(&run, &lint, &made->fixture->err))
		fail_msg("%s", made->fixture->err.text);
	report = lint_report(run);
	for (size_t i = 0; i < report->finding_count; i++)
		add_name(names, &report->findings[i]);
	assert_true(names->list.count > 20);
	close_names(names);
	lint_run_free(run);
	snapshot_free(snapshot);
}

static void replayed(struct name_list *names, const struct replay *replay,
		     size_t step)
{
	for (size_t i = 0; i < replay_count(replay); i++) {
		struct lifetime lifetime = replay_at(replay, i);

		if (lifetime_open(&lifetime, step))
			add_name(names, &lifetime.finding);
	}
	close_names(names);
}

static void assert_same(const struct name_list *whole,
			const struct name_list *ours, size_t step)
{
	for (size_t i = 0; i < whole->list.count || i < ours->list.count; i++) {
		const char *a = i < whole->list.count ? whole->list.at[i] : "-";
		const char *b = i < ours->list.count ? ours->list.at[i] : "-";

		if (strcmp(a, b) != 0)
			fail_msg("step %zu\n whole run: %s\n replay:    %s",
				 step, a, b);
	}
}

static void assert_equal_at(struct made *made, struct repo *repo,
			    const struct history *history,
			    const struct replay *replay, size_t step)
{
	size_t landings = history_count(history);
	size_t landing = step < landings ? step : landings - 1;
	struct name_list whole = {0};
	struct name_list ours = {0};

	arena_init(&whole.arena);
	arena_init(&ours.arena);
	whole_run(&whole, made, repo, &history_landing(history, landing)->oid,
		  replay_clock(replay, step));
	replayed(&ours, replay, step);
	assert_same(&whole, &ours, step);
	vec_done(&whole.list);
	vec_done(&ours.list);
	arena_done(&whole.arena);
	arena_done(&ours.arena);
}

static void compare(struct made *made, unsigned jobs)
{
	struct repo *repo = fixture_open(made->fixture, "r");
	struct history_plan plan = {.jobs = jobs};
	struct replay_plan replaying = {
		.policy = made->policy,
		.repo = repo,
		.now = {.seconds = 1800000000},
		.jobs = jobs,
	};
	struct history *history = NULL;
	struct replay *replay = NULL;

	if (!revision_commit(&plan.tip, repo, STR("HEAD"),
			     &made->fixture->err) ||
	    !history_read(&history, repo, &plan, &made->fixture->err))
		fail_msg("%s", made->fixture->err.text);
	replaying.history = history;
	if (!replay_run(&replay, &replaying, &made->fixture->err))
		fail_msg("%s", made->fixture->err.text);
	for (size_t i = 0; i < replay_steps(replay); i++)
		assert_equal_at(made, repo, history, replay, i);
	replay_free(replay);
	history_free(history);
	repo_close(repo);
}

static void load_policy(struct made *made)
{
	if (!policy_load(&made->policy,
			 &(struct policy_options){
				 .checks = checks,
				 .check_count = check_count,
				 .libraries = host_libraries,
				 .library_count = host_library_count,
				 .limits = &limits_default,
			 },
			 &made->fixture->err))
		fail_msg("%s", made->fixture->err.text);
}

static void run_seed(struct fixture *fixture, uint64_t seed, unsigned jobs)
{
	struct made made = {.fixture = fixture, .random = seed};

	load_policy(&made);
	read_folder(&made, "examples/nordhavn", "");
	for (size_t i = 0; i < made.count; i++) {
		/* The order of a folder is the file system's. */
		for (size_t k = i + 1; k < made.count; k++) {
			if (strcmp(made.names[k], made.names[i]) < 0) {
				char *name = made.names[i];
				str text = made.first[i];

				made.names[i] = made.names[k];
				made.first[i] = made.first[k];
				made.names[k] = name;
				made.first[k] = text;
			}
		}
	}
	make_history(&made, COMMITS);
	import(&made);
	compare(&made, jobs);
	policy_free(made.policy);
}

static void replay_equals_a_run_on_each_commit(void **state)
{
	run_seed(*state, 0x9e3779b97f4a7c15U, 1);
}

static void replay_equals_it_with_other_edits_and_threads(void **state)
{
	run_seed(*state, 0x2545f4914f6cdd1dU, 4);
}

/* A read that the host does not note shows here: people and their duties. */
static void replay_notes_what_exceptions_ask_of_people(void **state)
{
	run_seed(*state, 3 * 0x9e3779b97f4a7c15U, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			replay_equals_a_run_on_each_commit, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(
			replay_equals_it_with_other_edits_and_threads,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			replay_notes_what_exceptions_ask_of_people,
			fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
