/*
 * validate - any JSON Schema 2020-12 document against any YAML or JSON file,
 * outside any repository and record model.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/json.h"
#include "base/lines.h"
#include "base/sys.h"
#include "cmd/look.h"
#include "jsonschema/problem.h"
#include "policy/kinds.h"

struct validation {
	const struct env *env;
	const struct options *options;
	struct arena *arena;
	struct schema_registry *registry;
	struct validator *validator;
	const struct schema *schema;
	struct json json;
	bool as_json;
	size_t files;
	size_t documents;
	size_t invalid;
	size_t unread;
};

/* --map PREFIX=DIR: a URI that starts with PREFIX lies below DIR. */
struct mapping {
	struct validation *validation;
	str prefix;
	str folder;
};

static bool read_text(str *out, struct validation *validation, const char *path,
		      struct error *err)
{
	struct buf buf;
	bool ok;

	buf_init(&buf, limits_default.yaml_size);
	ok = sys_read_file(&buf, SYS_HERE, path, err);
	if (ok)
		*out = str_keep(validation->arena, buf_str(&buf));
	buf_done(&buf);
	return ok;
}

static bool find_mapped(struct schema_file *out, void *context, str uri,
			struct error *err)
{
	const struct mapping *mapping = context;
	struct arena *arena = mapping->validation->arena;
	str rest = str_slice(uri, mapping->prefix.len, uri.len);
	char *path = arena_cstr(arena, str_format(arena, STR_FMT "/" STR_FMT,
						  STR_ARG(mapping->folder),
						  STR_ARG(rest)));
	struct buf buf;
	bool ok;

	if (sys_kind_of(SYS_HERE, path) == SYS_ABSENT)
		return true;
	buf_init(&buf, limits_default.yaml_size);
	{
		char *folder = arena_cstr(arena, mapping->folder);
		int dir;

		ok = sys_open_directory(&dir, SYS_HERE, folder, err);
		if (ok) {
			ok = sys_read_beneath(&buf, dir,
					      arena_cstr(arena, rest), err);
			sys_close(dir);
		}
	}
	if (ok)
		*out = (struct schema_file){
			.name = str_of(path),
			.text = str_keep(arena, buf_str(&buf)),
			.format = format_of_path(str_of(path)) == FORMAT_JSON
					  ? FORMAT_JSON
					  : FORMAT_YAML,
		};
	buf_done(&buf);
	return ok;
}

static bool add_mappings(struct validation *validation, struct error *err)
{
	const struct option_values *maps =
		&validation->options->values[OPTION_MAP];

	for (size_t i = 0; i < maps->count; i++) {
		struct mapping *mapping =
			arena_new(validation->arena, struct mapping);

		mapping->validation = validation;
		mapping->folder = maps->at[i];
		mapping->prefix = str_cut(&mapping->folder, '=');
		if (!mapping->folder.len || !mapping->prefix.len)
			return error_set(err, ERROR_USAGE,
					 "--map wants PREFIX=DIR, not '" STR_FMT
					 "'",
					 STR_ARG(maps->at[i]));
		schema_registry_add(validation->registry,
				    &(struct schema_source){
					    .prefix = mapping->prefix,
					    .find = find_mapped,
					    .context = mapping,
				    });
	}
	return true;
}

/* What `abide schema` prints refers to its neighbours, which are built in;
 * --map may still put others in their place. */
static void add_ours(struct validation *validation)
{
	struct policy_files *files =
		arena_new(validation->arena, struct policy_files);

	files->arena = validation->arena;
	kind_set_sources(validation->registry, files);
}

/* "file:line:column: " before an error about a schema file. */
static void place_fault(const struct validation *validation, struct error *err)
{
	const struct schema_fault *fault =
		schema_registry_fault(validation->registry);
	struct place place;

	if (!fault || !fault->file.name.ptr)
		return;
	place = place_of(fault->file.text, err->placed ? err->at.start : 0);
	(void)error_prefix(err, STR_FMT ":%u:%u", STR_ARG(fault->file.name),
			   place.line, place.column);
}

static bool compile(struct validation *validation, struct error *err)
{
	str path = options_text(validation->options, OPTION_SCHEMA);
	struct schema_file file = {.name = path};

	if (!path.ptr)
		return error_set(err, ERROR_USAGE, "--schema FILE is wanted");
	if (!read_text(&file.text, validation,
		       arena_cstr(validation->arena, path), err) ||
	    !add_mappings(validation, err))
		return false;
	add_ours(validation);
	file.format =
		format_of_path(path) == FORMAT_JSON ? FORMAT_JSON : FORMAT_YAML;
	if (schema_compile_file(&validation->schema, validation->registry,
				str_format(validation->arena,
					   "file:///" STR_FMT, STR_ARG(path)),
				&file, err))
		return true;
	place_fault(validation, err);
	return false;
}

