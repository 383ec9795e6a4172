/* cel_lab - evaluates expressions with every library and compares what is
 * printed: "error: ..." for an error. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_CEL_LAB_H
#define TESTS_UNIT_CEL_LAB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cel/cel.h"
#include "cel/period.h"
#include "cel/regexes.h"
#include "cel/zones.h"

struct lab {
	struct cel_env *env;
	struct cel_regexes *regexes;
	struct cel_zone_cache *zones;
	size_t budget; /* of each evaluation; 0: the default */
	size_t spent;  /* by the last one */
	bool checked;  /* with the checker, and folding */
};

struct row {
	const char *expression;
	const char *printed;
};

static inline void lab_open(struct lab *lab)
{
	static const struct cel_library *const libraries[] = {
		&cel_library_period, &cel_library_text};
	static const struct cel_type *const types[] = {&cel_period_type,
						       &cel_calendar_type};
	const struct cel_env_options options = {
		.libraries = libraries,
		.library_count = ARRAY_SIZE(libraries),
		.types = types,
		.type_count = ARRAY_SIZE(types),
		.limits = &limits_default,
	};
	struct error err;

	*lab = (struct lab){0};
	if (!cel_env_new(&lab->env, &options, &err))
		fail_msg("%s", err.text);
	lab->regexes = cel_regexes_new(&limits_default);
	lab->zones = cel_zone_cache_new();
}

static inline void lab_close(struct lab *lab)
{
	cel_env_free(lab->env);
	cel_regexes_free(lab->regexes);
	cel_zone_cache_free(lab->zones);
}

/* Evaluates with or without the caches of a thread; folding is left out, so
 * that the run does the work. */
static inline void lab_print(struct lab *lab, struct buf *out,
			     const char *expression, bool cached)
{
	const struct cel_compile_options options = {.no_check = !lab->checked,
						    .no_fold = !lab->checked};
	const struct cel_activation nothing = {0};
	size_t budget = lab->budget ? lab->budget : limits_default.cel_cost;
	struct cel_program *program;
	struct cel_value value;
	struct cel_eval eval;
	struct arena arena;
	struct error err;
	struct cel_run run = {.arena = &arena, .budget = budget};

	if (cached) {
		run.regexes = lab->regexes;
		run.zones = cel_zone_cache_zones(lab->zones);
		run.scratch = cel_regexes_scratch(lab->regexes);
	}
	if (!cel_compile(&program, lab->env, str_of(expression), &options,
			 &err))
		fail_msg("%s: %s", expression, err.text);
	arena_init(&arena);
	value = cel_eval(program, &nothing, &run);
	lab->spent = budget - run.budget;
	eval = (struct cel_eval){
		.arena = &arena, .budget = SIZE_MAX, .limits = &limits_default};
	cel_print(out, &eval, value);
	buf_byte(out, '\0');
	arena_done(&arena);
	cel_program_free(program);
}

static inline void lab_expect(struct lab *lab, const char *expression,
			      const char *printed)
{
	for (int cached = 0; cached < 2; cached++) {
		struct buf out;

		buf_init(&out, 1 << 16);
		lab_print(lab, &out, expression, cached);
		if (strcmp(out.ptr, printed) != 0)
			fail_msg("%s\n  gives    %s\n  expected %s", expression,
				 out.ptr, printed);
		buf_done(&out);
	}
}

static inline void lab_expect_all(const struct row *rows, size_t count)
{
	struct lab lab;

	lab_open(&lab);
	for (size_t i = 0; i < count; i++)
		lab_expect(&lab, rows[i].expression, rows[i].printed);
	lab_close(&lab);
}

/* The checker must refuse each expression with words that hold `printed`. */
static inline void lab_expect_refused(const struct row *rows, size_t count)
{
	const struct cel_compile_options options = {0};
	struct lab lab;

	lab_open(&lab);
	for (size_t i = 0; i < count; i++) {
		struct cel_program *program;
		struct error err = {0};

		if (cel_compile(&program, lab.env, str_of(rows[i].expression),
				&options, &err))
			fail_msg("%s is not refused", rows[i].expression);
		if (!strstr(err.text, rows[i].printed))
			fail_msg("%s\n  is refused: %s", rows[i].expression,
				 err.text);
	}
	lab_close(&lab);
}

/* Each expression must run out of its budget, not of memory or time. */
static inline void lab_expect_spent(const char *const *expressions,
				    size_t count)
{
	struct lab lab;

	lab_open(&lab);
	for (size_t i = 0; i < count; i++)
		lab_expect(&lab, expressions[i],
			   "error: the evaluation costs more than allowed");
	lab_close(&lab);
}

#endif
