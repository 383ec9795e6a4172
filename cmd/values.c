/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/values.h"

#include <stdio.h>

static const struct row {
	const char *key;
	struct value value;
} rows[] = {
#define VALUE(key, source, words) {key, {VALUE_##source, words}},
#include "cmd/values.def"
#undef VALUE
};

static const struct value *find(str key)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (str_is(key, rows[i].key))
			return &rows[i].value;
	}
	return NULL;
}

struct value value_of_option(const struct command *command,
			     const struct option_row *row)
{
	const struct value *value;
	char key[128];

	(void)snprintf(key, sizeof(key), "%s --%s", command->name,
		       row->long_name);
	value = find(str_of(key));
	if (!value)
		value = find(str_of(key + strlen(command->name) + 1));
	if (!value)
		value = find(str_of(row->metavar));
	return value ? *value : (struct value){.source = VALUE_NONE};
}

static bool is_separator(char c)
{
	return c == ' ' || c == '[' || c == ']' || c == '|';
}

/* The longest run without separators, behind those it starts with. */
static str next_word(str *text)
{
	size_t from = 0;
	size_t to;
	str word;

	while (from < text->len && is_separator(text->ptr[from]))
		from++;
	to = from;
	while (to < text->len && !is_separator(text->ptr[to]))
		to++;
	word = str_slice(*text, from, to);
	*text = str_slice(*text, to, text->len);
	if (str_ends(word, STR("...")))
		word.len -= 3;
	return word;
}

bool value_of_argument(struct value *out, str *name, str *arguments)
{
	const struct value *value;
	str word;

	do {
		word = next_word(arguments);
		/* An option and its value, which stand in the table. */
		if (str_starts(word, STR("-")))
			(void)next_word(arguments);
	} while (str_starts(word, STR("-")));
	if (!word.len)
		return false;
	value = find(word);
	*name = word;
	*out = value ? *value : (struct value){.source = VALUE_NONE};
	return true;
}
