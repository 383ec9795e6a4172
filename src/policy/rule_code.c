/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/rule_code.h"

#include "base/mem.h"
#include "base/vec.h"
#include "cel/ast.h"
#include "data/scalar_place.h"

/* The programs of one rule, in the making. */
struct making {
	const struct rule *rule;
	const struct rule_compiling *compiling;
	const struct cel_env *env;
	struct rule_code *code;
	VEC(struct cel_program *) programs;
	VEC(struct cel_program *) judging;
	str given;    /* `when`, once it is known to hold */
	str denied;   /* what is false where a message or place is read */
	bool telling; /* what is compiled now is a message or a place */
	bool placing; /* it is a place: what is not there is not pointed to */
	VEC(struct cel_variable) more;
};

/* What diagnose needs: the first error placed, warnings passed on. */
struct diagnosing {
	const struct making *making;
	const struct node *scalar;
	size_t offset; /* of the expression in the scalar's content */
	struct error *err;
	bool failed;
};

static struct span place_in_file(const struct making *making,
				 const struct node *scalar, size_t offset,
				 struct span at)
{
	at.start += (uint32_t)offset;
	at.end += (uint32_t)offset;
	return scalar_place(scalar, making->compiling->file->text, at);
}

static void diagnose(void *context, const struct cel_diagnostic *found)
{
	struct diagnosing *diagnosing = context;
	const struct making *making = diagnosing->making;
	const struct rule_compiling *compiling = making->compiling;
	struct span at = place_in_file(making, diagnosing->scalar,
				       diagnosing->offset, found->at);
	struct error warning;

	if (!found->warning) {
		if (!diagnosing->failed)
			(void)policy_file_fault(compiling->file, at,
						diagnosing->err, STR_FMT,
						STR_ARG(found->text));
		diagnosing->failed = true;
		return;
	}
	if (!compiling->warn || making->placing)
		return;
	(void)policy_file_fault(compiling->file, at, &warning, STR_FMT,
				STR_ARG(found->text));
	compiling->warn(compiling->context, error_text(&warning));
}

/* The expressions that hold where a part is evaluated. */
static size_t known_here(str known[2], const struct making *making)
{
	size_t count = 0;

	if (making->given.len)
		known[count++] = making->given;
	if (making->denied.len)
		known[count++] = making->denied;
	return count;
}

/* A message is read, and a place looked for, once the assertion is false. */
static void deny(struct making *making, const struct node *that)
{
	making->denied = str_format(making->compiling->arena, "!(" STR_FMT ")",
				    STR_ARG(that->text));
}

/* Compiles the part of a scalar's content that starts at `offset`. */
static bool compile_part(const struct cel_program **out, struct making *making,
			 const struct node *scalar, str text, size_t offset,
			 const struct cel_type *result, struct error *err)
{
	struct diagnosing diagnosing = {
		.making = making,
		.scalar = scalar,
		.offset = offset,
		.err = err,
	};
	struct cel_compile_options options = {
		.result = result,
		.diagnose = diagnose,
		.context = &diagnosing,
	};
	const struct cel_needs *needs;
	struct cel_program *program;
	str known[2];

	options.given = known;
	options.given_count = known_here(known, making);
	if (!cel_compile(&program, making->env, text, &options, err)) {
		struct error placed = *err;

		if (diagnosing.failed)
			return false;
		return policy_file_fault(
			making->compiling->file,
			place_in_file(making, scalar, offset, placed.at), err,
			"%s", placed.text);
	}
	*vec_push(&making->programs) = program;
	if (!making->telling)
		*vec_push(&making->judging) = program;
	needs = cel_program_needs(program);
	making->code->facts |= needs->facts;
	*out = program;
	return true;
}

static bool compile(const struct cel_program **out, struct making *making,
		    const struct node *scalar, const struct cel_type *result,
		    struct error *err)
{
	if (!scalar)
		return true;
	return compile_part(out, making, scalar, scalar->text, 0, result, err);
}

/* A scalar has no place of its own once it is a value, but the map it stands
 * in has: `self.a.b` is the member b of self.a. */
