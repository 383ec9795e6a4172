/*
 * eval - the value of an expression: over a repository, over bindings in a
 * file, or one expression a line.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/eval.h"

#include "base/lines.h"
#include "base/sys.h"
#include "base/vec.h"
#include "cmd/history_input.h"
#include "cmd/input.h"
#include "lint/host.h"
#include "lint/lint.h"

enum { TEXT_MOST = 1 << 20 };

struct explained {
	struct span span;
	str text;  /* of the sub-expression */
	str value; /* as CEL would write it */
};

struct explaining {
	struct evaluator *evaluator;
	const struct cel_program *program;
	VEC(struct explained) steps;
};

static bool read_document(const struct node **out, struct evaluator *evaluator,
			  str path, struct error *err)
{
	enum format format = format_of_path(path);
	struct document document;
	struct buf buf;
	bool ok;

	buf_init(&buf, limits_default.yaml_size);
	ok = sys_read_file(&buf, SYS_HERE, arena_cstr(evaluator->arena, path),
			   err);
	if (ok)
		evaluator->file = str_keep(evaluator->arena, buf_str(&buf));
	buf_done(&buf);
	if (!ok)
		return false;
	if (!document_parse(&document, evaluator->arena, evaluator->file,
			    format == FORMAT_NONE ? FORMAT_YAML : format,
			    &limits_default, err)) {
		struct place place = place_of(evaluator->file,
					      err->placed ? err->at.start : 0);

		return error_prefix(err, STR_FMT ":%u:%u", STR_ARG(path),
				    place.line, place.column);
	}
	if (document.count != 1 || document.roots[0]->kind != NODE_MAP)
		return error_set(err, ERROR_CONFIG,
				 STR_FMT " is not one map of names and values",
				 STR_ARG(path));
	*out = document.roots[0];
	return true;
}

/* Names of a map as variables of any type. */
static void bind(struct evaluator *evaluator, const struct node *map)
{
	size_t count = map ? map->count : 0;
	struct cel_variable *variables =
		arena_array(evaluator->arena, struct cel_variable, count);
	struct cel_value *values =
		arena_array(evaluator->arena, struct cel_value, count);

	for (size_t i = 0; i < count; i++) {
		variables[i].name = map->as.children[i].key->text;
		values[i] = cel_of_node(&map->as.children[i]);
	}
	evaluator->variables = variables;
	evaluator->values = values;
	evaluator->count = count;
}

/* A caret below the expression, so that the place is seen. */
static void complain_in(struct evaluator *evaluator, str text,
			const struct error *err)
{
	struct place from = place_of(text, err->at.start);
	struct place to = place_of(text, err->at.end);
	str line = line_at(text, from.line);
	struct error shown = *err;

	if (err->placed && line.len < sizeof(shown.source)) {
		memcpy(shown.source, line.ptr, line.len);
		shown.source[line.len] = '\0';
		shown.column = from.column;
		shown.width = to.line == from.line && to.column > from.column
				      ? to.column - from.column
				      : 1;
	}
	(void)complain(evaluator->env, &shown);
}

static void diagnose(void *context, const struct cel_diagnostic *found)
{
	struct evaluator *evaluator = context;
	struct error err;

	(void)error_set_at(&err, ERROR_CONFIG, found->at, "%s" STR_FMT,
			   found->warning ? "warning: " : "",
			   STR_ARG(found->text));
	if (!evaluator->silent)
		complain_in(evaluator, evaluator->text, &err);
	evaluator->diagnosed = evaluator->diagnosed || !found->warning;
	if (!found->warning)
		evaluator->first = err;
}

static bool compile(struct cel_program **out, struct evaluator *evaluator,
		    str text, struct error *err)
{
	struct cel_compile_options options = {
		.diagnose = diagnose,
		.context = evaluator,
	};

	evaluator->text = text;
	evaluator->diagnosed = false;
	if (cel_compile(out, evaluator->cel, text, &options, err))
		return true;
	if (!evaluator->diagnosed && !evaluator->silent)
		complain_in(evaluator, text, err);
	if (evaluator->diagnosed)
		*err = evaluator->first;
	return false;
}

