/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/history_input.h"

#include "record/trail.h"

#define HOW_TO_DEEPEN                                                          \
	"fetch the rest with git fetch --unshallow (GitHub: actions/checkout " \
	"with fetch-depth: 0; GitLab: GIT_DEPTH: 0)"

static bool takes_record(const void *context, str path)
{
	const struct policy *policy = context;

	return lint_takes(policy, path);
}

/* *found false: nothing was committed yet. */
static bool find_tip(struct oid *out, bool *found, const struct input *input,
		     struct arena *arena, struct error *err)
{
	struct head head;

	*found = true;
	*out = snapshot_commit(input->snapshot);
	if (out->len)
		return true;
	if (!repo_head(&head, input->repo, arena, err))
		return false;
	*out = head.oid;
	*found = head.oid.len > 0;
	return true;
}

/* Names as the trusted revision maps them: a change could rename its author. */
static bool read_mailmap(struct history_input *history,
			 const struct input *input, struct error *err)
{
	const struct snapshot *snapshot =
		input->policies ? input->policies : input->snapshot;
	const struct entry *entry = snapshot_find(snapshot, STR(".mailmap"));
	size_t most = limits_default.yaml_size;
	struct snapshot_reader *reader;
	struct blob blob;
	bool ok;

	if (!entry)
		return true;
	reader = snapshot_reader_new(snapshot, most);
	ok = snapshot_read(&blob, reader, entry, err);
	if (ok && blob.state == BLOB_READ)
		history->lint.mailmap = mailmap_parse(
			str_keep(&history->arena, blob.bytes), &history->arena);
	else if (ok)
		ok = error_set(err, ERROR_GIT, ".mailmap cannot be read");
	snapshot_reader_free(reader);
	return ok;
}

static bool read(struct history_input *history, const struct input *input,
		 const struct oid *tip, unsigned jobs, struct error *err)
{
	struct history_plan plan = {
		.jobs = jobs,
		.takes = takes_record,
		.context = input->policy,
	};
	bool found = true;

	if (tip)
		plan.tip = *tip;
	else if (!find_tip(&plan.tip, &found, input, &history->arena, err))
		return false;
	if (!found)
		return true;
	if (repo_state(input->repo)->shallow)
		return error_set(err, ERROR_GIT,
				 "this clone is shallow; " HOW_TO_DEEPEN);
	if (!read_mailmap(history, input, err))
		return false;
	plan.mailmap = history->lint.mailmap;
	if (!history_read(&history->history, input->repo, &plan, err))
		return false;
	if (history_cut(history->history))
		return error_set(err, ERROR_GIT,
				 "this history is cut; " HOW_TO_DEEPEN);
	return trails_read(
		&history->trails,
		&(struct trails_plan){
			.history = history->history,
			.repo = input->repo,
			.limits = &policy_config(input->policy)->limits,
			.jobs = jobs,
		},
		err);
}

void history_input_open(struct history_input *out, const struct input *input,
			const struct oid *tip, struct lint *lint)
{
	struct history_input *history = out;
	struct error err;

	*history = (struct history_input){0};
	arena_init(&history->arena);
	if (!lint_wants_history(lint))
		return;
	lint->history = &history->lint;
	if (!input->repo)
		history->lint.missing = STR("there is no repository here");
	else if (!read(history, input, tip, lint->jobs, &err))
		history->lint.missing =
			str_keep(&history->arena, error_text(&err));
	history->lint.trails = history->trails;
	history->lint.repo = input->repo;
}

void history_input_close(struct history_input *history)
{
	trails_free(history->trails);
	history_free(history->history);
	arena_done(&history->arena);
	*history = (struct history_input){0};
}
