/* blame - `abide blame`: which commit last changed the value of each field. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/period.h"
#include "base/width.h"
#include "cmd/past_say.h"
#include "record/follow.h"

enum { SCHEMA = 1, LONGEST = 48, WIDEST = 40 };

/* A plain value, or a list or map without anything in it. */
struct field {
	str pointer;
	const struct node *value;
	const struct change *change; /* that last changed the value */
};

struct blame {
	struct past *past;
	const struct trail *trail;
	const struct node *root;
	struct mask_values masks;
	const struct change *confirmed; /* the newest that sets reviewed_on */
	bool limited;			/* --older-than */
	struct instant limit;
	VEC(struct field) fields;
};

static bool is_before(const struct blame *blame, const struct change *change)
{
	return !change || !change->landing->committer.dated ||
	       instant_compare(change->landing->when, blame->limit) <= 0;
}

/* What has no date is listed: nothing says that it is young. */
static bool is_shown(const struct blame *blame, const struct change *change)
{
	return !blame->limited ||
	       (is_before(blame, change) && is_before(blame, blame->confirmed));
}

static void add_fields(struct blame *blame, const struct node *node);

static void add_field(struct blame *blame, const struct node *node)
{
	struct arena *arena = blame->past->arena;
	const struct change *change;
	struct buf pointer;

	buf_init(&pointer, SIZE_MAX);
	node_pointer(&pointer, blame->root, node);
	change = trail_field(blame->trail, buf_str(&pointer));
	if (is_shown(blame, change))
		*vec_push(&blame->fields) = (struct field){
			.pointer = str_keep(arena, buf_str(&pointer)),
			.value = node,
			.change = change,
		};
	buf_done(&pointer);
}

/* The depth of a document bounds the recursion. What is hidden is hidden with
 * all that lies in it. */
static void add_fields(struct blame *blame, const struct node *node)
{
	bool holds = node->kind == NODE_LIST || node->kind == NODE_MAP;

	if (!holds || node->count == 0 || mask_hides(&blame->masks, node)) {
		add_field(blame, node);
		return;
	}
	for (size_t i = 0; i < node->count; i++)
		add_fields(blame, &node->as.children[i]);
}

/* The record's own name is no field that could be out of date. */
static void find_fields(struct blame *blame)
{
	for (size_t i = 0; i < blame->root->count; i++) {
		const struct node *value = &blame->root->as.children[i];

		if (!str_is(value->key->text, "kind") &&
		    !str_is(value->key->text, "id"))
			add_fields(blame, value);
	}
}

/* ---- writing */

static str value_of(const struct blame *blame, const struct field *field)
{
	return say_value(blame->past, field->value, &blame->masks);
}

static void write_padded(struct out *out, str text, size_t most, size_t width)
{
	struct out cell;
	size_t used;

	out_init(&cell, SIZE_MAX);
	out_text_cut(&cell, text, most, ENCODE_TERMINAL);
	used = width_of(out_str(&cell));
	out_done(&cell);
	out_text_cut(out, text, most, ENCODE_TERMINAL);
	out_repeat(out, SAFE(" "), (used < width ? width - used : 0) + 2);
}

static size_t widest(const struct blame *blame, bool values)
{
	size_t most = 0;

	for (size_t i = 0; i < blame->fields.count; i++) {
		const struct field *field = &blame->fields.at[i];
		size_t width = width_of(values ? value_of(blame, field)
					       : say_field(field->pointer));

		most = width > most ? width : most;
	}
	return most < WIDEST ? most : WIDEST;
}

static void write_commit(const struct blame *blame, struct out *out,
			 const struct change *change)
{
	const struct past *past = blame->past;
	const struct commit_facts *maker = change->maker;

	out_text(out, say_date(past, change->landing), ENCODE_TERMINAL);
	out_safe(out, SAFE("  "));
	out_text(out, say_short(past, &change->landing->oid), ENCODE_TERMINAL);
	out_safe(out, SAFE("  "));
	out_text(out, say_person(&maker->author, &maker->author_is),
		 ENCODE_TERMINAL);
	out_safe(out, SAFE("  "));
	out_text_cut(out, change->landing->subject, LONGEST, ENCODE_TERMINAL);
}

