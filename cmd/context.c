/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/context.h"

#include "base/lines.h"
#include "git/remote.h"

enum { NAMED_MOST = 3 };

static bool holds_for_a_file(const struct override *override,
			     const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot_count(snapshot); i++) {
		if (glob_list_takes(&override->paths,
				    snapshot_at(snapshot, i)->path))
			return true;
	}
	return false;
}

static void remark_overrides(struct lint_run *run, const struct input *input,
			     struct arena *arena)
{
	const struct config *config = policy_config(input->policy);

	for (size_t i = 0; i < config->override_count; i++) {
		const struct override *override = &config->overrides[i];
		struct place place;

		if (holds_for_a_file(override, input->snapshot))
			continue;
		place = place_of(config->file.text, override->span.start);
		lint_remark(run, str_format(arena,
					    STR_FMT ":%u:%u: this override "
						    "matches no file",
					    STR_ARG(config->file.path),
					    place.line, place.column));
	}
}

void context_remark(struct lint_run *run, const struct input *input,
		    struct arena *arena)
{
	const struct repo_state *state = repo_state(input->repo);

	remark_overrides(run, input, arena);
	if (policy_config(input->policy)->starter)
		lint_remark(run,
			    str_format(arena,
				       "profile starter leaves out %zu rules",
				       policy_left_out(input->policy)));
	for (size_t i = 0; i < policy_warning_count(input->policy); i++)
		lint_remark(run, policy_warning_at(input->policy, i));
	if (state->replaced)
		lint_remark(run,
			    STR("replace refs exist and are ignored: git shows "
				"another history than the one judged"));
	if (state->grafted)
		lint_remark(run, STR("grafts exist and are ignored: git shows "
				     "another history than the one judged"));
}

/* ---- where the records are kept */

void context_locate(struct lint_run *run, const struct input *input,
		    struct arena *arena)
{
	const str heads = STR("refs/heads/");
	struct provenance from = {
		.repository =
			remote_public(repo_state(input->repo)->remote, arena),
	};
	struct head head;
	struct error err;

	if (!repo_head(&head, input->repo, arena, &err))
		head = (struct head){0};
	if (head.oid.len)
		from.revision = input_hex(arena, head.oid);
	if (snapshot_kind(input->snapshot) == SNAPSHOT_COMMIT)
		from.revision = input->what;
	/* A commit that was named need not lie on the branch of HEAD. */
	if (head.oid.len && str_starts(head.ref, heads) &&
	    str_equal(from.revision, input_hex(arena, head.oid)))
		from.branch = str_slice(head.ref, heads.len, head.ref.len);
	lint_locate(run, &from);
}

/* ---- does this change edit the policy? */

struct change {
	const struct input *input;
	const struct options *options;
	struct snapshot_reader *before; /* of the trusted commit */
	struct snapshot_reader *after;
	size_t count;
	str names[NAMED_MOST];
};

static bool is_in(str folder, str path)
{
	return folder.len && path.len > folder.len &&
	       str_starts(path, folder) && path.ptr[folder.len] == '/';
}

static bool is_policy(const struct change *change, str path)
{
	const struct config *config = policy_config(change->input->policy);
	str named = options_text(change->options, OPTION_CONFIG);

	return str_equal(path, named.ptr ? named : STR("abide.yaml")) ||
	       is_in(config->schemas, path) || is_in(config->policies, path);
}

/* Bytes are compared, for the work tree has no names for its content. */
static bool same(bool *out, const struct change *change,
		 const struct entry *before, const struct entry *after,
		 struct error *err)
{
	struct blob old = {.state = BLOB_ABSENT};
	struct blob new = {.state = BLOB_ABSENT};

	if ((before && !snapshot_read(&old, change->before, before, err)) ||
	    (after && !snapshot_read(&new, change->after, after, err)))
		return false;
	*out = old.state == new.state &&str_equal(old.bytes, new.bytes);
	return true;
}

static bool compare(struct change *change, str path, struct error *err)
{
	const struct input *input = change->input;
	bool is_same;

	if (!same(&is_same, change, snapshot_find(input->policies, path),
		  snapshot_find(input->snapshot, path), err))
		return false;
	if (is_same)
		return true;
	if (change->count < NAMED_MOST)
		change->names[change->count] = path;
	change->count++;
	return true;
}

