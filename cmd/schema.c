/* SPDX-License-Identifier: Apache-2.0 */
#include "base/embedded.h"
#include "cmd/open_policy.h"

static void write_list(const struct env *env, const struct kind_set *kinds)
{
	for (size_t i = 0; i < kind_count(kinds); i++) {
		const struct kind *kind = kind_at(kinds, i);

		out_text(env->out, kind->name, ENCODE_TERMINAL);
		out_repeat(env->out, SAFE(" "),
			   kind->name.len < 24 ? 24 - kind->name.len : 1);
		out_text(env->out, kind->title, ENCODE_TERMINAL);
		if (kind->own) {
			out_safe(env->out, SAFE("  ("));
			out_text(env->out, kind->path, ENCODE_TERMINAL);
			out_safe(env->out, SAFE(")"));
		}
		out_safe(env->out, SAFE("\n"));
	}
}

/* The file as it was written, line by line through the encoder. */
static void write_text(const struct env *env, str text)
{
	while (text.len) {
		str line = str_cut(&text, '\n');

		out_text(env->out, line, ENCODE_TERMINAL);
		out_safe(env->out, SAFE("\n"));
	}
}

static enum status write_kind(const struct env *env,
			      const struct kind_set *kinds, str name)
{
	const struct kind *kind = kind_find(kinds, name);
	str nearest[1];
	struct error err;

	if (kind) {
		write_text(env, schema_file_of(kind->schema)->text);
		return STATUS_PASS;
	}
	if (kind_nearest(kinds, name, nearest, 1))
		(void)error_set(&err, ERROR_USAGE,
				"there is no kind '" STR_FMT
				"'; did you mean '" STR_FMT "'?",
				STR_ARG(name), STR_ARG(nearest[0]));
	else
		(void)error_set(&err, ERROR_USAGE,
				"there is no kind '" STR_FMT "'",
				STR_ARG(name));
	return complain(env, &err);
}

static enum status run(const struct env *env, const struct options *options)
{
	const struct kind_set *kinds;
	enum status status = STATUS_PASS;
	struct input input = {0};
	struct error err;
	str path;

	if (options->argument_count > 1) {
		(void)error_set(&err, ERROR_USAGE,
				"schema wants one kind, or none for a list");
		return complain(env, &err);
	}
	if (options->argument_count == 1) {
		/* config, pack, common: our own files, by their path. */
		path = str_format(options->arena, "schema/" STR_FMT ".yaml",
				  STR_ARG(options->arguments[0]));
		if (str_find_byte(options->arguments[0], '/') != SIZE_MAX &&
		    embedded_find(path).ptr) {
			write_text(env, embedded_find(path));
			return STATUS_PASS;
		}
	}
	if (!open_policy(&input, env, options, &err))
		return complain(env, &err);
	kinds = policy_kinds(input.policy);
	if (options->argument_count == 0)
		write_list(env, kinds);
	else
		status = write_kind(env, kinds, options->arguments[0]);
	input_close(&input);
	return status;
}

extern const struct command command_schema;
const struct command command_schema = {
	.name = "schema",
	.arguments = "[KIND]",
	.summary = "list the kinds of record, or show the schema of one",
	.details = "Without an argument, lists the kinds. With one, prints its "
		   "JSON Schema as YAML.\nThe forms of our own files are "
		   "abide/config, abide/pack, abide/framework.\n",
	.examples = "  abide schema\n  abide schema retention-rule\n"
		    "  abide schema abide/config\n",
	.run = run,
};
