/*
 * document - bytes into nodes: YAML 1.2 core, JSON, Markdown front matter.
 *
 * The only door to libyaml. A file may hold several YAML documents; each is a
 * root of its own. JSON is read by a reader of our own, for exact places and
 * surrogate pairs. Of Markdown the front matter is the document and the rest
 * is kept as `body`.
 *
 *	struct document document;
 *
 *	if (!document_parse(&document, arena, text, FORMAT_YAML,
 *			    &limits_default, &err))
 *		return false; // err.at, err.other say where
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_DOCUMENT_H
#define DATA_DOCUMENT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "data/node.h"

enum format {
	FORMAT_NONE, /* not ours to read */
	FORMAT_YAML,
	FORMAT_JSON,
	FORMAT_MARKDOWN,
};

struct document {
	str text; /* all bytes, borrowed from the caller */
	str body; /* of Markdown: what follows the front matter */
	const struct node *const *roots;
	size_t count; /* 0: nothing but comments, or no front matter */
};

/* By the ending of a path: .yaml .yml, .json, .md .markdown. */
enum format format_of_path(str path);

/* Parses all of `text`, which must outlive the document, into `arena`.
 * ERROR_SYNTAX with places for what cannot be read, ERROR_LIMIT for a ceiling
 * that is named. */
MUST_USE bool document_parse(struct document *out, struct arena *arena,
			     str text, enum format format,
			     const struct limits *limits, struct error *err);

#endif