static str printed(struct evaluator *evaluator, struct cel_value value)
{
	struct cel_eval eval =
		evaluator->host ? host_eval(evaluator->host, evaluator->arena)
				: (struct cel_eval){
					  .arena = evaluator->arena,
					  .budget = limits_default.cel_run_cost,
					  .limits = &limits_default,
				  };
	struct buf text;
	str kept;

	buf_init(&text, TEXT_MOST);
	if (cel_is_error(value))
		cel_error_print(&text, value);
	else
		cel_print(&text, &eval, value);
	kept = str_keep(evaluator->arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

static void explain(void *context, const struct cel_node *node,
		    struct cel_value value)
{
	struct explaining *explaining = context;
	str text = cel_program_text(explaining->program);

	if (node->kind == CEL_CONST)
		return;
	*vec_push(&explaining->steps) = (struct explained){
		.span = node->span,
		.text = str_slice(text, node->span.start, node->span.end),
		.value = printed(explaining->evaluator, value),
	};
}

static void write_steps(struct evaluator *evaluator,
			const struct explaining *explaining)
{
	struct out *out = evaluator->env->out;

	for (size_t i = 0; i < explaining->steps.count; i++) {
		const struct explained *step = &explaining->steps.at[i];

		out_safe(out, SAFE("  "));
		out_text(out, step->text, ENCODE_TERMINAL);
		out_safe(out, SAFE("  =  "));
		out_text_cut(out, step->value, 200, ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
}

static str type_text(struct evaluator *evaluator, const struct cel_type *type)
{
	struct buf text;
	str kept;

	buf_init(&text, TEXT_MOST);
	cel_type_print(&text, type ? type : &cel_dyn);
	kept = str_keep(evaluator->arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

static void write_text(struct evaluator *evaluator, str value, str type)
{
	struct out *out = evaluator->env->out;

	if (value.ptr) {
		out_text(out, value, ENCODE_TERMINAL);
		out_safe(out, SAFE("  :  "));
	}
	out_text(out, type, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

static struct cel_value run_program(struct evaluator *evaluator,
				    const struct cel_program *program,
				    struct explaining *explaining)
{
	struct cel_value *values =
		arena_array(evaluator->arena, struct cel_value,
			    evaluator->base + evaluator->count);
	struct cel_activation activation = {
		.at = values,
		.count = evaluator->base + evaluator->count,
	};
	struct cel_run run = {
		.arena = evaluator->arena,
		.budget = limits_default.cel_run_cost,
		.host = evaluator->host,
		.zones = cel_zone_cache_zones(evaluator->zones),
		.explain = explaining ? explain : NULL,
		.context = explaining,
	};

	if (evaluator->base)
		host_variables(evaluator->host, evaluator->arena,
			       evaluator->self, values);
	for (size_t i = 0; i < evaluator->count; i++)
		values[evaluator->base + i] = evaluator->values[i];
	return cel_eval(program, &activation, &run);
}

/* One expression, for people or as one JSON object. */
static enum status evaluate(struct evaluator *evaluator, str text)
{
	const struct options *options = evaluator->options;
	struct explaining explaining = {.evaluator = evaluator};
	struct cel_program *program;
	struct cel_value value;
	struct error err;
	enum status status = STATUS_PASS;

	evaluator->silent = evaluator->as_json;
	if (!compile(&program, evaluator, text, &err)) {
		if (evaluator->as_json)
			eval_write_error(evaluator, error_text(&err));
		return STATUS_UNRELIABLE;
	}
	if (options_has(options, OPTION_CHECK)) {
		str type = type_text(evaluator, cel_program_type(program));

		if (evaluator->as_json)
			eval_write_type(evaluator, type);
		else
			write_text(evaluator, (str){0}, type);
		cel_program_free(program);
		return STATUS_PASS;
	}
	explaining.program = program;
	value = run_program(evaluator, program,
			    options_has(options, OPTION_EXPLAIN) ? &explaining
								 : NULL);
	if (cel_is_error(value)) {
		str words = printed(evaluator, value);

		(void)error_set_at(&err, ERROR_CONFIG,
				   cel_program_span(program, value.aux),
				   STR_FMT, STR_ARG(words));
		err.placed = value.aux != 0;
		if (evaluator->as_json)
			eval_write_error(evaluator, words);
		else
			complain_in(evaluator, text, &err);
		status = STATUS_UNRELIABLE;
	} else if (evaluator->as_json) {
		eval_write_value(evaluator, value, printed(evaluator, value),
				 type_text(evaluator, cel_type_of(value)));
	} else {
		write_text(evaluator, printed(evaluator, value),
			   type_text(evaluator, cel_type_of(value)));
	}
	if (!evaluator->as_json)
		write_steps(evaluator, &explaining);
	vec_done(&explaining.steps);
	cel_program_free(program);
	return status;
}

/* Bindings of a file, or none: no repository is needed. */
static bool prepare_alone(struct evaluator *evaluator, const struct node *map,
			  struct error *err)
{
	struct cel_env_options options = {.limits = &limits_default};

	cel_env_free(evaluator->own);
	evaluator->own = NULL;
	bind(evaluator, map);
	options.variables = evaluator->variables;
	options.variable_count = evaluator->count;
	options.libraries = host_libraries;
	options.library_count = 2; /* periods and texts; no records here */
	if (!cel_env_new(&evaluator->own, &options, err))
		return false;
	evaluator->cel = evaluator->own;
	return true;
}

/* --batch FILE: {"expr": "...", "vars": {...}} a line; an answer a line. */
static enum status batch(struct evaluator *evaluator, str path)
{
	enum status status = STATUS_PASS;
	struct buf buf;
	struct error err;
	str rest;

	buf_init(&buf, 64 * (size_t)TEXT_MOST);
	if (!sys_read_file(&buf, SYS_HERE, arena_cstr(evaluator->arena, path),
			   &err)) {
		buf_done(&buf);
		return complain(evaluator->env, &err);
	}
	evaluator->as_json = true;
	rest = buf_str(&buf);
	while (rest.ptr && rest.len) {
		str line = str_cut(&rest, '\n');
		struct document document;
		const struct node *root;
		str text;

		if (!str_trim(line).len)
			continue;
		if (!document_parse(&document, evaluator->arena, line,
				    FORMAT_JSON, &limits_default, &err)) {
			eval_write_error(evaluator, error_text(&err));
			status = STATUS_UNRELIABLE;
			continue;
		}
		root = document.roots[0];
		text = node_text(root, STR("expr"));
		if (!text.ptr) {
			eval_write_error(evaluator,
					 STR("the line has no \"expr\""));
			status = STATUS_UNRELIABLE;
		} else if (!prepare_alone(evaluator,
					  node_find(root, STR("vars")), &err)) {
			eval_write_error(evaluator, error_text(&err));
			status = STATUS_UNRELIABLE;
		} else if (evaluate(evaluator, text) != STATUS_PASS) {
			status = STATUS_UNRELIABLE;
		}
	}
	buf_done(&buf);
	return status;
}

static enum status over_bindings(struct evaluator *evaluator, str path)
{
	const struct node *map = NULL;
	struct error err;

	if ((path.ptr && !read_document(&map, evaluator, path, &err)) ||
	    !prepare_alone(evaluator, map, &err))
		return complain(evaluator->env, &err);
	return evaluate(evaluator, evaluator->options->arguments[0]);
}

/* The record "kind/id" named by the second argument. */
static bool find_self(struct evaluator *evaluator, const struct lint_run *run,
		      const struct record **out, struct error *err)
{
	const struct options *options = evaluator->options;
	str id;
	str kind;

	*out = NULL;
	if (options->argument_count < 2)
		return true;
	id = options->arguments[1];
	kind = str_cut(&id, '/');
	*out = corpus_find(lint_corpus(run), kind, id);
	if (*out && (*out)->root)
		return true;
	return error_set(err, ERROR_USAGE,
			 "there is no record '" STR_FMT
			 "'; a record is named KIND/ID",
			 STR_ARG(options->arguments[1]));
}

static enum status over_records(struct evaluator *evaluator,
				struct input *input, struct lint_run *run)
{
	const struct vocabulary *vocabulary = policy_vocabulary(input->policy);
	const struct record *self;
	struct cel_eval eval;
	struct error err;

	evaluator->host = lint_host(run);
	if (!find_self(evaluator, run, &self, &err))
		return complain(evaluator->env, &err);
	eval = host_eval(evaluator->host, evaluator->arena);
	evaluator->self =
		self ? host_record(&eval, evaluator->host, self) : cel_null();
	evaluator->host->self = self;
	evaluator->host->self_root = self ? self->root : NULL;
	evaluator->base = VARIABLE_COUNT;
	evaluator->cel = policy_env(
		input->policy,
		self ? vocabulary_kind(vocabulary, self->kind) : NULL);
	return evaluate(evaluator, evaluator->options->arguments[0]);
}

/* What was not read is missing in every answer: that is no result. */
static enum status tell_unread(const struct evaluator *evaluator,
			       const struct report *report, enum status status)
{
	for (size_t i = 0; i < report->incomplete_count; i++) {
		const struct incomplete *one = &report->incomplete[i];
		struct error err;

		(void)error_set(&err, ERROR_SYNTAX,
				STR_FMT "%s" STR_FMT ", so the answer lacks it",
				STR_ARG(one->path), one->path.len ? " " : "",
				STR_ARG(one->reason));
		status = complain(evaluator->env, &err);
	}
	return status;
}

/* Schema-invalid records are found by id and are in no list: say so. */
static void tell_invalid(const struct evaluator *evaluator,
			 const struct corpus *corpus)
{
	struct out *out = evaluator->env->err;
	size_t invalid = 0;

	for (size_t i = 0; i < corpus_count(corpus); i++)
		invalid += !corpus_at(corpus, i)->valid;
	if (!invalid)
		return;
	out_safe(out, SAFE("abide: note: "));
	out_size(out, invalid);
	out_safe(out, invalid == 1 ? SAFE(" record is invalid and in no list "
					  "of `records`\n")
				   : SAFE(" records are invalid and in no list "
					  "of `records`\n"));
}

/* Its functions have names of their own: git.record(), git.commits(). */
static bool asks_history(const struct options *options)
{
	for (size_t i = 0; i < options->argument_count; i++) {
		if (str_find(options->arguments[i], STR("git.")) != SIZE_MAX)
			return true;
	}
	return false;
}

static void tell_missing(const struct evaluator *evaluator, str missing)
{
	struct out *out = evaluator->env->err;

	if (!missing.ptr)
		return;
	out_safe(out, SAFE("abide: note: history: "));
	out_text(out, missing, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

static enum status over_repository(struct evaluator *evaluator)
{
	struct input input = {0};
	struct lint_run *run = NULL;
	struct history_input history;
	struct lint lint;
	enum status status;
	struct error err;

	if (!input_open(&input, evaluator->env, evaluator->options, &err)) {
		status = complain(evaluator->env, &err);
		if (err.kind == ERROR_GIT)
			complain_help(evaluator->env,
				      STR("--vars FILE evaluates without a "
					  "repository"));
		return status;
	}
	lint = (struct lint){
		.policy = input.policy,
		.snapshot = input.snapshot,
		.now = input.now,
		.jobs = evaluator->env->processors,
		.load_only = true,
	};
	lint.asks_history = asks_history(evaluator->options);
	history_input_open(&history, &input, NULL, &lint);
	tell_missing(evaluator, history.lint.missing);
	if (lint_run(&run, &lint, &err)) {
		status = tell_unread(evaluator, lint_report(run),
				     over_records(evaluator, &input, run));
		tell_invalid(evaluator, lint_corpus(run));
	} else {
		status = complain(evaluator->env, &err);
	}
	lint_run_free(run);
	history_input_close(&history);
	input_close(&input);
	return status;
}

static enum status run(const struct env *env, const struct options *options)
{
	str format = options_text(options, OPTION_FORMAT);
	struct evaluator evaluator = {
		.env = env,
		.options = options,
		.arena = options->arena,
		.as_json = str_is(format, "json"),
		.zones = cel_zone_cache_new(),
	};
	enum status status;
	struct error err;

	if (format.ptr && !evaluator.as_json && !str_is(format, "text")) {
		(void)error_set(&err, ERROR_USAGE,
				"eval writes text or json, not '" STR_FMT "'",
				STR_ARG(format));
		status = complain(env, &err);
	} else if (options_has(options, OPTION_BATCH)) {
		status = batch(&evaluator, options_text(options, OPTION_BATCH));
	} else if (options->argument_count < 1 || options->argument_count > 2) {
		(void)error_set(
			&err, ERROR_USAGE,
			"eval wants an expression and perhaps a record");
		status = complain(env, &err);
	} else if (options_has(options, OPTION_VARS)) {
		status = over_bindings(&evaluator,
				       options_text(options, OPTION_VARS));
	} else {
		status = over_repository(&evaluator);
	}
	cel_env_free(evaluator.own);
	cel_zone_cache_free(evaluator.zones);
	return status;
}

extern const struct command command_eval;
const struct command command_eval = {
	.name = "eval",
	.arguments = "EXPR [KIND/ID]",
	.summary = "evaluate an expression over records or bindings",
	.details =
		"Evaluates a CEL expression. In a repository, `records`, "
		"`params`, `org` and `now`\nare bound, and `self` when a "
		"record is named. With --vars FILE the names of a\nYAML map "
		"are bound and no repository is needed. With --batch FILE each "
		"line is\n{\"expr\": \"...\", \"vars\": {...}}.\n",
	.examples = "  abide eval 'records.asset.size()'\n"
		    "  abide eval 'self.owner' asset/as-crm\n"
		    "  abide eval --vars v.yaml --explain 'a + b > 3'\n",
	.run = run,
};
