/*
 * cel_speed - evaluations a second of the expressions in cel_speed.json, on one
 * thread, with values that have no static type; and compilations a second.
 *
 *	cel_speed tests/bench/cel_speed.json
 *
 * tests/bench/cel_speed.sh builds it and runs the engines of npm beside it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/sys.h"
#include "cel/cel.h"
#include "cel/regexes.h"
#include "data/document.h"

enum { ROUNDS = 7, EVIDENCE = 20, RECORDS = 200, VARIABLES_MOST = 32 };

struct bench {
	struct arena arena;
	const struct node *root;
	struct cel_variable variables[VARIABLES_MOST];
	struct cel_value values[VARIABLES_MOST];
	size_t count;
	struct cel_env *env;
	struct cel_regexes *regexes;
	struct cel_joins *joins;
};

static double now(void)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static const struct node *parse(struct bench *bench, str text)
{
	struct document document;
	struct error err;

	if (document_parse(&document, &bench->arena, text, FORMAT_JSON,
			   &limits_default, &err))
		return document.roots[0];
	printf("cel_speed: %s\n", err.text);
	return NULL;
}

static void add(struct bench *bench, const char *name, struct cel_value value)
{
	bench->variables[bench->count].name = str_of(name);
	bench->values[bench->count++] = value;
}

/* [item 0, item 1, ...] of a format with one number. */
static const struct node *repeat(struct bench *bench, size_t count,
				 const char *const *kinds)
{
	struct buf text;
	const struct node *root;

	buf_init(&text, 1 << 20);
	buf_byte(&text, '[');
	for (size_t i = 0; i < count; i++)
		buf_format(&text,
			   "%s{\"id\":\"CTL-%04zu\",\"status\":\"active\","
			   "\"kind\":\"%s\",\"size\":%zu}",
			   i ? "," : "", i, kinds[i % 4], i + 1);
	buf_byte(&text, ']');
	root = parse(bench, str_keep(&bench->arena, buf_str(&text)));
	buf_done(&text);
	return root;
}

static struct cel_value once(struct bench *bench,
			     const struct cel_program *program,
			     struct arena *arena)
{
	struct cel_activation activation = {bench->values, bench->count, NULL};
	struct cel_run run = {.arena = arena,
			      .regexes = bench->regexes,
			      .joins = bench->joins,
			      .budget = (size_t)1 << 40,
			      .scratch = cel_regexes_scratch(bench->regexes)};

	return cel_eval(program, &activation, &run);
}

/* Seconds for `times` evaluations, the arena given back after each. */
static double evaluate(struct bench *bench, const struct cel_program *program,
		       size_t times)
{
	struct arena arena;
	double start;

	arena_init(&arena);
	(void)arena_take(&arena, 64);
	start = now();
	for (size_t i = 0; i < times; i++) {
		struct arena_mark mark = arena_mark(&arena);

		(void)once(bench, program, &arena);
		arena_release(&arena, mark);
	}
	start = now() - start;
	arena_done(&arena);
	return start;
}

/* Parses, checks and plans. */
static double compile(struct bench *bench, str text, size_t times)
{
	struct cel_compile_options options = {0};
	double start = now();

	for (size_t i = 0; i < times; i++) {
		struct cel_program *program;
		struct error err;

		if (!cel_compile(&program, bench->env, text, &options, &err)) {
			printf("cel_speed: %s\n", err.text);
			return 1e9;
		}
		cel_program_free(program);
	}
	return now() - start;
}

/* The best rate of several rounds, each of about a tenth of a second. */
static double rate(struct bench *bench, const struct cel_program *program,
		   str text)
{
	size_t times = 10;
	double best = 0;
	double taken = 0;

	while (taken < 0.02) {
		times *= 2;
		taken = program ? evaluate(bench, program, times)
				: compile(bench, text, times);
	}
	for (int i = 0; i < ROUNDS; i++) {
		taken = program ? evaluate(bench, program, times * 3)
				: compile(bench, text, times * 3);
		if ((double)times * 3 / taken > best)
			best = (double)times * 3 / taken;
	}
	return best;
}

static void report(struct bench *bench, const struct node *entry, bool naive,
		   const char *note)
{
	struct cel_compile_options options = {.no_check = true, .naive = naive};
	str text = node_text(entry, STR("text"));
	str name = node_text(entry, STR("name"));
	struct cel_program *program;
	struct cel_value value;
	struct arena arena;
	struct error err;

	if (!cel_compile(&program, bench->env, text, &options, &err)) {
		printf("cel_speed: %s\n", err.text);
		return;
	}
	arena_init(&arena);
	value = once(bench, program, &arena);
	if (value.tag != CEL_BOOL || !value.as.boolean)
		printf("cel_speed: " STR_FMT " is not true\n", STR_ARG(text));
	arena_done(&arena);
	printf("%-18.*s%-8s %8.2f M/s (goal %lld)   compile %7.1f k/s\n",
	       (int)name.len, name.ptr, note, rate(bench, program, text) / 1e6,
	       (long long)node_find(entry, STR("goal"))->as.integer,
	       rate(bench, NULL, text) / 1e3);
	cel_program_free(program);
}

