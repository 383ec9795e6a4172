/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sys.h"
#include "cmd/doctor.h"
#include "cmd/hook_place.h"
#include "git/mailmap.h"
#include "git/revision.h"

enum { HOOK_MOST = 1 << 20 };

static bool is_set(const struct env *env, const char *name)
{
	return str_of(env->variable(name)).len > 0;
}

/* The exact words for where this runs. */
static const char *deepen(const struct env *env)
{
	if (is_set(env, "GITHUB_ACTIONS"))
		return "give actions/checkout fetch-depth: 0";
	if (is_set(env, "GITLAB_CI"))
		return "set the variable GIT_DEPTH to \"0\" in .gitlab-ci.yml";
	if (is_set(env, "TF_BUILD"))
		return "write checkout: self with fetchDepth: 0";
	return "git fetch --unshallow";
}

static void say_history(struct doctor *doctor, const struct repo_state *state)
{
	if (state->shallow)
		doctor_say(doctor, "history", SYMPTOM_WARNING,
			   deepen(doctor->env),
			   "the clone is shallow: history ends at %zu "
			   "commit%s, and what needs all of it is not judged",
			   state->boundary_count,
			   state->boundary_count == 1 ? "" : "s");
	if (state->partial)
		doctor_say(doctor, "history", SYMPTOM_WARNING,
			   "git fetch --refetch --filter=blob:limit=1g, or "
			   "clone without --filter",
			   "the clone is partial: an object that was promised "
			   "and is not here is an error, never absence");
	if (state->replaced)
		doctor_say(doctor, "history", SYMPTOM_WARNING,
			   "git replace --list shows them; git replace -d "
			   "removes one",
			   "replace refs exist and are ignored: git shows "
			   "another history than the one judged");
	if (state->grafted)
		doctor_say(doctor, "history", SYMPTOM_WARNING,
			   "remove info/grafts",
			   "grafts exist and are ignored: git shows another "
			   "history than the one judged");
	if (!state->shallow && !state->partial && !state->replaced &&
	    !state->grafted)
		doctor_say(doctor, "history", SYMPTOM_OK, NULL,
			   "not shallow, not partial, not replaced");
}

void doctor_repository(struct doctor *doctor, const struct repo_state *state)
{
	str git_dir = doctor_path(doctor, state->git_dir);

	if (state->bare)
		doctor_say(doctor, "repository", SYMPTOM_OK, NULL,
			   "bare: " STR_FMT
			   "; its HEAD is judged unless --at names another "
			   "commit",
			   STR_ARG(git_dir));
	else
		doctor_say(doctor, "repository", SYMPTOM_OK, NULL,
			   "%swork tree " STR_FMT,
			   state->linked ? "linked " : "",
			   STR_ARG(doctor_path(doctor, state->work_tree)));
	if (state->quarantined)
		doctor_say(doctor, "repository", SYMPTOM_NOTE, NULL,
			   "inside a hook of git receive-pack: objects that "
			   "are not taken in yet are read too");
	if (state->sparse)
		doctor_say(doctor, "repository", SYMPTOM_NOTE, NULL,
			   "sparse checkout: files that are not checked out "
			   "are read from their blobs");
	if (state->including)
		doctor_say(doctor, "repository", SYMPTOM_NOTE, NULL,
			   "the configuration of git has includes, which are "
			   "not read");
	say_history(doctor, state);
}

/* ---- hooks */

/* Does one hook exist, and does it name abide? */
static bool look_at_hook(struct doctor *doctor, str folder, const char *name)
{
	char *path = arena_cstr(doctor->arena,
				str_format(doctor->arena, STR_FMT "/%s",
					   STR_ARG(folder), name));
	struct error err;
	struct buf text;
	bool ours;

	if (sys_kind_of(SYS_HERE, path) == SYS_ABSENT)
		return false;
	buf_init(&text, HOOK_MOST);
	/* A hook may be a link: of the user's, so it is followed. */
	ours = sys_read_system(&text, path, &err) &&
	       str_find(buf_str(&text), STR("abide")) != SIZE_MAX;
	buf_done(&text);
	if (ours)
		doctor_say(doctor, "hooks", SYMPTOM_OK, NULL, "%s runs abide",
			   name);
	else
		doctor_say(doctor, "hooks", SYMPTOM_NOTE, NULL,
			   "%s is there and does not name abide", name);
	return ours;
}

