/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/cel.h"

#include "base/mem.h"
#include "cel/needs.h"
#include "cel/run.h"

/* ---- compiling */

static const struct cel_node *find_kind(const struct cel_node *node,
					enum cel_kind kind)
{
	if (node->kind == kind)
		return node;
	for (size_t i = 0; i < node->count; i++) {
		const struct cel_node *found = find_kind(node->kids[i], kind);

		if (found)
			return found;
	}
	return NULL;
}

/* Passes findings on, and keeps the first error. */
struct sink {
	const struct cel_compile_options *options;
	struct error *err;
	bool failed;
};

static void found(void *context, const struct cel_diagnostic *diagnostic)
{
	struct sink *sink = context;

	if (!diagnostic->warning && !sink->failed) {
		sink->failed = true;
		(void)error_set_at(sink->err, ERROR_CONFIG, diagnostic->at,
				   STR_FMT, STR_ARG(diagnostic->text));
	}
	if (sink->options->diagnose)
		sink->options->diagnose(sink->options->context, diagnostic);
}

static bool check(struct cel_program *program, struct error *err)
{
	struct sink sink = {.options = &program->options, .err = err};
	struct cel_compile_options options = program->options;

	options.diagnose = found;
	options.context = &sink;
	return cel_check(&program->notes, &program->arena, program->env,
			 &program->ast, &options);
}

static bool compile(struct cel_program *program, str text, struct error *err)
{
	const struct cel_env_options *env = cel_env_options(program->env);
	const struct cel_compile_options *options = &program->options;
	struct arena *arena = &program->arena;
	const struct cel_node *message;

	if (!cel_parse(
		    &program->ast, arena, str_keep(arena, text),
		    &(struct cel_parse_options){.limits = env->limits,
						.no_macros = options->no_macros,
						.host = env->macros},
		    err))
		return false;
	message = find_kind(program->ast.root, CEL_MESSAGE);
	if (message)
		return error_set_at(err, ERROR_SYNTAX, message->place,
				    "CEL messages are not supported here; "
				    "write a map");
	cel_resolve(&program->notes, arena, program->env, &program->ast);
	if (!options->no_check && !check(program, err))
		return false;
	program->root = cel_plan_make(program, arena, &program->patterns);
	cel_needs_find(&program->needs, program, arena);
	return true;
}

bool cel_compile(struct cel_program **out, const struct cel_env *env, str text,
		 const struct cel_compile_options *options, struct error *err)
{
	struct cel_program *program = mem_new(sizeof(*program));

	arena_init(&program->arena);
	program->env = env;
	if (options)
		program->options = *options;
	if (!compile(program, text, err)) {
		cel_program_free(program);
		return false;
	}
	*out = program;
	return true;
}

void cel_program_free(struct cel_program *program)
{
	if (!program)
		return;
	for (size_t i = 0; i < program->patterns.all.count; i++)
		regex_free(program->patterns.all.at[i]);
	vec_done(&program->patterns.all);
	arena_done(&program->arena);
	mem_free(program);
}

str cel_program_text(const struct cel_program *program)
{
	return program->ast.text;
}

const struct cel_ast *cel_program_ast(const struct cel_program *program)
{
	return &program->ast;
}

const struct cel_type *cel_program_type(const struct cel_program *program)
{
	const struct cel_type *type =
		program->notes.at[program->ast.root->id].type;

	return type ? type : &cel_dyn;
}

static const struct cel_node *find_id(const struct cel_node *node, uint32_t id)
{
	if (node->id == id)
		return node;
	for (size_t i = 0; i < node->count; i++) {
		const struct cel_node *found = find_id(node->kids[i], id);

		if (found)
			return found;
	}
	return NULL;
}

struct span cel_program_span(const struct cel_program *program, uint32_t id)
{
	const struct cel_node *node = find_id(program->ast.root, id);

	return node ? node->span : program->ast.root->span;
}

const struct cel_needs *cel_program_needs(const struct cel_program *program)
{
	return &program->needs;
}

/* ---- evaluating */

enum { LOCALS_FEW = 16 };

static struct cel_value run(struct cel_frame *frame,
			    const struct cel_program *program,
			    const struct cel_plan *root)
{
	struct cel_value few[LOCALS_FEW];
	struct cel_value value;

	frame->locals =
		program->notes.locals <= LOCALS_FEW
			? few
			: arena_array(frame->eval.arena, struct cel_value,
				      program->notes.locals);
	if (!cel_charge(&frame->eval, root->weight))
		return cel_spent(&frame->eval);
	value = cel_plan_run_at(frame, root);
	if (frame->eval.exhausted)
		value = cel_spent(&frame->eval);
	return cel_plan_place(root, value);
}

static size_t budget_of(const struct cel_run *how, const struct limits *limits)
{
	size_t budget = how->budget ? how->budget : limits->cel_cost;

	return how->rest && *how->rest < budget ? *how->rest : budget;
}

struct cel_value cel_eval(const struct cel_program *program,
			  const struct cel_activation *activation,
			  struct cel_run *how)
{
	const struct limits *limits = cel_env_options(program->env)->limits;
	const size_t budget = budget_of(how, limits);
	struct cel_frame frame = {
		.eval = {.arena = how->arena,
			 .budget = budget,
			 .limits = limits,
			 .scratch = how->scratch,
			 .regexes = how->regexes,
			 .zones = how->zones,
			 .activation = activation,
			 .host = how->host},
		.variables = activation ? activation->at : NULL,
		.variable_count = activation ? activation->count : 0,
		.run = how,
	};
	const struct cel_plan *root = program->root;
	struct cel_value value;

	if (how->explain)
		root = cel_plan_make(program, how->arena, NULL);
	value = run(&frame, program, root);
	if (frame.eval.scratch != how->scratch)
		regex_scratch_free(frame.eval.scratch);
	how->budget = frame.eval.budget;
	if (how->rest)
		*how->rest -= budget - frame.eval.budget;
	return value;
}