static void write_text_problem(struct validation *validation, str path,
			       str text, const struct problem *problem)
{
	const struct node *at = problem->key ? problem->key : problem->instance;
	struct place place = place_of(text, at->span.start);
	struct out *out = validation->env->out;

	out_text(out, path, ENCODE_TERMINAL);
	out_safe(out, SAFE(":"));
	out_size(out, place.line);
	out_safe(out, SAFE(":"));
	out_size(out, place.column);
	out_safe(out, SAFE(": error: "));
	out_text(out, problem->message, ENCODE_TERMINAL);
	if (problem->suggestion.ptr) {
		out_safe(out, SAFE("; did you mean '"));
		out_text(out, problem->suggestion, ENCODE_TERMINAL);
		out_safe(out, SAFE("'?"));
	}
	out_safe(out, SAFE(" ["));
	out_text(out, str_of(problem->keyword), ENCODE_TERMINAL);
	out_safe(out, SAFE("]\n"));
}

static void write_pointer(struct json *json, struct buf *pointer)
{
	json_text(json, buf_str(pointer));
	buf_done(pointer);
}

static void write_json_problem(struct validation *validation, str text,
			       const struct node *root,
			       const struct problem *problem)
{
	const struct node *at = problem->key ? problem->key : problem->instance;
	struct place place = place_of(text, at->span.start);
	struct json *json = &validation->json;
	struct buf pointer;

	json_object(json);
	json_key(json, STR("instance"));
	buf_init(&pointer, limits_default.yaml_size);
	node_pointer(&pointer, root, problem->instance);
	write_pointer(json, &pointer);
	json_key(json, STR("line"));
	json_size(json, place.line);
	json_key(json, STR("column"));
	json_size(json, place.column);
	json_key(json, STR("keyword"));
	json_text(json, str_of(problem->keyword));
	json_key(json, STR("schema"));
	json_text(json, schema_uri(problem->schema));
	json_key(json, STR("schemaPointer"));
	buf_init(&pointer, limits_default.yaml_size);
	schema_pointer(&pointer, problem->schema);
	write_pointer(json, &pointer);
	json_key(json, STR("message"));
	json_text(json, problem->message);
	if (problem->because.ptr) {
		json_key(json, STR("because"));
		json_text(json, problem->because);
	}
	if (problem->suggestion.ptr) {
		json_key(json, STR("suggestion"));
		json_text(json, problem->suggestion);
	}
	json_end(json);
}

static bool validate_root(struct validation *validation, str path, str text,
			  const struct node *root, struct error *err)
{
	const struct problem *problems = NULL;
	size_t count = 0;
	bool valid;

	if (!schema_validate(&valid, validation->validator, validation->schema,
			     root, err) ||
	    (!valid && !schema_problems(&problems, &count, validation->arena,
					validation->validator,
					validation->schema, root, err)))
		return false;
	validation->documents++;
	validation->invalid += !valid;
	if (validation->as_json) {
		json_object(&validation->json);
		json_key(&validation->json, STR("path"));
		json_text(&validation->json, path);
		json_key(&validation->json, STR("valid"));
		json_bool(&validation->json, valid);
		json_key(&validation->json, STR("problems"));
		json_array(&validation->json);
	}
	for (size_t i = 0; i < count; i++) {
		if (validation->as_json)
			write_json_problem(validation, text, root,
					   &problems[i]);
		else
			write_text_problem(validation, path, text,
					   &problems[i]);
	}
	if (validation->as_json) {
		json_end(&validation->json);
		json_end(&validation->json);
	}
	return true;
}

/* "... (see 3:1)", while there is room. */
static void add_other_place(struct error *err, str text)
{
	struct place place = place_of(text, err->other.start);
	size_t used = error_text(err).len;

	(void)snprintf(err->text + used, sizeof(err->text) - used,
		       " (see %u:%u)", place.line, place.column);
}

static bool validate_file(struct validation *validation, str path,
			  struct error *err)
{
	struct document document;
	enum format format = format_of_path(path);
	str text;

