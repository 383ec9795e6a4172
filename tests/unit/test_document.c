/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/vec.h"
#include "data/document.h"

static struct arena arena;
static struct document document;
static struct error err;

static int begin(void **state)
{
	(void)state;
	arena_init(&arena);
	document = (struct document){0};
	err = (struct error){0};
	return 0;
}

static int finish(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static bool read_yaml(str text, const struct limits *limits)
{
	return document_parse(&document, &arena, text, FORMAT_YAML, limits,
			      &err);
}

static const struct node *must_read(str text)
{
	if (!read_yaml(text, &limits_default))
		fail_msg("%s at %u", err.text, err.at.start);
	assert_true(document.count > 0);
	return document.roots[0];
}

static str source(struct span span)
{
	return str_slice(document.text, span.start, span.end);
}

/* Every node's source, parents before children, keys before values. */
static void write_sources(struct buf *out, const struct node *node)
{
	if (node->key) {
		buf_add(out, source(node->key->span));
		buf_byte(out, '=');
	}
	buf_add(out, source(node->span));
	buf_byte(out, '|');
	if (node->alias || (node->kind != NODE_LIST && node->kind != NODE_MAP))
		return;
	for (size_t i = 0; i < node->count; i++)
		write_sources(out, &node->as.children[i]);
}

static const struct {
	const char *text;
	const char *sources;
} spans[] = {
	{"a: 1\n", "a: 1|a=1|"},
	{"a:   b c  # d\n", "a:   b c|a=b c|"},
	{"a: b\n   c\n\n\n# x\n", "a: b\n   c|a=b\n   c|"},
	{"'a': \"b\"\n", "'a': \"b\"|'a'=\"b\"|"},
	{"a:\nb: \n", "a:\nb:|a=|b=|"},
	{"- a\n-\n- b\n", "- a\n-\n- b|a||b|"},
	{"a:\n- b\n-  - c\n", "a:\n- b\n-  - c|a=- b\n-  - c|b|- c|c|"},
	{"a: |\n  b\n\n  c\n\n\nd: >-\n  e\n",
	 "a: |\n  b\n\n  c\n\n\nd: >-\n  e|a=|\n  b\n\n  c|d=>-\n  e|"},
	{"a: |\nb: 1\n", "a: |\nb: 1|a=||b=1|"},
	{"[a, {b: c , d}, \"e\": f, ]",
	 "[a, {b: c , d}, \"e\": f, ]|a|{b: c , d}|b=c|d=|\"e\": f|\"e\"=f|"},
	{"? a\n\n# c\n? b\n: c\n", "? a\n\n# c\n? b\n: c|a=|b=c|"},
	{"a: &x b\nc: *x\n", "a: &x b\nc: *x|a=b|c=*x|"},
	{"a: !!str 1\nb: &x !!map\n  c: d\n",
	 "a: !!str 1\nb: &x !!map\n  c: d|a=1|b=c: d|c=d|"},
	{"a: !!seq\n- b\n", "a: !!seq\n- b|a=- b|b|"},
	{"a: !!seq # c\n  - b\n", "a: !!seq # c\n  - b|a=- b|b|"},
	{"a: &x [b]\n", "a: &x [b]|a=[b]|b|"},
	{"a: &x\nb: 1\n", "a: &x\nb: 1|a=|b=1|"},
	{"\xC3\xB8: \xF0\x9F\x98\x80 # \xE2\x82\xAC\n\xC3\xA5: \xC3\xA6\n",
	 "\xC3\xB8: \xF0\x9F\x98\x80 # \xE2\x82\xAC\n\xC3\xA5: \xC3\xA6|"
	 "\xC3\xB8=\xF0\x9F\x98\x80|\xC3\xA5=\xC3\xA6|"},
	{"\xEF\xBB\xBF\xC3\xB8: \"\xE2\x82\xAC\"\r\nb: |\r\n  \xC3\xB8\r\nc: "
	 "d\r\n",
	 "\xC3\xB8: \"\xE2\x82\xAC\"\r\nb: |\r\n  \xC3\xB8\r\nc: d|"
	 "\xC3\xB8=\"\xE2\x82\xAC\"|b=|\r\n  \xC3\xB8|c=d|"},
	{"--- # x\na: 1\n...\n", "a: 1|a=1|"},
	{"---\n", "|"},
	{"--- |\n x\n", "|\n x|"},
};

static void spans_are_byte_exact(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(spans); i++) {
		struct buf out;

		buf_init(&out, 4096);
		write_sources(&out, must_read(str_of(spans[i].text)));
		buf_byte(&out, '\0');
		assert_string_equal(out.ptr, spans[i].sources);
		buf_done(&out);
	}
}