/* First what is there now, then what has gone. */
static bool find_changes(struct change *change, struct error *err)
{
	const struct snapshot *after = change->input->snapshot;
	const struct snapshot *before = change->input->policies;

	for (size_t i = 0; i < snapshot_count(after); i++) {
		str path = snapshot_at(after, i)->path;

		if (is_policy(change, path) && !compare(change, path, err))
			return false;
	}
	for (size_t i = 0; i < snapshot_count(before); i++) {
		str path = snapshot_at(before, i)->path;

		if (is_policy(change, path) && !snapshot_find(after, path) &&
		    !compare(change, path, err))
			return false;
	}
	return true;
}

static void remark_change(struct lint_run *run, const struct change *change)
{
	struct buf text;

	buf_init(&text, SIZE_MAX);
	buf_format(&text,
		   "this change edits %zu policy file%s, not in force for it: ",
		   change->count, change->count == 1 ? "" : "s");
	for (size_t i = 0; i < change->count && i < NAMED_MOST; i++)
		buf_format(&text, "%s" STR_FMT, i ? ", " : "",
			   STR_ARG(change->names[i]));
	if (change->count > NAMED_MOST)
		buf_add(&text, STR(", ..."));
	lint_remark(run, str_keep(change->options->arena, buf_str(&text)));
	buf_done(&text);
}

void context_policy_change(struct lint_run *run, const struct input *input,
			   const struct options *options)
{
	size_t most = limits_default.yaml_size;
	struct change change = {.input = input, .options = options};
	struct error err;

	if (!input->policies)
		return;
	change.before = snapshot_reader_new(input->policies, most);
	change.after = snapshot_reader_new(input->snapshot, most);
	if (!find_changes(&change, &err))
		lint_incomplete(run, (str){0},
				str_format(options->arena,
					   "whether the policy is edited "
					   "cannot be told: " STR_FMT,
					   STR_ARG(error_text(&err))));
	else if (change.count)
		remark_change(run, &change);
	snapshot_reader_free(change.before);
	snapshot_reader_free(change.after);
}

/* ---- --verbose */

static void tell(const struct env *env, struct safe title, str text)
{
	out_safe(env->err, SAFE("abide: "));
	out_safe(env->err, title);
	out_safe(env->err, SAFE(": "));
	out_text(env->err, text, ENCODE_TERMINAL);
	out_safe(env->err, SAFE("\n"));
}

static void tell_size(const struct env *env, struct safe title, size_t size)
{
	out_safe(env->err, SAFE("abide: "));
	out_safe(env->err, title);
	out_safe(env->err, SAFE(": "));
	out_size(env->err, size);
	out_safe(env->err, SAFE("\n"));
}

static void tell_policy(const struct env *env, const struct input *input)
{
	const struct config *config = policy_config(input->policy);

	tell(env, SAFE("policy of"), input->whose);
	tell(env, SAFE("configuration"),
	     config->file.text.ptr ? config->file.path
				   : STR("none, the defaults hold"));
	tell(env, SAFE("folder of own schemas"),
	     config->schemas.len ? config->schemas : STR("none"));
	tell(env, SAFE("folder of own rules"),
	     config->policies.len ? config->policies : STR("none"));
	tell_size(env, SAFE("rules in force"),
		  policy_rule_count(input->policy));
}

void context_tell(const struct env *env, const struct lint_run *run,
		  const struct input *input)
{
	const struct repo_state *state = repo_state(input->repo);
	const struct report *report = lint_report(run);

	tell(env, SAFE("repository"), state->git_dir);
	if (!state->bare)
		tell(env, SAFE("work tree"), state->work_tree);
	tell(env, SAFE("judged"), input->what);
	if (snapshot_kind(input->snapshot) == SNAPSHOT_INDEX)
		tell(env, SAFE("index file"), state->index_file);
	tell_policy(env, input);
	tell_size(env, SAFE("files tracked"), snapshot_count(input->snapshot));
	tell_size(env, SAFE("files read"), report->files);
	tell_size(env, SAFE("records"), report->records);
}