static void write_text(const void *what)
{
	const struct blame *blame = what;
	struct out *out = blame->past->env->out;
	size_t names = widest(blame, false);
	size_t values = widest(blame, true);

	out_text(out, blame->trail->kind, ENCODE_TERMINAL);
	out_safe(out, SAFE("/"));
	out_text(out, blame->trail->id, ENCODE_TERMINAL);
	out_safe(out, SAFE(" in "));
	out_text(out, blame->trail->changes[0].path, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
	for (size_t i = 0; i < blame->fields.count; i++) {
		const struct field *field = &blame->fields.at[i];

		out_safe(out, SAFE("  "));
		write_padded(out, say_field(field->pointer), WIDEST, names);
		write_padded(out, value_of(blame, field), WIDEST, values);
		write_commit(blame, out, field->change);
		out_safe(out, SAFE("\n"));
	}
	if (blame->fields.count == 0)
		out_safe(out, SAFE("  no field is that old, or a review of the "
				   "record is younger\n"));
	out_safe(out, SAFE("\n"));
	say_ground(blame->past, out, ENCODE_TERMINAL);
}

static void write_rows(const struct blame *blame, const struct table *table)
{
	const struct past *past = blame->past;

	for (size_t i = 0; i < blame->fields.count; i++) {
		const struct field *field = &blame->fields.at[i];
		const struct commit_facts *landing = field->change->landing;
		const struct commit_facts *maker = field->change->maker;

		out_safe(table->out, table->start);
		table_cell(table,
			   str_format(past->arena, STR_FMT "/" STR_FMT,
				      STR_ARG(blame->trail->kind),
				      STR_ARG(blame->trail->id)),
			   false);
		table_cell(table, say_field(field->pointer), false);
		table_cell(table, value_of(blame, field), false);
		table_cell(table, say_date(past, landing), false);
		table_cell(table, say_short(past, &landing->oid), false);
		table_cell(table,
			   say_person(&landing->author, &landing->author_is),
			   false);
		table_cell(table, say_short(past, &maker->oid), false);
		table_cell(table, say_person(&maker->author, &maker->author_is),
			   false);
		table_cell(table, landing->subject, true);
	}
}

static void write_csv(const void *what)
{
	const struct blame *blame = what;
	struct table table = table_csv(blame->past->env->out);

	out_safe(table.out, SAFE("record,field,value,date,landing,landed_by,"
				 "maker,made_by,subject\r\n"));
	write_rows(blame, &table);
}

static void write_markdown(const void *what)
{
	const struct blame *blame = what;
	struct table table = table_markdown(blame->past->env->out);

	out_safe(table.out,
		 SAFE("| Record | Field | Value | Date | Landing | Landed by | "
		      "Maker | Made by | Subject |\n"
		      "|---|---|---|---|---|---|---|---|---|\n"));
	write_rows(blame, &table);
	say_ground_below(blame->past);
}

static void write_json(const void *what)
{
	const struct blame *blame = what;
	const struct past *past = blame->past;
	struct json json = past_json_start(past, SCHEMA);

	say_json_ground(past, &json);
	json_key(&json, STR("kind"));
	json_text(&json, blame->trail->kind);
	json_key(&json, STR("id"));
	json_text(&json, blame->trail->id);
	json_key(&json, STR("path"));
	json_text(&json, blame->trail->changes[0].path);
	json_key(&json, STR("fields"));
	json_array(&json);
	for (size_t i = 0; i < blame->fields.count; i++) {
		const struct field *field = &blame->fields.at[i];

		json_object(&json);
		json_key(&json, STR("pointer"));
		json_text(&json, field->pointer);
		json_key(&json, STR("value"));
		say_json_value(&json, field->value, &blame->masks);
		json_commit(&json, past, STR("landing"),
			    field->change->landing);
		json_commit(&json, past, STR("maker"), field->change->maker);
		json_end(&json);
	}
	json_end(&json);
	json_key(&json, STR("reviewed"));
	if (blame->confirmed)
		json_text(&json, input_hex(past->arena,
					   blame->confirmed->landing->oid));
	else
		json_null(&json);
	json_key(&json, STR("lossy"));
	json_bool(&json, out_json_is_lossy(json.out));
	past_json_end(&json, past);
}

static const struct writer writers[] = {
	{"text", write_text},
	{"json", write_json},
	{"csv", write_csv},
	{"markdown", write_markdown},
};

/* ---- the command */

static bool read_limit(struct blame *blame, const struct options *options,
		       struct error *err)
{
	str text = options_text(options, OPTION_OLDER_THAN);
	struct period period;

	if (!text.ptr)
		return true;
	blame->limited = true;
	if (!period_parse(&period, text, err))
		return error_set(err, ERROR_USAGE,
				 "--older-than wants a period such as P12M, "
				 "not '" STR_FMT "'",
				 STR_ARG(text));
	return period_minus(&blame->limit, blame->past->input.now, &period,
			    NULL, err);
}

static bool read_blame(struct blame *blame, const struct options *options,
		       struct error *err)
{
	struct past *past = blame->past;

	if (options->argument_count != 1)
		return error_set(err, ERROR_USAGE, "blame wants one record");
	if (!past_find_one(&blame->trail, past, options->arguments[0], err) ||
	    !read_limit(blame, options, err))
		return false;
	if (!past_lives(blame->trail))
		return error_set(err, ERROR_USAGE,
				 STR_FMT "/" STR_FMT
					 " is gone; abide log shows since when",
				 STR_ARG(blame->trail->kind),
				 STR_ARG(blame->trail->id));
	if (!past_tree(&blame->root, past, blame->trail, err))
		return false;
	for (size_t i = 0; !blame->confirmed && i < blame->trail->count; i++) {
		if (blame->trail->changes[i].reviewed)
			blame->confirmed = &blame->trail->changes[i];
	}
	mask_values(&blame->masks, past->input.policy, blame->trail->kind,
		    STR(""), blame->root, past->arena);
	find_fields(blame);
	return true;
}

static enum status run(const struct env *env, const struct options *options)
{
	const struct writer *writer;
	enum status status = STATUS_PASS;
	struct blame blame = {0};
	struct past past;
	struct error err;

	if (!find_writer(&writer, writers, ARRAY_SIZE(writers), options,
			 &err) ||
	    !past_open(&past, env, options, &err))
		return complain(env, &err);
	blame.past = &past;
	if (read_blame(&blame, options, &err) && past_verify(&past, NULL, &err))
		past_write(writer, &past, &blame);
	else
		status = complain(env, &err);
	vec_done(&blame.fields);
	past_close(&past);
	return status;
}

extern const struct command command_blame;
const struct command command_blame = {
	.name = "blame",
	.arguments = "RECORD",
	.summary = "name for each field the commit that last changed its value",
	.details =
		"Shows the record as the commit has it, and for each value the "
		"landing on the main\nline that last changed it: not the line, "
		"so that a new layout or another file is no\nchange. With "
		"--older-than only fields that nobody changed for so long, in "
		"records\nwhose review nobody recorded since.\n",
	.examples = "  abide blame retention-rule/rr-leads\n"
		    "  abide blame rr-leads --older-than P12M\n",
	.run = run,
};