static bool compile_place_part(struct rule_place *out, struct making *making,
			       const struct node *scalar, struct error *err)
{
	const struct cel_program *whole = NULL;
	const struct cel_node *root;
	str parent;

	if (!compile(&whole, making, scalar, NULL, err))
		return false;
	root = cel_program_ast(whole)->root;
	out->program = whole;
	if (root->kind != CEL_SELECT ||
	    (root->flags & (CEL_PRESENCE | CEL_OPTIONAL_STEP)))
		return true;
	parent = str_slice(scalar->text, root->kids[0]->span.start,
			   root->kids[0]->span.end);
	out->member = str_keep(making->compiling->arena, root->name);
	return compile_part(&out->program, making, scalar, parent,
			    root->kids[0]->span.start, NULL, err);
}

static bool compile_place(struct rule_place *out, struct making *making,
			  const struct node *scalar, struct error *err)
{
	bool ok;

	if (!scalar)
		return true;
	making->telling = true;
	making->placing = true;
	ok = compile_place_part(out, making, scalar, err);
	making->telling = false;
	making->placing = false;
	return ok;
}

/* "{{ a }} and {{ b }}": a closing }} ends an expression; one that holds }}
 * itself (a map in a map) is written with a blank between the braces. */
static bool compile_template(struct template *out, struct making *making,
			     const struct node *scalar, struct error *err)
{
	VEC(struct template_part) parts = {0};
	str text = scalar ? scalar->text : (str){0};
	size_t at = 0;
	bool ok = true;

	making->telling = true;
	while (ok && at < text.len) {
		str rest = str_slice(text, at, text.len);
		size_t open = str_find(rest, STR("{{"));
		size_t close;
		str inner;

		if (open != 0) {
			str literal = str_slice(rest, 0, open);

			vec_push(&parts)->text = literal;
			at += literal.len;
			continue;
		}
		close = str_find(rest, STR("}}"));
		if (close == SIZE_MAX) {
			ok = policy_file_fault(
				making->compiling->file, scalar->span, err,
				"'{{' in the message is not closed by '}}'");
			break;
		}
		inner = str_slice(rest, 2, close);
		ok = compile_part(&vec_push(&parts)->program, making, scalar,
				  inner, at + 2, NULL, err);
		at += close + 2;
	}
	making->telling = false;
	out->parts = vec_keep(&parts, making->compiling->arena);
	out->count = parts.count;
	vec_done(&parts);
	return ok;
}

static void declare(struct making *making, str name,
		    const struct cel_type *type)
{
	struct cel_variable *variable = vec_push(&making->more);

	variable->name = name;
	variable->type = type;
	making->env = vocabulary_env(making->compiling->vocabulary,
				     making->rule->self, making->more.at,
				     making->more.count);
}

static bool compile_lets(struct making *making, const struct node *map,
			 struct error *err)
{
	struct arena *arena = making->compiling->arena;
	struct rule_let *lets;

	if (!map)
		return true;
	lets = arena_array(arena, struct rule_let, map->count);
	for (size_t i = 0; i < map->count; i++) {
		const struct node *value = &map->as.children[i];

		lets[i].name = value->key->text;
		if (!compile(&lets[i].program, making, value, NULL, err))
			return false;
		declare(making, lets[i].name,
			cel_program_type(lets[i].program));
	}
	making->code->lets = lets;
	making->code->let_count = map->count;
	return true;
}

/* The type of an element of what `each` runs over. */
static const struct cel_type *element_of(const struct cel_type *list)
{
	if (list && (list->kind == CEL_T_LIST || list->kind == CEL_T_MAP))
		return list->params[0];
	return NULL;
}

/* each: x in LIST, or i, x in LIST */
static bool compile_each(struct making *making, const struct node *scalar,
			 struct error *err)
{
	str text = scalar ? scalar->text : (str){0};
	size_t in = str_find(text, STR(" in "));
	str names = str_slice(text, 0, in);
	str first;
	const struct cel_type *type;

