/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/mask.h"

#include <stdlib.h>

#include "base/vec.h"
#include "jsonschema/schema_view.h"

enum { DEPTH = 64 };

struct search {
	VEC(const struct node *) found;
};

/* What is looked at: a value, or what lies at a pointer, of which `rest` is
 * still to go. */
struct target {
	const struct node *value;
	str rest;
};

static void look(struct search *search, const struct schema *schema,
		 struct target target, unsigned depth);

static void look_at_member(struct search *search,
			   const struct schema_objects *objects, str key,
			   struct target target, unsigned depth)
{
	for (size_t k = 0; k < objects->count; k++) {
		const struct schema_property *property =
			&objects->properties[k];

		if (property->schema && str_equal(property->name, key))
			look(search, property->schema, target, depth);
	}
	if (objects->additional)
		look(search, objects->additional, target, depth);
}

static void look_at_list(struct search *search, const struct schema_list *list,
			 struct target target, unsigned depth)
{
	for (size_t i = 0; i < list->count; i++)
		look(search, list->at[i], target, depth);
}

/* Undoes ~1 and ~0 (RFC 6901, section 4). */
static void add_key(struct buf *key, str token)
{
	for (size_t i = 0; i < token.len; i++) {
		bool escaped = token.ptr[i] == '~' && i + 1 < token.len;

		if (escaped)
			buf_byte(key, token.ptr[++i] == '1' ? '/' : '~');
		else
			buf_byte(key, token.ptr[i]);
	}
}

/* One token down the pointer, whatever it names. */
static void look_down(struct search *search, const struct schema *schema,
		      struct target target, unsigned depth)
{
	str rest = str_slice(target.rest, 1, target.rest.len);
	str token = str_cut(&rest, '/');
	struct buf key;

	target.rest = rest.ptr ? str_make(rest.ptr - 1, rest.len + 1)
			       : (str){NULL, 0};
	buf_init(&key, SIZE_MAX);
	add_key(&key, token);
	if (schema->objects)
		look_at_member(search, schema->objects, buf_str(&key), target,
			       depth);
	if (schema->arrays && schema->arrays->items)
		look(search, schema->arrays->items, target, depth);
	buf_done(&key);
}

static void look_below(struct search *search, const struct schema *schema,
		       const struct node *value, unsigned depth)
{
	for (size_t i = 0;
	     value->kind == NODE_MAP && schema->objects && i < value->count;
	     i++)
		look_at_member(search, schema->objects,
			       value->as.children[i].key->text,
			       (struct target){&value->as.children[i], {0}},
			       depth);
	for (size_t i = 0; value->kind == NODE_LIST && schema->arrays &&
			   schema->arrays->items && i < value->count;
	     i++)
		look(search, schema->arrays->items,
		     (struct target){&value->as.children[i], {0}}, depth);
}

/* Whatever may apply to the value is taken as applying: it is better to mask
 * too much than to show one address. */
static void look(struct search *search, const struct schema *schema,
		 struct target target, unsigned depth)
{
	const struct schema_logic *logic = schema->logic;

	if (depth == 0 || (!schema->sensitive && !schema->sensitive_below))
		return;
	if (schema->sensitive) {
		*vec_push(&search->found) = target.value;
		return;
	}
	if (logic && logic->ref)
		look(search, logic->ref, target, depth - 1);
	if (logic && logic->then_)
		look(search, logic->then_, target, depth - 1);
	if (logic && logic->else_)
		look(search, logic->else_, target, depth - 1);
	if (logic) {
		look_at_list(search, &logic->all, target, depth - 1);
		look_at_list(search, &logic->any.list, target, depth - 1);
		look_at_list(search, &logic->one.list, target, depth - 1);
	}
	if (target.rest.len)
		look_down(search, schema, target, depth - 1);
	else
		look_below(search, schema, target.value, depth - 1);
}

static void look_at_record(struct search *search, const struct policy *policy,
			   str kind_name, struct target target)
{
	const struct kind *kind = kind_find(policy_kinds(policy), kind_name);

	if (kind)
		look(search, kind->schema, target, DEPTH);
}

void mask_find(struct mask *out, const struct policy *policy,
	       const struct document *document, struct arena *arena)
{
	struct search search = {0};
	struct span *spans;

	for (size_t i = 0; i < document->count; i++) {
		const struct node *root = document->roots[i];

		look_at_record(&search, policy, node_text(root, STR("kind")),
			       (struct target){root, {0}});
	}
	spans = arena_array(arena, struct span, search.found.count);
	for (size_t i = 0; i < search.found.count; i++)
		spans[i] = search.found.at[i]->span;
	*out = (struct mask){0};
	mask_add(out, spans, search.found.count, arena);
	vec_done(&search.found);
}

void mask_values(struct mask_values *out, const struct policy *policy, str kind,
		 str pointer, const struct node *value, struct arena *arena)
{
	struct search search = {0};

	look_at_record(&search, policy, kind, (struct target){value, pointer});
	out->count = search.found.count;
	out->at = vec_keep(&search.found, arena);
	vec_done(&search.found);
}

bool mask_hides(const struct mask_values *values, const struct node *node)
{
	for (size_t i = 0; i < values->count; i++) {
		if (values->at[i] == node)
			return true;
	}
	return false;
}

static int by_start(const void *a, const void *b)
{
	const struct span *x = a;
	const struct span *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

void mask_add(struct mask *mask, const struct span *spans, size_t count,
	      struct arena *arena)
{
	struct span *all = arena_array(arena, struct span, mask->count + count);
	size_t total = mask->count + count;
	size_t kept = 0;

	if (count == 0)
		return;
	if (mask->count)
		memcpy(all, mask->spans, mask->count * sizeof(*all));
	memcpy(all + mask->count, spans, count * sizeof(*all));
	qsort(all, total, sizeof(*all), by_start);
	for (size_t i = 0; i < total; i++) {
		if (kept && all[i].start <= all[kept - 1].end) {
			if (all[i].end > all[kept - 1].end)
				all[kept - 1].end = all[i].end;
		} else {
			all[kept++] = all[i];
		}
	}
	*mask = (struct mask){all, kept};
}

/* The first span that ends behind an offset. */
static size_t first_behind(const struct mask *mask, size_t offset)
{
	size_t low = 0;
	size_t high = mask->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (mask->spans[middle].end <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

str mask_line(const struct mask *mask, str line, size_t start,
	      struct arena *arena)
{
	char *copy = arena_raw(arena, line.len, 1);
	size_t next = first_behind(mask, start);
	size_t len = 0;

	for (size_t i = 0; i < line.len; i++) {
		while (next < mask->count && mask->spans[next].end <= start + i)
			next++;
		if (next == mask->count || start + i < mask->spans[next].start)
			copy[len++] = line.ptr[i];
		else if (((unsigned char)line.ptr[i] & 0xC0) != 0x80)
			copy[len++] = '*';
	}
	return str_make(copy, len);
}
