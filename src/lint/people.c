/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/people.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/sha256.h"

enum { MAIL_MOST = 320 };

struct people {
	struct arena arena;
	struct map digests; /* 64 hexadecimal digits -> struct person */
	struct map mails;   /* noreply addresses in lower case -> the same */
	struct map ids;	    /* id -> the same */
	struct map keys;    /* fingerprint -> the same */
};

struct person {
	str id; /* empty: two persons claim it */
};

/* Addresses compare without the case of ASCII letters. */
static str lower(char to[MAIL_MOST], str mail)
{
	if (mail.len > MAIL_MOST)
		return (str){0};
	for (size_t i = 0; i < mail.len; i++) {
		char c = mail.ptr[i];

		to[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return str_make(to, mail.len);
}

static void claim(struct people *people, struct map *map, str key, str id)
{
	struct person *other = map_find(map, key);
	struct person *person;

	if (other) {
		if (!str_equal(other->id, id))
			other->id = STR("");
		return;
	}
	person = arena_new(&people->arena, struct person);
	person->id = id;
	(void)map_put(map, str_keep(&people->arena, key), person);
}

static void add_person(struct people *people, const struct record *record)
{
	const struct node *list =
		node_find(record->root, STR("git_identities"));
	char buffer[MAIL_MOST];

	claim(people, &people->ids, record->id, record->id);
	for (uint32_t i = 0; list && i < list->count; i++) {
		const struct node *item = &list->as.children[i];
		str type = node_text(item, STR("type"));
		str value = lower(buffer, node_text(item, STR("value")));

		if (value.len && str_is(type, "email-sha256"))
			claim(people, &people->digests, value, record->id);
		else if (value.len && str_is(type, "noreply-email"))
			claim(people, &people->mails, value, record->id);
		else if (value.len)
			claim(people, &people->keys,
			      node_text(item, STR("value")), record->id);
	}
}

struct people *people_new(const struct corpus *corpus)
{
	struct people *people = mem_new(sizeof(*people));
	size_t count = 0;
	const struct record *const *records =
		corpus ? corpus_of_kind(corpus, STR("person"), &count) : NULL;

	arena_init(&people->arena);
	map_init(&people->digests);
	map_init(&people->mails);
	map_init(&people->ids);
	map_init(&people->keys);
	for (size_t i = 0; i < count; i++) {
		if (records[i]->root)
			add_person(people, records[i]);
	}
	return people;
}

void people_free(struct people *people)
{
	if (!people)
		return;
	map_done(&people->digests);
	map_done(&people->mails);
	map_done(&people->ids);
	map_done(&people->keys);
	arena_done(&people->arena);
	mem_free(people);
}

str people_by_mail(const struct people *people, str mail)
{
	char buffer[MAIL_MOST];
	char digits[SHA256_HEX + 1];
	unsigned char sum[SHA256_RAW];
	const struct person *person;
	str key = lower(buffer, mail);

	if (key.len == 0)
		return STR("");
	person = map_find(&people->mails, key);
	if (!person) {
		sha256_of(sum, key);
		sha256_format(digits, sum);
		person = map_find(&people->digests,
				  str_make(digits, SHA256_HEX));
	}
	return person ? person->id : STR("");
}

str people_by_key(const struct people *people, str fingerprint)
{
	const struct person *person =
		fingerprint.len ? map_find(&people->keys, fingerprint) : NULL;

	return person ? person->id : STR("");
}

/* The depth of a document bounds the recursion. */
static bool holds(const struct node *node, str digest, str mail)
{
	char buffer[MAIL_MOST];

	if (node->kind == NODE_STRING)
		return str_equal(lower(buffer, node->text), digest) ||
		       str_equal(lower(buffer, node->text), mail);
	if (node->kind != NODE_LIST && node->kind != NODE_MAP)
		return false;
	for (uint32_t i = 0; i < node->count; i++) {
		if (holds(&node->as.children[i], digest, mail))
			return true;
	}
	return false;
}

bool people_names(const struct node *identities, str mail)
{
	char buffer[MAIL_MOST];
	char digits[SHA256_HEX + 1];
	unsigned char sum[SHA256_RAW];
	str key = lower(buffer, mail);

	if (!identities || key.len == 0)
		return false;
	sha256_of(sum, key);
	sha256_format(digits, sum);
	return holds(identities, str_make(digits, SHA256_HEX), key);
}

str people_trailer_mail(const struct mailmap *mailmap, str value)
{
	str rest = str_trim(value);
	struct identity identity;

	identity.name = str_trim(str_cut(&rest, '<'));
	if (rest.ptr) {
		identity.email = str_trim(str_cut(&rest, '>'));
		return mailmap_find(mailmap, identity).email;
	}
	return str_find_byte(identity.name, '@') != SIZE_MAX ? identity.name
							     : STR("");
}

str people_by_trailer(const struct people *people,
		      const struct mailmap *mailmap, str value)
{
	str mail = people_trailer_mail(mailmap, value);
	const struct person *person;

	if (mail.len || str_find_byte(value, '<') != SIZE_MAX)
		return people_by_mail(people, mail);
	person = map_find(&people->ids, str_trim(value));
	return person ? person->id : STR("");
}