	if (!scalar)
		return true;
	if (in == SIZE_MAX)
		return policy_file_fault(making->compiling->file, scalar->span,
					 err, "each wants NAME in LIST");
	if (!compile_part(&making->code->each, making, scalar,
			  str_slice(text, in + 4, text.len), in + 4, NULL, err))
		return false;
	type = cel_program_type(making->code->each);
	first = str_cut(&names, ',');
	making->code->each_variables = names.ptr ? 2 : 1;
	if (names.ptr) {
		declare(making, str_trim(first), &cel_int_type);
		first = names;
	}
	declare(making, str_trim(first), element_of(type));
	return true;
}

/* One of several assertions, with a message and a place of its own. */
static bool compile_assert(struct rule_assert *out, struct making *making,
			   const struct node *item, struct error *err)
{
	const struct node *that = node_find(item, STR("that"));
	bool ok = compile(&out->that, making, that, &cel_bool_type, err);

	if (!ok)
		return false;
	deny(making, that);
	ok = compile_template(&out->message, making,
			      node_find(item, STR("message")), err) &&
	     compile_place(&out->at, making, node_find(item, STR("at")), err);
	making->denied = (str){0};
	return ok;
}

static bool compile_asserts(struct making *making, const struct node *node,
			    struct error *err)
{
	bool list = node->kind == NODE_LIST;
	size_t count = list ? node->count : 1;
	struct rule_assert *asserts = arena_array(making->compiling->arena,
						  struct rule_assert, count);

	if (!list &&
	    !compile(&asserts[0].that, making, node, &cel_bool_type, err))
		return false;
	for (size_t i = 0; list && i < count; i++) {
		if (!compile_assert(&asserts[i], making, &node->as.children[i],
				    err))
			return false;
	}
	/* The rule's own message and place are of this one assertion. */
	if (!list)
		deny(making, node);
	making->code->asserts = asserts;
	making->code->assert_count = count;
	return true;
}

/* Might `when` read a named value? A name in it may mean something else. */
static bool mentions_let(str when, const struct node *lets)
{
	for (size_t i = 0; lets && i < lets->count; i++) {
		if (str_find(when, lets->as.children[i].key->text) != SIZE_MAX)
			return true;
	}
	return false;
}

/* A named value is evaluated when it is first read: unless `when` itself reads
 * one, that is after `when` was found true. */
static bool compile_lets_and_when(struct making *making, struct error *err)
{
	const struct node *source = making->rule->source;
	const struct node *lets = node_find(source, STR("let"));
	const struct node *when = node_find(source, STR("when"));
	str text = node_text(source, STR("when"));

	if (mentions_let(text, lets)) {
		if (!compile_lets(making, lets, err))
			return false;
		lets = NULL;
	}
	if (!compile(&making->code->when, making, when, &cel_bool_type, err))
		return false;
	making->given = text;
	return compile_lets(making, lets, err);
}

static bool compile_all(struct making *making, struct error *err)
{
	const struct node *source = making->rule->source;
	struct rule_code *code = making->code;

	making->env = vocabulary_env(making->compiling->vocabulary,
				     making->rule->self, NULL, 0);
	if (!compile_lets_and_when(making, err))
		return false;
	return compile_each(making, node_find(source, STR("each")), err) &&
	       compile_asserts(making, node_find(source, STR("assert")), err) &&
	       compile_template(&code->message, making,
				node_find(source, STR("message")), err) &&
	       compile_place(&code->at, making, node_find(source, STR("at")),
			     err);
}

bool rule_compile(const struct rule_code **out, const struct rule *rule,
		  const struct rule_compiling *compiling, struct error *err)
{
	struct making making = {
		.rule = rule,
		.compiling = compiling,
		.code = arena_new(compiling->arena, struct rule_code),
	};
	bool ok = compile_all(&making, err);

	making.code->programs = vec_keep(&making.programs, compiling->arena);
	making.code->program_count = making.programs.count;
	making.code->judging = vec_keep(&making.judging, compiling->arena);
	making.code->judging_count = making.judging.count;
	making.code->variable_count = VARIABLE_COUNT + making.more.count;
	vec_done(&making.programs);
	vec_done(&making.judging);
	vec_done(&making.more);
	if (ok)
		*out = making.code;
	else
		rule_code_free(making.code);
	return ok;
}

void rule_code_free(const struct rule_code *code)
{
	for (size_t i = 0; code && i < code->program_count; i++)
		cel_program_free(code->programs[i]);
}
