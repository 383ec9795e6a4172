/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/mutate.h"

#include "base/vec.h"
#include "cmd/world_text.h"
#include "policy/rule_code.h"

enum { DEPTH = 64 };

/* What all worlds of the rule say of one change of one field. */
struct change {
	str path; /* below the record: a.b, items[].c */
	bool remove;
	bool noticed; /* by one test at least */
};

struct mutating {
	const struct policy *policy;
	const struct rule *rule;
	const struct node *test;    /* at hand */
	const struct world *world;  /* of it, as it was written */
	struct arena kept;	    /* for the rule */
	struct arena arena;	    /* for one world */
	VEC(str) reads;		    /* paths below self */
	VEC(struct change) changes; /* by path, the removal first */
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
			&mutating->kept, STR_FMT "%s" STR_FMT, STR_ARG(prefix),
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
	return str_format(&mutating->kept, STR_FMT "[]",
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

static struct change *change_at(struct mutating *mutating, str path,
				bool remove)
{
	size_t i = 0;

	for (; i < mutating->changes.count; i++) {
		struct change *change = &mutating->changes.at[i];
		int order = str_compare(change->path, path);

		if (order == 0 && change->remove == remove)
			return change;
		if (order > 0 || (order == 0 && remove))
			break;
	}
	(void)vec_push(&mutating->changes);
	for (size_t k = mutating->changes.count - 1; k > i; k--)
		mutating->changes.at[k] = mutating->changes.at[k - 1];
	mutating->changes.at[i] = (struct change){
		.path = str_keep(&mutating->kept, path), .remove = remove};
	return &mutating->changes.at[i];
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
	(void)change_at(mutating, path, mutation->kind == MUTATION_REMOVE);
	/* A record its schema refuses is noticed by the schema. */
	if (!rule_world_judge(&verdict, mutating->policy, &world,
			      mutating->rule, NULL, &mutating->arena,
			      mutating->err))
		return false;
	if (rule_test_judge(mutating->test, &verdict, &mutating->arena).ptr)
		change_at(mutating, path, mutation->kind == MUTATION_REMOVE)
			->noticed = true;
	return true;
}

/* Collections are removed; what stands in them is altered for itself. */
static bool try_field(struct mutating *mutating,
		      const struct node *const *roots, size_t count, str path,
		      const struct node *field)
{
	bool holds = field->kind == NODE_LIST || field->kind == NODE_MAP;

	for (int kind = MUTATION_REMOVE;
	     kind <= (holds ? MUTATION_REMOVE : MUTATION_MORE); kind++) {
		if (!try_mutant(mutating, roots, count, path,
				&(struct mutation){field,
						   (enum mutation_kind)kind}))
			return false;
	}
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
		    !try_field(mutating, roots, count, below, child))
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

static bool mutate_test(struct mutating *mutating, struct instant now)
{
	struct world world;

	mutating->world = &world;
	if (!rule_world_read(&world, rule_test_world(mutating->test),
			     mutating->rule, now, &mutating->arena,
			     mutating->err))
		return false;
	return world.count != 1 || mutate_text(mutating, world.texts[0].text);
}

/* ---- what is told */

static const struct node *reason_of(const struct rule *rule,
				    const struct change *change)
{
	const struct node *reasons = node_find(rule->source, STR("unnoticed"));

	if (reasons)
		reasons = node_find(reasons, change->remove ? STR("without")
							    : STR("other"));
	return reasons ? node_find(reasons, change->path) : NULL;
}

static void tell(struct out *out, struct safe what, const struct mutating *of,
		 bool remove, str path)
{
	out_safe(out, what);
	out_text(out, of->rule->id, ENCODE_TERMINAL);
	out_safe(out, remove ? SAFE(": without ") : SAFE(": with another "));
	out_text(out, path, ENCODE_TERMINAL);
}

static void tell_changes(const struct mutating *mutating,
			 struct mutation_count *count, struct out *out)
{
	for (size_t i = 0; i < mutating->changes.count; i++) {
		const struct change *change = &mutating->changes.at[i];
		const struct node *reason = reason_of(mutating->rule, change);

		count->mutants++;
		if (change->noticed)
			continue;
		tell(out, SAFE("unnoticed "), mutating, change->remove,
		     change->path);
		if (reason) {
			count->explained++;
			out_safe(out, SAFE(": "));
			out_text(out, reason->text, ENCODE_TERMINAL);
			out_safe(out, SAFE("\n"));
		} else {
			count->unexplained++;
			out_safe(out, SAFE(" it says the same, without a "
					   "reason in `unnoticed`\n"));
		}
	}
}

static bool is_unnoticed(const struct mutating *mutating, str path, bool remove)
{
	for (size_t i = 0; i < mutating->changes.count; i++) {
		const struct change *change = &mutating->changes.at[i];

		if (change->remove == remove && str_equal(change->path, path))
			return !change->noticed;
	}
	return false;
}

static void tell_needless(const struct mutating *mutating,
			  struct mutation_count *count, struct out *out)
{
	const struct node *all =
		node_find(mutating->rule->source, STR("unnoticed"));

	for (uint32_t i = 0; all && i < all->count; i++) {
		const struct node *reasons = &all->as.children[i];
		bool remove = str_is(reasons->key->text, "without");

		for (uint32_t k = 0; k < reasons->count; k++) {
			str path = reasons->as.children[k].key->text;

			if (is_unnoticed(mutating, path, remove))
				continue;
			count->needless++;
			tell(out, SAFE("reason for nothing "), mutating, remove,
			     path);
			out_safe(out, SAFE(": a test notices it, or no "
					   "world holds it\n"));
		}
	}
}

bool mutate_rule(struct mutation_count *count, struct out *out,
		 const struct policy *policy, const struct rule *rule,
		 struct instant now, struct error *err)
{
	const struct node *tests = node_find(rule->source, STR("tests"));
	struct mutating mutating = {
		.policy = policy,
		.rule = rule,
		.err = err,
	};
	bool ok = true;

	arena_init(&mutating.kept);
	arena_init(&mutating.arena);
	/* A rule on commits reads no fields of the records as they are. */
	if (rule->subject == SUBJECT_CHANGE || rule->subject == SUBJECT_COMMIT)
		tests = NULL;
	find_reads(&mutating);
	for (uint32_t i = 0; ok && tests && i < tests->count; i++) {
		mutating.test = &tests->as.children[i];
		ok = mutate_test(&mutating, now);
		arena_reset(&mutating.arena);
	}
	if (ok) {
		tell_changes(&mutating, count, out);
		tell_needless(&mutating, count, out);
	}
	vec_done(&mutating.reads);
	vec_done(&mutating.changes);
	arena_done(&mutating.kept);
	arena_done(&mutating.arena);
	return ok;
}
