/* new - a record to fill in. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sys.h"
#include "cmd/open_policy.h"
#include "cmd/skeleton.h"

enum { SKELETON_MOST = 1 << 24 };

static bool no_kind(const struct kind_set *kinds, str name, struct error *err)
{
	str nearest[1];

	if (kind_nearest(kinds, name, nearest, 1))
		return error_set(err, ERROR_USAGE,
				 "there is no kind '" STR_FMT
				 "'; did you mean '" STR_FMT "'?",
				 STR_ARG(name), STR_ARG(nearest[0]));
	return error_set(err, ERROR_USAGE,
			 "there is no kind '" STR_FMT
			 "'; `abide schema` lists them",
			 STR_ARG(name));
}

/* An id may be anything that is plain in YAML; whether it fits its schema the
 * first check says. */
static bool id_is_plain(str id, struct error *err)
{
	for (size_t i = 0; i < id.len; i++) {
		char c = id.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		      (i && (c == '-' || c == '.'))))
			return error_set(err, ERROR_USAGE,
					 "an id has lower-case letters, "
					 "digits, dots and hyphens, and "
					 "'" STR_FMT "' does not",
					 STR_ARG(id));
	}
	return id.len >= 2 ||
	       error_set(err, ERROR_USAGE, "an id has 2 characters or more");
}

/* Line by line through the encoder: schemas of a repository say anything. */
static void write_lines(struct out *out, str text)
{
	while (text.len) {
		out_text(out, str_cut(&text, '\n'), ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
}

/* Into a new file, from where the program was started. */
static bool write_file(const struct env *env, const struct options *options,
		       str path, const struct out *text, struct error *err)
{
	char *name = arena_cstr(options->arena, path);
	enum sys_kind kind;
	bool done;
	int here;

	if (!sys_open_directory(&here, SYS_HERE, env->dir, err))
		return false;
	kind = sys_kind_beneath(here, name);
	if (kind == SYS_LINK)
		done = error_set(err, ERROR_USAGE,
				 "'" STR_FMT "' is or leads over a symbolic "
				 "link, or out of this folder",
				 STR_ARG(path));
	else if (kind != SYS_ABSENT)
		done = error_set(err, ERROR_USAGE,
				 "'" STR_FMT "' is there already; new writes "
				 "over nothing",
				 STR_ARG(path));
	else
		done = sys_create_beneath(here, name, out_str(text), err);
	sys_close(here);
	return done;
}

static bool make(const struct env *env, const struct options *options,
		 const struct kind_set *kinds, struct error *err)
{
	str id = options->argument_count > 1 ? options->arguments[1] : (str){0};
	const struct kind *kind = kind_find(kinds, options->arguments[0]);
	str path = options_text(options, OPTION_WRITE);
	struct buf text;
	struct out shown;
	bool done;

	if (!kind)
		return no_kind(kinds, options->arguments[0], err);
	if (id.ptr && !id_is_plain(id, err))
		return false;
	buf_init(&text, SKELETON_MOST);
	out_init(&shown, SKELETON_MOST);
	done = skeleton_write(&text, kind, id, err);
	if (done && text.full)
		done = error_set(err, ERROR_LIMIT, "the schema is too large");
	if (done)
		write_lines(path.ptr ? &shown : env->out, buf_str(&text));
	if (done && path.ptr) {
		done = write_file(env, options, path, &shown, err);
		if (done) {
			out_safe(env->out, SAFE("wrote "));
			out_text(env->out, path, ENCODE_TERMINAL);
			out_safe(env->out, SAFE("\n"));
		}
	}
	out_done(&shown);
	buf_done(&text);
	return done;
}

static enum status run(const struct env *env, const struct options *options)
{
	struct input input = {0};
	enum status status;
	struct error err;

	if (options->argument_count < 1 || options->argument_count > 2) {
		(void)error_set(&err, ERROR_USAGE,
				"new wants a kind, and an id if you have one; "
				"`abide schema` lists the kinds");
		return complain(env, &err);
	}
	if (!open_policy(&input, env, options, &err))
		return complain(env, &err);
	status = make(env, options, policy_kinds(input.policy), &err)
			 ? STATUS_PASS
			 : complain(env, &err);
	input_close(&input);
	return status;
}

extern const struct command command_new;
const struct command command_new = {
	.name = "new",
	.arguments = "KIND [ID]",
	.summary = "show a record of a kind, to be filled in",
	.details =
		"Prints a record with everything its schema requires, TODO for "
		"each value,\n"
		"and the rest in comments. `abide check` names each TODO that "
		"is left: no\n"
		"value is made up. Kinds of the repository's own schemas work "
		"as well.\n"
		"\n"
		"With --write the record goes into a new file; one that is "
		"there stays as\n"
		"it is, and the status is 2.\n",
	.examples = "  abide new supplier sup-mailer\n"
		    "  abide new risk ri-theft --write "
		    "compliance/risks/theft.yaml\n",
	.run = run,
};