	if (!read_text(&text, validation, arena_cstr(validation->arena, path),
		       err))
		return false;
	if (format == FORMAT_NONE)
		format = FORMAT_YAML;
	if (!document_parse(&document, validation->arena, text, format,
			    &limits_default, err)) {
		struct place place =
			place_of(text, err->placed ? err->at.start : 0);

		if (err->placed && err->other.end > 0)
			add_other_place(err, text);
		return error_prefix(err, STR_FMT ":%u:%u", STR_ARG(path),
				    place.line, place.column);
	}
	if (document.count == 0)
		return error_set(err, ERROR_SYNTAX,
				 STR_FMT " holds no document", STR_ARG(path));
	validation->files++;
	for (size_t i = 0; i < document.count; i++) {
		if (!validate_root(validation, path, text, document.roots[i],
				   err))
			return error_prefix(err, STR_FMT, STR_ARG(path));
	}
	return true;
}

/* --verbose: what was read. */
static void write_sources(const struct validation *validation)
{
	struct out *out = validation->env->err;

	out_safe(out, SAFE("abide: schema: "));
	out_text(out, options_text(validation->options, OPTION_SCHEMA),
		 ENCODE_TERMINAL);
	out_safe(out, SAFE("\nabide: files read: "));
	out_size(out, validation->files);
	out_safe(out, SAFE("\nabide: documents: "));
	out_size(out, validation->documents);
	out_safe(out, SAFE("\n"));
}

static void write_summary(const struct validation *validation)
{
	struct out *out = validation->env->err;

	if (options_has(validation->options, OPTION_VERBOSE))
		write_sources(validation);

	if (options_has(validation->options, OPTION_QUIET))
		return;
	out_size(out, validation->invalid);
	out_safe(out, SAFE(" of "));
	out_size(out, validation->documents);
	out_safe(out, validation->documents == 1
			      ? SAFE(" document is invalid\n")
			      : SAFE(" documents are invalid\n"));
	if (validation->unread) {
		out_size(out, validation->unread);
		out_safe(out, validation->unread == 1
				      ? SAFE(" file could not be read\n")
				      : SAFE(" files could not be read\n"));
	}
}

static enum status validate_all(struct validation *validation)
{
	const struct options *options = validation->options;
	struct error err;

	if (validation->as_json) {
		validation->json = json_start(validation->env->out, 2);
		json_object(&validation->json);
		json_key(&validation->json, STR("results"));
		json_array(&validation->json);
	}
	for (size_t i = 0; i < options->argument_count; i++) {
		if (!validate_file(validation, options->arguments[i], &err)) {
			(void)complain(validation->env, &err);
			validation->unread++;
		}
	}
	if (validation->as_json) {
		json_end(&validation->json);
		json_key(&validation->json, STR("status"));
		json_text(&validation->json, validation->unread
						     ? STR("incomplete")
						     : STR("complete"));
		json_end(&validation->json);
		json_finish(&validation->json);
		out_safe(validation->env->out, SAFE("\n"));
	}
	write_summary(validation);
	if (validation->unread)
		return STATUS_UNRELIABLE;
	return validation->invalid ? STATUS_FINDINGS : STATUS_PASS;
}

static bool prepare(struct validation *validation, struct error *err)
{
	str format = options_text(validation->options, OPTION_FORMAT);

	validation->as_json = str_is(format, "json");
	if (format.ptr && !validation->as_json && !str_is(format, "text"))
		return error_set(err, ERROR_USAGE,
				 "validate writes text or json, not '" STR_FMT
				 "'",
				 STR_ARG(format));
	if (validation->options->argument_count == 0)
		return error_set(err, ERROR_USAGE, "validate wants FILE...");
	return compile(validation, err);
}

static enum status run(const struct env *env, const struct options *options)
{
	struct validation validation = {
		.env = env,
		.options = options,
		.arena = options->arena,
		.registry = schema_registry_new(&(struct schema_options){
			.limits = &limits_default,
			.formats = true,
		}),
		.validator = validator_new(&limits_default),
	};
	struct error err;
	enum status status = prepare(&validation, &err)
				     ? validate_all(&validation)
				     : complain(env, &err);

	validator_free(validation.validator);
	schema_registry_free(validation.registry);
	return status;
}

extern const struct command command_validate;
const struct command command_validate = {
	.name = "validate",
	.arguments = "--schema FILE FILE...",
	.summary = "judge any YAML or JSON file by any JSON Schema",
	.details = "Reads JSON Schema 2020-12, as YAML or JSON. References "
		   "resolve within the file,\nthe metaschemas, what --map "
		   "names and the schemas that `abide schema`\nprints; never "
		   "over the network.\n",
	.examples = "  abide validate --schema config.schema.yaml app.yaml\n"
		    "  abide validate --schema a.json --map "
		    "https://example.org/=schemas b.yaml\n",
	.run = run,
};
