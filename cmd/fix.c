/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/fix.h"

#include "base/sys.h"
#include "cmd/patch.h"
#include "reporters/summary.h"

/* An edit may uncover another: a record that has its kind gets its keys read.
 */
enum { ROUNDS = 10 };

bool fix_is_possible(const struct options *options, struct error *err)
{
	static const enum option_id others[] = {OPTION_AT, OPTION_STAGED,
						OPTION_STDIN_FILENAME};
	bool fixes = options_has(options, OPTION_FIX);

	if (!fixes && !options_has(options, OPTION_DIFF))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		if (options_has(options, others[i]))
			return error_set(err, ERROR_USAGE,
					 "%s edits the work tree, and --%s "
					 "judges something else",
					 fixes ? "--fix" : "--diff",
					 option_rows[others[i]].long_name);
	}
	return true;
}

bool fix_find(struct fix *fix, const struct input *input,
	      const struct lint *lint, const struct lint_run *run,
	      struct error *err)
{
	const struct lint_run *last = run;

	if (snapshot_kind(input->snapshot) != SNAPSHOT_WORKTREE)
		return error_set(err, ERROR_USAGE,
				 "--fix and --diff want a work tree, and this "
				 "repository has none");
	*fix = (struct fix){.lint = *lint};
	fix->mend = mend_new(input->snapshot,
			     &policy_config(input->policy)->limits);
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct lint_run *next;
		size_t count;

		if (!mend_round(&count, fix->mend, lint_report(last), err))
			return false;
		if (count == 0)
			return true;
		fix->findings += count;
		/* The run lives on with the overlays that it read. */
		lint_run_free(fix->after);
		fix->after = NULL;
		fix->lint.overlays =
			mend_overlays(fix->mend, &fix->lint.overlay_count);
		if (!lint_run(&next, &fix->lint, err))
			return false;
		fix->after = next;
		last = next;
	}
	return true;
}

void fix_done(struct fix *fix)
{
	lint_run_free(fix->after);
	mend_free(fix->mend);
	*fix = (struct fix){0};
}

bool fix_changes(const struct fix *fix)
{
	size_t count;

	(void)mend_files(fix->mend, &count);
	return count > 0;
}

bool fix_write(const struct fix *fix, const struct input *input,
	       struct error *err)
{
	size_t count;
	const struct mended *files = mend_files(fix->mend, &count);
	struct arena arena;
	bool opened;
	bool done;
	int root;

	arena_init(&arena);
	opened = sys_open_directory(
		&root, SYS_HERE,
		arena_cstr(&arena, repo_state(input->repo)->work_tree), err);
	done = opened;
	for (size_t i = 0; done && i < count; i++) {
		done = sys_replace_beneath(
			root, arena_cstr(&arena, files[i].path),
			files[i].before, files[i].after, err);
		if (!done)
			(void)error_prefix(err, "%zu of %zu files were written",
					   i, count);
	}
	if (opened)
		sys_close(root);
	arena_done(&arena);
	return done;
}

/* One side of a file with what must not be shown of it. */
static struct patch_side side_of(const struct fix *fix,
				 const struct lint_run *run, str path, str text,
				 struct arena *arena)
{
	struct patch_side side = {.text = text};
	struct document document;
	struct error err;

	if (document_parse(&document, arena, text, format_of_path(path),
			   &policy_config(fix->lint.policy)->limits, &err))
		lint_mask(&side.mask, run, path, &document, arena);
	return side;
}

void fix_show(const struct env *env, const struct fix *fix,
	      const struct lint_run *before)
{
	size_t count;
	const struct mended *files = mend_files(fix->mend, &count);
	size_t altered = 0;
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < count; i++) {
		const struct mended *file = &files[i];
		struct patch_side old =
			side_of(fix, before, file->path, file->before, &arena);
		struct patch_side new = side_of(fix, fix->after, file->path,
						file->after, &arena);

		altered += patch_write(env->out, file->path, &old, &new);
		arena_reset(&arena);
	}
	arena_done(&arena);
	if (altered) {
		out_safe(env->err, SAFE("abide: note: "));
		out_count(env->err, altered, SAFE("line is"),
			  SAFE("lines are"));
		out_safe(env->err,
			 SAFE(" masked or escaped: this diff cannot be applied "
			      "as a patch, --fix can\n"));
	}
}

void fix_tell(const struct env *env, const struct fix *fix, bool written)
{
	size_t count;
	const struct mended *files = mend_files(fix->mend, &count);
	struct out *err = env->err;

	if (count == 0) {
		out_safe(err, SAFE("abide: note: there is nothing to fix "
				   "without a decision\n"));
		return;
	}
	out_safe(err, SAFE("abide: note: "));
	out_safe(err, written ? SAFE("fixed ") : SAFE("--fix would mend "));
	out_count(err, fix->findings, SAFE("finding"), SAFE("findings"));
	out_safe(err, SAFE(" in "));
	out_count(err, count, SAFE("file"), SAFE("files"));
	out_safe(err, written ? SAFE(":\n") : SAFE("; nothing was written\n"));
	for (size_t i = 0; written && i < count; i++) {
		out_safe(err, SAFE("  "));
		out_text(err, files[i].path, ENCODE_TERMINAL);
		out_safe(err, SAFE("\n"));
	}
}
