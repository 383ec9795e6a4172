/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/coverage.h"

#include "base/mem.h"
#include "cel/ast.h"

enum { WAS_TRUE = 1, WAS_FALSE = 2 };

/* What was seen of one node of one program, found by the node's address. */
struct seen {
	const struct cel_node *node;
	unsigned values;
};

struct coverage {
	struct arena arena;
	struct map seen; /* bytes of the address -> struct seen */
};

struct coverage *coverage_new(void)
{
	struct coverage *coverage = mem_new(sizeof(*coverage));

	arena_init(&coverage->arena);
	map_init(&coverage->seen);
	return coverage;
}

void coverage_free(struct coverage *coverage)
{
	if (!coverage)
		return;
	map_done(&coverage->seen);
	arena_done(&coverage->arena);
	mem_free(coverage);
}

static struct seen *find(const struct coverage *coverage,
			 const struct cel_node *node)
{
	return map_find(&coverage->seen,
			str_make((const char *)&node, sizeof(node)));
}

void coverage_see(void *context, const struct cel_node *node,
		  struct cel_value value)
{
	struct coverage *coverage = context;
	struct seen *seen = find(coverage, node);

	if (!seen) {
		seen = arena_new(&coverage->arena, struct seen);
		seen->node = node;
		(void)map_put(
			&coverage->seen,
			str_make((const char *)&seen->node, sizeof(seen->node)),
			seen);
	}
	if (value.tag == CEL_BOOL)
		seen->values |= value.as.boolean ? WAS_TRUE : WAS_FALSE;
}

struct telling {
	const struct coverage *coverage;
	const struct cel_program *program;
	void (*tell)(void *context, str text, bool value);
	void *context;
	size_t count;
};

static void tell_condition(struct telling *telling, const struct cel_node *node)
{
	const struct seen *seen = find(telling->coverage, node);
	unsigned values = seen ? seen->values : 0;
	str text = str_slice(cel_program_text(telling->program),
			     node->span.start, node->span.end);

	if (node->kind == CEL_CONST)
		return;
	if (!(values & WAS_TRUE)) {
		telling->tell(telling->context, text, true);
		telling->count++;
	}
	if (!(values & WAS_FALSE)) {
		telling->tell(telling->context, text, false);
		telling->count++;
	}
}

static void walk(struct telling *telling, const struct cel_node *node)
{
	bool junction = node->kind == CEL_OP &&
			(node->op == CEL_OP_AND || node->op == CEL_OP_OR);

	for (size_t i = 0; i < node->count; i++) {
		const struct cel_node *kid = node->kids[i];
		bool nested = kid->kind == CEL_OP &&
			      (kid->op == CEL_OP_AND || kid->op == CEL_OP_OR);

		if ((junction && !nested) || (node->kind == CEL_COND && i == 0))
			tell_condition(telling, kid);
		walk(telling, kid);
	}
}

static void tell_program(struct telling *telling,
			 const struct cel_program *program)
{
	const struct cel_node *root;

	if (!program)
		return;
	telling->program = program;
	root = cel_program_ast(program)->root;
	tell_condition(telling, root);
	walk(telling, root);
}

size_t coverage_tell(const struct coverage *coverage,
		     const struct rule_code *code,
		     void (*tell)(void *context, str text, bool value),
		     void *context)
{
	struct telling telling = {
		.coverage = coverage, .tell = tell, .context = context};

	tell_program(&telling, code->when);
	for (size_t i = 0; i < code->assert_count; i++)
		tell_program(&telling, code->asserts[i].that);
	return telling.count;
}
