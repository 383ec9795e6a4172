/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/needs.h"
#include "cel/join.h"

enum {
	UNKNOWN = UINT32_MAX,
	LOOK_BACK = 64, /* a read like one of the last is not told again */
};

/* Where a value comes from: a path below a variable, if that is static. */
struct origin {
	uint32_t slot; /* UNKNOWN: it was computed */
	str path;
};

struct survey {
	const struct cel_program *program;
	struct arena *arena;
	struct origin *locals; /* by slot */
	VEC(struct cel_read) reads;
	uint8_t facts;
};

static const struct origin computed = {UNKNOWN, {NULL, 0}};

static struct origin walk(struct survey *survey, const struct cel_node *node);

static struct origin step(struct survey *survey, struct origin of, str name,
			  bool element)
{
	const bool dot = of.path.len && !element;
	char *path;

	if (of.slot == UNKNOWN)
		return of;
	path = arena_raw(survey->arena, of.path.len + name.len + 1, 1);
	memcpy(path, of.path.ptr, of.path.len);
	if (dot)
		path[of.path.len] = '.';
	memcpy(path + of.path.len + dot, name.ptr, name.len);
	of.path = (str){path, of.path.len + dot + name.len};
	return of;
}

static void tell(struct survey *survey, struct origin origin, bool join,
		 uint32_t id)
{
	size_t i = survey->reads.count;
	size_t least = i > LOOK_BACK ? i - LOOK_BACK : 0;

	if (origin.slot == UNKNOWN)
		return;
	while (i-- > least) {
		const struct cel_read *read = &survey->reads.at[i];

		if (read->slot == origin.slot && read->join == join &&
		    str_equal(read->path, origin.path))
			return;
	}
	*vec_push(&survey->reads) =
		(struct cel_read){origin.slot, origin.path, join, id};
}

/* Walks a part whose value is used as a whole. */
static void use(struct survey *survey, const struct cel_node *node)
{
	tell(survey, walk(survey, node), false, node->id);
}

static struct origin walk_index(struct survey *survey,
				const struct cel_node *node)
{
	struct origin of = walk(survey, node->kids[0]);
	const struct cel_node *key = node->kids[1];

	use(survey, key);
	if (key->kind == CEL_CONST && key->constant.tag == CEL_STRING)
		return step(survey, of, cel_str(key->constant), false);
	return step(survey, of, STR("[]"), true);
}

/* Says of the key of a join that it is looked up. */
static void walk_join(struct survey *survey, const struct cel_node *loop)
{
	struct cel_join_parts parts;

	if (!survey->program->options.naive &&
	    cel_join_find(&parts, survey->program, loop))
		tell(survey, walk(survey, parts.key), true, parts.key->id);
}

static struct origin walk_scope(struct survey *survey,
				const struct cel_node *node)
{
	uint32_t slot = survey->program->notes.at[node->id].slot;
	struct origin of = walk(survey, node->kids[0]);
	const bool two = node->second.ptr != NULL;

	if (node->kind == CEL_LOOP) {
		of = step(survey, of, STR("[]"), true);
		tell(survey, of, false, node->kids[0]->id);
	}
	/* The first of two variables is an index or a key. */
	survey->locals[slot] = two ? computed : of;
	if (two)
		survey->locals[slot + 1] = of;
	if (node->kind == CEL_LOOP)
		walk_join(survey, node);
	for (size_t i = 1; i + 1 < node->count; i++)
		use(survey, node->kids[i]);
	if (node->kind == CEL_BIND)
		return walk(survey, node->kids[1]);
	use(survey, node->kids[node->count - 1]);
	/* filter keeps elements of the same list. */
	if (node->kind == CEL_LOOP && node->op == CEL_LOOP_FILTER &&
	    of.slot != UNKNOWN && !two)
		return (struct origin){of.slot,
				       str_slice(of.path, 0, of.path.len - 2)};
	return computed;
}

static struct origin walk_others(struct survey *survey,
				 const struct cel_node *node)
{
	const struct cel_note *note = &survey->program->notes.at[node->id];
	size_t first = note->reference == CEL_REF_FUNCTION ? 1 : 0;

	for (size_t i = 0; i < note->overload_count; i++)
		survey->facts |= note->overloads[i]->reads;
	for (size_t i = first; i < node->count; i++)
		use(survey, node->kids[i]);
	return computed;
}

/* As deep as the tree, which cel_depth bounds. */
static struct origin walk(struct survey *survey, const struct cel_node *node)
{
	const struct cel_note *note = &survey->program->notes.at[node->id];
	const struct cel_env_options *env =
		cel_env_options(survey->program->env);

	switch ((enum cel_reference)note->reference) {
	case CEL_REF_VARIABLE:
		survey->facts |= env->variables[note->slot].reads;
		return (struct origin){note->slot, {"", 0}};
	case CEL_REF_LOCAL:
		return survey->locals[note->slot];
	case CEL_REF_TYPE:
	case CEL_REF_UNKNOWN:
		return computed;
	default:
		break;
	}
	switch ((enum cel_kind)node->kind) {
	case CEL_SELECT:
		return step(survey, walk(survey, node->kids[0]), node->name,
			    false);
	case CEL_INDEX:
		return walk_index(survey, node);
	case CEL_LOOP:
	case CEL_BIND:
	case CEL_OPT_MAP:
		return walk_scope(survey, node);
	default:
		return walk_others(survey, node);
	}
}

void cel_needs_find(struct cel_needs *out, const struct cel_program *program,
		    struct arena *arena)
{
	struct survey survey = {.program = program, .arena = arena};

	survey.locals =
		arena_array(arena, struct origin, program->notes.locals + 1);
	use(&survey, program->ast.root);
	*out = (struct cel_needs){
		.reads = vec_keep(&survey.reads, arena),
		.count = survey.reads.count,
		.facts = survey.facts,
		.cost = program->root->weight,
	};
	vec_done(&survey.reads);
}
