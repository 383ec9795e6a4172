/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/schema_type.h"

#include "base/mem.h"
#include "policy/schema_promise.h"
#include "policy/schema_set.h"

/* Sets of schemas are subsets: there may be exponentially many. */
enum { TYPES_MOST = 20000 };

/* The type of a set of schemas, or what it will be. */
struct made {
	const struct cel_type *type; /* NULL: it is being worked out */
};

/* A value under construction: what the ways to satisfy it allow together.
 * One member for each kind of node, so that reading a node knows which. */
struct shape {
	unsigned types;
	bool plain; /* some way allows any text */
	bool odd;   /* some way wants another text than the others */
	const struct cel_type *text; /* timestamp, period */
	VEC(str) texts;
	str reference;
	bool references_differ;
	struct schema_ways items;
};

struct work {
	struct schema_types *types;
	struct error *err;
	str name;
	struct schema_ways ways;
	struct shape shape;
	struct made *made;
	VEC(struct cel_field) fields;
	struct map names; /* of fields seen */
	VEC(struct cel_promise) promises;
};

/* Makes the type of a value that satisfies one of the sets. */
static bool make(const struct cel_type **out, struct schema_types *types,
		 struct schema_ways *sets, str name, struct error *err);

void schema_types_init(struct schema_types *types, struct arena *arena,
		       const struct cel_type *period,
		       const struct limits *limits)
{
	*types = (struct schema_types){
		.arena = arena, .period = period, .limits = limits};
	map_init(&types->made);
	map_init(&types->named);
}

void schema_types_done(struct schema_types *types)
{
	map_done(&types->made);
	map_done(&types->named);
}

/* ---- text */

static bool allows(const struct schema *schema, str text)
{
	if (schema->constant)
		return schema->constant->kind == NODE_STRING &&
		       str_equal(schema->constant->text, text);
	if (!schema->choices)
		return true;
	for (uint32_t i = 0; i < schema->choices->count; i++) {
		const struct node *node = &schema->choices->as.children[i];

		if (node->kind == NODE_STRING && str_equal(node->text, text))
			return true;
	}
	return false;
}

static void add_text(struct shape *shape, const struct schema_set *set,
		     const struct node *node)
{
	if (node->kind != NODE_STRING)
		return;
	for (size_t i = 0; i < set->at.count; i++)
		if (!allows(set->at.at[i], node->text))
			return;
	*vec_push(&shape->texts) = node->text;
}

/* The texts that every schema of a set allows; false: any. */
static bool add_texts(struct shape *shape, const struct schema_set *set)
{
	for (size_t i = 0; i < set->at.count; i++) {
		const struct schema *schema = set->at.at[i];

		if (schema->constant) {
			add_text(shape, set, schema->constant);
			return true;
		}
		if (!schema->choices)
			continue;
		for (uint32_t k = 0; k < schema->choices->count; k++)
			add_text(shape, set, &schema->choices->as.children[k]);
		return true;
	}
	return false;
}

static const struct cel_type *format_type(const struct schema_types *types,
					  const struct schema_set *set)
{
	for (size_t i = 0; i < set->at.count; i++) {
		const struct schema_strings *strings = set->at.at[i]->strings;

		if (!strings || !strings->format_asserted)
			continue;
		if (strings->format == SCHEMA_FORMAT_DATE)
			return &cel_date_type;
		if (strings->format == SCHEMA_FORMAT_DATE_TIME)
			return &cel_timestamp_type;
		if (strings->format == SCHEMA_FORMAT_DURATION)
			return types->period;
	}
	return NULL;
}

static str reference_of(const struct schema_set *set)
{
	for (size_t i = 0; i < set->at.count; i++) {
		const struct node *kind =
			schema_custom_find(set->at.at[i], "x-ref");

		if (kind && kind->kind == NODE_STRING)
			return kind->text;
	}
	return (str){NULL, 0};
}

static void add_string(struct work *work, const struct schema_set *set)
{
	struct shape *shape = &work->shape;
	const bool first = !(shape->types & SCHEMA_STRING);
	const struct cel_type *text = format_type(work->types, set);
	const str reference = reference_of(set);

	if (!first && (text != shape->text))
		shape->odd = true;
	if (!first && !str_equal(reference, shape->reference))
		shape->references_differ = true;
	shape->text = text;
	shape->reference = reference;
	if (!text && !add_texts(shape, set))
		shape->plain = true;
}

