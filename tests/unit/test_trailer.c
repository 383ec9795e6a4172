/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include "git/trailer.h"

#define SCISSORS "# ------------------------ >8 ------------------------\n"

static const char *const messages[] = {
	"",
	"title\n",
	"Key: value\n",
	"title\n\nKey: value\n",
	"title\n\nKey: value",
	"title\nKey: value\n",
	"title\n\nReviewed-by: Ada <a@x>\nTicket: 7\n",
	"title\n\nReviewed-by: Ada\n  <a@x>\n\tand more\nTicket: 7\n",
	"title\n\nbody\n\nKey: value\n\n\n",
	"title\n\nbody\nKey: value\n",
	"title\n\nbody\nSigned-off-by: Ada <a@x>\n",
	"title\n\na\nb\nc\nSigned-off-by: Ada <a@x>\n",
	"title\n\na\nb\nc\nd\nSigned-off-by: Ada <a@x>\n",
	"title\n\na\nSigned-off-by: Ada <a@x>\nA: b\n",
	"title\n\n(cherry picked from commit 1234)\n",
	"title\n\nwords\n(cherry picked from commit 1234)\nA: b\n",
	"title\n\nKey : value\nA-b: c\n",
	"title\n\nKey\t: value\n",
	"title\n\nTwo words: value\n",
	"title\n\nhttps://example.org: x\n",
	"title\n\n: value\n",
	"title\n\nKey:\n",
	"title\n\nKey:value:more\n",
	"title\n\nA: b\n---\nC: d\n",
	"title\n\nA: b\n\nC: d\n",
	"title\n\nA: b\n \t\nC: d\n",
	"title\n\n folded: first\nA: b\n",
	"title\n\nA: b\n  \n",
	"title\n\nA: b\nConflicts:\n\tfile\n\tother\n",
	"title\n\nA: b\n\nConflicts:\n\tfile\n\nC: d\n",
	"title\n\nA: b\n\nConflicts:\n\tfile\nnot a path\n",
	"title\n\nA: b\n# a comment\nC: d\n",
	"title\n\nA: b\n# a comment\n",
	"title\n\nwords\n# a comment\n folded\nSigned-off-by: x\n",
	"title\n\nA: b\n" SCISSORS "C: d\n",
	"\n\n title\n\nA: b\n",
	"title\r\n\r\nA: b\r\nC: d\r\n",
	"title\n\nA: b\n\n\v\n",
	"title\n\nKey-\xc3\xa4: value\n",
	"title\n\nSigned-off-by:x\nwords\n",
	"# comment\ntitle\n\nA: b\n",
	"title\n\nA: b\n words\nwords\n  more\nSigned-off-by: x\n",
};

/* "key: value" of each, a line each. */
static char *ours(struct fixture *fixture, str message)
{
	size_t count;
	const struct trailer *trailers =
		trailers_parse(&count, message, &fixture->arena);
	struct buf text;
	char *kept;

	buf_init(&text, 1 << 20);
	for (size_t i = 0; i < count; i++) {
		buf_add(&text, trailers[i].key);
		buf_add(&text, STR(": "));
		buf_add(&text, trailers[i].value);
		buf_byte(&text, '\n');
	}
	kept = arena_cstr(&fixture->arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

/* What git prints for the trailers of a message. */
static char *theirs(struct fixture *fixture, str message)
{
	char *commit;
	char *text;
	size_t len;

	fixture_write_bytes(fixture, "message", message);
	commit = GIT(fixture, "r", "hash-object", "-t", "commit", "-w",
		     "../message");
	(void)GIT(fixture, "r", "log", "-1", "--format=%(trailers:only,unfold)",
		  commit);
	text = fixture_read(fixture, "out");
	len = strlen(text);
	if (len && text[len - 1] == '\n')
		text[len - 1] = '\0'; /* the one that ends the format */
	return text;
}

static str commit_of(struct fixture *fixture, const char *message)
{
	return str_format(&fixture->arena,
			  "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
			  "author A <a@x> 1700000000 +0000\n"
			  "committer A <a@x> 1700000000 +0000\n\n%s",
			  message);
}

static void trailers_are_those_git_sees(void **state)
{
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		str message = str_of(messages[i]);

		assert_string_equal(
			ours(fixture, message),
			theirs(fixture, commit_of(fixture, messages[i])));
	}
}

/* Messages of lines that matter to the search, in every order. */
static void trailers_of_made_up_messages_are_those_git_sees(void **state)
{
	static const char *const lines[] = {
		"words\n",
		"\n",
		"Key: value\n",
		" folded\n",
		"# note\n",
		"Two b: c\n",
		"\t\n",
		"Signed-off-by: Ada <a@x>\n",
		"Conflicts:\n",
		"\tpath\n",
		"(cherry picked from commit 12)\n",
	};
	struct fixture *fixture = *state;
	uint32_t random = 1;

	fixture_basic(fixture);
	for (size_t i = 0; i < 300; i++) {
		char message[256] = "title\n\n";
		size_t count;

		random = random * 1664525 + 1013904223;
		count = 1 + (random >> 24) % 8;
		for (size_t k = 0; k < count; k++) {
			random = random * 1664525 + 1013904223;
			strcat(message,
			       lines[(random >> 20) %
				     (sizeof(lines) / sizeof(*lines))]);
		}
		assert_string_equal(
			ours(fixture, str_of(message)),
			theirs(fixture, commit_of(fixture, message)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(trailers_are_those_git_sees,
						fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(
			trailers_of_made_up_messages_are_those_git_sees,
			fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
