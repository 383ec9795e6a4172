/*
 * fuzz_cel_eval - whatever compiles must end within its budget, and give the
 * same with and without folding, indexes and explanations.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cel/cel.h"
#include "cel/regexes.h"
#include "data/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { VARIABLES = 4, BUDGET = 20000 };

static const char world[] =
	"{\"self\":{\"id\":\"R1\",\"n\":[3,1,2],\"m\":{\"a\":1.5,\"b\":null},"
	"\"t\":\"2026-01-31T10:00:00Z\",\"big\":99999999999999999999},"
	"\"x\":5,\"s\":\"h\\u00e4llo\",\"records\":{\"r\":["
	"{\"id\":\"a\",\"v\":1},{\"id\":\"b\"},{\"id\":\"c\",\"v\":[1,\"a\"]},"
	"{\"id\":\"d\"},{\"v\":2},{\"id\":5},{\"id\":null},{\"id\":\"a\"},"
	"{\"id\":\"R1\",\"v\":{\"a\":1}}]}}";

struct host {
	struct arena arena;
	struct cel_variable variables[VARIABLES];
	struct cel_value values[VARIABLES];
	struct cel_env *env;
	struct cel_regexes *regexes;
	struct cel_joins *joins;
};

/* Made once: the fuzzer has no place to free it. */
static const struct host *host_of(void)
{
	static struct host host;
	struct document document;
	struct error err;

	if (host.env)
		return &host;
	arena_init(&host.arena);
	if (!document_parse(&document, &host.arena, str_of(world), FORMAT_JSON,
			    &limits_default, &err))
		abort();
	for (size_t i = 0; i < VARIABLES; i++) {
		const struct node *one = &document.roots[0]->as.children[i];

		host.variables[i].name = one->key->text;
		host.variables[i].indexed = str_is(one->key->text, "records");
		host.values[i] = cel_of_node(one);
	}
	if (!cel_env_new(&host.env,
			 &(struct cel_env_options){.variables = host.variables,
						   .variable_count = VARIABLES},
			 &err))
		abort();
	host.regexes = cel_regexes_new(&limits_default);
	host.joins = cel_joins_new();
	return &host;
}

static void ignore(void *context, const struct cel_node *node,
		   struct cel_value value)
{
	(void)context;
	(void)node;
	(void)value;
}

/* Compiles and evaluates; false: it does not compile. */
static bool evaluate(struct cel_value *out, const struct host *host, str text,
		     struct arena *arena, bool plain)
{
	struct cel_compile_options options = {
		.no_check = true, .no_fold = plain, .naive = plain};
	struct cel_activation activation = {host->values, VARIABLES, NULL};
	struct cel_run run = {.arena = arena,
			      .budget = BUDGET,
			      .regexes = host->regexes,
			      .joins = host->joins,
			      .explain = plain ? ignore : NULL};
	struct cel_program *program;
	struct error err;

	if (!cel_compile(&program, host->env, text, &options, &err))
		return false;
	*out = cel_eval(program, &activation, &run);
	if (out->tag == CEL_ERROR &&
	    (!out->aux || out->aux > cel_program_ast(program)->nodes))
		abort();
	/* Constants lie in the program: compare before it goes. */
	if (out->tag >= CEL_STRING && out->tag != CEL_ERROR)
		*out = cel_int((int64_t)cel_hash(
			&(struct cel_eval){.arena = arena, .budget = 100000},
			*out));
	cel_program_free(program);
	return true;
}

static bool is_spent(struct cel_value value)
{
	return value.tag == CEL_ERROR && (value.extra == CEL_FAULT_BUDGET ||
					  value.extra == CEL_FAULT_DEPTH);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = {size ? (const char *)data : "", size};
	const struct host *host = host_of();
	struct cel_value fast;
	struct cel_value plain;
	struct arena arena;

	arena_init(&arena);
	if (evaluate(&fast, host, text, &arena, false) &&
	    evaluate(&plain, host, text, &arena, true) && !is_spent(fast) &&
	    !is_spent(plain)) {
		if (fast.tag != plain.tag)
			abort();
		if (fast.tag == CEL_ERROR &&
		    (fast.extra != plain.extra || fast.aux != plain.aux))
			abort();
		if (fast.tag <= CEL_UINT && fast.tag != CEL_NULL &&
		    !cel_equal(NULL, fast, plain))
			abort();
	}
	arena_done(&arena);
	return 0;
}
