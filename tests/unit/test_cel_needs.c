/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_fixture.h"

static const char world[] =
	"{\"self\":{},\"records\":{\"risk\":[]},\"params\":{}}";

/* "self:owner.email records:risk[] records:risk[].id*": * is a look-up. */
static void list_needs(struct buf *out, struct fixture *f, const char *text)
{
	struct cel_compile_options options = {.no_check = true};
	struct cel_program *program = fixture_compile(f, text, &options);
	const struct cel_needs *needs = cel_program_needs(program);

	for (size_t i = 0; i < needs->count; i++)
		buf_format(out, "%s" STR_FMT ":" STR_FMT "%s", i ? " " : "",
			   STR_ARG(f->variables[needs->reads[i].slot].name),
			   STR_ARG(needs->reads[i].path),
			   needs->reads[i].join ? "*" : "");
	buf_byte(out, '\0');
	cel_program_free(program);
}

static void test_needs_are_the_static_paths_of_an_expression(void **state)
{
	static const struct {
		const char *text;
		const char *needs;
	} cases[] = {
		{"1 + 2", ""},
		{"self.owner.email == 'x'", "self:owner.email"},
		{"self['owner'].email", "self:owner.email"},
		{"self.data[0].kind", "self:data[].kind"},
		{"self.data.all(d, d.kind == 'a' || d.kind == 'b')",
		 "self:data[] self:data[].kind"},
		{"has(self.until)", "self:until"},
		{"self.?until.orValue(1)", "self:until"},
		{"cel.bind(o, self.owner, o.name + o.email)",
		 "self:owner.name self:owner.email"},
		{"self.?owner.optMap(o, o.name)", "self:owner.name"},
		{"records.risk.exists(k, k.owner == self.id)",
		 "records:risk[] records:risk[].owner* records:risk[].owner "
		 "self:id"},
		{"records.risk.filter(k, k.open).map(k, k.id)",
		 "records:risk[] records:risk[].open records:risk[].id"},
		{"self.tags.map(t, t.upperAscii())", "self:tags[]"},
		{"size(self)", "self:"},
		{"self.all(k, v, v == k)", "self:[]"},
		{"nowhere.field", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture f;
		struct buf out;

		fixture_init(&f, world);
		buf_init(&out, 4096);
		list_needs(&out, &f, cases[i].text);
		assert_string_equal(out.ptr, cases[i].needs);
		buf_done(&out);
		fixture_done(&f);
	}
}

static struct cel_value one(struct cel_eval *eval, const struct cel_value *args,
			    size_t count)
{
	(void)eval;
	(void)args;
	(void)count;
	return cel_int(1);
}

static void test_needs_tell_the_facts_of_functions_and_variables(void **state)
{
	static const struct cel_overload overloads[] = {
		{.name = "git.head",
		 .id = "git_head",
		 .signature = "() -> int",
		 .flags = CEL_IMPURE,
		 .reads = CEL_READS_HISTORY,
		 .call = one}};
	const struct cel_library library = {"git", overloads, 1};
	const struct cel_library *libraries[] = {&library};
	const struct cel_variable now = {.name = STR_INIT("now"),
					 .reads = CEL_READS_NOW};
	struct cel_env_options options = {.libraries = libraries,
					  .library_count = 1,
					  .variables = &now,
					  .variable_count = 1};
	struct cel_compile_options unchecked = {.no_check = true};
	struct cel_program *program;
	struct cel_env *env;
	struct error err;

	(void)state;
	assert_true(cel_env_new(&env, &options, &err));
	assert_true(cel_compile(&program, env, STR("git.head() > 0 || now > 1"),
				&unchecked, &err));

	assert_int_equal(cel_program_needs(program)->facts,
			 CEL_READS_HISTORY | CEL_READS_NOW);

	cel_program_free(program);
	cel_env_free(env);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_needs_are_the_static_paths_of_an_expression),
		cmocka_unit_test(
			test_needs_tell_the_facts_of_functions_and_variables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
