/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/base.h"

/* The commit that is judged, or that the work tree and the index stand on. */
static bool judged_commit(struct oid *out, const struct input *input,
			  struct error *err)
{
	*out = snapshot_commit(input->snapshot);
	return out->len || revision_commit(out, input->repo, STR("HEAD"), err);
}

static bool cannot_compare(const struct input *input, str revision,
			   struct error *err)
{
	bool shallow = repo_state(input->repo)->shallow;

	return error_set(err, ERROR_USAGE,
			 "'" STR_FMT "' and what is judged have no common "
			 "commit%s",
			 STR_ARG(revision),
			 shallow ? ": this clone is shallow; fetch the rest "
				   "with git fetch --unshallow"
				 : "");
}

static bool find_tips(struct base *base, const struct input *input,
		      str revision, bool exactly, struct arena *arena,
		      struct error *err)
{
	const struct oid *found;
	struct oid tip, judged;

	if (!revision_commit(&tip, input->repo, revision, err))
		return false;
	base->tips[0] = tip;
	base->count = 1;
	if (exactly)
		return true;
	if (!judged_commit(&judged, input, err) ||
	    !merge_bases(&found, &base->count, input->repo, &tip, &judged,
			 arena, err))
		return false;
	if (base->count == 0)
		return cannot_compare(input, revision, err);
	if (base->count > BASES_MOST)
		return error_set(err, ERROR_LIMIT,
				 "there are %zu merge bases (at most %d)",
				 base->count, BASES_MOST);
	for (size_t i = 0; i < base->count; i++)
		base->tips[i] = found[i];
	return true;
}

static bool not_below(const struct input *input, str baseline,
		      struct error *err)
{
	bool shallow = repo_state(input->repo)->shallow;

	return error_set(err, ERROR_CONFIG,
			 "the `baseline` " STR_FMT " is not below what is "
			 "judged: %s; --base names another commit, and "
			 "--base '' none",
			 STR_ARG(baseline),
			 shallow ? "this clone is shallow; fetch the rest with "
				   "git fetch --unshallow"
				 : "the history was rewritten, or another "
				   "branch is judged");
}

bool base_below(const struct input *input, str baseline, struct arena *arena,
		struct error *err)
{
	const struct oid *found;
	struct oid named, judged;
	struct error unknown;
	size_t count;

	if (!revision_commit(&named, input->repo, baseline, &unknown))
		return not_below(input, baseline, err);
	if (!judged_commit(&judged, input, err) ||
	    !merge_bases(&found, &count, input->repo, &named, &judged, arena,
			 err))
		return false;
	return (count == 1 && oid_equal(&found[0], &named)) ||
	       not_below(input, baseline, err);
}

static bool judge_base(struct base *base, size_t index,
		       const struct input *input, const struct lint *lint,
		       struct arena *arena, struct error *err)
{
	struct lint *own = &base->lints[index];

	if (!snapshot_of_commit(&base->snapshots[index], input->repo,
				input_hex(arena, base->tips[index]), err))
		return false;
	*own = *lint;
	own->snapshot = base->snapshots[index];
	own->min_severity = SEVERITY_NOTE;
	own->overlay_count = 0;
	own->path_count = 0;
	/* A history of its own: what came later is new. */
	history_input_open(&base->histories[index], input, &base->tips[index],
			   own);
	return lint_run(&base->runs[index], own, err);
}

bool base_open(struct base *out, const struct input *input, str revision,
	       bool exactly, struct lint *lint, const struct options *options,
	       struct error *err)
{
	struct base *base = out;

	*base = (struct base){0};
	if (!find_tips(base, input, revision, exactly, options->arena, err)) {
		base->count = 0;
		return false;
	}
	base->name = input_hex(options->arena, base->tips[0]);
	for (size_t i = 0; i < base->count; i++) {
		if (!judge_base(base, i, input, lint, options->arena, err)) {
			base_close(base);
			return false;
		}
	}
	lint->bases = (const struct lint_run *const *)base->runs;
	lint->base_count = base->count;
	lint->base = base->name;
	return true;
}

void base_close(struct base *base)
{
	for (size_t i = 0; i < base->count; i++) {
		lint_run_free(base->runs[i]);
		history_input_close(&base->histories[i]);
		snapshot_free(base->snapshots[i]);
	}
	base->count = 0;
}
