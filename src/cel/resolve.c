/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/note.h"

struct local {
	str name;
	uint32_t slot;
	const struct local *outer;
};

struct resolver {
	struct cel_notes *notes;
	struct arena *arena;
	const struct cel_env *env;
	str container;
	size_t next; /* the first free local slot */
};

static void resolve(struct resolver *r, const struct cel_node *node,
		    const struct local *scope);

static struct cel_note *note_of(struct resolver *r, const struct cel_node *node)
{
	return &r->notes->at[node->id];
}

static const struct local *find_local(const struct local *scope, str name)
{
	while (scope && !str_equal(scope->name, name))
		scope = scope->outer;
	return scope;
}

/* The leftmost name of a path. */
static const struct cel_node *path_root(const struct cel_node *path)
{
	while (path->kind == CEL_SELECT)
		path = path->kids[0];
	return path;
}

/* ---- candidates: "a.b.name", "a.name", "name" in the container a.b */

static bool bind_global(struct resolver *r, struct cel_note *note, str name)
{
	size_t slot = cel_env_variable(r->env, name);

	if (slot != SIZE_MAX) {
		note->reference = CEL_REF_VARIABLE;
		note->slot = (uint32_t)slot;
		note->name = cel_env_options(r->env)->variables[slot].name;
		return true;
	}
	note->type_value = cel_env_type(r->env, name);
	if (!note->type_value)
		return false;
	note->reference = CEL_REF_TYPE;
	note->name = name;
	return true;
}

static bool bind_function(struct resolver *r, struct cel_note *note, str name)
{
	note->overloads =
		cel_env_overloads(r->env, name, false, &note->overload_count);
	if (!note->overloads)
		return false;
	note->name = name;
	return true;
}

/* Tries a name below each prefix of the container, the longest first. */
static bool bind(struct resolver *r, struct cel_note *note, str name, bool root,
		 bool (*try)(struct resolver *, struct cel_note *, str))
{
	str prefix = root ? (str){NULL, 0} : r->container;

	while (prefix.len) {
		size_t cut = prefix.len;
		str full = str_format(r->arena, STR_FMT "." STR_FMT,
				      STR_ARG(prefix), STR_ARG(name));

		if (try(r, note, full))
			return true;
		while (cut && prefix.ptr[cut - 1] != '.')
			cut--;
		prefix = str_slice(prefix, 0, cut ? cut - 1 : 0);
	}
	return try(r, note, name);
}

static str path_text(struct resolver *r, const struct cel_node *path, str last)
{
	struct buf text;
	str kept;

	if (path && path->kind == CEL_IDENT && !last.ptr)
		return path->name;
	buf_init(&text, SIZE_MAX);
	cel_node_path(&text, path);
	if (last.ptr) {
		buf_byte(&text, '.');
		buf_add(&text, last);
	}
	kept = str_keep(r->arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

/* ---- nodes */

/* Binds a name, or a path, as a whole. */
static bool bind_path(struct resolver *r, const struct cel_node *node)
{
	bool root = path_root(node)->flags & CEL_ROOT;

	return bind(r, note_of(r, node), path_text(r, node, (str){NULL, 0}),
		    root, bind_global);
}

static void resolve_name(struct resolver *r, const struct cel_node *node,
			 const struct local *scope)
{
	struct cel_note *note = note_of(r, node);
	const struct local *local = NULL;

	if (!(node->flags & CEL_ROOT))
		local = find_local(scope, node->name);
	if (local) {
		note->reference = CEL_REF_LOCAL;
		note->slot = local->slot;
		note->name = node->name;
	} else if (!bind_path(r, node)) {
		note->reference = CEL_REF_UNKNOWN;
		note->name = node->name;
	}
}

static bool starts_with_local(const struct cel_node *path,
			      const struct local *scope)
{
	const struct cel_node *root = path_root(path);

	return !(root->flags & CEL_ROOT) && find_local(scope, root->name);
}

static void resolve_select(struct resolver *r, const struct cel_node *node,
			   const struct local *scope)
{
	if (cel_node_is_path(node) && !starts_with_local(node, scope) &&
	    bind_path(r, node))
		return;
	resolve(r, node->kids[0], scope);
}

/* Keeps the overloads that take `count` arguments. */
static void fit_count(struct resolver *r, struct cel_note *note, size_t count)
{
	const struct cel_overload **kept =
		arena_array(r->arena, const struct cel_overload *,
			    note->overload_count + 1);
	size_t kept_count = 0;

	for (size_t i = 0; i < note->overload_count; i++) {
		const struct cel_overload *one = note->overloads[i];
		size_t wants = cel_env_signature(r->env, one)->count;

		if (wants == count ||
		    (one->flags & CEL_VARIADIC && count > wants))
			kept[kept_count++] = one;
	}
	note->overloads = kept;
	note->overload_count = kept_count;
}

static void resolve_call(struct resolver *r, const struct cel_node *node,
			 const struct local *scope)
{
	struct cel_note *note = note_of(r, node);
	const bool receives = node->flags & CEL_RECEIVES;
	size_t first = 0;

	note->name = node->name;
	if (receives && cel_node_is_path(node->kids[0]) &&
	    !starts_with_local(node->kids[0], scope) &&
	    bind(r, note, path_text(r, node->kids[0], node->name),
		 path_root(node->kids[0])->flags & CEL_ROOT, bind_function)) {
		note->reference = CEL_REF_FUNCTION;
		first = 1;
	} else if (receives) {
		note->overloads = cel_env_overloads(r->env, node->name, true,
						    &note->overload_count);
	} else {
		(void)bind(r, note, node->name, node->flags & CEL_ROOT,
			   bind_function);
	}
	fit_count(r, note, node->count - first);
	for (size_t i = first; i < node->count; i++)
		resolve(r, node->kids[i], scope);
}

/* The kids from the second on see the variables of the node. */
static void resolve_scope(struct resolver *r, const struct cel_node *node,
			  const struct local *scope)
{
	const size_t before = r->next;
	struct local first = {node->name, (uint32_t)before, scope};
	struct local second = {node->second, (uint32_t)before + 1, &first};

	note_of(r, node)->slot = (uint32_t)before;
	resolve(r, node->kids[0], scope);
	r->next += node->second.ptr ? 2 : 1;
	if (r->next > r->notes->locals)
		r->notes->locals = r->next;
	for (size_t i = 1; i < node->count; i++)
		resolve(r, node->kids[i], node->second.ptr ? &second : &first);
	r->next = before;
}

/* As deep as the tree, which cel_depth bounds. */
static void resolve(struct resolver *r, const struct cel_node *node,
		    const struct local *scope)
{
	switch ((enum cel_kind)node->kind) {
	case CEL_IDENT:
		resolve_name(r, node, scope);
		break;
	case CEL_SELECT:
		resolve_select(r, node, scope);
		break;
	case CEL_CALL:
		resolve_call(r, node, scope);
		break;
	case CEL_LOOP:
	case CEL_BIND:
	case CEL_OPT_MAP:
		resolve_scope(r, node, scope);
		break;
	default:
		for (size_t i = 0; i < node->count; i++)
			resolve(r, node->kids[i], scope);
		break;
	}
}

void cel_resolve(struct cel_notes *out, struct arena *arena,
		 const struct cel_env *env, const struct cel_ast *ast)
{
	struct resolver r = {.notes = out,
			     .arena = arena,
			     .env = env,
			     .container = cel_env_options(env)->container};

	*out = (struct cel_notes){
		.at = arena_array(arena, struct cel_note, ast->nodes + 1),
		.count = ast->nodes + 1};
	resolve(&r, ast->root, NULL);
}
