/* SPDX-License-Identifier: Apache-2.0 */
#include "check_fixture.h"

/* `absent` names the fields that are warned of, separated by one blank. */
struct row {
	const char *text;
	const char *given;
	const char *absent;
};

/* Collects what stands before "may be absent" from what was told. */
static void absent_of(struct buf *out, str told)
{
	buf_clear(out);
	while (told.len) {
		size_t at = str_find(told, STR(": "));
		size_t end = str_find(told, STR(" may be absent"));

		if (at == SIZE_MAX || end == SIZE_MAX || end < at)
			break;
		if (out->len)
			buf_byte(out, ' ');
		buf_add(out, str_slice(told, at + 2, end));
		end = str_find(told, STR(" | "));
		told = end == SIZE_MAX ? STR("")
				       : str_slice(told, end + 3, told.len);
	}
}

static void check_rows(const struct row *rows, size_t count)
{
	struct check_world world;
	struct buf absent;

	world_init(&world);
	buf_init(&absent, 4096);
	for (size_t i = 0; i < count; i++) {
		if (!world_check(&world, rows[i].text, rows[i].given))
			fail_msg("%s: %.*s", rows[i].text,
				 STR_ARG(buf_str(&world.told)));
		absent_of(&absent, buf_str(&world.told));
		if (!str_is(buf_str(&absent), rows[i].absent))
			fail_msg("%s: \"%.*s\" instead of \"%s\"", rows[i].text,
				 STR_ARG(buf_str(&absent)), rows[i].absent);
	}
	buf_done(&absent);
	world_done(&world);
}

