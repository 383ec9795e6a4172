/*
 * host_git - functions on the history of the repository.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vec.h"
#include "lint/duty.h"
#include "lint/host_past.h"
#include "policy/git_type.h"

#define RESULT(function, type)                                                 \
	const struct cel_type *function(const struct cel_env *env,             \
					const struct cel_type *const *args,    \
					const struct cel_value *const *consts, \
					size_t count, struct error *err)       \
	{                                                                      \
		(void)env;                                                     \
		(void)args;                                                    \
		(void)consts;                                                  \
		(void)count;                                                   \
		(void)err;                                                     \
		return &(type);                                                \
	}

RESULT(host_git_record_result, git_record_type)
RESULT(host_git_commits_result, git_commits_type)
RESULT(host_git_changes_result, git_changes_type)
RESULT(host_git_commit_result, git_commit_optional_type)
RESULT(host_git_claims_result, git_claims_type)
RESULT(host_git_gaps_result, git_gaps_type)

static struct cel_value not_at_hand(struct cel_eval *eval)
{
	return host_fail(eval, STR("history is not at hand"));
}

static bool trail_of(const struct trail **out, struct cel_eval *eval,
		     struct cel_value value)
{
	const struct host *host = host_of(eval);
	const struct record *record = host_record_of(host, value);

	if (record)
		*out = past_trail(host->past, record->kind, record->id);
	return record != NULL;
}

static struct cel_value no_record(struct cel_eval *eval)
{
	return host_fail(eval, STR("history is asked of a record"));
}

struct cel_value host_git_record(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	const struct trail *trail;

	(void)count;
	if (!host_of(eval)->past)
		return not_at_hand(eval);
	if (!trail_of(&trail, eval, args[0]))
		return no_record(eval);
	return host_git_record_value(eval->arena, host_of(eval), trail,
				     cel_value_node(args[0]));
}

/* extension.informed_on as a pointer; a pointer stays one. */
static str pointer_of(struct cel_eval *eval, str path)
{
	char *pointer;

	if (path.len == 0 || path.ptr[0] == '/')
		return path;
	pointer = arena_cstr(eval->arena, str_format(eval->arena, "/" STR_FMT,
						     STR_ARG(path)));
	for (size_t i = 1; i <= path.len; i++)
		pointer[i] = pointer[i] == '.' ? '/' : pointer[i];
	return str_make(pointer, path.len + 1);
}

/* Does a change of one mean that the other has changed? */
static bool lies_below(str pointer, str above)
{
	return str_starts(pointer, above) &&
	       (pointer.len == above.len || pointer.ptr[above.len] == '/');
}

static bool touches(const struct change *change, str pointer)
{
	for (size_t i = 0; i < change->field_count; i++) {
		str field = change->fields[i].pointer;

		if (lies_below(field, pointer) || lies_below(pointer, field))
			return true;
	}
	return false;
}

static struct cel_value commit_of(struct cel_eval *eval,
				  const struct change *change)
{
	const struct host *host = host_of(eval);

	return host_commit(eval->arena, host, past_of(host->past, change));
}

/* git.history(r, path): the commits that set or changed a field, the newest
 * first; the one that added the record set all it had. */
struct cel_value host_git_history(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	VEC(struct cel_value) items = {0};
	const struct trail *trail;
	struct cel_value result;
	str pointer;

	(void)count;
	if (!host_of(eval)->past)
		return not_at_hand(eval);
	if (!trail_of(&trail, eval, args[0]))
		return no_record(eval);
	pointer = pointer_of(eval, cel_str(args[1]));
	if (!cel_charge(eval, trail ? trail->count : 0))
		return cel_spent(eval);
	for (size_t i = 0; trail && i < trail->count; i++) {
		const struct change *change = &trail->changes[i];

		if (change->kind == CHANGE_ADDED || touches(change, pointer))
			*vec_push(&items) = commit_of(eval, change);
		if (change->kind == CHANGE_ADDED)
			break;
	}
	result = cel_list_of(eval->arena, vec_keep(&items, eval->arena),
			     items.count);
	vec_done(&items);
	return result;
}

/* git.introduced(r, path): the commit that gave a field the value it has. */
struct cel_value host_git_introduced(struct cel_eval *eval,
				     const struct cel_value *args, size_t count)
{
	const struct trail *trail;
	const struct change *change = NULL;

	(void)count;
	if (!host_of(eval)->past)
		return not_at_hand(eval);
	if (!trail_of(&trail, eval, args[0]))
		return no_record(eval);
	if (!cel_charge(eval, trail ? trail->count : 0))
		return cel_spent(eval);
	if (trail)
		change = trail_field(trail, pointer_of(eval, cel_str(args[1])));
	return change ? cel_some(eval, commit_of(eval, change))
		      : cel_optional(NULL);
}

/* git.claims(r, paths): those of the fields that hold a date, each with the
 * commit that gave it its value. */
