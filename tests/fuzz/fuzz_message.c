/*
 * fuzz_message - the {{ }} of a message: whatever stands in it, an error has
 * its place in the message, and what is read is the message again, part by
 * part.
 *
 * The first byte chooses how the rule file writes it: in quotes, or as a block
 * of lines; so that the way back from content to place is walked too.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/encode.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "checks/checks.h"
#include "lint/host.h"
#include "policy/policy.h"
#include "policy/rule_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A vocabulary keeps what it gave to rules: it is made anew from time to
 * time. */
enum { MESSAGE_MOST = 4096, RULES_AT_ONCE = 5000 };

static struct policy *policy;
static size_t rules;

static void check(bool holds)
{
	if (!holds)
		abort();
}

static struct vocabulary *vocabulary(void)
{
	struct error err;
	const void *shared;

	if (rules++ % RULES_AT_ONCE == 0) {
		policy_free(policy);
		check(policy_load(&policy,
				  &(struct policy_options){
					  .checks = checks,
					  .check_count = check_count,
					  .libraries = host_libraries,
					  .library_count = host_library_count,
					  .limits = &limits_default,
				  },
				  &err));
	}
	/* Const for those who judge; nobody does here. */
	shared = policy_vocabulary(policy);
	return (struct vocabulary *)(uintptr_t)shared;
}

static void add_quoted(struct buf *file, str message)
{
	struct out quoted;

	out_init(&quoted, (size_t)8 * MESSAGE_MOST);
	out_text(&quoted, message, ENCODE_JSON);
	buf_add(file, out_str(&quoted));
	out_done(&quoted);
}

static void add_block(struct buf *file, str message, bool folded)
{
	buf_add(file, folded ? STR(">-\n") : STR("|-\n"));
	while (message.ptr && message.len) {
		buf_add(file, STR("  "));
		buf_add(file, str_cut(&message, '\n'));
		buf_byte(file, '\n');
	}
}

static str file_of(struct arena *arena, str message, char style)
{
	struct buf file;
	str kept;

	buf_init(&file, (size_t)16 * MESSAGE_MOST);
	buf_add(&file, STR("id: fuzz/message\nassert: self.applicable\n"
			   "message: "));
	if (style == '|' || style == '>')
		add_block(&file, message, style == '>');
	else
		add_quoted(&file, message);
	buf_byte(&file, '\n');
	kept = str_keep(arena, buf_str(&file));
	buf_done(&file);
	return kept;
}

/* The parts, written one behind the other, are the message. */
static void check_parts(const struct template *template, str message)
{
	size_t at = 0;

	for (size_t i = 0; i < template->count; i++) {
		const struct template_part *part = &template->parts[i];
		str rest = str_slice(message, at, message.len);
		str text = part->text;

		if (part->program) {
			check(str_starts(rest, STR("{{")));
			text = cel_program_text(part->program);
			rest = str_slice(rest, 2, rest.len);
			at += 4;
			check(str_starts(str_slice(rest, text.len, rest.len),
					 STR("}}")));
		} else {
			check(text.len > 0 && text.ptr == rest.ptr);
			check(str_find(text, STR("{{")) == SIZE_MAX);
		}
		check(str_starts(rest, text));
		at += text.len;
	}
	check(at == message.len);
}

static void warn(void *context, str sentence)
{
	(void)context;
	check(sentence.len > 0 && utf8_check(sentence) == SIZE_MAX);
}

static void compile(struct arena *arena, const struct policy_file *file)
{
	const struct node *message = node_find(file->root, STR("message"));
	struct rule_compiling compiling = {
		.vocabulary = vocabulary(),
		.file = file,
		.arena = arena,
		.warn = warn,
	};
	struct rule rule = {
		.id = STR("fuzz/message"),
		.source = file->root,
	};
	const struct rule_code *code;
	struct error err;

	rule.self = vocabulary_kind(compiling.vocabulary, STR("control"));
	if (rule_compile(&code, &rule, &compiling, &err)) {
		check_parts(&code->message, message->text);
		rule_code_free(code);
		return;
	}
	check(err.kind == ERROR_CONFIG);
	check(str_starts(error_text(&err), STR("policies/fuzz.yaml:")));
	check(err.at.start <= err.at.end);
	check(err.at.start >= message->span.start);
	check(err.at.end <= message->span.end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = {size ? (const char *)data : "", size};
	struct policy_file file = {.path = STR("policies/fuzz.yaml")};
	struct document document;
	struct arena arena;
	struct error err;

	if (size < 2 || size > MESSAGE_MOST || utf8_check(text) != SIZE_MAX)
		return 0;
	arena_init(&arena);
	file.text = file_of(&arena, str_slice(text, 1, size), text.ptr[0]);
	if (document_parse(&document, &arena, file.text, FORMAT_YAML,
			   &limits_default, &err)) {
		file.root = document.roots[0];
		if (document.count == 1 && file.root->kind == NODE_MAP &&
		    node_text(file.root, STR("message")).len)
			compile(&arena, &file);
	}
	arena_done(&arena);
	return 0;
}