static const struct cel_type *string_type(const struct work *work)
{
	const struct shape *shape = &work->shape;
	struct arena *arena = work->types->arena;
	const struct cel_type *type = &cel_string_type;

	/* Text that may be plain is not converted when it is read. */
	if (shape->text && !shape->odd)
		return shape->text;
	if (!shape->plain && !shape->odd)
		type = cel_type_texts(arena, shape->texts.at,
				      shape->texts.count);
	if (shape->reference.ptr && !shape->references_differ)
		type = cel_type_refers(arena, type, shape->reference);
	return type;
}

/* ---- lists */

/* Elements are what `items` of all schemas say together; those of a prefix
 * are alternatives. */
static void add_list(struct shape *shape, const struct schema_set *set)
{
	struct schema_set items = {0};
	bool never = false;

	for (size_t i = 0; i < set->at.count; i++) {
		const struct schema_arrays *arrays = set->at.at[i]->arrays;

		if (!arrays)
			continue;
		for (size_t k = 0; k < arrays->prefix.count; k++)
			schema_set_add(schema_ways_new(&shape->items),
				       arrays->prefix.at[k]);
		if (arrays->items && arrays->items->never)
			never = true;
		else if (arrays->items)
			schema_set_add(&items, arrays->items);
	}
	if (never)
		schema_set_done(&items);
	else
		*schema_ways_new(&shape->items) = items;
}

static bool make_list(const struct cel_type **out, struct work *work)
{
	const struct cel_type *item = &cel_dyn;

	if (work->shape.items.at.count &&
	    !make(&item, work->types, &work->shape.items, work->name,
		  work->err))
		return false;
	*out = cel_type_list(work->types->arena, item);
	return true;
}

/* ---- objects */

static str unique_name(struct schema_types *types, str name)
{
	str unique = str_keep(types->arena, name);

	for (size_t i = 2; map_find(&types->named, unique); i++)
		unique = str_format(types->arena, STR_FMT "~%zu", STR_ARG(name),
				    i);
	(void)map_put(&types->named, unique, unique.ptr);
	return unique;
}

/* The one schema that declares properties in all ways, or NULL. */
static const struct schema *only_declaring(const struct schema_ways *ways)
{
	const struct schema *only = NULL;

	for (size_t i = 0; i < ways->at.count; i++)
		for (size_t k = 0; k < ways->at.at[i].at.count; k++) {
			const struct schema *schema = ways->at.at[i].at.at[k];

			if (!schema->objects || !schema->objects->count)
				continue;
			if (only && only != schema)
				return NULL;
			only = schema;
		}
	return only;
}

/* The name under $defs, when one schema alone makes the object. */
static str definition_name(struct arena *arena, const struct schema_ways *ways,
			   str name)
{
	static const char defs[] = "/$defs/";
	const struct schema *only = only_declaring(ways);
	struct buf pointer;

	if (!only)
		return name;
	buf_init(&pointer, 1024);
	schema_pointer(&pointer, only);
	if (str_starts(buf_str(&pointer), str_of(defs))) {
		str rest = str_slice(buf_str(&pointer), sizeof(defs) - 1,
				     pointer.len);

		if (str_find_byte(rest, '/') == SIZE_MAX)
			name = str_keep(arena, rest);
	}
	buf_done(&pointer);
	return name;
}

static const struct schema_property *property_of(const struct schema *schema,
						 str name)
{
	return schema->objects ? schema_property_find(schema, name) : NULL;
}

/* What one way says of a field. */
struct said {
	bool declared;
	bool required;
	struct span place;
};

/* Adds to `sets` what a way wants of a field, if anything. */
static struct said field_in(struct schema_ways *sets,
			    const struct schema_set *way, str name)
{
	struct schema_set set = {0};
	struct said said = {0};

	for (size_t i = 0; i < way->at.count; i++) {
		const struct schema_property *property =
			property_of(way->at.at[i], name);

		if (!property)
			continue;
		said.required |= property->required;
		if (!property->schema)
			continue;
		said.place = property->schema->node->span;
		schema_set_add(&set, property->schema);
	}
	if (!set.seen.count)
		return said;
	if (!schema_set_types(&set)) {
		/* It must not be there. */
		schema_set_done(&set);
		return (struct said){0};
	}
	said.declared = true;
	*schema_ways_new(sets) = set;
	return said;
}

