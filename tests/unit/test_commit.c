/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "git/parse.h"

#define HEX "0123456789abcdef0123456789abcdef01234567"
#define WHO " Ada <ada@example.org> 1700000000 +0130\n"

static void a_commit_is_taken_apart(void **state)
{
	str text = STR("tree " HEX "\nparent " HEX "\nparent " HEX
		       "\nauthor" WHO "committer Bob <b@x> 5 -0030\n"
		       "encoding ISO-8859-1\ngpgsig -----BEGIN\n \n end\n"
		       "\nsubject\n\nbody\n");
	struct commit commit;
	struct arena arena;
	struct error err;
	(void)state;

	arena_init(&arena);
	assert_true(commit_parse(&commit, text, &arena, &err));
	assert_int_equal(commit.parents_count, 2);
	assert_int_equal(commit.tree.bytes[0], 0x01);
	assert_true(str_is(commit.author.name, "Ada"));
	assert_true(str_is(commit.author.email, "ada@example.org"));
	assert_true(commit.author.dated);
	assert_int_equal(commit.author.when.seconds, 1700000000);
	assert_int_equal(commit.author.offset, 5400);
	assert_int_equal(commit.committer.offset, -1800);
	assert_true(str_is(commit.encoding, "ISO-8859-1"));
	assert_true(commit.has_signature);
	assert_true(str_is(commit.message, "subject\n\nbody\n"));
	assert_null(commit.malformed);
	arena_done(&arena);
}

static void what_is_odd_is_told_and_ends_nothing(void **state)
{
	static const struct {
		str text;
		const char *malformed;
	} rows[] = {
		{STR_INIT("tree " HEX "\nauthor nobody\ncommitter" WHO "\n"),
		 "its author is malformed"},
		{STR_INIT("tree " HEX "\nauthor" WHO "committer x\n\n"),
		 "its committer is malformed"},
		{STR_INIT("tree " HEX "\nauthor" WHO "committer" WHO
			  "author" WHO "\n"),
		 "a header comes twice"},
		{STR_INIT("tree " HEX "\nauthor" WHO "committer" WHO "\na\0b"),
		 "its message holds a NUL"},
		{STR_INIT("tree " HEX "\nauthor" WHO "committer" WHO
			  "encoding a\nencoding b\n\n"),
		 "it has two encodings"},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct commit commit;
		struct arena arena;
		struct error err;

		arena_init(&arena);
		assert_true(commit_parse(&commit, rows[i].text, &arena, &err));
		assert_string_equal(commit.malformed, rows[i].malformed);
		arena_done(&arena);
	}
}

static void a_commit_without_its_bones_is_refused(void **state)
{
	static const str rows[] = {
		STR_INIT(""),
		STR_INIT("tree " HEX),
		STR_INIT("tree xyz\nauthor" WHO "committer" WHO "\n"),
		STR_INIT("author" WHO "committer" WHO "\n"),
		STR_INIT("tree " HEX "\nparent 12\nauthor" WHO "committer" WHO
			 "\n"),
		STR_INIT("tree " HEX "\ncommitter" WHO "author" WHO "\n"),
		STR_INIT("tree " HEX "\nauthor" WHO "\n"),
		STR_INIT("tree " HEX "\nauthor" WHO "committer" WHO
			 "gpgsig cut"),
		STR_INIT("tree " HEX " \nauthor" WHO "committer" WHO "\n"),
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct commit commit;
		struct arena arena;
		struct error err;

		arena_init(&arena);
		assert_false(commit_parse(&commit, rows[i], &arena, &err));
		assert_int_equal(err.kind, ERROR_GIT);
		arena_done(&arena);
	}
}

static void identities_are_split_as_git_does(void **state)
{
	static const struct {
		const char *raw, *name, *email, *date, *malformed;
	} rows[] = {
		{"A B <a@b> 5 +0000", "A B", "a@b", "5", NULL},
		{" <a@b> 5 +0000", "", "a@b", "5", NULL},
		{"Boss <boss@corp> <mal@x> 5 +0000", "Boss", "boss@corp", "5",
		 "it has more than one address"},
		{"A <a>b@x> 5 +0000", "A", "a", "5",
		 "it has more than one address"},
		{"A a@b 5 +0000", NULL, NULL, NULL, "it has no address in < >"},
		{"A <a@b 5 +0000", "A", NULL, NULL,
		 "its address does not end with >"},
		{"A <a@b>", "A", "a@b", NULL, "it has no date"},
		{"A <a@b> 18446744073709551616 +0000", "A", "a@b",
		 "18446744073709551616",
		 "its date is not a time of 1970 to 9999"},
		{"A <a@b> -1 +0000", "A", "a@b", "-1",
		 "its date is not a time of 1970 to 9999"},
		{"A <a@b> 253402300800 +0000", "A", "a@b", "253402300800",
		 "its date is not a time of 1970 to 9999"},
		{"A <a@b> 5 -9999", "A", "a@b", "5",
		 "its time zone is not one"},
		{"A <a@b> 5", "A", "a@b", "5", "its time zone is not one"},
		{"A<a@b> 5 +0000", "A", "a@b", "5",
		 "no space stands before its address"},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct ident ident = ident_parse(str_of(rows[i].raw));

		assert_true(str_equal(ident.name, str_of(rows[i].name)));
		assert_true(str_equal(ident.email, str_of(rows[i].email)));
		assert_true(str_equal(ident.date, str_of(rows[i].date)));
		if (rows[i].malformed)
			assert_string_equal(ident.malformed, rows[i].malformed);
		else
			assert_null(ident.malformed);
	}
}

static void a_tag_is_taken_apart(void **state)
{
	str text = STR("object " HEX "\ntype commit\ntag v1\ntagger" WHO
		       "\nnotes\n-----BEGIN SSH SIGNATURE-----\n");
	struct tag tag;
	struct error err;
	(void)state;

	assert_true(tag_parse(&tag, text, &err));
	assert_int_equal(tag.kind, OBJECT_COMMIT);
	assert_true(str_is(tag.name, "v1"));
	assert_true(str_is(tag.tagger.name, "Ada"));
	assert_true(tag.has_signature);
	assert_true(tag_parse(
		&tag, STR("object " HEX "\ntype tag\ntag old\n\nx"), &err));
	assert_null(tag.tagger.raw.ptr);
	assert_false(tag.has_signature);
	assert_false(tag_parse(&tag, STR("object " HEX "\ntype x\ntag y\n\n"),
			       &err));
	assert_false(
		tag_parse(&tag, STR("object 1\ntype tag\ntag y\n\n"), &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_commit_is_taken_apart),
		cmocka_unit_test(what_is_odd_is_told_and_ends_nothing),
		cmocka_unit_test(a_commit_without_its_bones_is_refused),
		cmocka_unit_test(identities_are_split_as_git_does),
		cmocka_unit_test(a_tag_is_taken_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
