/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/doctor.h"
#include "lint/lint.h"

enum { NAMED_MOST = 10 };

/* A file that no pattern of `records` takes, and that says kind and id. */
static bool holds_record(struct doctor *doctor, struct snapshot_reader *reader,
			 const struct entry *entry)
{
	const struct policy *policy = doctor->input.policy;
	struct document document;
	struct arena arena;
	bool found = false;
	struct error err;
	struct blob blob;

	arena_init(&arena);
	if (snapshot_read(&blob, reader, entry, &err) &&
	    blob.state == BLOB_READ &&
	    document_parse(&document, &arena, blob.bytes,
			   format_of_path(entry->path),
			   &policy_config(policy)->limits, &err)) {
		for (size_t i = 0; i < document.count; i++) {
			const struct node *root = document.roots[i];

			found = found ||
				(node_text(root, STR("id")).ptr &&
				 kind_find(policy_kinds(policy),
					   node_text(root, STR("kind"))));
		}
	}
	arena_done(&arena);
	return found;
}

static void say_passed_over(struct doctor *doctor)
{
	const struct config *config = policy_config(doctor->input.policy);
	const struct snapshot *snapshot = doctor->input.snapshot;
	struct snapshot_reader *reader;
	size_t count = 0;

	if (config->records.count == 0)
		return;
	reader = snapshot_reader_new(snapshot, config->limits.yaml_size);
	for (size_t i = 0; i < snapshot_count(snapshot); i++) {
		const struct entry *entry = snapshot_at(snapshot, i);

		if (format_of_path(entry->path) == FORMAT_NONE ||
		    glob_list_takes(&config->records, entry->path) ||
		    !holds_record(doctor, reader, entry))
			continue;
		if (count++ < NAMED_MOST)
			doctor_say(doctor, "records", SYMPTOM_WARNING,
				   "widen `records` in abide.yaml, or take "
				   "the file away",
				   STR_FMT " looks like a record, and no "
					   "pattern of `records` takes it",
				   STR_ARG(entry->path));
	}
	snapshot_reader_free(reader);
	if (count > NAMED_MOST)
		doctor_say(doctor, "records", SYMPTOM_WARNING, NULL,
			   "%zu more files look like records and are not read",
			   count - NAMED_MOST);
}

static void say_kinds(struct doctor *doctor, const struct corpus *corpus)
{
	const struct kind_set *kinds = policy_kinds(doctor->input.policy);
	struct buf words;

	buf_init(&words, SIZE_MAX);
	for (size_t i = 0; i < kind_count(kinds); i++) {
		const struct kind *kind = kind_at(kinds, i);
		size_t count;

		(void)corpus_of_kind(corpus, kind->name, &count);
		if (count)
			buf_format(&words, "%s%zu " STR_FMT,
				   words.len ? ", " : ": ", count,
				   STR_ARG(kind->name));
	}
	if (corpus_count(corpus))
		doctor_say(doctor, "records", SYMPTOM_OK, NULL,
			   "%zu record%s" STR_FMT, corpus_count(corpus),
			   corpus_count(corpus) == 1 ? "" : "s",
			   STR_ARG(buf_str(&words)));
	else
		doctor_say(doctor, "records", SYMPTOM_FAULT,
			   "abide init writes records to begin with; git add "
			   "makes files known",
			   "no record was found; tracked files that say kind "
			   "and id are records");
	buf_done(&words);
}

void doctor_records(struct doctor *doctor)
{
	struct lint lint = {
		.policy = doctor->input.policy,
		.snapshot = doctor->input.snapshot,
		.now = doctor->input.now,
		.jobs = doctor->env->processors,
		.load_only = true,
	};
	const struct report *report;
	struct lint_run *run;
	struct error err;

	doctor_say(doctor, "files", SYMPTOM_OK, NULL,
		   "%zu files are tracked (" STR_FMT ")",
		   snapshot_count(lint.snapshot), STR_ARG(doctor->input.what));
	if (!lint_run(&run, &lint, &err)) {
		doctor_say(doctor, "records", SYMPTOM_FAULT, NULL, STR_FMT,
			   STR_ARG(error_text(&err)));
		return;
	}
	report = lint_report(run);
	say_kinds(doctor, lint_corpus(run));
	for (size_t i = 0; i < report->incomplete_count; i++)
		doctor_say(doctor, "records", SYMPTOM_FAULT,
			   "abide check says where", STR_FMT "%s" STR_FMT,
			   STR_ARG(report->incomplete[i].path),
			   report->incomplete[i].path.len ? ": " : "",
			   STR_ARG(report->incomplete[i].reason));
	for (size_t i = 0; i < report->remark_count && i < NAMED_MOST; i++)
		doctor_say(doctor, "records", SYMPTOM_WARNING, NULL, STR_FMT,
			   STR_ARG(report->remarks[i].text));
	if (report->remark_count > NAMED_MOST)
		doctor_say(doctor, "records", SYMPTOM_WARNING,
			   "abide check names them all",
			   "%zu more remarks about what is not read",
			   report->remark_count - NAMED_MOST);
	lint_run_free(run);
	say_passed_over(doctor);
}