static bool push_field(struct work *work, struct schema_ways *sets,
		       const struct cel_field *like)
{
	struct cel_field field = *like;
	const str name = str_format(work->types->arena, STR_FMT "." STR_FMT,
				    STR_ARG(work->name), STR_ARG(field.name));

	field.type = &cel_dyn;
	if (sets->at.count &&
	    !make(&field.type, work->types, sets, name, work->err))
		return false;
	field.reference = field.type->reference;
	*vec_push(&work->fields) = field;
	return true;
}

static bool is_object(const struct schema_set *way)
{
	return schema_set_types(way) & SCHEMA_OBJECT;
}

static bool is_new(struct work *work, str name)
{
	/* Any pointer will do for a name without bytes, too. */
	return !map_put(&work->names, name, work);
}

/* A field that some way speaks of: required when all require it. */
static bool add_field(struct work *work, str name)
{
	struct cel_field field = {.name = name, .required = true};
	struct schema_ways sets = {0};
	bool done = true;

	if (!is_new(work, name))
		return true;
	for (size_t i = 0; i < work->ways.at.count; i++) {
		const struct schema_set *way = &work->ways.at.at[i];
		struct said said;

		if (!is_object(way))
			continue;
		said = field_in(&sets, way, name);
		field.required &= said.required;
		if (said.declared)
			field.place = said.place;
	}
	if (sets.at.count || field.required)
		done = push_field(work, &sets, &field);
	schema_ways_done(&sets);
	return done;
}

/* A field that only `then`, `else` or a dependent schema declares. */
static bool add_possible(struct work *work, const struct schema *schema)
{
	struct schema_set set = {0};
	bool done = true;

	schema_set_add(&set, schema);
	for (size_t i = 0; done && i < set.at.count; i++) {
		const struct schema_objects *objects = set.at.at[i]->objects;

		for (size_t k = 0; done && objects && k < objects->count; k++) {
			struct cel_field field = {
				.name = objects->properties[k].name};
			struct schema_ways sets = {0};

			if (objects->properties[k].schema &&
			    is_new(work, field.name))
				field.place =
					field_in(&sets, &set, field.name).place;
			if (sets.at.count)
				done = push_field(work, &sets, &field);
			schema_ways_done(&sets);
		}
	}
	schema_set_done(&set);
	return done;
}

static bool add_fields(struct work *work)
{
	for (size_t i = 0; i < work->ways.at.count; i++) {
		const struct schema_set *way = &work->ways.at.at[i];

		for (size_t k = 0; is_object(way) && k < way->at.count; k++) {
			const struct schema_objects *objects =
				way->at.at[k]->objects;

			for (size_t p = 0; objects && p < objects->count; p++)
				if (!add_field(work,
					       objects->properties[p].name))
					return false;
		}
	}
	for (size_t i = 0; i < work->ways.at.count; i++) {
		const struct schema_set *way = &work->ways.at.at[i];

		for (size_t k = 0; is_object(way) && k < way->perhaps.count;
		     k++)
			if (!add_possible(work, way->perhaps.at[k]))
				return false;
	}
	return true;
}

static bool is_closed(const struct work *work)
{
	for (size_t i = 0; i < work->ways.at.count; i++) {
		const struct schema_set *way = &work->ways.at.at[i];
		bool closed = !is_object(way);

		for (size_t k = 0; k < way->at.count; k++)
			closed |= schema_is_closed(way->at.at[k]);
		if (!closed)
			return false;
	}
	return true;
}

/* ---- promises */

static void add_promise(struct work *work, const struct schema *schema)
{
	struct cel_promise promise;

	if (schema_promise(&promise, work->types->arena, schema))
		*vec_push(&work->promises) = promise;
}

static bool is_in_all(const struct work *work, const struct schema *schema)
{
	for (size_t i = 0; i < work->ways.at.count; i++) {
		const struct schema_set *way = &work->ways.at.at[i];
		bool found = !is_object(way);

		for (size_t k = 0; !found && k < way->at.count; k++)
			found = way->at.at[k] == schema;
		if (!found)
			return false;
	}
	return true;
}

