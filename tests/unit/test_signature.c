/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include "git/signature.h"

enum { SECONDS = 60 };

/* 2026-11-22; the fixture's commits are of 2023-11-14. */
static const struct instant now = {.seconds = 1795305600};

/* Makes the key `name` and returns its public half. */
static char *make_key(struct fixture *fixture, const char *name)
{
	char *alias = arena_cstr(
		&fixture->arena,
		str_format(&fixture->arena,
			   "alias.key=!ssh-keygen -q -t ed25519 -N '' -C x -f "
			   "%s/%s",
			   fixture->dir, name));
	char *file = arena_cstr(&fixture->arena,
				str_format(&fixture->arena, "%s.pub", name));

	if (access("/usr/bin/ssh-keygen", X_OK) != 0)
		skip();
	(void)GIT(fixture, "r", "-c", alias, "key");
	file = fixture_read(fixture, file);
	file[strcspn(file, "\n")] = '\0';
	return file;
}

static void signed_commit(struct fixture *fixture, const char *key)
{
	char *setting =
		arena_cstr(&fixture->arena,
			   str_format(&fixture->arena, "user.signingKey=%s/%s",
				      fixture->dir, key));

	(void)GIT(fixture, "r", "-c", "gpg.format=ssh", "-c", setting, "commit",
		  "-q", "-S", "--allow-empty", "-m", "signed");
}

/* What is said of a revision, given a file of signers. */
static struct signature_check check_of(struct fixture *fixture,
				       const char *revision,
				       const char *signers)
{
	struct repo *repo = fixture_open(fixture, "r");
	const struct signature_check *checks;
	struct signature_check check;
	struct commit_facts facts;
	const struct commit_facts *commits[] = {&facts, &facts};
	struct signature_plan plan = {
		.commits = commits,
		.count = 2,
		.signers = str_of(signers),
		.path = ".:/usr/local/bin:/usr/bin:/bin",
		.now = now,
		.seconds = SECONDS,
	};
	struct oid oid;

	if (signers) {
		fixture_write(fixture, "signers", signers);
		plan.signers_path = fixture_path(fixture, "signers");
	}
	assert_true(
		revision_commit(&oid, repo, str_of(revision), &fixture->err));
	assert_true(commit_facts_read(&facts, repo_reader(repo), &oid, NULL,
				      &fixture->arena, &fixture->err));
	if (!signatures_verify(&checks, repo, &plan, &fixture->arena,
			       &fixture->err))
		fail_msg("%s", fixture->err.text);
	check = checks[0];
	assert_int_equal(checks[1].verdict, check.verdict);
	repo_close(repo);
	return check;
}

static const char *line(struct fixture *fixture, const char *before,
			const char *key)
{
	return arena_cstr(&fixture->arena,
			  str_format(&fixture->arena, "# signers\n\n%s %s\n",
				     before, key));
}

static void a_known_key_signs_well(void **state)
{
	struct fixture *fixture = *state;
	struct signature_check check;
	char *key;

	fixture_basic(fixture);
	key = make_key(fixture, "k");
	signed_commit(fixture, "k");

	check = check_of(fixture, "HEAD",
			 line(fixture, "bob@example.org", key));
	assert_int_equal(check.verdict, SIGNATURE_GOOD);
	assert_true(str_is(check.signer, "bob@example.org"));
	assert_true(str_starts(check.fingerprint, STR("SHA256:")));
	assert_false(check.other);
	assert_false(check.backdating);
	assert_int_equal(check_of(fixture, "HEAD~1", NULL).verdict,
			 SIGNATURE_ABSENT);
}

static void a_signer_who_is_not_the_committer_is_told(void **state)
{
	struct fixture *fixture = *state;
	struct signature_check check;
	char *key;

	fixture_basic(fixture);
	key = make_key(fixture, "k");
	signed_commit(fixture, "k");

	check = check_of(fixture, "HEAD",
			 line(fixture, "mallory@example.org", key));
	assert_int_equal(check.verdict, SIGNATURE_GOOD);
	assert_true(check.other);
}

static void a_key_that_nobody_vouches_for_is_not_good(void **state)
{
	struct fixture *fixture = *state;
	char *other;

	fixture_basic(fixture);
	(void)make_key(fixture, "k");
	other = make_key(fixture, "o");
	signed_commit(fixture, "k");

	assert_int_equal(check_of(fixture, "HEAD",
				  line(fixture, "bob@example.org", other))
				 .verdict,
			 SIGNATURE_UNTRUSTED);
	assert_int_equal(check_of(fixture, "HEAD", NULL).verdict,
			 SIGNATURE_UNTRUSTED);
}

static void a_date_within_the_time_of_an_expired_key_proves_nothing(
	void **state)
{
	static const struct {
		const char *options;
		enum signature_verdict verdict;
		bool backdating;
	} rows[] = {
		{"bob@example.org valid-before=\"20240101\"", SIGNATURE_GOOD,
		 true},
		{"bob@example.org valid-before=\"20270101\"", SIGNATURE_GOOD,
		 false},
		{"bob@example.org namespaces=\"git,file\",valid-after="
		 "\"20200101\",valid-before=\"202401010000\"",
		 SIGNATURE_GOOD, true},
		{"bob@example.org namespaces=\"git\"", SIGNATURE_GOOD, false},
		{"bob@example.org valid-before=\"20230101\"",
		 SIGNATURE_UNTRUSTED, false},
	};
	struct fixture *fixture = *state;
	char *key;

	fixture_basic(fixture);
	key = make_key(fixture, "k");
	signed_commit(fixture, "k");

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct signature_check check = check_of(
			fixture, "HEAD", line(fixture, rows[i].options, key));

		assert_int_equal(check.verdict, rows[i].verdict);
		assert_int_equal(check.backdating, rows[i].backdating);
		assert_int_equal(check.ended, rows[i].backdating);
	}
}

