/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include "git/commit_facts.h"

static struct commit_facts facts_of(struct fixture *fixture,
				    const char *headers, str message,
				    const struct mailmap *mailmap)
{
	const struct oid oid = {.len = OID_RAW};
	struct commit_facts facts;
	str bytes = str_format(
		&fixture->arena,
		"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
		"parent 0123456789012345678901234567890123456789\n%s\n",
		headers);
	struct buf whole;

	buf_init(&whole, 1 << 16);
	buf_add(&whole, bytes);
	buf_add(&whole, message);
	bytes = str_keep(&fixture->arena, buf_str(&whole));
	buf_done(&whole);
	if (!commit_facts_of(&facts, &oid, bytes, mailmap, &fixture->arena,
			     &fixture->err))
		fail_msg("%s", fixture->err.text);
	return facts;
}

#define PEOPLE                                  \
	"author Ada <OLD@x> 1700000000 +0100\n" \
	"committer Bob <bob@x> 1700000100 -0330\n"

#define assert_str(s, wanted)                                  \
	do {                                                   \
		assert_int_equal((s).len, sizeof(wanted) - 1); \
		assert_memory_equal((s).ptr, wanted, (s).len); \
	} while (0)

static void names_are_those_of_the_mailmap_and_the_raw_ones_stay(void **state)
{
	struct fixture *fixture = *state;
	const struct mailmap *mailmap =
		mailmap_parse(STR("Ada Lovelace <ada@example.org> <old@x>\n"),
			      &fixture->arena);
	struct commit_facts facts = facts_of(
		fixture, PEOPLE,
		STR("\n \n A subject \nmore\n\nReviewed-by: Cy\n"), mailmap);

	assert_str(facts.author_is.name, "Ada Lovelace");
	assert_str(facts.author_is.email, "ada@example.org");
	assert_str(facts.author.raw, "Ada <OLD@x> 1700000000 +0100");
	assert_str(facts.committer_is.name, "Bob");
	assert_int_equal(facts.author_when.seconds, 1700000000);
	assert_int_equal(facts.when.seconds, 1700000100);
	assert_int_equal(facts.committer.offset, -(3 * 60 + 30) * 60);
	assert_str(facts.subject, "A subject");
	assert_int_equal(facts.parent_count, 1);
	assert_int_equal(facts.trailer_count, 1);
	assert_str(facts.trailers[0].key, "Reviewed-by");
	assert_str(facts.trailers[0].value, "Cy");
	assert_int_equal(facts.signature, SIGNATURE_NONE);
	assert_null(facts.malformed);
}

static void text_becomes_utf_8(void **state)
{
	static const struct {
		const char *header; /* or NULL */
		const char *written;
		const char *read;
		bool odd;
	} rows[] = {
		{NULL, "p\xc3\xa4iv\xc3\xa4", "p\xc3\xa4iv\xc3\xa4", false},
		{NULL, "p\xe4", "p\xef\xbf\xbd", true},
		{NULL, "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
		 true},
		{"UTF-8", "\xc3\xa4", "\xc3\xa4", false},
		{"ISO-8859-1", "p\xe4\xa4", "p\xc3\xa4\xc2\xa4", false},
		{"latin1", "\xe4", "\xc3\xa4", false},
		{"iso8859-15", "\xa4\xe4", "\xe2\x82\xac\xc3\xa4", false},
		{"CP1252", "\x93q\x94", "\xe2\x80\x9cq\xe2\x80\x9d", false},
		{"windows-1252", "\x81", "\xef\xbf\xbd", true},
		{"EUC-JP", "plain", "plain", false},
		{"EUC-JP", "a\xb0\xa1", "a\xef\xbf\xbd\xef\xbf\xbd", true},
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char headers[256];
		char message[64];
		struct commit_facts facts;

		(void)snprintf(headers, sizeof(headers),
			       "author %s <a@x> 1 +0000\n"
			       "committer %s <a@x> 1 +0000\n%s%s%s",
			       rows[i].written, rows[i].written,
			       rows[i].header ? "encoding " : "",
			       rows[i].header ? rows[i].header : "",
			       rows[i].header ? "\n" : "");
		(void)snprintf(message, sizeof(message), "%s\n",
			       rows[i].written);
		facts = facts_of(fixture, headers, str_of(message), NULL);
		assert_true(str_is(facts.subject, rows[i].read));
		assert_true(str_is(facts.author_is.name, rows[i].read));
		assert_true(str_is(facts.author.name, rows[i].written));
		assert_int_equal(facts.malformed != NULL, rows[i].odd);
	}
}

