/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/spawn.h"

#define PATH "/usr/bin:/bin"

struct run {
	struct buf out, said;
	struct error err;
	int status;
	bool done;
};

static struct run run(const char *script, const char *input, unsigned seconds,
		      size_t most)
{
	const char *const arguments[] = {"sh", "-c", script, NULL};
	const char *const environment[] = {"A=b c", "PATH=" PATH, NULL};
	struct run run = {.status = -1};

	buf_init(&run.out, most);
	buf_init(&run.said, 100);
	run.done = spawn_run(&run.out, &run.said, &run.status,
			     &(struct spawn_plan){
				     .program = "sh",
				     .path = PATH,
				     .arguments = arguments,
				     .environment = environment,
				     .folder = "/tmp",
				     .input = str_of(input),
				     .seconds = seconds,
			     },
			     &run.err);
	return run;
}

static void run_done(struct run *run)
{
	buf_done(&run->out);
	buf_done(&run->said);
}

static void a_program_gets_what_it_is_given_and_no_more(void **state)
{
	struct run told = run("cat; pwd; echo \"$A\"; env | sort | grep -v "
			      "'^\\(PWD\\|OLDPWD\\|_\\|SHLVL\\)='; exit 3",
			      "in\n", 10, 4096);

	(void)state;
	assert_true(told.done);
	assert_int_equal(told.status, 3);
	assert_true(str_is(buf_str(&told.out),
			   "in\n/tmp\nb c\nA=b c\nPATH=" PATH "\n"));
	run_done(&told);
}

static void much_input_and_output_pass_at_once(void **state)
{
	enum { SIZE = 3 << 20 };
	char *input = test_malloc(SIZE + 1);
	struct run told;

	(void)state;
	memset(input, 'x', SIZE);
	input[SIZE] = '\0';
	told = run("cat; head -c 300000 /dev/zero >&2", input, 20, SIZE);
	assert_true(told.done);
	assert_int_equal(told.out.len, SIZE);
	assert_int_equal(told.said.len <= 100, 1);
	run_done(&told);
	/* Not reading its input ends nothing. */
	told = run("echo done", input, 20, SIZE);
	assert_true(told.done);
	run_done(&told);
	test_free(input);
}

static void what_it_complains_of_is_kept(void **state)
{
	struct run told = run("echo no >&2; exit 128", "", 10, 4096);

	(void)state;
	assert_true(told.done);
	assert_int_equal(told.status, 128);
	assert_true(str_is(buf_str(&told.said), "no\n"));
	run_done(&told);
}

static void a_program_without_end_is_ended_with_what_it_started(void **state)
{
	static const char *const scripts[] = {
		"sleep 100",
		"sleep 100 & sleep 100",
		"exec > /dev/null 2> /dev/null; sleep 100",
		"while :; do :; done",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(scripts); i++) {
		struct run told = run(scripts[i], "", 1, 4096);

		assert_false(told.done);
		assert_int_equal(told.err.kind, ERROR_IO);
		assert_string_equal(told.err.text,
				    "sh was not done in 1 seconds");
		run_done(&told);
	}
}

static void a_program_that_says_too_much_is_ended(void **state)
{
	struct run told = run("yes", "", 10, 4096);

	(void)state;
	assert_false(told.done);
	assert_int_equal(told.err.kind, ERROR_LIMIT);
	assert_string_equal(told.err.text, "sh said more than 4096 bytes");
	run_done(&told);
}

static void a_signal_is_told(void **state)
{
	struct run told = run("kill -9 $$", "", 10, 4096);

	(void)state;
	assert_false(told.done);
	assert_string_equal(told.err.text, "sh was ended by signal 9");
	run_done(&told);
}

static void programs_are_found_in_absolute_folders_alone(void **state)
{
	static const struct {
		const char *path;
		const char *found;
	} rows[] = {
		{"/nowhere:/usr/bin", "/usr/bin/env"},
		{".:/usr/bin", "/usr/bin/env"},
		{"usr/bin", NULL},
		{"", NULL},
		{":", NULL},
		{NULL, NULL},
		{"/etc", NULL},
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		str found = spawn_find(rows[i].path, "env", &arena);

		assert_true(str_equal(found, str_of(rows[i].found)));
	}
	arena_done(&arena);
}

static void a_program_that_is_not_there_is_an_error(void **state)
{
	const char *const arguments[] = {"no-such", NULL};
	struct error err;
	struct buf out;
	int status;

	(void)state;
	buf_init(&out, 10);
	assert_false(spawn_run(&out, NULL, &status,
			       &(struct spawn_plan){
				       .program = "no-such",
				       .path = PATH,
				       .arguments = arguments,
				       .environment = arguments + 1,
				       .folder = "/",
				       .seconds = 1,
			       },
			       &err));
	assert_string_equal(err.text,
			    "no-such is not in any absolute folder of PATH");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_gets_what_it_is_given_and_no_more),
		cmocka_unit_test(much_input_and_output_pass_at_once),
		cmocka_unit_test(what_it_complains_of_is_kept),
		cmocka_unit_test(
			a_program_without_end_is_ended_with_what_it_started),
		cmocka_unit_test(a_program_that_says_too_much_is_ended),
		cmocka_unit_test(a_signal_is_told),
		cmocka_unit_test(programs_are_found_in_absolute_folders_alone),
		cmocka_unit_test(a_program_that_is_not_there_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
