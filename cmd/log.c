/* log - `abide log`: who changed which value, and who agreed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/log.h"

#include <stdlib.h>

#include "base/nearest.h"
#include "record/follow.h"

static const struct writer writers[] = {
	{"text", log_write_text},
	{"json", log_write_json},
	{"csv", log_write_csv},
	{"markdown", log_write_markdown},
};

/* ---- entries */

static void find_masks(struct mask_values *out, const struct log *log,
		       const struct change *change, str pointer,
		       const struct node *value)
{
	*out = (struct mask_values){0};
	if (value)
		mask_values(out, log->past->input.policy, change->trail->kind,
			    pointer, value, log->past->arena);
}

static struct log_field field_of(const struct log *log,
				 const struct change *change,
				 const struct field_change *field)
{
	struct log_field shown = {
		.pointer = field->pointer,
		.before = field->before,
		.after = field->after,
		.reordered = field->reordered,
	};

	find_masks(&shown.before_masks, log, change, field->pointer_before,
		   field->before);
	find_masks(&shown.after_masks, log, change, field->pointer,
		   field->after);
	return shown;
}

static void add_entry(struct log *log, const struct change *change,
		      const struct log_field *fields, size_t count)
{
	*vec_push(&log->entries) = (struct log_entry){change, fields, count};
}

/* The fields of a change that --field asks for; without it all. */
static void add_changed(struct log *log, const struct change *change,
			str pointer, str pointer_before)
{
	struct log_field *fields = arena_array(
		log->past->arena, struct log_field, change->field_count);
	size_t count = 0;

	for (size_t i = 0; i < change->field_count; i++) {
		const struct field_change *field = &change->fields[i];

		if (!pointer.ptr ||
		    field_touches(field, pointer, pointer_before))
			fields[count++] = field_of(log, change, field);
	}
	if (count || !pointer.ptr)
		add_entry(log, change, fields, count);
}

static struct log_field whole_field(const struct log *log,
				    const struct change *change,
				    const struct node *root,
				    const struct node *value)
{
	bool came = change->kind == CHANGE_ADDED;
	struct field_change field = {.before = came ? NULL : value,
				     .after = came ? value : NULL};
	struct buf pointer;

	buf_init(&pointer, SIZE_MAX);
	node_pointer(&pointer, root, value);
	field.pointer = str_keep(log->past->arena, buf_str(&pointer));
	field.pointer_before = field.pointer;
	buf_done(&pointer);
	return field_of(log, change, &field);
}

/* Of a record that came or went: the value asked for, or all of its members
 * but its name. */
static bool add_whole(struct log *log, const struct change *change, str pointer,
		      struct error *err)
{
	struct past *past = log->past;
	const struct node *before;
	const struct node *after;
	const struct node *root;
	struct log_field *fields;
	size_t count = 0;

	if (!change_trees(&before, &after, past->trails, past->reader, change,
			  past->arena, err))
		return false;
	root = after ? after : before;
	fields = arena_array(past->arena, struct log_field,
			     (size_t)root->count + 1);
	if (pointer.ptr) {
		const struct node *value = node_find_at(root, pointer);

		if (value)
			add_entry(log, change, fields, 1);
		if (value)
			fields[0] = whole_field(log, change, root, value);
		return true;
	}
	for (size_t i = 0; i < root->count; i++) {
		const struct node *value = &root->as.children[i];

		if (!str_is(value->key->text, "id") &&
		    !str_is(value->key->text, "kind"))
			fields[count++] = whole_field(log, change, root, value);
	}
	add_entry(log, change, fields, count);
	return true;
}

/* Has it fields that are shown, though a change of all has none? */
static bool is_whole(const struct log *log, const struct change *change,
		     str pointer)
{
	return change->kind == CHANGE_ADDED
		       ? log->trails || pointer.ptr
		       : change->kind == CHANGE_REMOVED && pointer.ptr;
}

static str pointer_before(const struct log *log, const struct change *change,
			  str pointer)
{
	struct buf before;
	str kept;

	if (!pointer.ptr || change->field_count == 0)
		return pointer;
	buf_init(&before, SIZE_MAX);
	change_pointer_before(&before, change, pointer);
	kept = str_keep(log->past->arena, buf_str(&before));
	buf_done(&before);
	return kept;
}

/* One trail, newest first; the field is followed to where it stood. */
static bool add_trail(struct log *log, const struct trail *trail,
		      struct error *err)
{
	str pointer = log->field;

	for (size_t i = 0; i < trail->count; i++) {
		const struct change *change = &trail->changes[i];
		str before = pointer_before(log, change, pointer);

		if (!past_in_span(&log->span, log->past, change->number)) {
			pointer = before;
			continue;
		}
		if (!is_whole(log, change, pointer))
			add_changed(log, change, pointer, before);
		else if (!add_whole(log, change, pointer, err))
			return false;
		pointer = before;
	}
	return true;
}

