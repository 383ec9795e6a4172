/* cel_fixture - evaluates expressions over JSON bindings, for the tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_CEL_FIXTURE_H
#define TESTS_CEL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "cel/cel.h"
#include "cel/regexes.h"
#include "data/document.h"

enum { FIXTURE_VARIABLES = 16 };

struct fixture {
	struct arena arena;
	struct cel_variable variables[FIXTURE_VARIABLES];
	struct cel_value values[FIXTURE_VARIABLES];
	size_t count;
	struct cel_env *env;
	struct cel_joins *joins;
	struct limits limits;
	size_t left; /* of the budget, after the last evaluation */
	char text[4096];
};

/* Variables are the members of a JSON object; `records` may be indexed. */
static inline void fixture_init(struct fixture *f, const char *json)
{
	struct document document;
	struct error err;

	memset(f, 0, sizeof(*f));
	arena_init(&f->arena);
	f->limits = limits_default;
	if (!document_parse(&document, &f->arena, str_of(json), FORMAT_JSON,
			    &limits_default, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < document.roots[0]->count; i++) {
		const struct node *one = &document.roots[0]->as.children[i];

		f->variables[f->count].name = one->key->text;
		f->variables[f->count].indexed =
			str_is(one->key->text, "records");
		f->values[f->count++] = cel_of_node(one);
	}
	if (!cel_env_new(&f->env,
			 &(struct cel_env_options){.variables = f->variables,
						   .variable_count = f->count,
						   .limits = &f->limits},
			 &err))
		fail_msg("%s", err.text);
	f->joins = cel_joins_new();
}

static inline void fixture_done(struct fixture *f)
{
	cel_joins_free(f->joins);
	cel_env_free(f->env);
	arena_done(&f->arena);
}

static inline struct cel_program *fixture_compile(
	struct fixture *f, const char *text,
	const struct cel_compile_options *options)
{
	struct cel_program *program = NULL;
	struct error err;

	if (!cel_compile(&program, f->env, str_of(text), options, &err))
		fail_msg("%s: %s", text, err.text);
	return program;
}

/* Evaluates and prints the value, or the error and the text it is about. */
static inline const char *fixture_eval_with(
	struct fixture *f, const char *text,
	const struct cel_compile_options *options)
{
	struct cel_program *program = fixture_compile(f, text, options);
	struct cel_activation activation = {f->values, f->count, NULL};
	struct cel_run run = {.arena = &f->arena, .joins = f->joins};
	struct cel_value value = cel_eval(program, &activation, &run);
	struct cel_eval eval = {.arena = &f->arena, .budget = SIZE_MAX};
	struct buf out;
	struct span at;

	buf_init(&out, sizeof(f->text) - 1);
	cel_print(&out, &eval, value);
	if (value.tag == CEL_ERROR) {
		at = cel_program_span(program, value.aux);
		buf_format(&out, " at `%.*s`", (int)(at.end - at.start),
			   text + at.start);
	}
	(void)snprintf(f->text, sizeof(f->text), STR_FMT,
		       STR_ARG(buf_str(&out)));
	buf_done(&out);
	f->left = run.budget;
	cel_program_free(program);
	return f->text;
}

static inline const char *fixture_eval(struct fixture *f, const char *text)
{
	return fixture_eval_with(
		f, text, &(struct cel_compile_options){.no_check = true});
}

#endif
