/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/main_line.h"

#include "lint/lint.h"

#define HOW_TO_DEEPEN                                                          \
	"fetch the rest with git fetch --unshallow (GitHub: actions/checkout " \
	"with fetch-depth: 0; GitLab: GIT_DEPTH: 0)"

static bool takes_record(const void *context, str path)
{
	return lint_takes(context, path);
}

bool main_line_tip(struct oid *out, const struct input *input,
		   struct arena *arena, struct error *err)
{
	struct head head;

	*out = snapshot_commit(input->snapshot);
	if (out->len)
		return true;
	if (!repo_head(&head, input->repo, arena, err))
		return false;
	*out = head.oid;
	return true;
}

bool main_line_trusted(str *out, bool *found, const struct input *input,
		       str path, struct arena *arena, struct error *err)
{
	const struct snapshot *snapshot =
		input->policies ? input->policies : input->snapshot;
	const struct entry *entry = snapshot_find(snapshot, path);
	struct snapshot_reader *reader;
	struct blob blob;
	bool ok;

	*found = entry != NULL;
	if (!entry)
		return true;
	reader = snapshot_reader_new(snapshot, limits_default.yaml_size);
	ok = snapshot_read(&blob, reader, entry, err);
	if (ok && blob.state == BLOB_READ)
		*out = str_keep(arena, blob.bytes);
	else if (ok)
		ok = error_set(err, ERROR_GIT, STR_FMT " cannot be read",
			       STR_ARG(path));
	snapshot_reader_free(reader);
	return ok;
}

static bool read_mailmap(struct main_line *line, const struct input *input,
			 struct arena *arena, struct error *err)
{
	bool found;
	str text;

	if (!main_line_trusted(&text, &found, input, STR(".mailmap"), arena,
			       err))
		return false;
	if (found)
		line->mailmap = mailmap_parse(text, arena);
	return true;
}

static bool read_line(struct main_line *line, const struct input *input,
		      const struct main_line_plan *plan, struct error *err)
{
	struct history_plan asked = {
		.tip = plan->tip,
		.jobs = plan->jobs,
		.takes = plan->whole ? NULL : takes_record,
		.context = input->policy,
	};

	if (repo_state(input->repo)->shallow)
		return error_set(err, ERROR_GIT,
				 "this clone is shallow; " HOW_TO_DEEPEN);
	if (!read_mailmap(line, input, plan->arena, err))
		return false;
	asked.mailmap = line->mailmap;
	if (!history_read(&line->history, input->repo, &asked, err))
		return false;
	if (history_cut(line->history))
		return error_set(err, ERROR_GIT,
				 "this history is cut; " HOW_TO_DEEPEN);
	return plan->whole ||
	       trails_read(
		       &line->trails,
		       &(struct trails_plan){
			       .history = line->history,
			       .repo = input->repo,
			       .limits = &policy_config(input->policy)->limits,
			       .jobs = plan->jobs,
		       },
		       err);
}

bool main_line_read(struct main_line *out, const struct input *input,
		    const struct main_line_plan *plan, struct error *err)
{
	struct main_line line = {0};

	if (!read_line(&line, input, plan, err)) {
		main_line_close(&line);
		return false;
	}
	*out = line;
	return true;
}

void main_line_close(struct main_line *line)
{
	trails_free(line->trails);
	history_free(line->history);
	*line = (struct main_line){0};
}
