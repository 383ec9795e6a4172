/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/value.h"

#include "cel/eval.h"
#include "cel/type.h"

struct cel_value cel_fail(struct cel_eval *eval, enum cel_fault fault,
			  struct cel_value a, struct cel_value b)
{
	struct cel_detail *detail = arena_new(eval->arena, struct cel_detail);

	detail->a = a;
	detail->b = b;
	return (struct cel_value){.tag = CEL_ERROR,
				  .extra = (uint16_t)fault,
				  .as.detail = detail};
}

struct cel_value cel_fail_text(struct cel_eval *eval, enum cel_fault fault,
			       str text, struct cel_value a)
{
	struct cel_detail *detail = arena_new(eval->arena, struct cel_detail);

	detail->a = a;
	detail->text = text;
	return (struct cel_value){.tag = CEL_ERROR,
				  .extra = (uint16_t)fault,
				  .as.detail = detail};
}

struct cel_value cel_spent(struct cel_eval *eval)
{
	enum cel_fault fault =
		eval->exhausted_by ? eval->exhausted_by : CEL_FAULT_BUDGET;

	eval->exhausted = true;
	return (struct cel_value){.tag = CEL_ERROR, .extra = (uint16_t)fault};
}

struct cel_value cel_some(struct cel_eval *eval, struct cel_value value)
{
	struct cel_value *some = arena_new(eval->arena, struct cel_value);

	*some = value;
	return cel_optional(some);
}

/* ---- nodes of a record */

/* Without an evaluation at hand the detail of the error is left out. */
static struct cel_value integer_of_node(const struct node *node)
{
	if (node->big)
		return (struct cel_value){.tag = CEL_ERROR,
					  .extra = CEL_FAULT_BIG_NUMBER};
	return cel_int(node->as.integer);
}

struct cel_value cel_of_node(const struct node *node)
{
	switch (node->kind) {
	case NODE_BOOL:
		return cel_bool(node->as.boolean);
	case NODE_INT:
		return integer_of_node(node);
	case NODE_FLOAT:
		return cel_double(node->as.number);
	case NODE_STRING:
		return cel_string(node->text);
	case NODE_LIST:
	case NODE_MAP:
		return (struct cel_value){
			.tag = node->kind == NODE_LIST ? CEL_LIST : CEL_MAP,
			.flags = CEL_OF_NODE,
			.as.node = node};
	default:
		return cel_null();
	}
}

/* A list or map of a record under a type with fields to convert. */
struct typed_list {
	struct cel_list head;
	const struct node *node;
	const struct cel_type *type;
};

struct typed_map {
	struct cel_map head;
	const struct node *node;
	const struct cel_type *type;
};

static size_t typed_list_size(const struct cel_list *list)
{
	return ((const struct typed_list *)(const void *)list)->node->count;
}

static struct cel_value typed_list_at(struct cel_eval *eval,
				      const struct cel_list *list, size_t i)
{
	const struct typed_list *typed = (const void *)list;

	return cel_of_typed_node(eval, &typed->node->as.children[i],
				 typed->type->params[0]);
}

/* With i == SIZE_MAX the list itself. */
static const struct node *typed_list_node(const struct cel_list *list, size_t i)
{
	const struct typed_list *typed = (const void *)list;

	return i == SIZE_MAX ? typed->node : &typed->node->as.children[i];
}

static const struct cel_list_ops typed_list_ops = {
	typed_list_size, typed_list_at, typed_list_node};

static const struct cel_type *member_type(const struct cel_type *type, str key)
{
	const struct cel_field *field;

	if (type->kind == CEL_T_MAP)
		return type->params[1];
	field = cel_type_field(type, key);
	return field ? field->type : NULL;
}

static size_t typed_map_size(const struct cel_map *map)
{
	return ((const struct typed_map *)(const void *)map)->node->count;
}

static bool typed_map_find(struct cel_eval *eval, const struct cel_map *map,
			   struct cel_value key, struct cel_value *out)
{
	const struct typed_map *typed = (const void *)map;
	const struct node *child;

	if (key.tag != CEL_STRING)
		return false;
	child = node_find(typed->node, cel_str(key));
	if (!child)
		return false;
	*out = cel_of_typed_node(eval, child,
				 member_type(typed->type, cel_str(key)));
	return true;
}

static void typed_map_entry(struct cel_eval *eval, const struct cel_map *map,
			    size_t i, struct cel_value *key,
			    struct cel_value *value)
{
	const struct typed_map *typed = (const void *)map;
	const struct node *child = &typed->node->as.children[i];

	if (key)
		*key = cel_string(child->key->text);
	if (value)
		*value = cel_of_typed_node(
			eval, child,
			member_type(typed->type, child->key->text));
}

static const struct node *typed_map_node(const struct cel_map *map)
{
	return ((const struct typed_map *)(const void *)map)->node;
}

static const struct cel_map_ops typed_map_ops = {
	typed_map_size, typed_map_find, typed_map_entry, typed_map_node};

bool cel_map_find_hashed(struct cel_eval *eval, struct cel_value map,
			 struct cel_value key, uint32_t hash,
			 struct cel_value *out)
{
	const struct typed_map *typed = (const void *)map.as.map;
	const struct node *child;

