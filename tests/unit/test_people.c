/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "data/document.h"
#include "lint/people.h"

/* The digest is that of ada@example.org. */
static const char persons[] =
	"id: p-ada\n"
	"git_identities:\n"
	"- {type: email-sha256, value: "
	"cfe00dde46ef942601ffafb9e2825e802858b460e586b8305b344c1eb826357d}\n"
	"- {type: noreply-email, value: 7+Ada@noreply.forge.example}\n"
	"---\n"
	"id: p-bea\n"
	"git_identities:\n"
	"- {type: noreply-email, value: shared@noreply.forge.example}\n"
	"- {type: ssh-fingerprint, value: \"SHA256:abc\"}\n"
	"---\n"
	"id: p-cy\n"
	"git_identities:\n"
	"- {type: noreply-email, value: Shared@noreply.forge.example}\n"
	"---\n"
	"id: p-dee\n";

struct crowd {
	struct arena arena;
	struct source source;
	struct corpus *corpus;
	struct people *people;
};

static int gather(void **state)
{
	static struct crowd crowd;
	struct document document;
	struct error err;

	arena_init(&crowd.arena);
	crowd.source = (struct source){.path = STR("people.yaml")};
	crowd.corpus = corpus_new();
	assert_true(document_parse(&document, &crowd.arena, str_of(persons),
				   FORMAT_YAML, &limits_default, &err));
	for (size_t i = 0; i < document.count; i++)
		corpus_add(
			crowd.corpus,
			&(struct record){
				.source = &crowd.source,
				.kind = STR("person"),
				.id = node_text(document.roots[i], STR("id")),
				.root = document.roots[i],
				.document = (uint32_t)i,
				.valid = true,
			});
	corpus_close(crowd.corpus);
	crowd.people = people_new(crowd.corpus);
	*state = &crowd;
	return 0;
}

static int part(void **state)
{
	struct crowd *crowd = *state;

	people_free(crowd->people);
	corpus_free(crowd->corpus);
	arena_done(&crowd->arena);
	return 0;
}

static void an_address_is_known_by_its_digest_whatever_its_case(void **state)
{
	const struct crowd *crowd = *state;
	static const struct {
		str mail;
		const char *person;
	} rows[] = {
		{STR_INIT("ada@example.org"), "p-ada"},
		{STR_INIT("ADA@Example.org"), "p-ada"},
		{STR_INIT("7+ada@noreply.forge.example"), "p-ada"},
		{STR_INIT("shared@noreply.forge.example"), ""},
		{STR_INIT("SHA256:abc"), ""},
		{STR_INIT("dee@example.org"), ""},
		{STR_INIT(""), ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_true(str_is(people_by_mail(crowd->people, rows[i].mail),
				   rows[i].person));
}

static void a_trailer_names_by_address_else_by_id(void **state)
{
	struct crowd *crowd = *state;
	const struct mailmap *mailmap =
		mailmap_parse(STR("Ada <ada@example.org> <old@example.org>\n"),
			      &crowd->arena);
	static const struct {
		str value;
		const char *person;
	} rows[] = {
		{STR_INIT("Ada <ada@example.org>"), "p-ada"},
		{STR_INIT("Somebody <OLD@example.org>"), "p-ada"},
		{STR_INIT(" p-dee "), "p-dee"},
		{STR_INIT("ada@example.org"), "p-ada"},
		{STR_INIT("p-dee <who@example.org>"), ""},
		{STR_INIT("Ada"), ""},
		{STR_INIT(""), ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_true(str_is(people_by_trailer(crowd->people, mailmap,
						     rows[i].value),
				   rows[i].person));
	assert_true(str_is(people_trailer_mail(mailmap, rows[1].value),
			   "ada@example.org"));
	assert_true(str_is(people_trailer_mail(mailmap, rows[3].value),
			   "ada@example.org"));
	assert_true(str_is(people_trailer_mail(mailmap, rows[2].value), ""));
}

static void a_key_is_known_by_its_fingerprint(void **state)
{
	const struct crowd *crowd = *state;

	assert_true(str_is(people_by_key(crowd->people, STR("SHA256:abc")),
			   "p-bea"));
	assert_true(
		str_is(people_by_key(crowd->people, STR("sha256:abc")), ""));
	assert_true(str_is(people_by_key(crowd->people, STR("")), ""));
	assert_true(str_is(people_by_key(crowd->people,
					 STR("shared@noreply.forge.example")),
			   ""));
}

static void an_address_is_found_in_a_part_of_identities(void **state)
{
	const struct crowd *crowd = *state;
	const struct record *ada =
		corpus_find(crowd->corpus, STR("person"), STR("p-ada"));
	const struct node *list = node_find(ada->root, STR("git_identities"));

	assert_true(people_names(list, STR("Ada@example.org")));
	assert_true(people_names(list, STR("7+ada@noreply.forge.example")));
	assert_true(
		people_names(&list->as.children[0], STR("ada@example.org")));
	assert_false(
		people_names(&list->as.children[1], STR("ada@example.org")));
	assert_false(people_names(list, STR("bea@example.org")));
	assert_false(people_names(list, STR("")));
	assert_false(people_names(NULL, STR("ada@example.org")));
}

static void without_records_nobody_is_known(void **state)
{
	struct people *people = people_new(NULL);

	(void)state;

	assert_true(str_is(people_by_mail(people, STR("ada@example.org")), ""));
	people_free(people);
	people_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			an_address_is_known_by_its_digest_whatever_its_case,
			gather, part),
		cmocka_unit_test_setup_teardown(
			a_trailer_names_by_address_else_by_id, gather, part),
		cmocka_unit_test_setup_teardown(
			a_key_is_known_by_its_fingerprint, gather, part),
		cmocka_unit_test_setup_teardown(
			an_address_is_found_in_a_part_of_identities, gather,
			part),
		cmocka_unit_test(without_records_nobody_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
