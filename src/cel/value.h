/*
 * value - what a CEL expression computes with: 16 bytes, passed by value.
 *
 * tag says which member of `as` holds. Lists, maps and opaque values start
 * with a pointer to a small const table of functions, so that literals, the
 * nodes of a record and host collections (records.KIND) look alike. A list or
 * map with CEL_OF_NODE points straight at a `struct node`: nothing is copied
 * or allocated to look into a record, and cel_value_node gives the place.
 *
 * Everything is borrowed: from the program (constants), the documents, or the
 * evaluation's arena. An error is a value too; cel_fail makes one. No function
 * here changes a value that it was handed.
 * tail: file - one concept, the value, and every room builds on it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_VALUE_H
#define CEL_VALUE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "data/node.h"

struct cel_eval; /* function.h: the arena and the budget of one evaluation */
struct cel_type;

enum cel_tag {
	CEL_NULL, /* zeroed memory is null */
	CEL_BOOL,
	CEL_INT,
	CEL_UINT,
	CEL_DOUBLE,
	CEL_STRING, /* well-formed UTF-8 */
	CEL_BYTES,
	CEL_LIST,
	CEL_MAP,
	CEL_TIMESTAMP, /* as.integer seconds, aux nanoseconds 0..999,999,999 */
	CEL_DURATION,  /* as.integer seconds, (int32_t)aux nanoseconds, same
			  sign; at most 315,576,000,000 seconds either way */
	CEL_TYPE,
	CEL_OPTIONAL, /* as.some: the value, or NULL for none */
	CEL_OPAQUE,   /* abstract types of the host: period, git.Person */
	CEL_ERROR,    /* extra = enum cel_fault, aux = id of the AST node */
};

enum cel_value_flag {
	CEL_OF_NODE = 1,  /* list or map: as.node */
	CEL_OF_ARRAY = 2, /* list: as.array, may be read directly */
	CEL_ASCII = 4,	  /* string: all ASCII, so code point i is byte i */
};

struct cel_value {
	uint8_t tag;
	uint8_t flags;
	uint16_t extra;
	uint32_t aux; /* length of a string or bytes; see the tags */
	union {
		bool boolean;
		int64_t integer;
		uint64_t natural;
		double number;
		const char *text;
		const struct node *node;
		const struct cel_list *list;
		const struct cel_array *array;
		const struct cel_map *map;
		const struct cel_type *type;
		const struct cel_value *some;
		const struct cel_opaque *opaque;
		const struct cel_detail *detail; /* of an error; may be NULL */
	} as;
};

/* ---- collections: embed the head as the first member of your own struct */

struct cel_list {
	const struct cel_list_ops *ops;
};

struct cel_list_ops {
	size_t (*size)(const struct cel_list *list);
	/* i < size. May allocate from the evaluation's arena. */
	struct cel_value (*at)(struct cel_eval *eval,
			       const struct cel_list *list, size_t i);
	/* NULL, or the node an element was read from (NULL: none); for
	 * i == SIZE_MAX that of the list itself. */
	const struct node *(*node)(const struct cel_list *list, size_t i);
};

struct cel_map {
	const struct cel_map_ops *ops;
};

struct cel_map_ops {
	size_t (*size)(const struct cel_map *map);
	/* False: no such key (also for a key of a type it cannot hold). */
	bool (*find)(struct cel_eval *eval, const struct cel_map *map,
		     struct cel_value key, struct cel_value *out);
	/* Entry i < size, in a stable order; each out may be NULL. */
	void (*entry)(struct cel_eval *eval, const struct cel_map *map,
		      size_t i, struct cel_value *key, struct cel_value *value);
	/* NULL, or the node the map was read from. */
	const struct node *(*node)(const struct cel_map *map);
};

struct cel_array {
	struct cel_list head;
	size_t count;
	const struct cel_value *items;
};

struct cel_opaque {
	const struct cel_opaque_ops *ops;
};

