/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"
#include "git/content.h"
#include "jsonschema/problem.h"
#include "lint/run.h"

struct file {
	struct lint_run *run;
	struct worker *worker;
	const struct entry *entry;
	struct source *source;
	struct facts facts;
	struct document document;
};

static const struct overlay *overlay_find(const struct lint *lint, str path)
{
	size_t low = 0;
	size_t high = lint->overlay_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_compare(lint->overlays[middle].path, path);

		if (order == 0)
			return &lint->overlays[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool load_text(str *out, enum blob_state *state, const struct lint_run *run,
	       struct worker *worker, const struct entry *entry,
	       struct error *err)
{
	const struct overlay *overlay = overlay_find(run->lint, entry->path);
	struct blob blob;

	if (overlay) {
		*out = overlay->text;
		*state = BLOB_READ;
		return true;
	}
	if (!snapshot_read(&blob, worker->reader, entry, err))
		return false;
	*out = blob.bytes;
	*state = blob.state;
	return true;
}

static void add_incomplete(const struct file *file, str reason)
{
	*vec_push(&file->worker->incomplete) = (struct incomplete){
		.path = file->entry->path,
		.reason = str_keep(&file->worker->kept, reason),
	};
}

/* What is not read is said: where records are expected it makes the result
 * unreliable, elsewhere it is a remark. */
static void not_read(const struct file *file, const char *why)
{
	if (file->facts.selected) {
		add_incomplete(file, str_of(why));
		return;
	}
	*vec_push(&file->worker->remarks) = (struct remark){
		str_format(&file->worker->kept, "not read: " STR_FMT " %s",
			   STR_ARG(file->entry->path), why)};
}

static bool is_readable(const struct file *file, enum blob_state state,
			str text)
{
	static const char *const words[] = {
		[BLOB_LINK] = "is a symbolic link, which is not followed",
		[BLOB_SUBMODULE] = "is a submodule, which is not entered",
		[BLOB_SPECIAL] = "is not a regular file",
	};

	switch (state) {
	case BLOB_READ:
		break;
	case BLOB_ABSENT:
		return false; /* deleted in the work tree: not there */
	case BLOB_CONFLICT:
		add_incomplete(file, STR("is unmerged"));
		return false;
	case BLOB_LINK:
	case BLOB_SUBMODULE:
	case BLOB_SPECIAL:
		not_read(file, words[state]);
		return false;
	}
	switch (content_of(text)) {
	case CONTENT_PLAIN:
		return true;
	case CONTENT_LFS:
		not_read(file,
			 "is a Git LFS pointer, its content is elsewhere");
		return false;
	case CONTENT_ENCRYPTED:
		not_read(file, "is encrypted by git-crypt");
		return false;
	}
	return false;
}

/* A file that cannot be parsed may hold a record unless the words every record
 * must say are not in it. UTF-16 hides them, so NUL bytes count as well. */
static bool may_hold_record(str text)
{
	return str_find_byte(text, '\0') != SIZE_MAX ||
	       (str_find(text, STR("kind")) != SIZE_MAX &&
		str_find(text, STR("id")) != SIZE_MAX);
}

struct collecting {
	struct worker *worker;
	VEC(struct reference) references;
	VEC(struct requirement_reference) requirements;
};

/* x-ref: KIND, or `any` (or a list of kinds) for a value "kind/id". */
static void collect_reference(struct collecting *collecting,
			      const struct node *target,
			      const struct node *instance)
{
	struct arena *kept = &collecting->worker->kept;
	str id = instance->text;
	str kind = target->text;

	if (target->kind != NODE_STRING || str_is(kind, "any")) {
		kind = str_cut(&id, '/');
		if (!id.ptr)
			return;
		kind = str_keep(kept, kind);
	}
	*vec_push(&collecting->references) = (struct reference){
		.kind = kind,
		.id = str_keep(kept, id),
		.span = instance->span,
	};
}

static void collect(void *context, const struct schema *schema,
		    const struct schema_custom *custom,
		    const struct node *instance)
{
	struct collecting *collecting = context;

	(void)schema;
	if (instance->kind != NODE_STRING)
		return;
	if (str_is(custom->name, "x-ref"))
		collect_reference(collecting, custom->value, instance);
	else if (str_is(custom->name, "x-requirement"))
		*vec_push(&collecting->requirements) =
			(struct requirement_reference){
				.name = str_keep(&collecting->worker->kept,
						 instance->text),
				.span = instance->span,
			};
}

/* Validates, collects what the record refers to, or asks for the problems. */
static bool validate(struct file *file, struct record *record,
		     const struct schema *schema, struct error *err)
{
	struct worker *worker = file->worker;
	struct collecting collecting = {.worker = worker};
	bool ok = schema_annotations(&record->valid, worker->validator, schema,
				     record->root, collect, &collecting, err);

	/* A world of values holds only what a rule reads. */
	if (ok && file->run->lint->bare)
		record->valid = true;
	if (ok && !record->valid)
		ok = schema_problems(&file->facts.problems,
				     &file->facts.problem_count, &worker->trees,
				     worker->validator, schema, record->root,
				     err);
	if (ok && record->valid) {
		record->references =
			vec_keep(&collecting.references, &worker->kept);
		record->reference_count = (uint32_t)collecting.references.count;
		record->requirements =
			vec_keep(&collecting.requirements, &worker->kept);
		record->requirement_count =
			(uint32_t)collecting.requirements.count;
	}
	vec_done(&collecting.references);
	vec_done(&collecting.requirements);
	return ok;
}

static bool is_terminal(const struct kind *kind, str status)
{
	for (size_t i = 0; kind->terminal && i < kind->terminal->count; i++) {
		if (str_equal(kind->terminal->as.children[i].text, status))
			return true;
	}
	return false;
}

/* Everything that outlives the tree is copied. */
static struct record identify(const struct file *file, const struct kind *kind,
			      const struct node *root, size_t document)
{
	struct arena *kept = &file->worker->kept;
	const struct node *id = node_find(root, STR("id"));
	const struct node *status = node_find(root, STR("status"));

	return (struct record){
		.source = file->source,
		.kind = kind->name,
		.id = str_keep(kept, node_text(root, STR("id"))),
		.title = str_keep(kept, node_text(root, STR("title"))),
		.status = str_keep(kept, node_text(root, STR("status"))),
		.place = id ? id->span : node_find(root, STR("kind"))->span,
		.status_span = status ? status->span : (struct span){0, 0},
		.root = root,
		.document = (uint32_t)document,
		.digest = hash_str(str_slice(file->facts.text, root->span.start,
					     root->span.end)),
		.live = !is_terminal(kind, node_text(root, STR("status"))),
	};
}

static void load_record(struct file *file, const struct kind *kind,
			const struct node *root, size_t document)
{
	struct record record = identify(file, kind, root, document);
	struct error err;

	file->facts.problems = NULL;
	file->facts.problem_count = 0;
	if (!validate(file, &record, kind->schema, &err)) {
		add_incomplete(file, error_text(&err));
		return;
	}
	file->facts.record = &record;
	judge(file->run, file->worker, &file->facts, CHECK_RECORD);
	file->facts.record = NULL;
	record.root = keep_tree(file->run, file->worker, record.kind, root);
	*vec_push(&file->worker->records) = record;
}

static void load_document(struct file *file, const struct node *root,
			  size_t document)
{
	const struct kind *kind = kind_find(policy_kinds(file->run->policy),
					    node_text(root, STR("kind")));

	/* Without abide.yaml nothing of the repository's own policy is read;
	 * a pack that lies there is not passed over in silence. */
	if (node_find(root, STR("abide")) && node_find(root, STR("rules")))
		not_read(file, "looks like a pack of rules; abide.yaml (with "
			       "`abide: 1`) has the policies folder read");
	file->facts.root = root;
	judge(file->run, file->worker, &file->facts, CHECK_DOCUMENT);
	if (kind)
		load_record(file, kind, root, document);
	file->facts.root = NULL;
}

static void load_documents(struct file *file, str text, struct error *err)
{
	struct worker *worker = file->worker;

	file->facts.text = text;
	if (!document_parse(&file->document, &worker->trees, text,
			    format_of_path(file->entry->path),
			    file->run->limits, err)) {
		if (!file->facts.selected && !may_hold_record(text))
			return;
		file->facts.broken = err;
		add_incomplete(file, STR("could not be read"));
	}
	judge(file->run, worker, &file->facts, CHECK_FILE);
	if (file->facts.broken)
		return;
	for (size_t i = 0; i < file->document.count; i++)
		load_document(file, file->document.roots[i], i);
	if (file->document.count == 0 && file->facts.selected)
		judge(file->run, worker, &file->facts, CHECK_DOCUMENT);
}

/* What lies in the folders of schemas and rules is policy, not records. */
static bool is_policy(const struct config *config, str path)
{
	str folders[] = {config->schemas, config->policies};

	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		if (folders[i].len && str_starts(path, folders[i]) &&
		    path.len > folders[i].len &&
		    path.ptr[folders[i].len] == '/')
			return true;
	}
	return str_is(path, "abide.yaml") ||
	       (config->file.text.ptr && str_equal(path, config->file.path));
}

bool lint_takes(const struct policy *policy, str path)
{
	const struct config *config = policy_config(policy);

	if (is_policy(config, path))
		return false;
	return config->records.count ? glob_list_takes(&config->records, path)
				     : format_of_path(path) != FORMAT_NONE;
}

/* Is it ours to read at all? */
static bool is_candidate(struct file *file)
{
	const struct config *config = policy_config(file->run->policy);
	str path = file->entry->path;

	if (is_policy(config, path) && !file->run->lint->selected)
		return false;
	if (file->run->lint->selected)
		file->facts.selected = format_of_path(path) != FORMAT_NONE;
	if (config->records.count == 0 || file->run->lint->selected)
		return format_of_path(path) != FORMAT_NONE;
	file->facts.selected = glob_list_takes(&config->records, path);
	return file->facts.selected;
}

void load_file(struct lint_run *run, struct worker *worker, size_t index)
{
	struct file file = {
		.run = run,
		.worker = worker,
		.entry = snapshot_at(run->lint->snapshot, index),
		.facts = facts_of(run, worker),
	};
	struct arena_mark mark = arena_mark(&worker->trees);
	enum blob_state state;
	struct error err;
	str text;

	if (!is_candidate(&file))
		return;
	file.source = arena_new(&worker->kept, struct source);
	file.source->path = file.entry->path;
	file.source->entry = index;
	file.facts.source = file.source;
	if (!load_text(&text, &state, run, worker, file.entry, &err)) {
		add_incomplete(&file, error_text(&err));
		return;
	}
	if (!is_readable(&file, state, text))
		return;
	worker->files++;
	text = str_keep(&worker->trees, text);
	file.source->digest = hash_str(text);
	load_documents(&file, text, &err);
	arena_release(&worker->trees, mark);
}