static void add_promises(struct work *work)
{
	for (size_t i = 0; i < work->ways.at.count; i++) {
		const struct schema_set *way = &work->ways.at.at[i];

		if (!is_object(way))
			continue;
		for (size_t k = 0; k < way->at.count; k++)
			if (is_in_all(work, way->at.at[k]))
				add_promise(work, way->at.at[k]);
		return;
	}
}

static bool has_properties(const struct work *work)
{
	for (size_t i = 0; i < work->ways.at.count; i++) {
		const struct schema_set *way = &work->ways.at.at[i];

		for (size_t k = 0; is_object(way) && k < way->at.count; k++)
			if (way->at.at[k]->objects &&
			    way->at.at[k]->objects->count)
				return true;
	}
	return false;
}

static bool make_object(const struct cel_type **out, struct work *work)
{
	struct arena *arena = work->types->arena;
	struct cel_type *object;
	bool done;

	work->name = unique_name(
		work->types, definition_name(arena, &work->ways, work->name));
	object = cel_object_new(arena, work->name);
	if (work->shape.types == SCHEMA_OBJECT)
		work->made->type = object;
	map_init(&work->names);
	done = add_fields(work);
	if (done) {
		add_promises(work);
		cel_object_fill(arena, object, work->fields.at,
				work->fields.count, !is_closed(work));
		cel_object_promise(arena, object, work->promises.at,
				   work->promises.count);
		*out = object;
	}
	vec_done(&work->fields);
	map_done(&work->names);
	vec_done(&work->promises);
	return done;
}

static void add_value(struct schema_ways *values, const struct schema *schema)
{
	if (schema && !schema->never)
		schema_set_add(schema_ways_new(values), schema);
}

/* What stands under any key of an object without properties. */
static bool make_map(const struct cel_type **out, struct work *work)
{
	const struct cel_type *value = &cel_dyn;
	struct schema_ways values = {0};
	bool done = true;

	for (size_t i = 0; i < work->ways.at.count; i++) {
		const struct schema_set *way = &work->ways.at.at[i];

		for (size_t k = 0; is_object(way) && k < way->at.count; k++) {
			const struct schema_objects *objects =
				way->at.at[k]->objects;

			for (size_t p = 0;
			     objects && p < objects->pattern_count; p++)
				add_value(&values, objects->patterns[p].schema);
			add_value(&values,
				  objects ? objects->additional : NULL);
			add_value(&values,
				  objects ? objects->unevaluated : NULL);
		}
	}
	if (values.at.count)
		done = make(&value, work->types, &values, work->name,
			    work->err);
	schema_ways_done(&values);
	if (done)
		*out = cel_type_map(work->types->arena, &cel_string_type,
				    value);
	return done;
}

/* ---- all together */

static void collect(struct work *work)
{
	for (size_t i = 0; i < work->ways.at.count; i++) {
		const struct schema_set *way = &work->ways.at.at[i];
		unsigned types = schema_set_types(way);

		if (types & SCHEMA_STRING)
			add_string(work, way);
		if (types & SCHEMA_ARRAY)
			add_list(&work->shape, way);
		work->shape.types |= types;
	}
}

static bool assemble(const struct cel_type **out, struct work *work)
{
	const struct cel_type *members[8];
	const unsigned types = work->shape.types;
	size_t count = 0;

	if (types & SCHEMA_NULL)
		members[count++] = &cel_null_type;
	if (types & SCHEMA_BOOLEAN)
		members[count++] = &cel_bool_type;
	if (types & SCHEMA_NUMBER)
		members[count++] = &cel_double_type;
	else if (types & SCHEMA_INTEGER)
		members[count++] = &cel_int_type;
	if (types & SCHEMA_STRING)
		members[count++] = string_type(work);
	if (types & SCHEMA_ARRAY && !make_list(&members[count++], work))
		return false;
	if (types & SCHEMA_OBJECT) {
		if (!(has_properties(work) ? make_object
					   : make_map)(&members[count], work))
			return false;
		count++;
	}
	*out = cel_type_union(work->types->arena, members, count);
	return true;
}

