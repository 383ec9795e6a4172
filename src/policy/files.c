/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/files.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/embedded.h"
#include "base/lines.h"
#include "data/frozen.h"

/* Keeps the line at fault with the error, when it is short enough to show. */
static void show_line(const struct policy_file *file, struct error *err,
		      struct place place)
{
	str line = line_at(file->text, place.line);
	struct place end = place_of(file->text, err->at.end);

	if (!line.len || line.len >= sizeof(err->source))
		return;
	memcpy(err->source, line.ptr, line.len);
	err->source[line.len] = '\0';
	err->column = place.column;
	err->width = end.line == place.line && end.column > place.column
			     ? end.column - place.column
			     : 1;
}

bool policy_file_error(const struct policy_file *file, struct error *err)
{
	struct place place;

	if (!err->placed) {
		err->kind = ERROR_CONFIG;
		return error_prefix(err, STR_FMT, STR_ARG(file->path));
	}
	place = place_of(file->text, err->at.start);
	show_line(file, err, place);
	err->kind = ERROR_CONFIG;
	err->placed = false;
	return error_prefix(err, STR_FMT ":%u:%u", STR_ARG(file->path),
			    place.line, place.column);
}

bool policy_file_fault(const struct policy_file *file, struct span at,
		       struct error *err, const char *fmt, ...)
{
	char text[sizeof(err->text)];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	(void)error_set_at(err, ERROR_CONFIG, at, "%s", text);
	return policy_file_error(file, err);
}

static bool read_entry(struct policy_file *file,
		       const struct policy_files *files,
		       const struct entry *entry, struct error *err)
{
	struct blob blob;

	if (!snapshot_read(&blob, files->reader, entry, err))
		return false;
	switch (blob.state) {
	case BLOB_READ:
		file->text = str_keep(files->arena, blob.bytes);
		return true;
	case BLOB_ABSENT:
		return true; /* deleted in the work tree: there is none */
	case BLOB_LINK:
		return error_set(err, ERROR_CONFIG,
				 STR_FMT " is a symbolic link, which is not "
					 "followed",
				 STR_ARG(entry->path));
	case BLOB_CONFLICT:
		return error_set(err, ERROR_CONFIG, STR_FMT " is unmerged",
				 STR_ARG(entry->path));
	case BLOB_SUBMODULE:
	case BLOB_SPECIAL:
		break;
	}
	return error_set(err, ERROR_CONFIG, STR_FMT " is not a regular file",
			 STR_ARG(entry->path));
}

bool policy_file_read(struct policy_file *out, const struct policy_files *files,
		      str path, struct error *err)
{
	struct policy_file file = {.path = path};
	const struct entry *entry =
		files->snapshot ? snapshot_find(files->snapshot, path) : NULL;

	if (entry && !read_entry(&file, files, entry, err))
		return false;
	*out = file;
	return true;
}

bool policy_file_parse(struct policy_file *file,
		       const struct policy_files *files, struct error *err)
{
	enum format format = format_of_path(file->path);
	struct document document;

	if (file->embedded) {
		file->root = frozen_thaw(files->arena, file->text,
					 embedded_find_frozen(file->path));
		return true;
	}
	if (!document_parse(&document, files->arena, file->text,
			    format == FORMAT_JSON ? FORMAT_JSON : FORMAT_YAML,
			    files->limits, err))
		return policy_file_error(file, err);
	if (document.count != 1)
		return error_set(err, ERROR_CONFIG,
				 STR_FMT " holds %zu documents instead of one",
				 STR_ARG(file->path), document.count);
	file->root = document.roots[0];
	return true;
}

static bool problem_error(const struct policy_file *file,
			  const struct problem *problem, struct error *err)
{
	const struct node *at = problem->key ? problem->key : problem->instance;

	if (problem->suggestion.ptr)
		return policy_file_fault(file, at->span, err,
					 STR_FMT "; did you mean " STR_FMT "?",
					 STR_ARG(problem->message),
					 STR_ARG(problem->suggestion));
	return policy_file_fault(file, at->span, err, STR_FMT,
				 STR_ARG(problem->message));
}

bool policy_file_check(const struct policy_file *file,
		       const struct policy_files *files,
		       struct schema_registry *registry,
		       struct validator *validator, str uri, struct error *err)
{
	const struct problem *problems;
	const struct schema *schema;
	size_t count;
	bool valid;

	if (!schema_compile(&schema, registry, uri, err) ||
	    !schema_validate(&valid, validator, schema, file->root, err))
		return error_prefix(err, STR_FMT, STR_ARG(file->path));
	if (valid)
		return true;
	if (!schema_problems(&problems, &count, files->arena, validator, schema,
			     file->root, err))
		return error_prefix(err, STR_FMT, STR_ARG(file->path));
	return problem_error(file, &problems[0], err);
}
