/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_fixture.h"

static uint64_t seed;

/* xorshift64 (Marsaglia 2003): the same worlds in each run. */
static unsigned roll(unsigned sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % sides;
}

/* A member that is there, odd, or absent. */
static void write_member(struct buf *out, const char *name)
{
	static const char *const scalars[] = {
		"\"a\"", "\"b\"", "\"c\"", "1", "2", "1.0", "null", "true",
	};
	static const char *const others[] = {
		"[\"a\",\"b\"]",
		"[1,[2],\"c\"]",
		"{\"a\":1}",
		"[]",
		"99999999999999999999",
		"[99999999999999999999,\"a\"]",
		"{\"x\":\"a\"}",
		"{\"x\":99999999999999999999}",
	};

	switch (roll(8)) {
	case 0:
		return;
	case 1:
		buf_format(out, ",\"%s\":%s", name,
			   others[roll(ARRAY_SIZE(others))]);
		return;
	default:
		buf_format(out, ",\"%s\":%s", name,
			   scalars[roll(ARRAY_SIZE(scalars))]);
	}
}

static void write_world(struct buf *out)
{
	unsigned count = roll(24);

	buf_add(out, STR("{\"self\":{\"n\":1"));
	write_member(out, "p");
	write_member(out, "q");
	buf_add(out, STR(",\"list\":[\"a\",2,\"c\"],\"deep\":[[2],\"b\"]},"
			 "\"records\":{\"risk\":["));
	for (unsigned i = 0; i < count; i++) {
		buf_format(out, "%s{\"n\":%u", i ? "," : "", i);
		write_member(out, "p");
		write_member(out, "q");
		buf_add(out, STR("}"));
	}
	buf_add(out, STR("]}}"));
}

static void write_predicate(struct buf *out, unsigned depth)
{
	static const char *const leaves[] = {
		"k.p == self.p",    "self.p == k.p",
		"k.p != self.q",    "k.q == 'a'",
		"k.p in self.list", "self.p in k.p",
		"k.p in self.deep", "1 in k.q",
		"k.p.x == 'a'",	    "k.n > 3",
		"k.p == k.q",	    "k.p > 1",
		"self.p",	    "has(k.p)",
		"1 / 0 == k.p",	    "k.q in {'a': 1, 1: 2}",
		"self.q == k.p.x",  "k.p == [1 / 0]",
		"k.q in self.p",
	};

	if (depth == 0 || roll(3) == 0) {
		buf_add(out, str_of(leaves[roll(ARRAY_SIZE(leaves))]));
		return;
	}
	if (roll(4) == 0) {
		buf_add(out, STR("!("));
		write_predicate(out, depth - 1);
		buf_add(out, STR(")"));
		return;
	}
	buf_add(out, STR("("));
	write_predicate(out, depth - 1);
	buf_add(out, roll(2) ? STR(" && ") : STR(" || "));
	write_predicate(out, depth - 1);
	buf_add(out, STR(")"));
}

static void write_expression(struct buf *out)
{
	static const char *const forms[][2] = {
		{"records.risk.exists(k, ", ")"},
		{"records.risk.all(k, ", ")"},
		{"records.risk.exists_one(k, ", ")"},
		{"records.risk.filter(k, ", ").map(k, k.n)"},
		{"records.risk.filter(k, ", ").size()"},
		{"records.risk.map(k, ", ", k.n)"},
		{"records.risk.exists(i, k, ", ")"},
		{"records.risk.transformList(i, k, ", ", i)"},
		{"records.risk.transformMap(i, k, ", ", k.n)"},
		{"[1, 2].all(z, records.risk.exists(k, z == k.p || ", "))"},
		{"[1, 2].exists(z, records.risk.all(k, z != k.p || ", "))"},
	};
	static const char *const memberships[] = {
		"self.p in records.risk.map(k, k.p)",
		"'a' in records.risk.map(k, k.q)",
		"self.q in records.risk.map(k, k.p.x)",
		"7 in records.risk.map(k, k.n) || 1 / 0 > 1",
		"self.list.exists(z, z in records.risk.map(k, k.q))",
		"self.deep in records.risk.map(k, k.p)",
	};
	const char *const *form = forms[roll(ARRAY_SIZE(forms))];

	if (roll(8) == 0) {
		buf_add(out,
			str_of(memberships[roll(ARRAY_SIZE(memberships))]));
		buf_byte(out, '\0');
		return;
	}
	buf_add(out, str_of(form[0]));
	write_predicate(out, 2);
	buf_add(out, str_of(form[1]));
	buf_byte(out, '\0');
}