/* Nothing but "a value": no type, no texts, no fields. */
static bool says_nothing(const struct schema_set *set)
{
	return schema_set_types(set) == SCHEMA_ANY && !set->groups.count;
}

static bool make_new(const struct cel_type **out, struct schema_types *types,
		     struct schema_ways *sets, str name, struct made *made,
		     struct error *err)
{
	struct work work = {
		.types = types, .err = err, .name = name, .made = made};
	bool done = true;

	for (size_t i = 0; done && i < sets->at.count; i++)
		done = schema_ways_of(&work.ways, &sets->at.at[i]);
	if (done) {
		collect(&work);
		done = assemble(out, &work);
	} else {
		(void)error_set(err, ERROR_LIMIT,
				STR_FMT " can be satisfied in more than %d "
					"ways; its fields cannot be typed",
				STR_ARG(name), SET_ALTERNATIVES);
	}
	vec_done(&work.shape.texts);
	schema_ways_done(&work.shape.items);
	schema_ways_done(&work.ways);
	return done;
}

static str key_of(struct arena *arena, const struct schema_ways *sets)
{
	struct buf bytes;
	str key;

	if (sets->at.count == 1)
		return schema_set_key(arena, &sets->at.at[0]);
	buf_init(&bytes, SIZE_MAX);
	for (size_t i = 0; i < sets->at.count; i++) {
		buf_add(&bytes, schema_set_key(arena, &sets->at.at[i]));
		buf_repeat(&bytes, '\xff', sizeof(uint32_t));
	}
	key = str_keep(arena, buf_str(&bytes));
	buf_done(&bytes);
	return key;
}

static bool make(const struct cel_type **out, struct schema_types *types,
		 struct schema_ways *sets, str name, struct error *err)
{
	struct made *made;
	bool done;
	str key;

	for (size_t i = 0; i < sets->at.count; i++)
		if (says_nothing(&sets->at.at[i])) {
			*out = &cel_dyn;
			return true;
		}
	if (types->depth >= types->limits->json_depth)
		return error_set(err, ERROR_LIMIT,
				 "the schema of " STR_FMT " nests more than "
				 "%zu levels (json_depth)",
				 STR_ARG(name), types->limits->json_depth);
	key = key_of(types->arena, sets);
	made = map_find(&types->made, key);
	if (made) {
		/* A list of itself, or a union with itself, is not followed. */
		*out = made->type ? made->type : &cel_dyn;
		return true;
	}
	if (types->count++ >= TYPES_MOST)
		return error_set(err, ERROR_LIMIT,
				 "the schema of " STR_FMT " combines its parts "
				 "in more than %d ways; it cannot be typed",
				 STR_ARG(name), TYPES_MOST);
	made = arena_new(types->arena, struct made);
	(void)map_put(&types->made, key, made);
	types->depth++;
	done = make_new(out, types, sets, name, made, err);
	types->depth--;
	if (done)
		made->type = *out;
	return done;
}

bool schema_type(const struct cel_type **out, struct schema_types *types,
		 const struct schema *schema, str name, struct error *err)
{
	struct schema_ways sets = {0};
	bool done;

	schema_set_add(schema_ways_new(&sets), schema);
	done = make(out, types, &sets, name, err);
	schema_ways_done(&sets);
	return done;
}

bool schema_type_records(const struct cel_type **out,
			 struct schema_types *types,
			 const struct kind_set *kinds, struct error *err)
{
	const size_t count = kind_count(kinds);
	struct cel_type *records = cel_object_new(
		types->arena, unique_name(types, STR("records")));
	struct cel_field *fields =
		arena_array(types->arena, struct cel_field, count + 1);

	for (size_t i = 0; i < count; i++) {
		const struct kind *kind = kind_at(kinds, i);
		const struct cel_type *type;

		if (!schema_type(&type, types, kind->schema, kind->name, err))
			return error_prefix(err, STR_FMT, STR_ARG(kind->path));
		fields[i] = (struct cel_field){
			.name = kind->name,
			.type = cel_type_list(types->arena, type),
			.required = true};
	}
	cel_object_fill(types->arena, records, fields, count, false);
	*out = records;
	return true;
}
