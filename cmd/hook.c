/*
 * hook - `abide hook`: puts our hooks where git runs them, and takes them away.
 *
 * The scripts are those of hooks/, which the program holds. A hook that is
 * there already is kept as NAME.chained, which ours runs first; nothing is
 * written over, and nothing is written when something is in the way.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/hook.h"
#include "base/embedded.h"
#include "base/nearest.h"
#include "base/sys.h"
#include "cmd/hook_place.h"

enum { HOOK_MOST = 1 << 20, HOOKS_MOST = 8 };

enum hook_state {
	HOOK_ABSENT,
	HOOK_OURS,
	HOOK_DIFFERENT, /* ours, and not of this version */
	HOOK_FOREIGN,
	HOOK_ODD, /* a link, a folder, a device */
};

struct hook {
	const char *name;
	const char *chained; /* the name beside it */
	str text;
	enum hook_state state;
	bool runs; /* git may execute it */
	bool has_chained;
};

struct hooks {
	const struct env *env;
	struct arena *arena;
	struct repo *repo;
	struct hook_place place;
	int folder; /* -1: it is not there */
	struct hook at[HOOKS_MOST];
	size_t count;
};

static const char *const on_a_server[] = {"pre-receive", "post-receive"};
static const char *const at_work[] = {"pre-commit", "commit-msg", "pre-push"};

/* ---- what is there */

static str script_of(struct arena *arena, str name)
{
	return embedded_find(
		str_format(arena, "hooks/" STR_FMT, STR_ARG(name)));
}

static enum hook_state state_of(const struct hook *hook, int folder,
				struct arena *arena, struct error *err)
{
	enum sys_kind kind = sys_kind_of(folder, hook->name);
	enum hook_state state = HOOK_FOREIGN;
	struct buf text;

	if (kind != SYS_FILE)
		return kind == SYS_ABSENT ? HOOK_ABSENT : HOOK_ODD;
	buf_init(&text, HOOK_MOST);
	if (!sys_read_file(&text, folder, hook->name, err))
		state = HOOK_ODD;
	else if (str_equal(buf_str(&text), hook->text))
		state = HOOK_OURS;
	else if (str_find(buf_str(&text),
			  str_format(arena, "\n# abide-hook: %s - ",
				     hook->name)) != SIZE_MAX)
		state = HOOK_DIFFERENT;
	buf_done(&text);
	return state;
}

static void look_at(struct hook *hook, struct hooks *hooks)
{
	struct error ignored;

	hook->chained =
		arena_cstr(hooks->arena,
			   str_format(hooks->arena, "%s.chained", hook->name));
	hook->state = HOOK_ABSENT;
	if (hooks->folder == -1)
		return;
	hook->state = state_of(hook, hooks->folder, hooks->arena, &ignored);
	hook->runs = sys_is_program(hooks->folder, hook->name);
	hook->has_chained =
		sys_kind_of(hooks->folder, hook->chained) != SYS_ABSENT;
}

static bool add_hook(struct hooks *hooks, str name, struct error *err)
{
	str text = script_of(hooks->arena, name);
	str names[HOOKS_MOST];
	str nearest[1];
	size_t count = 0;
	struct hook *hook;

	if (text.ptr && hooks->count < HOOKS_MOST) {
		hook = &hooks->at[hooks->count++];
		*hook = (struct hook){.name = arena_cstr(hooks->arena, name),
				      .text = text};
		look_at(hook, hooks);
		return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(at_work); i++)
		names[count++] = str_of(at_work[i]);
	for (size_t i = 0; i < ARRAY_SIZE(on_a_server); i++)
		names[count++] = str_of(on_a_server[i]);
	if (!text.ptr && nearest_find(nearest, 1, name, names, count) == 1)
		return error_set(err, ERROR_USAGE,
				 "abide has no hook '" STR_FMT
				 "'; did you mean '" STR_FMT "'?",
				 STR_ARG(name), STR_ARG(nearest[0]));
	return error_set(err, ERROR_USAGE,
			 "the hooks are pre-commit, commit-msg, pre-push, "
			 "pre-receive and post-receive, each once");
}