	if (!(map.flags & CEL_OF_NODE) && map.as.map->ops != &typed_map_ops)
		return map.as.map->ops->find(eval, map.as.map, key, out);
	child = node_find_hashed(map.flags & CEL_OF_NODE ? map.as.node
							 : typed->node,
				 cel_str(key), hash);
	if (!child)
		return false;
	*out = map.flags & CEL_OF_NODE
		       ? cel_of_node(child)
		       : cel_of_typed_node(
				 eval, child,
				 member_type(typed->type, cel_str(key)));
	return true;
}

static struct cel_value collection_of(struct cel_eval *eval,
				      const struct node *node,
				      const struct cel_type *type)
{
	if (node->kind == NODE_LIST && type->kind == CEL_T_LIST) {
		struct typed_list *list =
			arena_new(eval->arena, struct typed_list);

		*list = (struct typed_list){{&typed_list_ops}, node, type};
		return cel_of_list(&list->head);
	}
	if (node->kind == NODE_MAP &&
	    (type->kind == CEL_T_MAP || type->kind == CEL_T_OBJECT)) {
		struct typed_map *map =
			arena_new(eval->arena, struct typed_map);

		*map = (struct typed_map){{&typed_map_ops}, node, type};
		return cel_of_map(&map->head);
	}
	return cel_of_node(node);
}

static struct cel_value time_of(struct cel_eval *eval, const struct node *node)
{
	struct instant at;

	if (date_parse(&at, node->text) || instant_parse(&at, node->text))
		return cel_timestamp(at);
	return cel_fail_text(eval, CEL_FAULT_CONVERSION, STR("timestamp"),
			     cel_string(node->text));
}

/* The member of a union that a node of this kind belongs to, or NULL. */
static const struct cel_type *union_member(const struct cel_type *type,
					   const struct node *node)
{
	const struct cel_type *found = NULL;

	for (size_t i = 0; i < type->count; i++) {
		const struct cel_type *member = type->params[i];
		bool fits = false;

		switch (member->kind) {
		case CEL_T_LIST:
			fits = node->kind == NODE_LIST;
			break;
		case CEL_T_MAP:
		case CEL_T_OBJECT:
			fits = node->kind == NODE_MAP;
			break;
		case CEL_T_STRING:
			/* Text that may be plain is not converted. */
			if (node->kind == NODE_STRING)
				return member;
			break;
		case CEL_T_INT:
			if (node->kind == NODE_INT)
				return member;
			break;
		case CEL_T_DOUBLE:
			fits = node->kind == NODE_INT ||
			       node->kind == NODE_FLOAT;
			break;
		case CEL_T_TIMESTAMP:
		case CEL_T_ABSTRACT:
			fits = node->kind == NODE_STRING;
			break;
		default:
			break;
		}
		if (fits && !found)
			found = member;
	}
	return found;
}

struct cel_value cel_of_typed_node(struct cel_eval *eval,
				   const struct node *node,
				   const struct cel_type *type)
{
	if (type && type->kind == CEL_T_UNION)
		type = union_member(type, node);
	if (!type || !type->converts)
		return cel_of_node(node);
	switch (type->kind) {
	case CEL_T_DOUBLE:
		if (node->kind == NODE_INT)
			return cel_double(node->big ? node->as.number
						    : (double)node->as.integer);
		return cel_of_node(node);
	case CEL_T_TIMESTAMP:
		return node->kind == NODE_STRING ? time_of(eval, node)
						 : cel_of_node(node);
	case CEL_T_ABSTRACT:
		return node->kind == NODE_STRING && type->from_text
			       ? type->from_text(eval, node->text)
			       : cel_of_node(node);
	default:
		return collection_of(eval, node, type);
	}
}

const struct node *cel_value_node(struct cel_value v)
{
	if ((v.tag == CEL_LIST || v.tag == CEL_MAP) && (v.flags & CEL_OF_NODE))
		return v.as.node;
	if (v.tag == CEL_LIST && v.as.list->ops->node)
		return v.as.list->ops->node(v.as.list, SIZE_MAX);
	if (v.tag == CEL_MAP && v.as.map->ops->node)
		return v.as.map->ops->node(v.as.map);
	return NULL;
}

const struct cel_type *cel_type_of(struct cel_value v)
{
	static const struct cel_type *const types[] = {
		[CEL_NULL] = &cel_null_type,
		[CEL_BOOL] = &cel_bool_type,
		[CEL_INT] = &cel_int_type,
		[CEL_UINT] = &cel_uint_type,
		[CEL_DOUBLE] = &cel_double_type,
		[CEL_STRING] = &cel_string_type,
		[CEL_BYTES] = &cel_bytes_type,
		[CEL_LIST] = &cel_list_dyn,
		[CEL_MAP] = &cel_map_dyn,
		[CEL_TIMESTAMP] = &cel_timestamp_type,
		[CEL_DURATION] = &cel_duration_type,
		[CEL_TYPE] = &cel_type_type,
		[CEL_OPTIONAL] = &cel_optional_dyn,
		[CEL_ERROR] = &cel_error_type,
	};

	return v.tag == CEL_OPAQUE ? v.as.opaque->ops->type : types[v.tag];
}
