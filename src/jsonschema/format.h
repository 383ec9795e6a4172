/*
 * format - the `format` keyword: is a text a date, a URI, a host name?
 *
 * Every format of JSON Schema 2020-12 (validation vocabulary, section 7.3),
 * each by the grammar of the RFC that it names.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_FORMAT_H
#define JSONSCHEMA_FORMAT_H

#include "base/limits.h"
#include "base/str.h"

enum schema_format {
	SCHEMA_FORMAT_NONE,
#define FORMAT(name, text, words, example) SCHEMA_FORMAT_##name,
#include "jsonschema/formats.def"
#undef FORMAT
	SCHEMA_FORMAT_COUNT,
};

struct schema_format_row {
	const char *name;
	const char *words;   /* "a date" */
	const char *example; /* "2026-04-21" */
};

/* The row of a format other than NONE. */
const struct schema_format_row *schema_format_row(enum schema_format format);

/* By name; NONE for names that 2020-12 does not define. */
enum schema_format schema_format_find(str name);

/* Does the text have the format? `limits` bound a regular expression. */
bool schema_format_check(enum schema_format format, str text,
			 const struct limits *limits);

#endif