/* Those that are named, else those that belong here. */
static bool choose(struct hooks *hooks, const struct options *options,
		   struct error *err)
{
	bool bare = repo_state(hooks->repo)->bare;
	const char *const *usual = bare ? on_a_server : at_work;
	size_t count = bare ? ARRAY_SIZE(on_a_server) : ARRAY_SIZE(at_work);

	for (size_t i = 1; i < options->argument_count; i++) {
		if (!add_hook(hooks, options->arguments[i], err))
			return false;
	}
	for (size_t i = 0; options->argument_count == 1 && i < count; i++) {
		if (!add_hook(hooks, str_of(usual[i]), err))
			return false;
	}
	return true;
}

static bool open_hooks(struct hooks *hooks, const struct options *options,
		       struct error *err)
{
	const struct env *env = hooks->env;
	const char *folder;

	if (!repo_open(&hooks->repo, env->git, env->dir, &limits_default,
		       err) ||
	    !hook_place_find(&hooks->place, env, hooks->repo, hooks->arena,
			     err))
		return false;
	folder = arena_cstr(hooks->arena, hooks->place.folder);
	if (sys_kind_of(SYS_HERE, folder) != SYS_ABSENT &&
	    !sys_open_directory(&hooks->folder, SYS_HERE, folder, err))
		return false;
	return choose(hooks, options, err);
}

/* ---- telling */

static void tell(const struct hooks *hooks, const struct hook *hook,
		 struct safe what, const char *name)
{
	enum { COLUMN = 14 };
	struct out *out = hooks->env->out;
	str text = str_of(hook->name);

