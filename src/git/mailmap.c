/* SPDX-License-Identifier: Apache-2.0 */
#include "git/mailmap.h"

#include <stdlib.h>

#include "base/vec.h"
#include "git/space.h"

/* What one line says: whoever has this address, and this name where one is
 * given, is properly called so. */
struct rule {
	str old_email;
	str old_name;		/* absent: whatever the name */
	struct identity proper; /* an absent part stays as it is */
	size_t line;
};

struct mailmap {
	struct rule *rules; /* by address, name and line; one for each pair */
	size_t count;
	size_t unread;
};

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static int compare_nocase(str a, str b)
{
	size_t least = a.len < b.len ? a.len : b.len;

	for (size_t i = 0; i < least; i++) {
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return lower(a.ptr[i]) < lower(b.ptr[i]) ? -1 : 1;
	}
	return a.len == b.len ? 0 : a.len < b.len ? -1 : 1;
}

/* A rule for every name comes before those for one. */
static int compare_key(const struct rule *a, const struct rule *b)
{
	int order = compare_nocase(a->old_email, b->old_email);

	if (order != 0)
		return order;
	if (!a->old_name.ptr || !b->old_name.ptr)
		return (a->old_name.ptr != NULL) - (b->old_name.ptr != NULL);
	return compare_nocase(a->old_name, b->old_name);
}

static int compare_rules(const void *a, const void *b)
{
	const struct rule *x = a;
	const struct rule *y = b;
	int order = compare_key(x, y);

	if (order != 0)
		return order;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* ---- lines */

/* Takes "Name <address>"; an empty name is absent. */
static bool take_identity(struct identity *out, str *rest)
{
	size_t open = str_find_byte(*rest, '<');
	str name, email;
	size_t close;

	if (open == SIZE_MAX)
		return false;
	name = space_trim(str_slice(*rest, 0, open));
	email = str_slice(*rest, open + 1, rest->len);
	close = str_find_byte(email, '>');
	if (close == SIZE_MAX)
		return false;
	*rest = str_slice(email, close + 1, email.len);
	out->name = name.len ? name : str_make(NULL, 0);
	out->email = str_slice(email, 0, close);
	return true;
}

/* One identity maps its address to its name, two the second to the first. */
static bool read_line(struct rule *out, str line)
{
	struct identity proper, old;

	if (!take_identity(&proper, &line) || proper.email.len == 0)
		return false;
	if (take_identity(&old, &line)) {
		out->proper = proper;
		out->old_email = old.email;
		out->old_name = old.name;
	} else {
		out->proper = (struct identity){.name = proper.name};
		out->old_email = proper.email;
		out->old_name = str_make(NULL, 0);
	}
	return true;
}

/* ---- the map */

/* A later line wins; without a name to match, part by part. */
static void replace(struct rule *rule, const struct rule *later)
{
	if (rule->old_name.ptr || later->proper.name.ptr)
		rule->proper.name = later->proper.name;
	if (rule->old_name.ptr || later->proper.email.ptr)
		rule->proper.email = later->proper.email;
}

static size_t merge(struct rule *rules, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (kept && compare_key(&rules[kept - 1], &rules[i]) == 0)
			replace(&rules[kept - 1], &rules[i]);
		else
			rules[kept++] = rules[i];
	}
	return kept;
}

struct mailmap *mailmap_parse(str text, struct arena *arena)
{
	struct mailmap *mailmap = arena_new(arena, struct mailmap);
	VEC(struct rule) rules = {0};

	for (size_t number = 1; text.len; number++) {
		str line = str_cut(&text, '\n');
		struct rule rule = {.line = number};

		if (space_trim(line).len == 0 || line.ptr[0] == '#')
			continue;
		if (read_line(&rule, line))
			*vec_push(&rules) = rule;
		else
			mailmap->unread++;
	}
	if (rules.count)
		qsort(rules.at, rules.count, sizeof(*rules.at), compare_rules);
	rules.count = merge(rules.at, rules.count);
	mailmap->rules = vec_keep(&rules, arena);
	mailmap->count = rules.count;
	vec_done(&rules);
	return mailmap;
}

size_t mailmap_unread(const struct mailmap *mailmap)
{
	return mailmap->unread;
}

static const struct rule *find(const struct mailmap *mailmap, str email,
			       str name)
{
	const struct rule key = {.old_email = email, .old_name = name};
	size_t from = 0;
	size_t to = mailmap->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = compare_key(&key, &mailmap->rules[middle]);

		if (order == 0)
			return &mailmap->rules[middle];
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NULL;
}

struct identity mailmap_find(const struct mailmap *mailmap,
			     struct identity identity)
{
	const struct rule *rule = NULL;

	if (!mailmap || mailmap->count == 0)
		return identity;
	if (identity.name.len)
		rule = find(mailmap, identity.email, identity.name);
	if (!rule)
		rule = find(mailmap, identity.email, str_make(NULL, 0));
	if (!rule)
		return identity;
	if (rule->proper.name.ptr)
		identity.name = rule->proper.name;
	if (rule->proper.email.ptr)
		identity.email = rule->proper.email;
	return identity;
}