/* 5,000 records with five references each into 2,000, the index made anew. */
static void report_large(struct bench *bench)
{
	enum { OUTER = 5000, REFERENCES = 5, INNER = 2000, TIMES = 15 };
	static const str text = STR_INIT(
		"many.all(m, m.refs.all(c, records.exists(k, k.id == c)))");
	static const char *const kinds[] = {"a", "b", "c", "d"};
	struct cel_compile_options options = {.no_check = true};
	struct cel_value before = bench->values[bench->count - 1];
	struct cel_program *program;
	struct error err;
	struct buf json;
	double best = 1e9;

	buf_init(&json, 1 << 20);
	buf_byte(&json, '[');
	for (size_t i = 0; i < OUTER; i++) {
		buf_format(&json, "%s{\"refs\":[", i ? "," : "");
		for (size_t k = 0; k < REFERENCES; k++)
			buf_format(&json, "%s\"CTL-%04zu\"", k ? "," : "",
				   (i * 7919 + k * 401) % INNER);
		buf_add(&json, STR("]}"));
	}
	buf_byte(&json, ']');
	bench->values[bench->count - 1] =
		cel_of_node(repeat(bench, INNER, kinds));
	add(bench, "many",
	    cel_of_node(parse(bench, str_keep(&bench->arena, buf_str(&json)))));
	buf_done(&json);
	cel_env_free(bench->env);
	if (!cel_env_new(
		    &bench->env,
		    &(struct cel_env_options){.variables = bench->variables,
					      .variable_count = bench->count},
		    &err) ||
	    !cel_compile(&program, bench->env, text, &options, &err)) {
		printf("cel_speed: %s\n", err.text);
		exit(1);
	}
	for (int i = 0; i < TIMES; i++) {
		struct cel_value value;
		struct arena arena;
		double start;

		cel_joins_free(bench->joins);
		bench->joins = cel_joins_new();
		arena_init(&arena);
		start = now();
		value = once(bench, program, &arena);
		start = now() - start;
		if (value.tag != CEL_BOOL || !value.as.boolean)
			printf("cel_speed: " STR_FMT " is not true\n",
			       STR_ARG(text));
		if (start < best)
			best = start;
		arena_done(&arena);
	}
	printf("join 5,000 x 5 x 2,000: %.2f ms with the index made (goal "
	       "10)\n",
	       best * 1e3);
	cel_program_free(program);
	bench->count--;
	bench->values[bench->count - 1] = before;
}

static bool prepare(struct bench *bench, const char *path)
{
	static const char *const kinds[] = {"log", "screenshot", "report",
					    "ticket"};
	const struct node *variables;
	struct error err;
	struct buf bytes;

	buf_init(&bytes, 1 << 20);
	if (!sys_read_file(&bytes, SYS_HERE, path, &err)) {
		printf("cel_speed: %s\n", err.text);
		return false;
	}
	bench->root = parse(bench, str_keep(&bench->arena, buf_str(&bytes)));
	buf_done(&bytes);
	if (!bench->root)
		return false;
	variables = node_find(bench->root, STR("variables"));
	for (size_t i = 0; i < variables->count; i++) {
		const struct node *one = &variables->as.children[i];

		add(bench, arena_cstr(&bench->arena, one->key->text),
		    cel_of_node(one));
	}
	add(bench, "evidence", cel_of_node(repeat(bench, EVIDENCE, kinds)));
	add(bench, "records", cel_of_node(repeat(bench, RECORDS, kinds)));
	bench->variables[bench->count - 1].indexed = 1;
	bench->joins = cel_joins_new();
	bench->regexes = cel_regexes_new(&limits_default);
	return cel_env_new(
		&bench->env,
		&(struct cel_env_options){.variables = bench->variables,
					  .variable_count = bench->count},
		&err);
}

int main(int argc, char **argv)
{
	struct bench bench = {0};
	const struct node *expressions;

	arena_init(&bench.arena);
	if (argc < 2 || !prepare(&bench, argv[1]))
		return 1;
	expressions = node_find(bench.root, STR("expressions"));
	for (size_t i = 0; i < expressions->count; i++) {
		const struct node *one = &expressions->as.children[i];
		bool join =
			str_starts(node_text(one, STR("name")), STR("join"));

		if (join)
			report(&bench, one, true, "naive");
		report(&bench, one, false, join ? "indexed" : "");
	}
	report_large(&bench);
	cel_env_free(bench.env);
	cel_regexes_free(bench.regexes);
	cel_joins_free(bench.joins);
	arena_done(&bench.arena);
	return 0;
}
