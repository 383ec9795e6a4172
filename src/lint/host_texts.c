/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"
#include "base/vec.h"
#include "lint/host_functions.h"

enum { DEPTH = 64 };

struct collecting {
	struct cel_eval *eval;
	struct buf pointer;
	VEC(struct cel_value) texts;
	bool spent;
};

static void add_text(struct collecting *collecting, const struct node *node)
{
	struct cel_eval *eval = collecting->eval;
	struct cel_table *table = cel_table_new(eval->arena, 2);

	(void)cel_table_put(
		table, cel_string(STR("path")),
		cel_string(
			str_keep(eval->arena, buf_str(&collecting->pointer))));
	(void)cel_table_put(table, cel_string(STR("value")),
			    cel_string(node->text));
	*vec_push(&collecting->texts) = cel_table_value(table);
}

static void collect(struct collecting *collecting, const struct node *node,
		    unsigned depth)
{
	size_t len = collecting->pointer.len;

	if (!cel_charge(collecting->eval, 1)) {
		collecting->spent = true;
		return;
	}
	if (node->kind == NODE_STRING)
		add_text(collecting, node);
	if (node->kind != NODE_LIST && node->kind != NODE_MAP)
		return;
	for (uint32_t i = 0; depth && !collecting->spent && i < node->count;
	     i++) {
		const struct node *child = &node->as.children[i];

		if (child->key)
			pointer_add(&collecting->pointer, child->key->text);
		else
			buf_format(&collecting->pointer, "/%u", i);
		collect(collecting, child, depth - 1);
		collecting->pointer.len = len;
	}
}

/* r.texts(): each text of a record as { path, value }. */
struct cel_value host_texts(struct cel_eval *eval, const struct cel_value *args,
			    size_t count)
{
	const struct node *root = cel_value_node(args[0]);
	struct collecting collecting = {.eval = eval};
	struct cel_value *items;
	size_t found;

	(void)count;
	if (!root)
		return host_fail(eval, STR("texts() is asked of a record"));
	buf_init(&collecting.pointer, eval->limits->yaml_size);
	collect(&collecting, root, DEPTH);
	found = collecting.texts.count;
	items = vec_keep(&collecting.texts, eval->arena);
	vec_done(&collecting.texts);
	buf_done(&collecting.pointer);
	return collecting.spent ? cel_spent(eval)
				: cel_list_of(eval->arena, items, found);
}

struct cel_value host_file_exists(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	const struct host *host = host_of(eval);

	(void)count;
	reads_note(host->reads, READ_FILE, STR(""), cel_str(args[0]));
	return cel_bool(host->snapshot &&
			snapshot_find(host->snapshot, cel_str(args[0])));
}

struct cel_value host_file_sha256(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	const struct host *host = host_of(eval);
	const struct entry *entry =
		host->snapshot ? snapshot_find(host->snapshot, cel_str(args[0]))
			       : NULL;
	unsigned char sum[SHA256_RAW];
	char *hex = arena_raw(eval->arena, SHA256_HEX + 1, 1);
	struct blob blob;
	struct error err;

	(void)count;
	reads_note(host->reads, READ_FILE, STR(""), cel_str(args[0]));
	if (!entry)
		return host_fail(eval,
				 str_format(eval->arena,
					    "there is no file '" STR_FMT "'",
					    STR_ARG(cel_str(args[0]))));
	if (!snapshot_read(&blob, host->reader, entry, &err) ||
	    blob.state != BLOB_READ)
		return host_fail(eval, str_format(eval->arena,
						  "the file '" STR_FMT
						  "' cannot be read",
						  STR_ARG(cel_str(args[0]))));
	if (!cel_charge_bytes(eval, blob.bytes.len))
		return cel_spent(eval);
	sha256_of(sum, blob.bytes);
	sha256_format(hex, sum);
	return cel_string(str_make(hex, SHA256_HEX));
}