struct cel_opaque_ops {
	const struct cel_type *type;
	bool (*equal)(const struct cel_opaque *a, const struct cel_opaque *b);
	uint64_t (*hash)(const struct cel_opaque *opaque);
	void (*print)(struct buf *out, const struct cel_opaque *opaque);
	/* NULL, or a field: `git.record(self).author`. */
	bool (*field)(struct cel_eval *eval, const struct cel_opaque *opaque,
		      str name, struct cel_value *out);
};

/* ---- errors */

enum cel_fault {
	CEL_FAULT_NONE,
#define CEL_FAULT(name, text) CEL_FAULT_##name,
#include "cel/fault.def"
#undef CEL_FAULT
	CEL_FAULT_COUNT
};

/* What the text of an error is filled with: $a, $b and $t of fault.def. */
struct cel_detail {
	struct cel_value a, b;
	str text;
};

/* Makes an error. The place (AST node) is filled in by the plan node that
 * first sees an error with aux == 0, so a library need not know it. a and b
 * are shown in the text; pass cel_null() where there is nothing. */
struct cel_value cel_fail(struct cel_eval *eval, enum cel_fault fault,
			  struct cel_value a, struct cel_value b);

/* The same with words ($t) and perhaps a value ($a); the bytes of the words
 * must live as long as the evaluation. */
struct cel_value cel_fail_text(struct cel_eval *eval, enum cel_fault fault,
			       str text, struct cel_value a);

/* Writes an error as a plain sentence without its place. */
void cel_error_print(struct buf *out, struct cel_value error);

/* ---- making values */

static inline struct cel_value cel_null(void)
{
	return (struct cel_value){.tag = CEL_NULL};
}

static inline struct cel_value cel_bool(bool b)
{
	return (struct cel_value){.tag = CEL_BOOL, .as.boolean = b};
}

static inline struct cel_value cel_int(int64_t i)
{
	return (struct cel_value){.tag = CEL_INT, .as.integer = i};
}

static inline struct cel_value cel_uint(uint64_t u)
{
	return (struct cel_value){.tag = CEL_UINT, .as.natural = u};
}

static inline struct cel_value cel_double(double d)
{
	return (struct cel_value){.tag = CEL_DOUBLE, .as.number = d};
}

/* s is well-formed UTF-8 of less than 4 GiB. */
static inline struct cel_value cel_string(str s)
{
	return (struct cel_value){.tag = CEL_STRING,
				  .aux = (uint32_t)s.len,
				  .as.text = s.ptr ? s.ptr : ""};
}

static inline struct cel_value cel_bytes(str s)
{
	return (struct cel_value){.tag = CEL_BYTES,
				  .aux = (uint32_t)s.len,
				  .as.text = s.ptr ? s.ptr : ""};
}

static inline struct cel_value cel_timestamp(struct instant at)
{
	return (struct cel_value){.tag = CEL_TIMESTAMP,
				  .aux = (uint32_t)at.nanos,
				  .as.integer = at.seconds};
}

static inline struct cel_value cel_duration(int64_t seconds, int32_t nanos)
{
	return (struct cel_value){.tag = CEL_DURATION,
				  .aux = (uint32_t)nanos,
				  .as.integer = seconds};
}

static inline struct cel_value cel_of_type(const struct cel_type *type)
{
	return (struct cel_value){.tag = CEL_TYPE, .as.type = type};
}

/* NULL makes none; `some` must outlive the value (cel_some copies it). */
static inline struct cel_value cel_optional(const struct cel_value *some)
{
	return (struct cel_value){.tag = CEL_OPTIONAL, .as.some = some};
}

struct cel_value cel_some(struct cel_eval *eval, struct cel_value value);

static inline struct cel_value cel_of_list(const struct cel_list *list)
{
	return (struct cel_value){.tag = CEL_LIST, .as.list = list};
}

static inline struct cel_value cel_of_map(const struct cel_map *map)
{
	return (struct cel_value){.tag = CEL_MAP, .as.map = map};
}

static inline struct cel_value cel_of_opaque(const struct cel_opaque *opaque)
{
	return (struct cel_value){.tag = CEL_OPAQUE, .as.opaque = opaque};
}

/* A list over items that outlive it. The head lies in the arena. */
struct cel_value cel_list_of(struct arena *arena, const struct cel_value *items,
			     size_t count);