static void changed_bytes_are_bad(void **state)
{
	struct fixture *fixture = *state;
	char *key;
	char *raw;
	char *at;

	fixture_basic(fixture);
	key = make_key(fixture, "k");
	signed_commit(fixture, "k");
	(void)GIT(fixture, "r", "cat-file", "commit", "HEAD");
	raw = fixture_read(fixture, "out");
	at = strstr(raw, "\nsigned");
	assert_non_null(at);
	at[1] = 'S';
	fixture_write(fixture, "raw", raw);
	(void)GIT(fixture, "r", "update-ref", "HEAD",
		  GIT(fixture, "r", "hash-object", "-t", "commit", "-w",
		      "../raw"));

	assert_int_equal(
		check_of(fixture, "HEAD", line(fixture, "bob@example.org", key))
			.verdict,
		SIGNATURE_BAD);
}

static void a_signature_that_git_makes_nothing_of_is_unchecked(void **state)
{
	struct fixture *fixture = *state;
	str raw;

	fixture_basic(fixture);
	raw = str_format(
		&fixture->arena,
		"tree %s\nauthor A <a@x> 1 +0000\ncommitter A <a@x> 1 +0000\n"
		"gpgsig -----BEGIN PGP SIGNATURE-----\n \n iHUEABYKAB0=\n "
		"-----END PGP SIGNATURE-----\n\nm\n",
		GIT(fixture, "r", "rev-parse", "HEAD^{tree}"));
	fixture_write_bytes(fixture, "raw", raw);
	(void)GIT(fixture, "r", "update-ref", "HEAD",
		  GIT(fixture, "r", "hash-object", "-t", "commit", "-w",
		      "../raw"));

	assert_int_equal(check_of(fixture, "HEAD", NULL).verdict,
			 SIGNATURE_UNCHECKED);
}

static void the_configuration_of_the_repository_starts_nothing(void **state)
{
	struct fixture *fixture = *state;
	char *evil;
	char *key;

	fixture_basic(fixture);
	key = make_key(fixture, "k");
	(void)make_key(fixture, "o");
	signed_commit(fixture, "o");
	evil = fixture_path(fixture, "evil");
	fixture_write(fixture, "evil",
		      arena_cstr(&fixture->arena,
				 str_format(&fixture->arena,
					    "#!/bin/sh\ntouch %s/started\n"
					    "echo 'Good \"git\" signature for "
					    "bob@example.org with X key "
					    "SHA256:x'\n",
					    fixture->dir)));
	assert_int_equal(chmod(evil, 0755), 0);
	(void)GIT(fixture, "r", "config", "gpg.ssh.program", evil);
	(void)GIT(fixture, "r", "config", "gpg.program", evil);
	(void)GIT(fixture, "r", "config", "core.pager", evil);
	(void)GIT(fixture, "r", "config", "core.fsmonitor", evil);
	(void)GIT(fixture, "r", "config", "log.showSignature", "true");
	(void)GIT(fixture, "r", "config", "gpg.ssh.allowedSignersFile",
		  "/dev/stdin");

	assert_int_equal(
		check_of(fixture, "HEAD", line(fixture, "bob@example.org", key))
			.verdict,
		SIGNATURE_UNTRUSTED);
	assert_int_not_equal(access(fixture_path(fixture, "started"), F_OK), 0);
}

static void without_git_no_signature_is_good(void **state)
{
	struct fixture *fixture = *state;
	struct commit_facts facts = {.signature = SIGNATURE_SSH};
	const struct commit_facts *commits[] = {&facts};
	struct signature_plan plan = {
		.commits = commits,
		.count = 1,
		.path = "/nowhere",
		.seconds = SECONDS,
	};
	const struct signature_check *checks = NULL;
	struct repo *repo;

	fixture_basic(fixture);
	repo = fixture_open(fixture, "r");
	assert_false(signatures_verify(&checks, repo, &plan, &fixture->arena,
				       &fixture->err));
	assert_error(fixture, "git is not in any absolute folder of PATH");

	/* A commit that is not there. */
	plan.path = "/usr/local/bin:/usr/bin:/bin";
	facts.oid.len = OID_RAW;
	assert_false(signatures_verify(&checks, repo, &plan, &fixture->arena,
				       &fixture->err));
	assert_error(fixture, "git did not verify the signatures");
	assert_null(checks);
	repo_close(repo);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_known_key_signs_well),
		TEST(a_signer_who_is_not_the_committer_is_told),
		TEST(a_key_that_nobody_vouches_for_is_not_good),
		TEST(a_date_within_the_time_of_an_expired_key_proves_nothing),
		TEST(changed_bytes_are_bad),
		TEST(a_signature_that_git_makes_nothing_of_is_unchecked),
		TEST(the_configuration_of_the_repository_starts_nothing),
		TEST(without_git_no_signature_is_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
