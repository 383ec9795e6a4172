/*
 * files - where configuration, schemas and packs are read from.
 *
 * Two places and no third: the files embedded in the program, and the files of
 * one trusted snapshot. A link, a submodule or a conflict at such a path is an
 * error, never "no configuration".
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_FILES_H
#define POLICY_FILES_H

#include "data/document.h"
#include "git/snapshot.h"
#include "jsonschema/problem.h"

struct policy_files {
	const struct snapshot *snapshot; /* NULL: embedded files alone */
	struct snapshot_reader *reader;
	const struct limits *limits;
	struct arena *arena; /* all texts and trees live here */
};

struct policy_file {
	str path;
	str text; /* absent: there is no such file */
	const struct node *root;
	bool embedded;
};

/* Reads one file of the snapshot as text; absent when there is none. */
MUST_USE bool policy_file_read(struct policy_file *out,
			       const struct policy_files *files, str path,
			       struct error *err);

/* Parses it: exactly one YAML or JSON document. ERROR_CONFIG. */
MUST_USE bool policy_file_parse(struct policy_file *file,
				const struct policy_files *files,
				struct error *err);

/* Checks a parsed file against one of our own schemas; the first problem
 * becomes the error, with its place and suggestion. */
MUST_USE bool policy_file_check(const struct policy_file *file,
				const struct policy_files *files,
				struct schema_registry *registry,
				struct validator *validator, str uri,
				struct error *err);

/* Puts "path:line:column: " before an error with a place in the file, and
 * makes it ERROR_CONFIG. Returns false. */
bool policy_file_error(const struct policy_file *file, struct error *err);

/* The same for a sentence of ours about a node of the file. */
PRINTF_LIKE(4, 5)
bool policy_file_fault(const struct policy_file *file, struct span at,
		       struct error *err, const char *fmt, ...);

#endif