/* A node of a record as data without a schema: strings stay strings, whole
 * numbers are int. Allocates nothing; an integer beyond int64 is an error. */
struct cel_value cel_of_node(const struct node *node);

/* A node read with its schema's type: a number under `double` is a double,
 * `timestamp`, `duration` and opaque formats are converted. Values under
 * types without such fields are cel_of_node's. `type` may be NULL. */
struct cel_value cel_of_typed_node(struct cel_eval *eval,
				   const struct node *node,
				   const struct cel_type *type);

/* ---- reading values */

static inline bool cel_is_error(struct cel_value v)
{
	return v.tag == CEL_ERROR;
}

/* The bytes of a string or bytes. */
static inline str cel_str(struct cel_value v)
{
	return (str){v.as.text, v.aux};
}

static inline struct instant cel_instant(struct cel_value v)
{
	return (struct instant){v.as.integer, (int32_t)v.aux};
}

/* The node that a list or map was read from, or NULL. */
const struct node *cel_value_node(struct cel_value v);

/* Size and element of a list. cel_list_at wants i < size. */
size_t cel_list_size(struct cel_value list);
struct cel_value cel_list_at(struct cel_eval *eval, struct cel_value list,
			     size_t i);

size_t cel_map_size(struct cel_value map);
bool cel_map_find(struct cel_eval *eval, struct cel_value map,
		  struct cel_value key, struct cel_value *out);
void cel_map_entry(struct cel_eval *eval, struct cel_value map, size_t i,
		   struct cel_value *key, struct cel_value *value);

/* cel_map_find for a string key of which the low half of hash_str() is known:
 * records, also those read with a type, need not hash it again. */
bool cel_map_find_hashed(struct cel_eval *eval, struct cel_value map,
			 struct cel_value key, uint32_t hash,
			 struct cel_value *out);

/* ---- building a map: hashed from 8 entries on, in order of insertion */

struct cel_table;

enum cel_put {
	CEL_PUT_DONE,
	CEL_PUT_DUPLICATE, /* also 1 and 1u: the map is unchanged */
	CEL_PUT_BAD_KEY,   /* not bool, int, uint, string or a whole double */
};

struct cel_table *cel_table_new(struct arena *arena, size_t expected);
enum cel_put cel_table_put(struct cel_table *table, struct cel_value key,
			   struct cel_value value);
/* The table as a value; do not put into it afterwards. */
struct cel_value cel_table_value(struct cel_table *table);

/* ---- equality, order, hash: language.md 1.1, one number line */

enum cel_order {
	CEL_LESS = -1,
	CEL_SAME = 0,
	CEL_GREATER = 1,
	CEL_UNORDERED, /* NaN took part: every comparison is false */
	CEL_NO_ORDER,  /* not comparable types: no such overload */
};

/* Are two values equal? Different types are not equal, except numbers. int,
 * uint and double compare after a range check and a cast to double, which
 * loses low bits beyond 2^53 as the conformance suite demands. NaN equals
 * nothing. Deep ones charge the budget; when it runs out, or the values nest
 * deeper than CEL_VALUE_DEPTH, eval->exhausted is set and false comes back.
 * eval may be NULL for two scalars (also in cel_hash). */
bool cel_equal(struct cel_eval *eval, struct cel_value a, struct cel_value b);

/* Orders two numbers, strings (code points), bytes, bools, timestamps or
 * durations. */
enum cel_order cel_order(struct cel_value a, struct cel_value b);

/* Equal values have equal hashes; so 1, 1u and 1.0 share one. */
uint64_t cel_hash(struct cel_eval *eval, struct cel_value v);

enum { CEL_VALUE_DEPTH = 1000 };

/* The runtime type: `type(v)`; lists and maps are list(dyn), map(dyn, dyn). */
const struct cel_type *cel_type_of(struct cel_value v);

/* Writes a value as CEL would: for messages, `abide eval` and explain. Cut
 * by the buf's ceiling. */
void cel_print(struct buf *out, struct cel_eval *eval, struct cel_value v);

#endif
