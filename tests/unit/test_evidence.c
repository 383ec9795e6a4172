/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lint/evidence.h"

static struct commit_facts commit(unsigned char first, enum signature signature)
{
	return (struct commit_facts){
		.oid = {.bytes = {first}, .len = OID_RAW},
		.signature = signature,
	};
}

static void what_git_was_not_asked_has_no_verdict(void **state)
{
	const struct signature_check check = {.verdict = SIGNATURE_GOOD};
	struct commit_facts asked = commit(1, SIGNATURE_SSH);
	struct commit_facts other = commit(2, SIGNATURE_SSH);
	struct commit_facts unsigned_one = commit(1, SIGNATURE_NONE);
	struct evidence evidence;

	(void)state;
	evidence_init(&evidence);
	evidence_add(&evidence, &asked, &check);
	assert_ptr_equal(evidence_check(&evidence, &asked), &check);
	assert_null(evidence_check(&evidence, &other));
	assert_null(evidence_check(&evidence, &unsigned_one));
	assert_null(evidence_check(NULL, &asked));
	assert_null(evidence_proof(&evidence, &other).verdict);
	evidence_done(&evidence);
}

static void an_answer_becomes_a_proof(void **state)
{
	const struct signature_check check = {
		.verdict = SIGNATURE_GOOD,
		.signer = STR_INIT("ada@example.org"),
		.key = STR_INIT("short"),
		.fingerprint = STR_INIT("SHA256:abc"),
		.other = true,
		.backdating = true,
		.ended = true,
		.end = {.seconds = 5},
	};
	struct commit_facts facts = commit(1, SIGNATURE_SSH);
	struct evidence evidence;
	struct proof proof;

	(void)state;
	evidence_init(&evidence);
	evidence_add(&evidence, &facts, &check);
	proof = evidence_proof(&evidence, &facts);
	assert_string_equal(proof.verdict, "good");
	assert_true(str_is(proof.key, "SHA256:abc"));
	assert_true(str_is(proof.principal, "ada@example.org"));
	assert_true(proof.other && proof.ended);
	assert_int_equal(proof.end.seconds, 5);
	evidence_done(&evidence);
}

static void each_letter_of_git_has_a_word(void **state)
{
	static const struct {
		enum signature_verdict verdict;
		const char *word;
	} rows[] = {
		{SIGNATURE_GOOD, "good"},
		{SIGNATURE_UNTRUSTED, "untrusted"},
		{SIGNATURE_BAD, "bad"},
		{SIGNATURE_EXPIRED, "expired"},
		{SIGNATURE_KEY_EXPIRED, "expired"},
		{SIGNATURE_KEY_REVOKED, "revoked"},
		{SIGNATURE_UNCHECKED, "unchecked"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_string_equal(evidence_word(rows[i].verdict),
				    rows[i].word);
		assert_true(evidence_is_word(str_of(rows[i].word)));
	}
	assert_false(evidence_is_word(STR("verified")));
	assert_false(evidence_is_word(STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_git_was_not_asked_has_no_verdict),
		cmocka_unit_test(an_answer_becomes_a_proof),
		cmocka_unit_test(each_letter_of_git_has_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