void doctor_hooks(struct doctor *doctor, const struct repo *repo)
{
	static const char *const names[] = {"pre-commit", "commit-msg",
					    "pre-push", "pre-receive",
					    "post-receive"};
	struct hook_place place;
	struct error err;
	bool ours = false;
	str folder;

	if (!hook_place_find(&place, doctor->env, repo, doctor->arena, &err)) {
		doctor_say(doctor, "hooks", SYMPTOM_WARNING, NULL, STR_FMT,
			   STR_ARG(error_text(&err)));
		return;
	}
	folder = place.folder;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (look_at_hook(doctor, folder, names[i]))
			ours = true;
	}
	if (!ours)
		doctor_say(doctor, "hooks", SYMPTOM_NOTE,
			   repo_state(repo)->bare
				   ? "abide hook install puts one here that "
				     "users cannot pass over"
				   : "abide hook install puts some here, which "
				     "find faults before they are committed",
			   "no hook in " STR_FMT " runs abide",
			   STR_ARG(doctor_path(doctor, folder)));
}

/* ---- who commits */

static void say_mailmap(struct doctor *doctor)
{
	const struct snapshot *snapshot = doctor->input.snapshot;
	const struct entry *entry = snapshot_find(snapshot, STR(".mailmap"));
	struct snapshot_reader *reader;
	struct error err;
	struct blob blob;
	size_t unread;

	if (!entry) {
		doctor_say(doctor, "identity", SYMPTOM_NOTE,
			   "a .mailmap tells that two addresses are one "
			   "person",
			   "no .mailmap is tracked");
		return;
	}
	reader = snapshot_reader_new(snapshot, limits_default.yaml_size);
	if (!snapshot_read(&blob, reader, entry, &err)) {
		doctor_say(doctor, "identity", SYMPTOM_WARNING, NULL, STR_FMT,
			   STR_ARG(error_text(&err)));
	} else {
		unread = mailmap_unread(mailmap_parse(
			str_keep(doctor->arena, blob.bytes), doctor->arena));
		doctor_say(doctor, "identity",
			   unread ? SYMPTOM_WARNING : SYMPTOM_OK,
			   unread ? "git check-mailmap shows how one is read"
				  : NULL,
			   ".mailmap is tracked; %zu lines of it cannot be "
			   "read",
			   unread);
	}
	snapshot_reader_free(reader);
}

static void say_signature(struct doctor *doctor, struct repo *repo)
{
	struct snapshot *head = NULL;
	struct commit commit;
	struct error err;
	struct oid oid;

	if (!snapshot_of_commit(&head, repo, STR("HEAD"), &err)) {
		doctor_say(doctor, "signing", SYMPTOM_NOTE, NULL,
			   "nothing is committed yet, or HEAD cannot be "
			   "read: " STR_FMT,
			   STR_ARG(error_text(&err)));
		return;
	}
	oid = snapshot_commit(head);
	if (!commit_read(&commit, repo_reader(repo), &oid, doctor->arena, &err))
		doctor_say(doctor, "signing", SYMPTOM_WARNING, "git fsck",
			   STR_FMT, STR_ARG(error_text(&err)));
	else if (commit.has_signature)
		doctor_say(doctor, "signing", SYMPTOM_OK, NULL,
			   "the last commit carries a signature, which is a "
			   "claim until it is verified");
	else
		doctor_say(doctor, "signing", SYMPTOM_NOTE,
			   "git config commit.gpgSign true",
			   "the last commit carries no signature");
	snapshot_free(head);
}

void doctor_identity(struct doctor *doctor, struct repo *repo)
{
	if (doctor->input.snapshot)
		say_mailmap(doctor);
	say_signature(doctor, repo);
}
