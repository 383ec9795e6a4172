/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/log.h"

enum { SCHEMA = 1 };

static void write_approvals(struct json *json, const struct past *past,
			    const struct change *change)
{
	size_t count;
	const struct approval *approvals = find_approvals(&count, past, change);

	json_key(json, STR("approvals"));
	json_array(json);
	for (size_t i = 0; i < count; i++) {
		json_object(json);
		json_key(json, STR("trailer"));
		json_text(json, approvals[i].key);
		json_key(json, STR("who"));
		json_text(json, approvals[i].who);
		json_end(json);
	}
	json_end(json);
}

/* A value that was not there has no member. */
static void write_field(struct json *json, const struct log_field *field)
{
	json_object(json);
	json_key(json, STR("pointer"));
	json_text(json, field->pointer);
	json_key(json, STR("reordered"));
	json_bool(json, field->reordered);
	json_key(json, STR("masked"));
	json_bool(json, field->before_masks.count || field->after_masks.count);
	if (field->before) {
		json_key(json, STR("before"));
		say_json_value(json, field->before, &field->before_masks);
	}
	if (field->after) {
		json_key(json, STR("after"));
		say_json_value(json, field->after, &field->after_masks);
	}
	json_end(json);
}

static void write_entry(struct json *json, const struct past *past,
			const struct log_entry *entry)
{
	const struct change *change = entry->change;

	json_object(json);
	json_key(json, STR("kind"));
	json_text(json, change->trail->kind);
	json_key(json, STR("id"));
	json_text(json, change->trail->id);
	json_key(json, STR("change"));
	json_text(json, str_of(change_kind_name(change->kind)));
	json_text_or_null(json, STR("path_before"), change->path_before);
	json_text_or_null(json, STR("path"), change->path);
	json_key(json, STR("material"));
	json_bool(json, change->material);
	json_commit(json, past, STR("landing"), change->landing);
	json_commit(json, past, STR("maker"), change->maker);
	write_approvals(json, past, change);
	json_key(json, STR("fields"));
	json_array(json);
	for (size_t i = 0; i < entry->count; i++)
		write_field(json, &entry->fields[i]);
	json_end(json);
	json_end(json);
}

static void write_gap(struct json *json, const struct past *past,
		      const struct trail_gap *gap)
{
	const struct commit_facts *facts =
		history_landing(past->history, gap->landing);

	json_object(json);
	json_key(json, STR("commit"));
	json_text(json, input_hex(past->arena, facts->oid));
	json_key(json, STR("path"));
	json_text(json, gap->path);
	json_key(json, STR("reason"));
	json_text(json, gap->reason);
	json_end(json);
}

void log_write_json(const void *what)
{
	const struct log *log = what;
	const struct past *past = log->past;
	struct json json = past_json_start(past, SCHEMA);

	say_json_ground(past, &json);
	json_text_or_null(&json, STR("field"), log->field);
	json_key(&json, STR("entries"));
	json_array(&json);
	for (size_t i = 0; i < log->entries.count; i++)
		write_entry(&json, past, &log->entries.at[i]);
	json_end(&json);
	json_key(&json, STR("gaps"));
	json_array(&json);
	for (size_t i = 0; i < log->gaps.count; i++)
		write_gap(&json, past, log->gaps.at[i]);
	json_end(&json);
	json_key(&json, STR("lossy"));
	json_bool(&json, out_json_is_lossy(json.out));
	past_json_end(&json, past);
}
