/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include "base/embedded.h"
#include "checks/checks.h"
#include "data/document.h"
#include "lint/host.h"
#include "lint/lint.h"

/* The tests that stand in the built-in packs: each world of files becomes a
 * repository of its own and is judged by the one rule it belongs to. Worlds of
 * bare values are no files; `abide test` judges them. */

struct trial {
	struct fixture *fixture;
	str rule;
	const struct node *test;
	size_t failures;
	size_t number; /* of the rule, over all packs */
	size_t test_number;
};

static void complain_of(struct trial *trial, const char *what,
			const struct report *report)
{
	str name = node_text(trial->test, STR("name"));

	trial->failures++;
	print_error(STR_FMT ", \"" STR_FMT "\": %s\n", STR_ARG(trial->rule),
		    STR_ARG(name), what);
	for (size_t i = 0; report && i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		print_error("  " STR_FMT " at '" STR_FMT "': " STR_FMT
			    " (" STR_FMT ")\n",
			    STR_ARG(finding->path), STR_ARG(finding->pointer),
			    STR_ARG(finding->message), STR_ARG(finding->help));
	}
}

static bool points_at(const struct report *report, str pointer)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		if (str_equal(report->findings[i].pointer, pointer))
			return true;
	}
	return false;
}

static bool says(const struct report *report, str part)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (str_find(finding->message, part) != SIZE_MAX ||
		    str_find(finding->help, part) != SIZE_MAX)
			return true;
	}
	return false;
}

static void compare(struct trial *trial, const struct report *report,
		    bool passes)
{
	const struct node *test = trial->test;
	const struct node *finds = node_find(test, STR("finds"));
	const struct node *at = node_find(test, STR("at"));
	str message = node_text(test, STR("message"));

	if (passes) {
		if (report->finding_count)
			complain_of(trial, "it must pass", report);
		return;
	}
	if (report->finding_count == 0)
		complain_of(trial, "nothing was found", report);
	if (finds && (size_t)finds->as.integer != report->finding_count)
		complain_of(trial, "another number of findings", report);
	for (size_t i = 0; at && i < at->count; i++) {
		if (!points_at(report, at->as.children[i].text))
			complain_of(trial, "nothing points at `at`", report);
	}
	if (message.ptr && !says(report, message))
		complain_of(trial, "no message says `message`", report);
}

/* Writes the world's files into a new repository `name`. */
static void build(struct trial *trial, const char *name,
		  const struct node *world)
{
	struct fixture *fixture = trial->fixture;
	const struct node *files = node_find(world, STR("files"));

	assert_int_equal(mkdir(fixture_path(fixture, name), 0755), 0);
	GIT(fixture, name, "init", "-q");
	if (world->kind == NODE_STRING)
		fixture_write_bytes(
			fixture,
			arena_cstr(&fixture->arena,
				   str_format(&fixture->arena, "%s/world.yaml",
					      name)),
			world->text);
	for (size_t i = 0; files && i < files->count; i++) {
		const struct node *file = &files->as.children[i];

		fixture_write_bytes(
			fixture,
			arena_cstr(&fixture->arena,
				   str_format(&fixture->arena, "%s/" STR_FMT,
					      name, STR_ARG(file->key->text))),
			file->text);
	}
	GIT(fixture, name, "add", "-A");
}

static struct policy *load_policy(struct trial *trial,
				  const struct snapshot *snapshot)
{
	struct policy *policy;

	if (!policy_load(&policy,
			 &(struct policy_options){
				 .snapshot = snapshot,
				 .only = &trial->rule,
				 .only_count = 1,
				 .checks = checks,
				 .check_count = check_count,
				 .libraries = host_libraries,
				 .library_count = host_library_count,
				 .limits = &limits_default,
			 },
			 &trial->fixture->err))
		fail_msg("%s", trial->fixture->err.text);
	return policy;
}

static void judge_world(struct trial *trial, const struct node *world,
			bool passes)
{
	struct fixture *fixture = trial->fixture;
	str day = node_text(world, STR("now"));
	struct lint lint = {.jobs = 1, .min_severity = SEVERITY_NOTE};
	struct snapshot *snapshot;
	struct policy *policy;
	struct lint_run *run;
	struct repo *repo;
	char name[64];

	(void)snprintf(name, sizeof(name), "w%zu-%zu", trial->number,
		       trial->test_number);
	build(trial, name, world);
	day = day.ptr ? day : STR("2026-11-21");
	assert_true(date_parse(&lint.now, day) ||
		    instant_parse(&lint.now, day));
	repo = fixture_open(fixture, name);
	assert_true(snapshot_of_worktree(&snapshot, repo, &fixture->err));
	policy = load_policy(trial, snapshot);
	lint.policy = policy;
	lint.snapshot = snapshot;
	if (!lint_run(&run, &lint, &fixture->err))
		fail_msg("%s", fixture->err.text);
	compare(trial, lint_report(run), passes);
	lint_run_free(run);
	policy_free(policy);
	snapshot_free(snapshot);
	repo_close(repo);
}

/* All tests of one rule; returns how many failed. */
static size_t try_rule(struct fixture *fixture, const struct node *rule,
		       size_t number)
{
	const struct node *tests = node_find(rule, STR("tests"));
	struct trial trial = {.fixture = fixture,
			      .rule = node_text(rule, STR("id")),
			      .number = number};

	for (size_t i = 0; i < tests->count; i++) {
		const struct node *test = &tests->as.children[i];
		const struct node *pass = node_find(test, STR("pass"));
		const struct node *fails = node_find(test, STR("fail"));
		const struct node *world =
			pass	? pass
			: fails ? fails
				: node_find(test, STR("skip"));

		trial.test = test;
		trial.test_number = i;
		if (world->kind == NODE_STRING ||
		    node_find(world, STR("files")))
			judge_world(&trial, world, !fails);
	}
	return trial.failures;
}

static size_t try_pack(struct fixture *fixture, str text, size_t *rule_count)
{
	struct document document;
	struct arena arena;
	const struct node *rules;
	size_t failures = 0;

	arena_init(&arena);
	assert_true(document_parse(&document, &arena, text, FORMAT_YAML,
				   &limits_default, &fixture->err));
	rules = node_find(document.roots[0], STR("rules"));
	for (size_t i = 0; rules && i < rules->count; i++) {
		failures +=
			try_rule(fixture, &rules->as.children[i], *rule_count);
		++*rule_count;
	}
	arena_done(&arena);
	return failures;
}

static void every_world_of_every_pack_holds(void **state)
{
	const str folder = STR("policies/");
	size_t failures = 0;
	size_t count = 0;

	for (size_t i = 0; i < embedded_count; i++) {
		str path = str_of(embedded_files[i].path);
		str name = str_slice(path, folder.len, path.len);

		if (str_starts(path, folder) &&
		    str_find_byte(name, '/') == SIZE_MAX)
			failures +=
				try_pack(*state, embedded_find(path), &count);
	}

	assert_true(count >= 11);
	assert_int_equal(failures, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_world_of_every_pack_holds,
						fixture_setup,
						fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
