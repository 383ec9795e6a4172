/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "jsonschema/uri.h"

/* The examples of RFC 3986, sections 5.4.1 and 5.4.2. */
static const struct {
	const char *reference;
	const char *target;
} examples[] = {
	{"g:h", "g:h"},
	{"g", "http://a/b/c/g"},
	{"./g", "http://a/b/c/g"},
	{"g/", "http://a/b/c/g/"},
	{"/g", "http://a/g"},
	{"//g", "http://g"},
	{"?y", "http://a/b/c/d;p?y"},
	{"g?y", "http://a/b/c/g?y"},
	{"#s", "http://a/b/c/d;p?q#s"},
	{"g#s", "http://a/b/c/g#s"},
	{"g?y#s", "http://a/b/c/g?y#s"},
	{";x", "http://a/b/c/;x"},
	{"g;x", "http://a/b/c/g;x"},
	{"g;x?y#s", "http://a/b/c/g;x?y#s"},
	{"", "http://a/b/c/d;p?q"},
	{".", "http://a/b/c/"},
	{"./", "http://a/b/c/"},
	{"..", "http://a/b/"},
	{"../", "http://a/b/"},
	{"../g", "http://a/b/g"},
	{"../..", "http://a/"},
	{"../../", "http://a/"},
	{"../../g", "http://a/g"},
	{"../../../g", "http://a/g"},
	{"../../../../g", "http://a/g"},
	{"/./g", "http://a/g"},
	{"/../g", "http://a/g"},
	{"g.", "http://a/b/c/g."},
	{".g", "http://a/b/c/.g"},
	{"g..", "http://a/b/c/g.."},
	{"..g", "http://a/b/c/..g"},
	{"./../g", "http://a/b/g"},
	{"./g/.", "http://a/b/c/g/"},
	{"g/./h", "http://a/b/c/g/h"},
	{"g/../h", "http://a/b/c/h"},
	{"g;x=1/./y", "http://a/b/c/g;x=1/y"},
	{"g;x=1/../y", "http://a/b/c/y"},
	{"g?y/./x", "http://a/b/c/g?y/./x"},
	{"g?y/../x", "http://a/b/c/g?y/../x"},
	{"g#s/./x", "http://a/b/c/g#s/./x"},
	{"g#s/../x", "http://a/b/c/g#s/../x"},
	{"http:g", "http:g"},
};

static void references_resolve_as_in_the_rfc(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(examples); i++) {
		str target = uri_resolve(&arena, STR("http://a/b/c/d;p?q"),
					 str_of(examples[i].reference));

		if (!str_is(target, examples[i].target))
			fail_msg("%s gives " STR_FMT, examples[i].reference,
				 STR_ARG(target));
	}
	arena_done(&arena);
}

static void a_base_without_a_path_or_hierarchy_is_kept(void **state)
{
	static const struct {
		const char *base;
		const char *reference;
		const char *target;
	} rows[] = {
		{"http://a", "g", "http://a/g"},
		{"http://a?q", "", "http://a?q"},
		{"urn:uuid:1-2", "#x", "urn:uuid:1-2#x"},
		{"urn:a:b", "urn:c", "urn:c"},
		{"test:schema", "other", "test:other"},
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		str target = uri_resolve(&arena, str_of(rows[i].base),
					 str_of(rows[i].reference));

		assert_true(str_is(target, rows[i].target));
	}
	arena_done(&arena);
}

static void absent_parts_differ_from_empty_ones(void **state)
{
	struct uri with = uri_split(STR("http://h?#"));
	struct uri without = uri_split(STR("p"));

	(void)state;
	assert_true(str_is(with.authority, "h"));
	assert_non_null(with.query.ptr);
	assert_non_null(with.fragment.ptr);
	assert_null(without.scheme.ptr);
	assert_null(without.authority.ptr);
	assert_null(without.query.ptr);
	assert_null(without.fragment.ptr);
	assert_non_null(uri_split(STR("")).path.ptr);
}

static void escapes_are_decoded_or_refused(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 64);
	assert_true(uri_decode(&out, STR("a%2Fb%c3%A9")));
	assert_true(str_is(buf_str(&out), "a/b\xc3\xa9"));
	assert_false(uri_decode(&out, STR("%4")));
	assert_false(uri_decode(&out, STR("%")));
	assert_false(uri_decode(&out, STR("%zz")));
	buf_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_resolve_as_in_the_rfc),
		cmocka_unit_test(a_base_without_a_path_or_hierarchy_is_kept),
		cmocka_unit_test(absent_parts_differ_from_empty_ones),
		cmocka_unit_test(escapes_are_decoded_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