	out_text(out, text, ENCODE_TERMINAL);
	out_repeat(out, SAFE(" "), text.len < COLUMN ? COLUMN - text.len : 1);
	out_safe(out, what);
	if (name)
		out_text(out, str_of(name), ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

static void tell_place(const struct hooks *hooks)
{
	struct out *out = hooks->env->out;

	out_safe(out, SAFE("hooks in "));
	out_text(out, hooks->place.folder, ENCODE_TERMINAL);
	if (!hooks->place.usual)
		out_safe(out, hooks->place.shared
				      ? SAFE("  (core.hooksPath of the user "
					     "or the system)")
				      : SAFE("  (core.hooksPath)"));
	out_safe(out, SAFE("\n"));
}

/* git may have been told of another place where we do not look. */
static void warn_of_includes(const struct hooks *hooks)
{
	if (hooks->place.usual && repo_state(hooks->repo)->including)
		complain_help(hooks->env,
			      STR("the configuration of git has includes, "
				  "which are not read; `git rev-parse "
				  "--git-path hooks` tells where git looks"));
}

/* ---- installing */

/* Nothing is written unless all can be. */
static bool can_install(const struct hooks *hooks, struct error *err)
{
	if (hooks->place.shared)
		return error_set(err, ERROR_CONFIG,
				 "core.hooksPath is set for all repositories "
				 "of the user or the system, and a hook in "
				 "'" STR_FMT "' would judge all of them; set "
				 "core.hooksPath in this repository",
				 STR_ARG(hooks->place.folder));
	if (hooks->folder == -1 && !hooks->place.usual)
		return error_set(err, ERROR_CONFIG,
				 "core.hooksPath names '" STR_FMT
				 "', which is not there",
				 STR_ARG(hooks->place.folder));
	for (size_t i = 0; i < hooks->count; i++) {
		const struct hook *hook = &hooks->at[i];

		if (hook->state == HOOK_ODD)
			return error_set(err, ERROR_IO,
					 "%s is no file that can be read, and "
					 "is kept; nothing was written",
					 hook->name);
		if (hook->state == HOOK_FOREIGN && hook->has_chained)
			return error_set(err, ERROR_IO,
					 "%s is not abide's, and %s, which it "
					 "would be kept as, is there too; "
					 "nothing was written",
					 hook->name, hook->chained);
	}
	return true;
}

/* git makes the folder from a template, and may be told to use none. */
static bool make_folder(struct hooks *hooks, struct error *err)
{
	const struct repo_state *state = repo_state(hooks->repo);
	int common;
	bool done;

	if (hooks->folder != -1)
		return true;
	if (!sys_open_directory(&common, SYS_HERE,
				arena_cstr(hooks->arena, state->common_dir),
				err))
		return false;
	/* The first hook makes it; it is then one of ours. */
	done = sys_create_program(
		       common,
		       arena_cstr(hooks->arena,
				  str_format(hooks->arena, "hooks/%s",
					     hooks->at[0].name)),
		       hooks->at[0].text, err) &&
	       sys_open_directory(&hooks->folder, common, "hooks", err);
	sys_close(common);
	return done;
}

static bool write_hook(const struct hooks *hooks, const struct hook *hook,
		       struct error *err)
{
	int folder = hooks->folder;
	struct error ignored;

	if ((hook->state == HOOK_DIFFERENT || hook->state == HOOK_OURS) &&
	    !sys_remove(folder, hook->name, err))
		return false;
	if (hook->state == HOOK_FOREIGN &&
	    !sys_rename(folder, hook->name, hook->chained, err))
		return false;
	if (sys_create_program(folder, hook->name, hook->text, err))
		return true;
	if (hook->state == HOOK_FOREIGN)
		(void)!sys_rename(folder, hook->chained, hook->name, &ignored);
	return false;
}

static bool install_one(const struct hooks *hooks, const struct hook *hook,
			struct error *err)
{
	if (hook->state == HOOK_OURS && hook->runs) {
		tell(hooks, hook, SAFE("is there already"), NULL);
		return true;
	}
	if (!write_hook(hooks, hook, err))
		return false;
	if (hook->state == HOOK_FOREIGN)
		tell(hooks, hook,
		     SAFE("installed; the one that was there runs first, as "),
		     hook->chained);
	else if (hook->state == HOOK_ABSENT)
		tell(hooks, hook, SAFE("installed"), NULL);
	else
		tell(hooks, hook, SAFE("replaced by that of this version"),
		     NULL);
	return true;
}

static enum status install(struct hooks *hooks, struct error *err)
{
	bool made = hooks->folder == -1;

	if (!can_install(hooks, err) || !make_folder(hooks, err))
		return complain(hooks->env, err);
	tell_place(hooks);
	for (size_t i = 0; i < hooks->count; i++) {
		if (made && i == 0)
			tell(hooks, &hooks->at[i], SAFE("installed"), NULL);
		else if (!install_one(hooks, &hooks->at[i], err))
			return complain(hooks->env, err);
	}
	warn_of_includes(hooks);
	return STATUS_PASS;
}

/* ---- taking away, and looking */

static bool remove_one(const struct hooks *hooks, const struct hook *hook,
		       struct error *err)
{
	if (hook->state == HOOK_ABSENT) {
		tell(hooks, hook, SAFE("is not there"), NULL);
		return true;
	}
	if (hook->state == HOOK_FOREIGN || hook->state == HOOK_ODD) {
		tell(hooks, hook, SAFE("is not abide's, and stays"), NULL);
		return true;
	}
	if (!sys_remove(hooks->folder, hook->name, err))
		return false;
	if (!hook->has_chained) {
		tell(hooks, hook, SAFE("removed"), NULL);
		return true;
	}
	tell(hooks, hook, SAFE("removed; in its place again: "), hook->chained);
	return sys_rename(hooks->folder, hook->chained, hook->name, err);
}

static enum status uninstall(struct hooks *hooks, struct error *err)
{
	tell_place(hooks);
	for (size_t i = 0; i < hooks->count; i++) {
		if (!remove_one(hooks, &hooks->at[i], err))
			return complain(hooks->env, err);
	}
	return STATUS_PASS;
}

static void tell_state(const struct hooks *hooks, const struct hook *hook)
{
	if (hook->state == HOOK_ABSENT)
		tell(hooks, hook, SAFE("absent"), NULL);
	else if (hook->state == HOOK_FOREIGN || hook->state == HOOK_ODD)
		tell(hooks, hook, SAFE("not abide's"), NULL);
	else if (!hook->runs)
		tell(hooks, hook,
		     SAFE("may not be executed: git passes it over"), NULL);
	else if (hook->state == HOOK_DIFFERENT)
		tell(hooks, hook,
		     SAFE("not that of this version: abide hook install "
			  "replaces it"),
		     NULL);
	else if (hook->has_chained)
		tell(hooks, hook, SAFE("installed; runs first: "),
		     hook->chained);
	else
		tell(hooks, hook, SAFE("installed"), NULL);
}

static enum status show_status(struct hooks *hooks, struct error *err)
{
	enum status status = STATUS_PASS;

	(void)err;
	tell_place(hooks);
	for (size_t i = 0; i < hooks->count; i++) {
		const struct hook *hook = &hooks->at[i];

		tell_state(hooks, hook);
		if (hook->state != HOOK_OURS || !hook->runs)
			status = STATUS_FINDINGS;
	}
	warn_of_includes(hooks);
	return status;
}

/* ---- the command */

static enum status with_hooks(const struct env *env,
			      const struct options *options,
			      enum status (*work)(struct hooks *hooks,
						  struct error *err))
{
	struct hooks hooks = {
		.env = env, .arena = options->arena, .folder = -1};
	enum status status;
	struct error err;

	status = open_hooks(&hooks, options, &err) ? work(&hooks, &err)
						   : complain(env, &err);
	if (hooks.folder != -1)
		sys_close(hooks.folder);
	if (hooks.repo)
		repo_close(hooks.repo);
	return status;
}

static enum status show(const struct env *env, const struct options *options)
{
	str text = options->argument_count == 2
			   ? script_of(options->arena, options->arguments[1])
			   : (str){0};
	struct error err;

	if (!text.ptr) {
		(void)error_set(&err, ERROR_USAGE,
				"hook show wants the name of one hook");
		return complain(env, &err);
	}
	/* For a file that a shell reads: byte by byte. */
	out_safe(env->out, (struct safe){text});
	return STATUS_PASS;
}

static enum status run(const struct env *env, const struct options *options)
{
	str action =
		options->argument_count ? options->arguments[0] : STR("status");
	struct options usual = *options;
	struct error err;

	if (options->argument_count == 0) {
		usual.arguments = &action;
		usual.argument_count = 1;
		options = &usual;
	}
	if (str_is(action, "install"))
		return with_hooks(env, options, install);
	if (str_is(action, "uninstall"))
		return with_hooks(env, options, uninstall);
	if (str_is(action, "status"))
		return with_hooks(env, options, show_status);
	if (str_is(action, "show"))
		return show(env, options);
	if (str_is(action, "message"))
		return hook_message(env, options);
	(void)error_set(&err, ERROR_USAGE,
			"hook knows install, status, uninstall, show and "
			"message, not '" STR_FMT "'",
			STR_ARG(action));
	return complain(env, &err);
}

extern const struct command command_hook;
const struct command command_hook = {
	.name = "hook",
	.arguments = "ACTION [HOOK...]",
	.summary = "have git run abide before commits, pushes and on a server",
	.details =
		"`install` puts hooks where git looks for them "
		"(core.hooksPath, else the\n"
		"folder of the repository): pre-commit, commit-msg and "
		"pre-push; in a bare\n"
		"repository pre-receive and post-receive. A hook that is there "
		"already is\n"
		"kept as NAME.chained and run first; nothing is ever written "
		"over.\n"
		"`uninstall` puts it back, `status` tells what is there. "
		"`show HOOK` prints\n"
		"one, for servers that keep hooks elsewhere. `message FILE` is "
		"what the hook\n"
		"commit-msg runs: it judges the trailers of a message when the "
		"index changes\n"
		"records that need agreement.\n",
	.examples = "  abide hook install\n"
		    "  abide hook status\n"
		    "  abide hook show pre-receive > "
		    "custom_hooks/pre-receive\n",
	.run = run,
};