static void a_field_that_may_be_absent_is_warned_of(void **state)
{
	static const struct row rows[] = {
		{"self.id", NULL, ""},
		{"self.owner", NULL, "self.owner"},
		{"self.owner.name", NULL, "self.owner"},
		{"self.owner.email", NULL, "self.owner self.owner.email"},
		{"self['owner'].name", NULL, "self['owner']"},
		{"self.lead.name", NULL, ""},
		{"has(self.owner.email)", NULL, "self.owner"},
		{"self.labels.any_key", NULL, ""},
		{"any.thing", NULL, ""},
		{"controls.map(k, k.owner)", NULL, "k.owner"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void an_optional_step_needs_no_guard(void **state)
{
	static const struct row rows[] = {
		{"self.?owner.name.orValue('')", NULL, ""},
		{"self.?owner.?email.hasValue()", NULL, ""},
		{"self[?'owner'].name", NULL, ""},
		{"has(self.owner)", NULL, ""},
		{"self.owner.?email", NULL, "self.owner"},
		{"[?self.?owner]", NULL, ""},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_guard_protects_what_is_judged_with_it(void **state)
{
	static const struct row rows[] = {
		{"has(self.owner) && self.owner.name == 'a'", NULL, ""},
		/* && absorbs the error of the one when the other decides. */
		{"self.owner.name == 'a' && has(self.owner)", NULL, ""},
		{"!has(self.owner) || self.owner.name == 'a'", NULL, ""},
		{"self.owner.name == 'a' || !has(self.owner)", NULL, ""},
		{"has(self.owner) || self.owner.name == 'a'", NULL,
		 "self.owner"},
		{"!has(self.owner) && self.owner.name == 'a'", NULL,
		 "self.owner"},
		{"has(self.owner) ? self.owner.name : ''", NULL, ""},
		{"has(self.owner) ? '' : self.owner.name", NULL, "self.owner"},
		{"!has(self.owner) ? '' : self.owner.name", NULL, ""},
		{"'owner' in self && self.owner.name == 'a'", NULL, ""},
		{"self.?owner.hasValue() && self.owner.name == 'a'", NULL, ""},
		{"(has(self.owner) && flag) ? self.owner.name : ''", NULL, ""},
		{"(has(self.owner) || flag) ? self.owner.name : ''", NULL,
		 "self.owner"},
		{"!(!has(self.owner) || flag) && self.owner.name == 'a'", NULL,
		 ""},
		{"has(self.owner) == true && self.owner.name == 'a'", NULL, ""},
		{"has(self.owner) != true && self.owner.name == 'a'", NULL,
		 "self.owner"},
		{"(has(self.owner) ? flag : false) && self.owner.name == 'a'",
		 NULL, ""},
		{"has(other.owner) && self.owner.name == 'a'", NULL,
		 "self.owner"},
		{"has(self.score) && self.owner.name == 'a'", NULL,
		 "self.owner"},
		{"(has(self.owner) && flag) || self.owner.name == 'a'", NULL,
		 "self.owner"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void what_was_read_before_is_there_behind_it(void **state)
{
	static const struct row rows[] = {
		{"self.score > 1.0 && self.score < 2.0", NULL, "self.score"},
		{"self.score > 1.0 || self.score < 0.0", NULL, "self.score"},
		{"self.score > 1.0 ? self.score : 0.0", NULL, "self.score"},
		/* Both fail where it is absent: neither guards the other. */
		{"self.score < self.score", NULL, "self.score self.score"},
		{"has(self.owner.email) && self.owner.name == 'a'", NULL,
		 "self.owner"},
		/* Nothing says that the first operand was evaluated. */
		{"(flag || self.score > 1.0) && self.score < 2.0", NULL,
		 "self.score self.score"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void guards_reach_into_loops_and_not_out_of_them(void **state)
{
	static const struct row rows[] = {
		{"has(self.owner) && controls.all(k, k.id == self.owner.name)",
		 NULL, ""},
		{"controls.map(k, has(k.owner), k.owner.name)", NULL, ""},
		{"controls.filter(k, has(k.owner)).all(k, k.owner.name == '')",
		 NULL, ""},
		{"controls.filter(k, has(k.owner)).all(x, x.owner.name == '')",
		 NULL, ""},
		{"controls.exists(k, has(k.owner)) && "
		 "controls.exists(k, k.owner.name == '')",
		 NULL, "k.owner"},
		{"cel.bind(x, self, has(x.owner) && x.owner.name == '') && "
		 "controls.all(y, y.owner.name == '')",
		 NULL, "y.owner"},
		{"controls.all(k, has(k.owner) && "
		 "k.owner.name == self.owner.name)",
		 NULL, "self.owner"},
		/* The inner self is another. */
		{"has(self.owner) && "
		 "controls.all(self, self.owner.name == '')",
		 NULL, "self.owner"},
		{"has(self.owner) && "
		 "controls.all(self, .self.owner.name == '')",
		 NULL, ""},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void what_the_rule_demands_first_is_known(void **state)
{
	static const struct row rows[] = {
		{"self.owner.name", "has(self.owner)", ""},
		{"self.owner.name", "has(self.owner) && flag", ""},
		{"self.owner.name", "has(self.owner) || flag", "self.owner"},
		{"self.owner.name", "has(other.owner)", "self.owner"},
		{"self.owner.name", "self.owner.name == 'a'", ""},
		{"self.owner.name", "not an expression", "self.owner"},
		{"controls.all(k, k.owner.name == '')",
		 "controls.all(k, has(k.owner))", "k.owner"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void what_a_schema_promises_is_known(void **state)
{
	static const struct row rows[] = {
		{"self.status == 'retired' && self.retired_at < now", NULL, ""},
		{"'retired' == self.status && self.retired_at < now", NULL, ""},
		{"self.status != 'retired' || self.retired_at < now", NULL, ""},
		{"self.status in ['retired'] && self.retired_at < now", NULL,
		 ""},
		{"self.status in ['retired', 'draft'] && self.retired_at < now",
		 NULL, "self.retired_at"},
		{"self.status == 'draft' && self.retired_at < now", NULL,
		 "self.retired_at"},
		{"self.status == 'retired' && other.retired_at < now", NULL,
		 "other.retired_at"},
		{"self.retired_at < now", "self.status == 'retired'", ""},
		/* Each exclusion counts by itself, a list as a whole. */
		{"self.status != 'active' && self.status != 'draft' && "
		 "self.retired_at < now",
		 NULL, "self.retired_at"},
		{"!(self.status in ['active', 'draft']) && "
		 "self.retired_at < now",
		 NULL, ""},
		{"self.status in ['active', 'draft'] || self.retired_at < now",
		 NULL, ""},
		{"self.status in ['active'] || self.retired_at < now", NULL,
		 "self.retired_at"},
		{"!(self.status in ['active', 'draft', 'retired']) && "
		 "self.retired_at < now",
		 NULL, "self.retired_at"},
		{"self.status in ['retired', self.id] && self.retired_at < now",
		 NULL, "self.retired_at"},
		{"self.checked && self.checked_by == ''", NULL, ""},
		{"self.checked ? '' : self.checked_by", NULL,
		 "self.checked_by"},
		{"!self.checked || self.checked_by == ''", NULL, ""},
		{"controls.filter(k, k.status == 'retired')"
		 ".all(k, k.retired_at < now)",
		 NULL, ""},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_field_that_may_be_absent_is_warned_of),
		cmocka_unit_test(an_optional_step_needs_no_guard),
		cmocka_unit_test(a_guard_protects_what_is_judged_with_it),
		cmocka_unit_test(what_was_read_before_is_there_behind_it),
		cmocka_unit_test(guards_reach_into_loops_and_not_out_of_them),
		cmocka_unit_test(what_the_rule_demands_first_is_known),
		cmocka_unit_test(what_a_schema_promises_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
