/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include "git/mailmap.h"

static const char text[] =
	"# proper names\n"
	"\n"
	"Ada Lovelace <ada@example.org>\n"
	"<bob@new.example> <BOB@old.example>\n"
	"Cy Proper <cy@new.example> <cy@old.example>\n"
	"Dan One <dan@new.example> Dan <shared@example.org>\n"
	"Eve One <eve@new.example> eve <shared@example.org>\n"
	"Somebody Else <shared@example.org>\n"
	"First <again@example.org>\n"
	"Second <again@example.org>\n"
	"Later Name <late@example.org>\n"
	"<later@new.example> <late@example.org>\n"
	"Named Only <n@new.example> Known <only@example.org>\n"
	"No Address <> <empty@example.org>\n"
	"  Spaces   Inside\t <spaces@example.org> trailing words\n"
	"Nobody <nobody@new.example> <>\n"
	"\xc3\x84rzte <umlaut@example.org>\r\n"
	"no address at all\n"
	"Unclosed <x@example.org\n"
	"  # no comment <hash@example.org>\n"
	"Old Key <k@new.example> \xc3\x84 <upper@example.org>\n"
	"Last <last@example.org>";

static void identities_map_as_git_maps_them(void **state)
{
	static const char *const contacts[] = {
		"Ada <ada@example.org>",
		"Ada <ADA@Example.ORG>",
		"ada <ada@example.org2>",
		"Bob <bob@old.example>",
		"Cy <cy@old.example>",
		"Cy <Cy@Old.Example>",
		"Dan <shared@example.org>",
		"DAN <SHARED@example.org>",
		"Eve <shared@example.org>",
		"Fay <shared@example.org>",
		"Gus <again@example.org>",
		"Hal <late@example.org>",
		"Known <only@example.org>",
		"Unknown <only@example.org>",
		"X <empty@example.org>",
		"X <spaces@example.org>",
		"X <>",
		"X <umlaut@example.org>",
		"X <x@example.org>",
		"X <hash@example.org>",
		"\xc3\x84 <upper@example.org>",
		"\xc3\xa4 <upper@example.org>",
		"X <last@example.org>",
		"X <nowhere@example.org>",
	};
	struct fixture *fixture = *state;
	struct mailmap *mailmap = mailmap_parse(str_of(text), &fixture->arena);

	fixture_basic(fixture);
	fixture_write(fixture, "r/.mailmap", text);

	for (size_t i = 0; i < sizeof(contacts) / sizeof(*contacts); i++) {
		struct ident ident = ident_parse(str_of(contacts[i]));
		struct identity found = mailmap_find(
			mailmap, (struct identity){ident.name, ident.email});
		char *ours = arena_cstr(&fixture->arena,
					str_format(&fixture->arena,
						   STR_FMT "%s<" STR_FMT ">",
						   STR_ARG(found.name),
						   found.name.len ? " " : "",
						   STR_ARG(found.email)));

		assert_string_equal(
			ours, GIT(fixture, "r", "check-mailmap", contacts[i]));
	}
}

static void lines_that_cannot_be_read_are_counted(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(
		mailmap_unread(mailmap_parse(str_of(text), &fixture->arena)),
		3);
	assert_int_equal(
		mailmap_unread(mailmap_parse(STR(""), &fixture->arena)), 0);
}

static void without_a_map_an_identity_stays(void **state)
{
	struct identity identity = {STR("Ada"), STR("ada@example.org")};

	(void)state;
	identity = mailmap_find(NULL, identity);

	assert_true(str_is(identity.name, "Ada"));
	assert_true(str_is(identity.email, "ada@example.org"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(identities_map_as_git_maps_them,
						fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(
			lines_that_cannot_be_read_are_counted, fixture_setup,
			fixture_teardown),
		cmocka_unit_test(without_a_map_an_identity_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