static void latin_text_reads_as_git_shows_it(void **state)
{
	struct fixture *fixture = *state;
	char bytes[] = "x\n\n- -\n";
	char *shown;

	fixture_basic(fixture);
	/* One in eleven is enough: starting git takes its time. */
	for (unsigned c = 0xa0; c < 0x100; c += 11) {
		struct commit_facts facts;

		bytes[3] = (char)c;
		fixture_write_bytes(fixture, "message", str_of(bytes));
		(void)GIT(fixture, "r", "-c", "i18n.commitEncoding=ISO-8859-15",
			  "commit", "-q", "--allow-empty", "--cleanup=verbatim",
			  "-F", "../message");
		shown = GIT(fixture, "r", "log", "-1", "--format=%b");
		facts = facts_of(fixture, PEOPLE "encoding ISO-8859-15\n",
				 str_of(bytes), NULL);
		assert_true(str_is(
			str_slice(facts.message, 3, facts.message.len - 1),
			shown));
	}
}

static void what_stands_behind_a_nul_is_no_claim(void **state)
{
	struct fixture *fixture = *state;
	struct commit_facts facts =
		facts_of(fixture, PEOPLE,
			 STR("seen\n\nA: b\n\0\nReviewed-by: Eve\n"), NULL);

	assert_int_equal(facts.trailer_count, 1);
	assert_str(facts.trailers[0].key, "A");
	assert_str(facts.subject, "seen");
	assert_non_null(facts.malformed);
}

static void the_kind_of_a_signature_is_told(void **state)
{
	static const struct {
		const char *header;
		enum signature signature;
	} rows[] = {
		{"gpgsig -----BEGIN SSH SIGNATURE-----\n x\n", SIGNATURE_SSH},
		{"gpgsig -----BEGIN PGP SIGNATURE-----\n x\n", SIGNATURE_PGP},
		{"gpgsig -----BEGIN PGP MESSAGE-----\n x\n", SIGNATURE_PGP},
		{"gpgsig -----BEGIN SIGNED MESSAGE-----\n x\n", SIGNATURE_X509},
		{"gpgsig-sha256 -----BEGIN PGP SIGNATURE-----\n x\n",
		 SIGNATURE_PGP},
		{"gpgsig something\n", SIGNATURE_OTHER},
		{"gpgsig\n", SIGNATURE_OTHER},
		{"mergetag -----BEGIN PGP SIGNATURE-----\n x\n",
		 SIGNATURE_NONE},
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char headers[256];

		(void)snprintf(headers, sizeof(headers), "%s%s", PEOPLE,
			       rows[i].header);
		assert_int_equal(
			facts_of(fixture, headers, STR("\n"), NULL).signature,
			rows[i].signature);
	}
}

static void what_is_no_commit_is_an_error_with_its_name(void **state)
{
	struct fixture *fixture = *state;
	struct commit_facts facts;
	struct repo *repo;
	struct oid oid;
	char *name;

	fixture_basic(fixture);
	fixture_write(fixture, "raw", "tree 0123\n\nno\n");
	name = GIT(fixture, "r", "hash-object", "-t", "commit", "-w",
		   "--literally", "../raw");
	repo = fixture_open(fixture, "r");
	assert_true(oid_parse(&oid, str_of(name)));
	assert_false(commit_facts_read(&facts, repo_reader(repo), &oid, NULL,
				       &fixture->arena, &fixture->err));
	assert_error(fixture, name);
	assert_error(fixture, "its tree is no object name");
	repo_close(repo);
}

static void facts_are_read_by_name(void **state)
{
	struct fixture *fixture = *state;
	struct commit_facts facts;
	struct repo *repo;
	struct oid oid;

	fixture_basic(fixture);
	repo = fixture_open(fixture, "r");
	assert_true(oid_parse(&oid,
			      str_of(GIT(fixture, "r", "rev-parse", "HEAD"))));
	assert_true(commit_facts_read(&facts, repo_reader(repo), &oid, NULL,
				      &fixture->arena, &fixture->err));
	assert_true(oid_equal(&facts.oid, &oid));
	assert_str(facts.author_is.email, "ada@example.org");
	assert_str(facts.subject, "first");
	repo_close(repo);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(names_are_those_of_the_mailmap_and_the_raw_ones_stay),
		TEST(text_becomes_utf_8),
		TEST(latin_text_reads_as_git_shows_it),
		TEST(what_stands_behind_a_nul_is_no_claim),
		TEST(the_kind_of_a_signature_is_told),
		TEST(what_is_no_commit_is_an_error_with_its_name),
		TEST(facts_are_read_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