static int by_landing(const void *a, const void *b)
{
	const struct log_entry *x = a;
	const struct log_entry *y = b;
	int order;

	if (x->change->number != y->change->number)
		return x->change->number > y->change->number ? -1 : 1;
	order = str_compare(x->change->trail->kind, y->change->trail->kind);
	return order ? order
		     : str_compare(x->change->trail->id, y->change->trail->id);
}

/* ---- gaps */

static bool concerns(const struct log *log, const struct trail_gap *gap)
{
	for (size_t i = 0; i < log->trail_count; i++) {
		const struct trail *trail = log->trails[i];

		for (size_t k = 0; k < trail->count; k++) {
			if (str_equal(trail->changes[k].path, gap->path) ||
			    str_equal(trail->changes[k].path_before, gap->path))
				return true;
		}
	}
	return !log->trails;
}

static void find_gaps(struct log *log)
{
	size_t count;
	const struct trail_gap *gaps = trails_gaps(&count, log->past->trails);

	for (size_t i = 0; i < count; i++) {
		if (concerns(log, &gaps[i]) &&
		    past_in_span(&log->span, log->past, gaps[i].landing))
			*vec_push(&log->gaps) = &gaps[i];
	}
}

static bool find_entries(struct log *log, struct error *err)
{
	const struct trails *trails = log->past->trails;
	size_t count = log->trails ? log->trail_count : trails_count(trails);

	for (size_t i = 0; i < count; i++) {
		if (!add_trail(log,
			       log->trails ? log->trails[i]
					   : trails_at(trails, i),
			       err))
			return false;
	}
	if (log->entries.count)
		qsort(log->entries.at, log->entries.count,
		      sizeof(struct log_entry), by_landing);
	find_gaps(log);
	return true;
}

/* A field nobody ever wrote is more likely misspelt than without history. */
static bool check_field(const struct log *log, struct error *err)
{
	struct nearest nearest;
	const struct node *root;
	bool found;

	if (!log->field.ptr || log->entries.count || log->trail_count == 0)
		return true;
	nearest_start(&nearest, say_field(log->field));
	for (size_t i = 0; i < log->trail_count; i++) {
		if (!past_tree(&root, log->past, log->trails[i], err))
			return false;
		if (node_find_at(root, log->field))
			return true;
		for (size_t k = 0; k < root->count; k++)
			nearest_offer(&nearest, root->as.children[k].key->text);
	}
	found = nearest.count > 0;
	return error_set(
		err, ERROR_USAGE,
		STR_FMT "/" STR_FMT " has no field '" STR_FMT "'%s" STR_FMT
			"%s",
		STR_ARG(log->trails[0]->kind), STR_ARG(log->trails[0]->id),
		STR_ARG(say_field(log->field)), found ? "; did you mean '" : "",
		STR_ARG(found ? nearest.found[0] : STR("")), found ? "'?" : "");
}

static bool read_log(struct log *log, const struct options *options,
		     struct error *err)
{
	if (options->argument_count > 1)
		return error_set(err, ERROR_USAGE,
				 "log takes one record at most");
	log->field = past_field(log->past);
	return past_span(&log->span, log->past, err) &&
	       (options->argument_count == 0 ||
		past_find(&log->trails, &log->trail_count, log->past,
			  options->arguments[0], err)) &&
	       find_entries(log, err) && check_field(log, err);
}

static enum status run(const struct env *env, const struct options *options)
{
	enum status status = STATUS_PASS;
	const struct writer *writer;
	struct log log = {0};
	struct past past;
	struct error err;

	if (!find_writer(&writer, writers, ARRAY_SIZE(writers), options,
			 &err) ||
	    !past_open(&past, env, options, &err))
		return complain(env, &err);
	log.past = &past;
	if (read_log(&log, options, &err) && past_verify(&past, NULL, &err))
		past_write(writer, &past, &log);
	else
		status = complain(env, &err);
	vec_done(&log.entries);
	vec_done(&log.gaps);
	past_close(&past);
	return status;
}

extern const struct command command_log;
const struct command command_log = {
	.name = "log",
	.arguments = "[RECORD]",
	.summary = "show who changed which value of a record, and who agreed",
	.details =
		"Compares parsed values on the main line: layout, the order of "
		"keys, comments and\nmoved files change nothing. A record is "
		"followed by its kind and id through files\nand formats. "
		"RECORD is kind/id, an id that is the only one, or a path; "
		"without it\nall records are shown. Names, dates and trailers "
		"are what the commits state.\n",
	.examples = "  abide log data-category/dc-leads\n"
		    "  abide log dc-leads --field retention\n"
		    "  abide log --since 2026-01-01 --format csv\n",
	.run = run,
};
