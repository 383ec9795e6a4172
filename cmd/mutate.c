/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/mutate.h"

#include "base/vec.h"
#include "cmd/world_text.h"
#include "policy/rule_code.h"

enum { DEPTH = 64 };

struct mutating {
	struct mutation_report *report;
	const struct policy *policy;
	const struct rule *rule;
	const struct world *world; /* as it was written */
	struct verdict_of_world original;
	struct arena arena;
	VEC(str) reads; /* paths below self: a.b, items[].c */
	struct error *err;
};

/* ---- what the rule reads of its record */

static void add_reads(struct mutating *mutating,
		      const struct cel_program *program, size_t slot,
		      str prefix)
{
	const struct cel_needs *needs = cel_program_needs(program);

	for (size_t i = 0; i < needs->count; i++) {
		const struct cel_read *read = &needs->reads[i];

		if (read->slot != slot || (!read->path.len && !prefix.len))
			continue;
		*vec_push(&mutating->reads) = str_format(
			&mutating->arena, STR_FMT "%s" STR_FMT, STR_ARG(prefix),
			prefix.len && read->path.len ? "." : "",
			STR_ARG(read->path));
	}
}

/* The list that `each` runs over, when it is a path of self. */
static str each_path(struct mutating *mutating, const struct rule_code *code)
{
	const struct cel_needs *needs =
		code->each ? cel_program_needs(code->each) : NULL;

	if (!needs || needs->count != 1 ||
	    needs->reads[0].slot != VARIABLE_SELF)
		return (str){0};
	return str_format(&mutating->arena, STR_FMT "[]",
			  STR_ARG(needs->reads[0].path));
}

static void find_reads(struct mutating *mutating)
{
	const struct rule_code *code = mutating->rule->expressions;
	size_t element =
		VARIABLE_COUNT + code->let_count + (code->each_variables == 2);
	str each = each_path(mutating, code);

	for (size_t i = 0; i < code->judging_count; i++) {
		add_reads(mutating, code->judging[i], VARIABLE_SELF, (str){0});
		if (each.ptr)
			add_reads(mutating, code->judging[i], element, each);
	}
}

static bool is_read(const struct mutating *mutating, str path)
{
	for (size_t i = 0; i < mutating->reads.count; i++) {
		if (str_equal(mutating->reads.at[i], path))
			return true;
	}
	return false;
}

/* ---- one mutant */

static bool same(const struct verdict_of_world *a,
		 const struct verdict_of_world *b)
{
	return a->findings == b->findings && a->judged == b->judged &&
	       a->not_applicable == b->not_applicable &&
	       a->incomplete == b->incomplete;
}

static void tell_survivor(struct mutating *mutating, str path,
			  const struct mutation *mutation)
{
	struct out *out = mutating->report->out;

	mutating->report->survivors++;
	out_safe(out, SAFE("unnoticed "));
	out_text(out, mutating->rule->id, ENCODE_TERMINAL);
	out_safe(out, mutation->remove ? SAFE(": without ")
				       : SAFE(": with another "));
	out_text(out, path, ENCODE_TERMINAL);
	out_safe(out, SAFE(" it says the same\n"));
}

static bool try_mutant(struct mutating *mutating,
		       const struct node *const *roots, size_t count, str path,
		       const struct mutation *mutation)
{
	struct snapshot_text text = {.path = STR("world.yaml")};
	struct world world = *mutating->world;
	struct verdict_of_world verdict;

	text.text = world_text_of(roots, count, mutation, &mutating->arena);
	world.texts = &text;
	world.count = 1;
	/* A record its schema refuses is noticed by the schema. */
	if (!rule_world_judge(&verdict, mutating->policy, &world,
			      mutating->rule, NULL, &mutating->arena,
			      mutating->err))
		return false;
	mutating->report->mutants++;
	if (same(&verdict, &mutating->original))
		tell_survivor(mutating, path, mutation);
	return true;
}

static bool mutate(struct mutating *mutating, const struct node *const *roots,
		   size_t count, const struct node *node, str path,
		   unsigned depth)
{
	for (uint32_t i = 0; depth && i < node->count; i++) {
		const struct node *child = &node->as.children[i];
		str below =
			node->kind == NODE_LIST
				? str_format(&mutating->arena, STR_FMT "[]",
					     STR_ARG(path))
				: str_format(&mutating->arena,
					     STR_FMT "%s" STR_FMT,
					     STR_ARG(path), path.len ? "." : "",
					     STR_ARG(child->key->text));

		if (is_read(mutating, below) &&
		    (!try_mutant(mutating, roots, count, below,
				 &(struct mutation){child, true}) ||
		     (child->kind != NODE_LIST && child->kind != NODE_MAP &&
		      !try_mutant(mutating, roots, count, below,
				  &(struct mutation){child, false}))))
			return false;
		if ((child->kind == NODE_LIST || child->kind == NODE_MAP) &&
		    !mutate(mutating, roots, count, child, below, depth - 1))
			return false;
	}
	return true;
}

/* The first record of the world that the rule judges. */
static const struct node *self_of(const struct mutating *mutating,
				  const struct document *document)
{
	const struct rule *rule = mutating->rule;

	for (size_t i = 0; i < document->count; i++) {
		str kind = node_text(document->roots[i], STR("kind"));

		for (size_t k = 0; k < rule->kind_count; k++) {
			if (str_equal(rule->kinds[k], kind))
				return document->roots[i];
		}
		if (rule->kind_count == 0)
			return document->roots[i];
	}
	return NULL;
}

static bool mutate_text(struct mutating *mutating, str text)
{
	struct document document;
	const struct node *self;

	if (!document_parse(&document, &mutating->arena, text, FORMAT_YAML,
			    &limits_default, mutating->err))
		return false;
	self = self_of(mutating, &document);
	return !self || mutate(mutating, document.roots, document.count, self,
			       (str){0}, DEPTH);
}

bool mutate_world(struct mutation_report *report, const struct policy *policy,
		  const struct rule *rule, const struct node *node,
		  struct instant now, struct error *err)
{
	struct mutating mutating = {
		.report = report,
		.policy = policy,
		.rule = rule,
		.err = err,
	};
	struct world world;
	bool ok;

	arena_init(&mutating.arena);
	mutating.world = &world;
	ok = rule_world_read(&world, node, rule, now, &mutating.arena, err) &&
	     rule_world_judge(&mutating.original, policy, &world, rule, NULL,
			      &mutating.arena, err);
	if (ok && world.count == 1) {
		find_reads(&mutating);
		ok = mutate_text(&mutating, world.texts[0].text);
	}
	vec_done(&mutating.reads);
	arena_done(&mutating.arena);
	return ok;
}
