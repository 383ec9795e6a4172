/* fuzz_git_text - raw bytes against the readers of mailmaps, trailers, texts
 * and commits, and allowed signers; the first byte chooses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>

#include "base/utf8.h"
#include "git/charset.h"
#include "git/commit_facts.h"
#include "git/signers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Half is the map, half an identity; what is mapped stays mapped. */
static void try_mailmap(str bytes, struct arena *arena)
{
	str text = bytes;
	str contact = str_cut(&text, '\0');
	struct ident ident = ident_parse(contact);
	const struct mailmap *mailmap =
		mailmap_parse(text.ptr ? text : contact, arena);
	struct identity before = {ident.name, ident.email};
	struct identity after = mailmap_find(mailmap, before);

	assert(after.name.len <= bytes.len && after.email.len <= bytes.len);
	assert(mailmap_unread(mailmap) <= bytes.len);
	(void)mailmap_find(mailmap, after);
}

static void try_trailers(str bytes, struct arena *arena)
{
	size_t count;
	const struct trailer *trailers = trailers_parse(&count, bytes, arena);

	for (size_t i = 0; i < count; i++) {
		assert(trailers[i].key.len > 0);
		assert(str_find_byte(trailers[i].key, '\n') == SIZE_MAX);
		assert(str_find_byte(trailers[i].key, ':') == SIZE_MAX);
		assert(str_find_byte(trailers[i].value, '\n') == SIZE_MAX);
	}
}

static void try_text(str bytes, struct arena *arena)
{
	for (unsigned i = CHARSET_UTF_8; i <= CHARSET_UNKNOWN; i++) {
		bool lossy = false;
		str text =
			charset_decode((enum charset)i, bytes, &lossy, arena);

		assert(utf8_check(text) == SIZE_MAX);
		assert(i == CHARSET_LATIN_1 || lossy ||
		       utf8_count(text) <= bytes.len);
	}
}

static void try_facts(str bytes, struct arena *arena, struct error *err)
{
	const struct oid oid = {.len = OID_RAW};
	struct commit_facts facts;

	if (!commit_facts_of(&facts, &oid, bytes, NULL, arena, err))
		return;
	assert(utf8_check(facts.message) == SIZE_MAX);
	assert(utf8_check(facts.subject) == SIZE_MAX);
	assert(utf8_check(facts.author_is.name) == SIZE_MAX);
	assert(utf8_check(facts.committer_is.email) == SIZE_MAX);
	assert(str_find_byte(facts.subject, '\n') == SIZE_MAX);
}

static void try_signers(str bytes)
{
	static const str fingerprint =
		STR_INIT("SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA");
	struct instant end = {0};

	if (signer_find(&end, bytes, fingerprint) == SIGNER_ENDS)
		assert(end.seconds >= INSTANT_LEAST &&
		       end.seconds <= INSTANT_MOST);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct error err;
	str bytes;

	if (size == 0)
		return 0;
	bytes = str_make((const char *)data + 1, size - 1);
	arena_init(&arena);
	switch (data[0] % 5) {
	case 0:
		try_mailmap(bytes, &arena);
		break;
	case 1:
		try_trailers(bytes, &arena);
		break;
	case 2:
		try_text(bytes, &arena);
		break;
	case 3:
		try_facts(bytes, &arena, &err);
		break;
	default:
		try_signers(bytes);
		break;
	}
	arena_done(&arena);
	return 0;
}