static void an_empty_value_lies_behind_its_colon(void **state)
{
	const struct node *root = must_read(STR("a:\n\n# c\nb: 1\n"));

	(void)state;
	assert_int_equal(root->as.children[0].kind, NODE_NULL);
	assert_int_equal(root->as.children[0].span.start, 2);
	assert_int_equal(root->as.children[0].span.end, 2);
}

static const struct {
	const char *text;
	const char *content;
} contents[] = {
	{"a", "a"},
	{"a\n b\n\n c", "a b\nc"},
	{"'it''s'", "it's"},
	{"\"a\\tb\\u00e6\\x41\\\n  c\"", "a\tb\xC3\xA6"
					 "Ac"},
	{"\"a\n  b\n\n  c\"", "a b\nc"},
	{"|\n  a\n   b\n", "a\n b\n"},
	{"|-\n  a\n\n", "a"},
	{"|+\n  a\n\n", "a\n\n"},
	{">\n  a\n  b\n\n  c\n", "a b\nc\n"},
	{"\"\\U0001F600\"", "\xF0\x9F\x98\x80"},
	{"|\r\n  a\r\n  b\r\n", "a\nb\n"},
};

static void content_is_decoded(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(contents); i++) {
		const struct node *root = must_read(str_of(contents[i].text));

		assert_int_equal(root->kind, NODE_STRING);
		if (!str_is(root->text, contents[i].content))
			fail_msg("row %zu: " STR_FMT, i, STR_ARG(root->text));
	}
}

static void an_escaped_nul_is_content(void **state)
{
	const struct node *root = must_read(STR("\"a\\0b\": \"\\0\"\n"));

	(void)state;
	assert_non_null(node_find(root, STR("a\0b")));
	assert_null(node_find(root, STR("a")));
	assert_int_equal(root->as.children[0].text.len, 1);
}

