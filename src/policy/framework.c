/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/framework.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/vec.h"

struct former {
	const struct node *ids; /* what took its place */
	str edition;
};

struct framework_set {
	struct arena arena;
	struct map frameworks;	 /* id -> root */
	struct map requirements; /* "framework:id" -> its node */
	struct map formers;	 /* "framework:id" -> struct former */
	VEC(str) names;
};

struct framework_set *framework_set_new(void)
{
	struct framework_set *set = mem_new(sizeof(*set));

	arena_init(&set->arena);
	map_init(&set->frameworks);
	map_init(&set->requirements);
	map_init(&set->formers);
	return set;
}

void framework_set_free(struct framework_set *set)
{
	if (!set)
		return;
	map_done(&set->frameworks);
	map_done(&set->requirements);
	map_done(&set->formers);
	vec_done(&set->names);
	arena_done(&set->arena);
	mem_free(set);
}

static str name_of(struct framework_set *set, str framework, str id)
{
	return str_format(&set->arena, STR_FMT ":" STR_FMT, STR_ARG(framework),
			  STR_ARG(id));
}

static void add_formers(struct framework_set *set, str framework,
			const struct node *list)
{
	for (size_t i = 0; list && i < list->count; i++) {
		const struct node *edition = &list->as.children[i];
		const struct node *ids = node_find(edition, STR("ids"));

		for (size_t k = 0; ids && k < ids->count; k++) {
			const struct node *id = &ids->as.children[k];
			struct former *former =
				arena_new(&set->arena, struct former);

			former->ids = id;
			former->edition = node_text(edition, STR("edition"));
			(void)map_put(&set->formers,
				      name_of(set, framework, id->key->text),
				      former);
		}
	}
}

bool framework_set_add(struct framework_set *set,
		       const struct policy_file *file, struct error *err)
{
	const struct node *id = node_find(file->root, STR("id"));
	const struct node *list = node_find(file->root, STR("requirements"));

	if (map_put(&set->frameworks, id->text, file->root))
		return policy_file_fault(file, id->span, err,
					 "the framework '" STR_FMT
					 "' is defined twice",
					 STR_ARG(id->text));
	for (size_t i = 0; i < list->count; i++) {
		const struct node *item = &list->as.children[i];
		const struct node *item_id = node_find(item, STR("id"));
		str name = name_of(set, id->text, item_id->text);

		if (map_put(&set->requirements, name, item))
			return policy_file_fault(file, item_id->span, err,
						 "the requirement '" STR_FMT
						 "' is defined twice",
						 STR_ARG(item_id->text));
		*vec_push(&set->names) = name;
	}
	add_formers(set, id->text, node_find(file->root, STR("withdrawn")));
	return true;
}

static bool number_up_to(const struct node *requirement, str key, str text)
{
	const struct node *most = node_find(requirement, key);
	int64_t number;

	return most && text.len && text.ptr[0] != '0' &&
	       str_to_int64(&number, text) && number >= 1 &&
	       number <= most->as.integer;
}

/* Paragraphs and points are counted in the data, not listed: with paragraphs
 * 5 and points { "3": abcd }, art-33-3-d is known and art-33-6 is not. */
static bool holds_part(const struct node *requirement, str part)
{
	str point = part;
	str paragraph = str_cut(&point, '-');
	const struct node *points = node_find(requirement, STR("points"));
	str letters = node_text(points, paragraph);

	if (!number_up_to(requirement, STR("paragraphs"), paragraph))
		return !point.ptr &&
		       number_up_to(requirement, STR("definitions"), paragraph);
	return !point.ptr || (point.len == 1 &&
			      str_find_byte(letters, point.ptr[0]) != SIZE_MAX);
}

static const struct node *find_node(const struct framework_set *set, str name)
{
	const struct node *exact = map_find(&set->requirements, name);

	if (exact)
		return exact;
	for (size_t cut = name.len; cut > 0; cut--) {
		const struct node *whole;

		if (name.ptr[cut - 1] != '-')
			continue;
		whole = map_find(&set->requirements,
				 str_slice(name, 0, cut - 1));
		if (whole)
			return holds_part(whole, str_slice(name, cut, name.len))
				       ? whole
				       : NULL;
	}
	return NULL;
}

struct requirement framework_find(const struct framework_set *set, str name)
{
	str rest = name;
	const struct node *root =
		map_find(&set->frameworks, str_cut(&rest, ':'));
	struct requirement found = {.state = REQUIREMENT_NO_FRAMEWORK};
	const struct former *former = map_find(&set->formers, name);
	const struct node *node;

	if (!root)
		return found;
	found.framework = node_text(root, STR("title"));
	node = find_node(set, name);
	if (node) {
		found.state = REQUIREMENT_KNOWN;
		found.title = node_text(node, STR("title"));
		found.entry = node;
	} else if (former) {
		found.state = REQUIREMENT_FORMER;
		found.edition = former->edition;
		if (former->ids->count)
			found.successor = former->ids->as.children[0].text;
	} else {
		found.state = REQUIREMENT_UNKNOWN;
	}
	return found;
}

size_t framework_nearest(const struct framework_set *set, str name, str *out,
			 size_t most)
{
	return nearest_find(out, most, name, set->names.at, set->names.count);
}

const struct node *framework_root(const struct framework_set *set, str id)
{
	return map_find(&set->frameworks, id);
}

const str *framework_names(const struct framework_set *set, size_t *count)
{
	*count = set->names.count;
	return set->names.at;
}