/* A deep-copied answer, since the fixture keeps one. */
static void test_indexed_loops_give_what_whole_loops_give(void **state)
{
	struct cel_compile_options naive = {.no_check = true, .naive = true};
	char wanted[4096];
	size_t cheaper = 0;

	(void)state;
	seed = 0x2545f4914f6cdd1dULL;
	for (int world = 0; world < 150; world++) {
		struct fixture f;
		struct buf json;

		buf_init(&json, 1 << 20);
		write_world(&json);
		buf_byte(&json, '\0');
		fixture_init(&f, json.ptr);
		for (int i = 0; i < 40; i++) {
			struct buf text;
			size_t left;

			buf_init(&text, 4096);
			write_expression(&text);
			(void)snprintf(wanted, sizeof(wanted), "%s",
				       fixture_eval_with(&f, text.ptr, &naive));
			left = f.left;
			if (strcmp(fixture_eval(&f, text.ptr), wanted) != 0)
				fail_msg("%s in %s\nwhole:   %s\nindexed: %s",
					 text.ptr, json.ptr, wanted, f.text);
			cheaper += f.left > left;
			buf_done(&text);
		}
		fixture_done(&f);
		buf_done(&json);
	}
	/* The indexes were used, not only agreed with. */
	assert_true(cheaper > 500);
}

static void write_many(struct buf *out, size_t count)
{
	buf_add(out, STR("{\"self\":{\"controls\":[\"C7\",\"C1400\",\"C3\","
			 "\"C1999\",\"C0\"]},\"records\":{\"control\":["));
	for (size_t i = 0; i < count; i++)
		buf_format(out, "%s{\"id\":\"C%zu\",\"ok\":true}", i ? "," : "",
			   i);
	buf_add(out, STR("]}}"));
	buf_byte(out, '\0');
}

static void test_a_look_up_costs_far_less_than_a_scan(void **state)
{
	static const char text[] = "self.controls.all(c, "
				   "records.control.exists(k, k.id == c && "
				   "k.ok))";
	struct cel_compile_options naive = {.no_check = true, .naive = true};
	struct fixture f;
	struct buf json;
	size_t whole;

	(void)state;
	buf_init(&json, 1 << 20);
	write_many(&json, 2000);
	fixture_init(&f, json.ptr);
	assert_string_equal(fixture_eval_with(&f, text, &naive), "true");
	whole = f.limits.cel_cost - f.left;
	assert_string_equal(fixture_eval(&f, text), "true");
	assert_true((f.limits.cel_cost - f.left) * 10 < whole);
	fixture_done(&f);
	buf_done(&json);
}

static void test_what_a_look_up_costs_does_not_depend_on_who_builds(
	void **state)
{
	static const char text[] = "records.control.exists(k, k.id == 'C9')";
	struct fixture f;
	struct buf json;
	size_t first;

	(void)state;
	buf_init(&json, 1 << 20);
	write_many(&json, 500);
	fixture_init(&f, json.ptr);
	(void)fixture_eval(&f, text);
	first = f.left;
	(void)fixture_eval(&f, text);
	assert_int_equal(f.left, first);
	fixture_done(&f);
	buf_done(&json);
}

/* records as a host has them: lists without a node, made of those of one. */
struct kind {
	struct cel_list head;
	const struct node *node;
};

static size_t kind_size(const struct cel_list *list)
{
	return ((const struct kind *)(const void *)list)->node->count;
}

static struct cel_value kind_at(struct cel_eval *eval,
				const struct cel_list *list, size_t i)
{
	const struct kind *kind = (const void *)list;

	(void)eval;
	return cel_of_node(&kind->node->as.children[i]);
}

static void test_lists_of_the_host_are_known_by_their_address(void **state)
{
	static const struct cel_list_ops ops = {kind_size, kind_at, NULL};
	static const char text[] = "records.control.filter(k, k.id in "
				   "self.controls).map(k, k.id) + "
				   "records.risk.filter(k, k.id == 'C3')"
				   ".map(k, k.id)";
	struct kind kinds[2];
	struct cel_table *table;
	struct fixture f;
	struct buf json;

	(void)state;
	buf_init(&json, 1 << 20);
	write_many(&json, 50);
	fixture_init(&f, json.ptr);
	for (size_t i = 0; i < 2; i++)
		kinds[i] = (struct kind){
			{&ops}, node_find(f.values[1].as.node, STR("control"))};
	table = cel_table_new(&f.arena, 2);
	(void)cel_table_put(table, cel_string(STR("control")),
			    cel_of_list(&kinds[0].head));
	(void)cel_table_put(table, cel_string(STR("risk")),
			    cel_of_list(&kinds[1].head));
	f.values[1] = cel_table_value(table);

	for (int i = 0; i < 2; i++)
		assert_string_equal(fixture_eval(&f, text),
				    "[\"C0\", \"C3\", \"C7\", \"C3\"]");
	fixture_done(&f);
	buf_done(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_indexed_loops_give_what_whole_loops_give),
		cmocka_unit_test(test_a_look_up_costs_far_less_than_a_scan),
		cmocka_unit_test(
			test_lists_of_the_host_are_known_by_their_address),
		cmocka_unit_test(
			test_what_a_look_up_costs_does_not_depend_on_who_builds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