static void quoted_and_block_scalars_are_strings(void **state)
{
	static const char *const texts[] = {
		"'1'",		"\"true\"", "|\n  1\n",
		">-\n  null\n", "''",	    "! 1",
		"!!str 1",	"!!str",    "!<tag:yaml.org,2002:str> 1",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_int_equal(must_read(str_of(texts[i]))->kind,
				 NODE_STRING);
}

static void a_tab_where_nothing_is_indented_is_white_space(void **state)
{
	(void)state;
	(void)must_read(STR("[\n\ta,\n\tb]\n"));
	(void)must_read(STR("\"a\n\tb\"\n"));
	(void)must_read(STR("a:\t[b,\n\t\n\t# c\n \tc]\t\n"));
}

static void core_tags_decide_the_kind(void **state)
{
	static const struct {
		const char *text;
		enum node_kind kind;
	} rows[] = {
		{"!!int \"7\"", NODE_INT},    {"!!float 1", NODE_FLOAT},
		{"!!float .inf", NODE_FLOAT}, {"!!bool 'true'", NODE_BOOL},
		{"!!null ''", NODE_NULL},     {"!!null ~", NODE_NULL},
		{"!!seq []", NODE_LIST},      {"!!map\na: b\n", NODE_MAP},
		{"! [a]", NODE_LIST},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(must_read(str_of(rows[i].text))->kind,
				 rows[i].kind);
}

static void keys_are_their_text(void **state)
{
	const struct node *root = must_read(STR(
		"1: a\ntrue: b\n~: c\n!!str x: d\n0x1F: e\n? |\n f\n: g\n"));
	static const char *const keys[] = {"1", "true", "~",
					   "x", "0x1F", "f\n"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		assert_int_equal(root->as.children[i].key->kind, NODE_STRING);
		assert_ptr_equal(node_find(root, str_of(keys[i])),
				 &root->as.children[i]);
	}
}

static void an_alias_shares_the_children_of_its_anchor(void **state)
{
	const struct node *root =
		must_read(STR("a: &x {k: v}\nb: *x\nc: &x 1\nd: *x\n"));
	const struct node *a = node_find(root, STR("a"));
	const struct node *b = node_find(root, STR("b"));
	const struct node *d = node_find(root, STR("d"));

	(void)state;
	assert_true(b->alias && !a->alias);
	assert_ptr_equal(a->as.children, b->as.children);
	assert_true(str_is(source(b->span), "*x"));
	assert_true(str_is(b->key->text, "b"));
	assert_int_equal(d->as.integer, 1); /* the latest anchor counts */
}

static void each_document_of_a_file_is_a_root(void **state)
{
	(void)state;
	(void)must_read(
		STR("a: &x 1\n---\nb\n...\n---\n...\n%YAML 1.2\n---\n[]"));
	assert_int_equal(document.count, 4);
	assert_int_equal(document.roots[0]->kind, NODE_MAP);
	assert_int_equal(document.roots[1]->kind, NODE_STRING);
	assert_int_equal(document.roots[2]->kind, NODE_NULL);
	assert_int_equal(document.roots[3]->kind, NODE_LIST);
	assert_false(read_yaml(STR("&x a\n---\n*x\n"), &limits_default));
}

static void a_file_of_comments_has_no_root(void **state)
{
	static const char *const texts[] = {"", "\n", "# a\n", "\xEF\xBB\xBF",
					    "  \n\n"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		assert_true(read_yaml(str_of(texts[i]), &limits_default));
		assert_int_equal(document.count, 0);
	}
	assert_true(read_yaml((str){NULL, 0}, &limits_default));
}

static const struct {
	const char *text;
	const char *says;
	uint32_t start;
	uint32_t other; /* 0: none */
} refused[] = {
	{"a: 1\nb: 2\na: 3\n", "\"a\" stands twice", 10, 1},
	{"\"sta\\x74us\": 1\nstatus: 2\n", "stands twice", 15, 11},
	{"a: {b: 1, 'b': 2}\n", "stands twice", 10, 5},
	{"1: a\n\"1\": b\n", "stands twice", 5, 1},
	{"<<: {a: 1}\n", "merge key", 0, 0},
	{"a: {<<: *b}\n", "merge key", 4, 0},
	{"? [a]\n: b\n", "a key that is a list", 2, 0},
	{"{a: b}: c\n", "a key that is a map", 0, 0},
	{"- &a [b]\n- *a : c\n", "a key that is a list", 11, 0},
	{"a: *b\n", "no anchor before it", 3, 0},
	{"- &a [*a]\n", "inside its own anchor", 6, 4},
	{"&a\nb: {c: *a}\n", "inside its own anchor", 10, 2},
	{"a: !foo 1\n", "the tag !foo is not read", 3, 0},
	{"a: !!binary aGk=\n", "the tag !!binary is not read", 3, 0},
	{"a: &x !!set {b}\n", "the tag !!set is not read", 6, 0},
	{"!!python/object:os.system a\n", "is not read", 0, 0},
	{"a: !!int x\n", "does not fit its tag !!int", 9, 0},
	{"a: !!bool yes\n", "does not fit its tag !!bool", 10, 0},
	{"a: !!float 0x1\n", "does not fit its tag !!float", 11, 0},
	{"a: !!null x\n", "does not fit its tag !!null", 10, 0},
	{"a: !!map x\n", "does not fit its tag !!map", 9, 0},
	{"a: !!str [x]\n", "the tag !!str before a list", 3, 0},
	{"a: !!seq {}\n", "the tag !!seq before a map", 3, 0},
	{"%YAML 1.1\n--- a\n", "says YAML 1.1", 0, 0},
	{"%YAML 1.3\n--- a\n", "only 1.2 is", 0, 0},
	{"a: b\n%YAML 1.2\n---\n", "no line \"...\" ends", 5, 0},
	{"%FOO\n--- a\n", "a directive", 0, 0},
	{"a: 0xFFFFFFFFFFFFFFFF\n", "beyond 64 bits", 3, 0},
	{"a: 1e1234567890123456\n", "exponent", 3, 0},
	{"a: \"b\"#c\n", "needs a space", 6, 0},
	{"[a, b]#c\n", "needs a space", 6, 0},
	{"[a,#c\n b]\n", "needs a space", 3, 0},
	{"a: |#c\n  b\n", "needs a space", 4, 0},
	{"[-, a]\n", "a lone '-'", 1, 0},
	{"a: &b:c d\n", "a name of an anchor", 3, 0},
	{"a: !!str &b#c d\n", "a name of an anchor", 9, 0},
	{"- &a b\n- *a: c\n", "a name of an anchor", 9, 0},
	{"{?a: b}\n", "a '?' without a space", 1, 0},
	{"[?a]\n", "a '?' without a space", 1, 0},
	{"[?&a b]\n", "a '?' without a space", 1, 0},
	{"a: \"b\n\tc\"\n", "a tab where", 6, 0},
	{"a: 'b\n\tc'\n", "a tab where", 6, 0},
	{"- [\n  b,\n\tc]\n", "a tab where", 9, 0},
	{"- {\n\tb: {\n \tc: d}}\n", "a tab where", 4, 0},
	{"a: \"b\n", "a quote that is never closed", 3, 0},
	{"a: 'b\n---\n", "a quote that is not closed", 3, 0},
	{"a: b: c\n", "a ': ' where no map", 4, 0},
	{"a: - b\n", "a '- ' where no list", 3, 0},
	{"a\nb: 1\n", "a ': ' where no map", 3, 0},
	{"a: 1\nb\nc: 2\n", "no ':' behind it", 5, 0},
	{"a: [1, 2\n", "',' or ']' is missing", 9, 4},
	{"a: {b: 1\nc: 2}\n", "',' or '}' is missing", 10, 4},
	{"a:\n  - 1\n b: 2\n", "no key of the map", 10, 1},
	{"a: 'b' c\n", "no key of the map", 7, 1},
	{"a: @b\n", "'@' cannot begin a value", 3, 0},
	{"a: `b`\n", "'`' cannot begin a value", 3, 0},
	{"a: %b\n", "'%' cannot begin a value", 3, 0},
	{"a: \"\\q\"\n", "an escape that YAML does not have", 4, 4},
	{"a: \"\\ud83d\\ude00\"\n", "half of a surrogate pair", 6, 4},
	{"a: & b\n", "a name of an anchor", 3, 0},
	{"a: &b &c d\n", "no key of the map", 6, 1},
	{"[a]\nb\n", "text behind the end", 4, 0},
};

static void what_cannot_be_read_is_told_with_its_places(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(refused); i++) {
		bool read = read_yaml(str_of(refused[i].text), &limits_default);

		/* To tell "none" from offset 0 the end of `other` is asked. */
		if (!read && err.kind == ERROR_SYNTAX && err.placed &&
		    strstr(err.text, refused[i].says) &&
		    err.at.start == refused[i].start &&
		    err.other.end == refused[i].other)
			continue;
		print_error("row %zu (%s): %s at %u, other to %u\n", i,
			    refused[i].says, read ? "read" : err.text,
			    err.at.start, err.other.end);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void ceilings_are_named(void **state)
{
	static const struct {
		const char *text;
		const char *says;
	} rows[] = {
		{"[[[[[a]]]]]", "nesting deeper than 4 (limit yaml_depth)"},
		{"- - - - - a\n", "nesting deeper than 4 (limit yaml_depth)"},
		{"a:\n b:\n  c:\n   d:\n    e: 1\n", "(limit yaml_depth)"},
		{"- &a [[x]]\n- [[*a]]\n", "(limit yaml_depth)"},
		{"[1,2,3,4,5,6,7,8,9,10,11,12]",
		 "more than 12 nodes, each alias counted with all it stands "
		 "for (limit yaml_nodes)"},
		{"- &a [b,c,d]\n- *a\n- *a\n", "(limit yaml_nodes)"},
		{"a: 12345678901\n", "a scalar of 11 bytes, at most 10 are "
				     "read (limit yaml_scalar)"},
		{"- a\n--- b\n--- c\n", "more than 2 documents (limit "
					"yaml_documents)"},
		{"abcdef: 1\n", "a key of 6 bytes, at most 5 are read (limit "
				"yaml_key)"},
		{"? abcdef\n: 1\n", "(limit yaml_key)"},
		{"- &a abcdef\n- *a : 1\n", "(limit yaml_key)"},
		{"#########################################\n",
		 "(limit yaml_size)"},
	};
	struct limits limits = {
		.yaml_depth = 4,
		.yaml_nodes = 12,
		.yaml_scalar = 10,
		.yaml_key = 5,
		.yaml_documents = 2,
		.yaml_size = 40,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (read_yaml(str_of(rows[i].text), &limits))
			fail_msg("row %zu was read", i);
		assert_int_equal(err.kind, ERROR_LIMIT);
		if (!strstr(err.text, rows[i].says))
			fail_msg("row %zu says: %s", i, err.text);
	}
	assert_true(read_yaml(STR("[[[[a]]]]"), &limits));
	assert_true(read_yaml(STR("- &a [b,c,d]\n- *a\n- 1"), &limits));
}

static void a_key_that_libyaml_gives_up_on_is_said_to_be_long(void **state)
{
	static const struct {
		const char *before, *after;
	} rows[] = {{"", ": 1\n"}, {"a: 1\n\"", "\": 1\n"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct buf text;

		buf_init(&text, 4096);
		buf_add(&text, str_of(rows[i].before));
		for (int k = 0; k < 1100; k++)
			buf_byte(&text, 'k');
		buf_add(&text, str_of(rows[i].after));
		assert_false(read_yaml(buf_str(&text), &limits_default));
		assert_non_null(strstr(err.text, "(limit yaml_key)"));
		buf_done(&text);
	}
}

/* Repeats `unit` up to the size limit. A quadratic reader would need minutes
 * for one of these; the time limit of the test run is what fails then. The
 * work is bounded: memory is checked by what the arena was asked for. */
static void the_worst_inputs_end_with_bounded_memory(void **state)
{
	static const struct {
		const char *head;
		const char *unit;
		const char *says; /* NULL: it is read */
	} rows[] = {
		{"", "[", "yaml_depth"},
		{"", "{\"\":[", "yaml_depth"},
		{"", "[\n", "yaml_depth"},
		{"", "{a:\n", "yaml_depth"},
		{"", "- ", "yaml_depth"},
		{"", "? ", "a key that is a map"},
		{"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "a,",
		 "yaml_nodes"},
		{"", "%TAG !a! tag:x\n", "%TAG"},
		{"", "---\n", "yaml_documents"},
		{"", "k: 1\n", "yaml_nodes"},
		{"", "- &a x\n", "yaml_nodes"},
		{"- &a [x,x,x,x,x,x,x,x]\n", "- *a\n", "yaml_nodes"},
		{"", "a", "yaml_scalar"},
		{"|\n", " a\n", "yaml_scalar"},
		{"\"", "\\x41", "a quote that is never closed"},
		{"", "#\n", NULL},
		{"", "\n", NULL},
		{"!<", "a", "a tag !<...>"},
		{"\"x", "\xE2\x80\xA8y", "a quote that is never closed"},
		{"- !!str", "\n", NULL},
	};
	char *text = mem_grow(NULL, limits_default.yaml_size);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		str unit = str_of(rows[i].unit);
		size_t len = strlen(rows[i].head);
		bool fine;

		memcpy(text, rows[i].head, len);
		while (len + unit.len <= limits_default.yaml_size) {
			memcpy(text + len, unit.ptr, unit.len);
			len += unit.len;
		}
		fine = read_yaml(str_make(text, len), &limits_default);
		if (fine != !rows[i].says)
			fail_msg("row %zu: %d %s", i, fine, err.text);
		if (!fine && !strstr(err.text, rows[i].says) &&
		    !strstr(err.text, "U+2028"))
			fail_msg("row %zu says: %s", i, err.text);
		assert_true(arena.taken < (size_t)64 << 20);
		arena_reset(&arena);
	}
	mem_free(text);
}

/* The equal hashes or equal keys of a hostile file cost no more than others. */
static void a_duplicate_among_many_keys_is_found(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, 4 << 20);
	for (unsigned i = 0; i < 90000; i++)
		buf_format(&text, "k%u: 1\n", i);
	assert_true(read_yaml(buf_str(&text), &limits_default));
	assert_int_equal(document.roots[0]->count, 90000);
	buf_format(&text, "k7: 2\nk3: 2\n");

	assert_false(read_yaml(buf_str(&text), &limits_default));

	assert_non_null(strstr(err.text, "\"k7\" stands twice"));
	assert_int_equal(err.other.start, 42);
	assert_int_equal(err.at.start, text.len - 12);
	buf_done(&text);
}

static void an_alias_bomb_is_counted_not_copied(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, 1 << 16);
	buf_add(&text, STR("- &a0 [x,x,x,x,x,x,x,x,x,x]\n"));
	for (unsigned i = 1; i < 30; i++) {
		buf_format(&text, "- &a%u [", i);
		for (unsigned k = 0; k < 10; k++)
			buf_format(&text, "*a%u,", i - 1);
		buf_add(&text, STR("]\n"));
	}
	assert_false(read_yaml(buf_str(&text), &limits_default));
	assert_int_equal(err.kind, ERROR_LIMIT);
	assert_true(arena.taken < 1 << 16);
	buf_done(&text);
}

static void a_failure_leaves_the_document_alone(void **state)
{
	(void)state;
	document.count = 77;
	assert_false(read_yaml(STR("a: [\n"), &limits_default));
	assert_int_equal(document.count, 77);
	assert_false(document_parse(&document, &arena, STR("a"), FORMAT_NONE,
				    &limits_default, &err));
	assert_int_equal(err.kind, ERROR_USAGE);
}

static void the_format_is_in_the_ending_of_the_path(void **state)
{
	(void)state;
	assert_int_equal(format_of_path(STR("a/b.yaml")), FORMAT_YAML);
	assert_int_equal(format_of_path(STR("b.yml")), FORMAT_YAML);
	assert_int_equal(format_of_path(STR("b.json")), FORMAT_JSON);
	assert_int_equal(format_of_path(STR("b.md")), FORMAT_MARKDOWN);
	assert_int_equal(format_of_path(STR("b.markdown")), FORMAT_MARKDOWN);
	assert_int_equal(format_of_path(STR("b.yaml.txt")), FORMAT_NONE);
	assert_int_equal(format_of_path(STR("yaml")), FORMAT_NONE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, finish)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(spans_are_byte_exact),
		CASE(an_empty_value_lies_behind_its_colon),
		CASE(content_is_decoded),
		CASE(an_escaped_nul_is_content),
		CASE(quoted_and_block_scalars_are_strings),
		CASE(a_tab_where_nothing_is_indented_is_white_space),
		CASE(core_tags_decide_the_kind),
		CASE(keys_are_their_text),
		CASE(an_alias_shares_the_children_of_its_anchor),
		CASE(each_document_of_a_file_is_a_root),
		CASE(a_file_of_comments_has_no_root),
		CASE(what_cannot_be_read_is_told_with_its_places),
		CASE(ceilings_are_named),
		CASE(a_key_that_libyaml_gives_up_on_is_said_to_be_long),
		CASE(the_worst_inputs_end_with_bounded_memory),
		CASE(a_duplicate_among_many_keys_is_found),
		CASE(an_alias_bomb_is_counted_not_copied),
		CASE(a_failure_leaves_the_document_alone),
		CASE(the_format_is_in_the_ending_of_the_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
