/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/evidence.h"

static const struct {
	enum signature_verdict verdict;
	const char *word;
} words[] = {
	{SIGNATURE_GOOD, "good"},
	{SIGNATURE_UNTRUSTED, "untrusted"},
	{SIGNATURE_BAD, "bad"},
	{SIGNATURE_EXPIRED, "expired"},
	{SIGNATURE_KEY_EXPIRED, "expired"},
	{SIGNATURE_KEY_REVOKED, "revoked"},
	{SIGNATURE_UNCHECKED, "unchecked"},
};

void evidence_init(struct evidence *evidence)
{
	*evidence = (struct evidence){0};
	map_init(&evidence->checks);
}

void evidence_done(struct evidence *evidence)
{
	map_done(&evidence->checks);
}

static str name_of(const struct commit_facts *facts)
{
	return str_make((const char *)facts->oid.bytes, OID_RAW);
}

void evidence_add(struct evidence *evidence, const struct commit_facts *facts,
		  const struct signature_check *check)
{
	(void)map_put(&evidence->checks, name_of(facts), check);
}

const struct signature_check *evidence_check(const struct evidence *evidence,
					     const struct commit_facts *facts)
{
	return evidence && facts->signature != SIGNATURE_NONE
		       ? map_find(&evidence->checks, name_of(facts))
		       : NULL;
}

struct proof evidence_proof(const struct evidence *evidence,
			    const struct commit_facts *facts)
{
	const struct signature_check *check = evidence_check(evidence, facts);

	if (!check)
		return (struct proof){0};
	return (struct proof){
		.verdict = evidence_word(check->verdict),
		.key = check->fingerprint,
		.principal = check->signer,
		.other = check->other,
		.ended = check->ended,
		.end = check->end,
	};
}

const char *evidence_word(enum signature_verdict verdict)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (words[i].verdict == verdict)
			return words[i].word;
	}
	return "unchecked";
}

bool evidence_is_word(str word)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (str_is(word, words[i].word))
			return true;
	}
	return false;
}