struct cel_value host_git_claims(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	size_t most = cel_list_size(args[1]);
	const struct trail *trail;
	struct cel_value *items;
	size_t kept = 0;

	(void)count;
	if (!host_of(eval)->past)
		return not_at_hand(eval);
	if (!trail_of(&trail, eval, args[0]))
		return no_record(eval);
	if (!cel_charge(eval, most * (trail ? 1 + trail->count : 1)))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, most);
	for (size_t i = 0; trail && i < most; i++) {
		struct cel_value path = cel_list_at(eval, args[1], i);

		if (path.tag == CEL_STRING &&
		    host_claim(&items[kept], eval->arena, host_of(eval), trail,
			       cel_value_node(args[0]),
			       pointer_of(eval, cel_str(path))))
			kept++;
	}
	return cel_list_of(eval->arena, items, kept);
}

/* git.commits(): the main line, from the oldest. */
struct cel_value host_git_commits(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	const struct host *host = host_of(eval);
	struct cel_value *items;
	size_t most;

	(void)args;
	(void)count;
	if (!host->past)
		return not_at_hand(eval);
	most = past_landings(host->past);
	if (!cel_charge(eval, most))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, most);
	for (size_t i = 0; i < most; i++)
		items[i] = host_commit(eval->arena, host,
				       past_landing(host->past, i));
	return cel_list_of(eval->arena, items, most);
}

/* git.changes(commit): what its maker changed with it. */
struct cel_value host_git_changes(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	const struct deed *deed = host_deed_of(args[0]);
	struct cel_value *items;

	(void)count;
	if (!deed)
		return host_fail(eval, STR("changes are asked of a commit"));
	if (!cel_charge(eval, deed->change_count))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, deed->change_count);
	for (size_t i = 0; i < deed->change_count; i++)
		items[i] = host_change(eval->arena, host_of(eval),
				       deed->changes[i]);
	return cel_list_of(eval->arena, items, deed->change_count);
}

/* git.gaps(): versions of files of records that could not be read. */
struct cel_value host_git_gaps(struct cel_eval *eval,
			       const struct cel_value *args, size_t count)
{
	const struct host *host = host_of(eval);
	const struct trail_gap *const *gaps;
	struct cel_value *items;
	size_t most;

	(void)args;
	(void)count;
	if (!host->past)
		return not_at_hand(eval);
	gaps = past_gaps(&most, host->past);
	if (!cel_charge(eval, most))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, most);
	for (size_t i = 0; i < most; i++)
		items[i] = host_gap(eval->arena, host, gaps[i]);
	return cel_list_of(eval->arena, items, most);
}

/* git.holds(sha): is this full name that of a commit of the history? */
struct cel_value host_git_holds(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	const struct host *host = host_of(eval);
	struct error err;
	bool holds;

	(void)count;
	if (!host->past)
		return not_at_hand(eval);
	if (!past_holds(&holds, host->past, host->odb, cel_str(args[0]), &err))
		return host_fail(eval, str_format(eval->arena,
						  "history cannot be read: %s",
						  err.text));
	return cel_bool(holds);
}

/* Did a role give the duty before the landing, as far as the landing has not
 * touched it? *out false: it is the landing that gives it. */
static bool was_held(bool *out, struct cel_eval *eval, const struct deed *deed,
		     const struct record *role, str person, struct error *err)
{
	const struct host *host = host_of(eval);
	const struct change *change =
		past_change(host->past, deed->number, STR("role"), role->id);
	const struct node *before;
	const struct node *after;

	*out = !change || change->kind == CHANGE_MOVED || deed->baseline ||
	       past_begins(host->past, deed);
	if (*out || change->kind == CHANGE_ADDED)
		return true;
	if (!past_trees(&before, &after, host->past, host->odb, change,
			eval->arena, err))
		return false;
	*out = before &&
	       str_equal(node_text(before, STR("duty")),
			 node_text(role->root, STR("duty"))) &&
	       duty_role_held(before, person, deed->landing->when);
	return true;
}

/* git.duties(commit, person): the duties a person held when it landed, without
 * those that the landing itself gives. */
struct cel_value host_git_duties(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	const struct deed *deed = host_deed_of(args[0]);
	const struct record *const *roles;
	struct cel_value *items;
	struct error err;
	size_t held, kept = 0;
	bool was;

	(void)count;
	if (!host_of(eval)->past)
		return not_at_hand(eval);
	if (!deed)
		return host_fail(eval, STR("duties are asked of a commit"));
	if (!host_roles_held(&roles, &held, eval, cel_str(args[1]),
			     deed->landing->when))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, held);
	for (size_t i = 0; i < held; i++) {
		if (!cel_charge(eval, 100))
			return cel_spent(eval);
		if (!was_held(&was, eval, deed, roles[i], cel_str(args[1]),
			      &err))
			return host_fail(eval,
					 str_format(eval->arena,
						    "history cannot be read: "
						    "%s",
						    err.text));
		if (was)
			items[kept++] = cel_string(
				node_text(roles[i]->root, STR("duty")));
	}
	return cel_list_of(eval->arena, items, kept);
}
