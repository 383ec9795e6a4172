/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/map.h"
#include "base/pool.h"
#include "base/sha256.h"
#include "lint/close.h"
#include "lint/mask.h"
#include "lint/run.h"

/* Enough that a few findings need no thread. */
enum { FILES_AT_ONCE = 16 };

static int order_of(const struct finding *a, const struct finding *b)
{
	int order = str_compare(a->path, b->path);

	if (order == 0)
		order = (a->span.start > b->span.start) -
			(a->span.start < b->span.start);
	if (order == 0)
		order = str_compare(a->rule->id, b->rule->id);
	if (order == 0)
		order = str_compare(a->pointer, b->pointer);
	if (order == 0)
		order = str_compare(a->discriminator, b->discriminator);
	return order ? order : str_compare(a->message, b->message);
}

static int by_place(const void *a, const void *b)
{
	return order_of(a, b);
}

static int by_text(const void *a, const void *b)
{
	const struct remark *x = a;
	const struct remark *y = b;

	return str_compare(x->text, y->text);
}

static int by_path(const void *a, const void *b)
{
	const struct incomplete *x = a;
	const struct incomplete *y = b;
	int order = str_compare(x->path, y->path);

	return order ? order : str_compare(x->reason, y->reason);
}

/* Is a path at or below one that was asked for? */
bool is_wanted(const struct lint *lint, str path)
{
	for (size_t i = 0; i < lint->path_count; i++) {
		str asked = lint->paths[i];

		if (asked.len == 0 || str_equal(asked, path) ||
		    (str_starts(path, asked) &&
		     (asked.ptr[asked.len - 1] == '/' ||
		      path.ptr[asked.len] == '/')))
			return true;
	}
	return lint->path_count == 0;
}

static void merge_findings(struct lint_run *run)
{
	for (unsigned i = 0; i < run->worker_count; i++) {
		struct worker *worker = &run->workers[i];

		for (size_t k = 0; k < worker->findings.count; k++) {
			struct finding *finding = &worker->findings.at[k];
			bool wanted = is_wanted(run->lint, finding->path);

			if (wanted && finding->waiver)
				run->report.waived++;
			else if (wanted)
				run->report.counted[finding->severity]++;
			if (wanted &&
			    (run->lint->base_count ||
			     finding->severity >= run->lint->min_severity))
				*vec_push(&run->findings) = *finding;
			else
				run->report.hidden++;
		}
		run->report.files += worker->files;
	}
}

static int by_file(const void *a, const void *b)
{
	const struct secret *x = a;
	const struct secret *y = b;
	int order = str_compare(x->path, y->path);

	return order ? order
		     : (x->span.start > y->span.start) -
			       (x->span.start < y->span.start);
}

/* Where rules marked sensitive found something, in findings that are shown and
 * those that are not: the line may be shown for another finding. */
static void merge_secrets(struct lint_run *run)
{
	for (unsigned i = 0; i < run->worker_count; i++) {
		struct worker *worker = &run->workers[i];

		for (size_t k = 0; k < worker->findings.count; k++) {
			const struct finding *finding = &worker->findings.at[k];

			if (finding->rule->sensitive && finding->path.len)
				*vec_push(&run->secrets) = (struct secret){
					finding->path, finding->span};
		}
	}
	if (run->secrets.count)
		qsort(run->secrets.at, run->secrets.count,
		      sizeof(struct secret), by_file);
}

static void merge_reasons(struct lint_run *run)
{
	for (unsigned i = 0; i < run->worker_count; i++) {
		struct worker *worker = &run->workers[i];

		for (size_t k = 0; k < worker->incomplete.count; k++)
			*vec_push(&run->incomplete) = worker->incomplete.at[k];
		for (size_t k = 0; k < worker->remarks.count; k++)
			*vec_push(&run->remarks) = worker->remarks.at[k];
	}
}

static void sort_reasons(struct lint_run *run)
{
	if (run->incomplete.count)
		qsort(run->incomplete.at, run->incomplete.count,
		      sizeof(struct incomplete), by_path);
	if (run->remarks.count)
		qsort(run->remarks.at, run->remarks.count,
		      sizeof(struct remark), by_text);
}

/* The node that was written at a span: the innermost value or key. */
static const struct node *node_at(const struct node *node, struct span span)
{
	if (node->span.start == span.start && node->span.end == span.end)
		return node;
	if (node->kind != NODE_LIST && node->kind != NODE_MAP)
		return NULL;
	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *child = &node->as.children[i];
		const struct node *found;

		if (child->key && child->key->span.start == span.start &&
		    child->key->span.end == span.end)
			return child;
		if (child->alias || child->span.start > span.start ||
		    child->span.end < span.end)
			continue;
		found = node_at(child, span);
		if (found)
			return found;
	}
	return NULL;
}

void finding_point(const struct lint_run *run, struct worker *worker,
		   struct finding *finding, const struct document *document)
{
	for (size_t i = 0; i < document->count; i++) {
		const struct node *root = document->roots[i];
		const struct node *node = node_at(root, finding->span);
		struct buf pointer;

		if (!node)
			continue;
		buf_init(&pointer, run->limits->yaml_size);
		node_pointer(&pointer, root, node);
		finding->pointer = str_keep(&worker->kept, buf_str(&pointer));
		buf_done(&pointer);
		return;
	}
}

/* A file of the snapshot, read again for its places. */
struct reread {
	str path;
	uint64_t digest;
	str text; /* absent: it cannot be shown */
	struct document document;
	bool parsed;
	struct mask mask;
};

static void mask_secrets(struct mask *mask, const struct lint_run *run,
			 str path, struct arena *arena)
{
	struct secret wanted = {.path = path};
	VEC(struct span) spans = {0};
	size_t low = 0;
	size_t high = run->secrets.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_file(&run->secrets.at[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < run->secrets.count &&
	       str_equal(run->secrets.at[low].path, path);
	     low++)
		*vec_push(&spans) = run->secrets.at[low].span;
	mask_add(mask, spans.at, spans.count, arena);
	vec_done(&spans);
}

void lint_mask(struct mask *out, const struct lint_run *run, str path,
	       const struct document *document, struct arena *arena)
{
	mask_find(out, run->policy, document, arena);
	mask_secrets(out, run, path, arena);
}

static bool reread(struct reread *out, const struct lint_run *run,
		   struct worker *worker, str path)
{
	const struct entry *entry = snapshot_find(run->lint->snapshot, path);
	enum blob_state state;
	struct error err;

	arena_reset(&worker->trees);
	*out = (struct reread){.path = path};
	if (!entry ||
	    !load_text(&out->text, &state, run, worker, entry, &err) ||
	    state != BLOB_READ) {
		out->text = (str){0};
		return false;
	}
	out->text = str_keep(&worker->trees, out->text);
	out->digest = hash_str(out->text);
	out->parsed = document_parse(&out->document, &worker->trees, out->text,
				     format_of_path(path), run->limits, &err);
	if (out->parsed)
		mask_find(&out->mask, run->policy, &out->document,
			  &worker->trees);
	mask_secrets(&out->mask, run, path, &worker->trees);
	return true;
}

/* A source line that may be shown. */
static str keep_line(struct arena *kept, const struct reread *file,
		     size_t number)
{
	str line = line_at(file->text, number);

	if (!line.ptr || file->mask.count == 0)
		return str_keep(kept, line);
	return mask_line(&file->mask, line, (size_t)(line.ptr - file->text.ptr),
			 kept);
}

static void set_lines(struct arena *kept, struct finding *finding,
		      const struct reread *file)
{
	size_t line;

	finding->start = place_of(file->text, finding->span.start);
	finding->end = place_of(file->text, finding->span.end);
	line = finding->start.line;
	finding->first_line = line > CONTEXT_LINES ? line - CONTEXT_LINES : 1;
	for (size_t i = 0; i < ARRAY_SIZE(finding->lines); i++) {
		size_t number = finding->first_line + i;

		if (number <= line + CONTEXT_LINES)
			finding->lines[i] = keep_line(kept, file, number);
	}
}

/* Places one finding in its file. */
static void place(const struct lint_run *run, struct worker *worker,
		  struct finding *finding, struct reread *file)
{
	if (file->text.ptr && finding->digest &&
	    finding->digest != file->digest) {
		*vec_push(&worker->incomplete) = (struct incomplete){
			finding->path, STR("changed while it was judged")};
		file->text = (str){0};
	}
	if (!file->text.ptr)
		return;
	if (!finding->pointer.ptr && finding->kind.ptr && file->parsed)
		finding_point(run, worker, finding, &file->document);
	set_lines(&worker->kept, finding, file);
}

static void place_other(const struct lint_run *run, struct worker *worker,
			struct secondary *other)
{
	struct reread file;

	if (!other->path.ptr || !reread(&file, run, worker, other->path))
		return;
	other->start = place_of(file.text, other->span.start);
	other->end = place_of(file.text, other->span.end);
	other->line = keep_line(&worker->kept, &file, other->start.line);
}

/* The findings of some files; each file is read once. */
struct placing {
	struct lint_run *run;
	VEC(size_t) first; /* of the findings of a file, and one behind all */
};

static void place_files(void *context, unsigned number, size_t from, size_t to)
{
	struct placing *placing = context;
	struct lint_run *run = placing->run;
	struct worker *worker = &run->workers[number];

	for (size_t i = from; i < to; i++) {
		size_t first = placing->first.at[i];
		size_t end = placing->first.at[i + 1];
		struct finding *findings = run->findings.at;
		struct reread file;

		if (findings[first].path.len &&
		    reread(&file, run, worker, findings[first].path)) {
			for (size_t k = first; k < end; k++)
				place(run, worker, &findings[k], &file);
		}
		for (size_t k = first; k < end; k++)
			place_other(run, worker, &findings[k].other);
	}
}

/* Findings are sorted by path. */
static void place_findings(struct lint_run *run)
{
	struct placing placing = {.run = run};
	size_t count = run->findings.count;

	for (size_t i = 0; i < count; i++) {
		if (i == 0 || !str_equal(run->findings.at[i].path,
					 run->findings.at[i - 1].path))
			*vec_push(&placing.first) = i;
	}
	*vec_push(&placing.first) = count;
	pool_run(&(struct pool_work){
		.run = place_files,
		.context = &placing,
		.count = placing.first.count - 1,
		.chunk = FILES_AT_ONCE,
		.jobs = run->worker_count,
	});
	vec_done(&placing.first);
}

/* SHA-256 over rule, record, pointer and discriminator, each closed by a NUL;
 * never path, line or wording. What is about a file that holds no record has
 * nothing but its path to be known by. */
void finding_sign(struct finding *finding, size_t ordinal)
{
	str parts[] = {finding->rule->id,
		       finding->kind,
		       finding->id,
		       finding->pointer,
		       finding->discriminator,
		       finding->kind.ptr ? STR("") : finding->path};
	unsigned char sum[SHA256_RAW];
	char hex[SHA256_HEX + 1];
	struct sha256 sha;

	sha256_start(&sha);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		sha256_add(&sha, parts[i]);
		sha256_add(&sha, STR("\0"));
	}
	if (ordinal) {
		struct buf text;

		buf_init(&text, 32);
		buf_format(&text, "%zu", ordinal);
		sha256_add(&sha, buf_str(&text));
		buf_done(&text);
	}
	sha256_finish(&sha, sum);
	sha256_format(hex, sum);
	memcpy(finding->fingerprint, hex, SHA256_HEX);
}

/* Equal inputs get an ordinal, in the order of the report. */
static void set_fingerprints(struct lint_run *run)
{
	struct map seen;

	map_init(&seen);
	for (size_t i = 0; i < run->findings.count; i++) {
		struct finding *finding = &run->findings.at[i];
		size_t ordinal = 0;

		do {
			finding_sign(finding, ordinal++);
		} while (map_find(&seen,
				  str_make(finding->fingerprint, FINDING_ID)));
		(void)map_put(&seen, str_make(finding->fingerprint, FINDING_ID),
			      finding);
	}
	map_done(&seen);
}

static void add_counts(struct rule_count *sum, const struct rule_count *part)
{
	sum->judged += part->judged;
	sum->not_applicable += part->not_applicable;
	sum->skipped += part->skipped;
	sum->failed += part->failed;
	sum->ticks += part->ticks;
}

static int by_rule(const void *key, const void *element)
{
	const struct rule *rule = key;
	const struct rule_count *counted = element;

	return str_compare(rule->id, counted->rule->id);
}

static void count_rules(struct lint_run *run)
{
	size_t count = policy_rule_count(run->policy);
	struct rule_count *counts =
		arena_array(&run->arena, struct rule_count, count);

	for (size_t i = 0; i < count; i++) {
		counts[i].rule = policy_rule_at(run->policy, i);
		for (unsigned k = 0; k < run->worker_count; k++)
			add_counts(&counts[i], &run->workers[k].counts[i]);
	}
	for (size_t k = 0; k < run->findings.count; k++) {
		const struct finding *finding = &run->findings.at[k];
		struct rule_count *counted =
			count ? bsearch(finding->rule, counts, count,
					sizeof(*counts), by_rule)
			      : NULL;

		if (!counted)
			continue;
		counted->findings++;
		counted->waived += finding->waiver != NULL;
	}
	run->report.rules = counts;
	run->report.rule_count = count;
}

/* Records with a finding; a file without one counts once. */
static void count_hits(struct lint_run *run)
{
	struct map hit;

	map_init(&hit);
	for (size_t i = 0; i < run->findings.count; i++) {
		const struct finding *finding = &run->findings.at[i];
		str name =
			finding->kind.ptr
				? str_format(&run->arena, STR_FMT "/" STR_FMT,
					     STR_ARG(finding->kind),
					     STR_ARG(finding->id))
				: finding->path;

		if (finding->waiver)
			continue;
		run->report.by_severity[finding->severity]++;
		if (finding->edit &&
		    snapshot_kind(run->lint->snapshot) == SNAPSHOT_WORKTREE)
			run->report.fixable++;
		if (name.len && !map_put(&hit, name, finding))
			run->report.records_hit++;
	}
	map_done(&hit);
}

bool close_report(struct lint_run *run, struct error *err)
{
	struct report *report = &run->report;

	(void)err;
	merge_findings(run);
	merge_secrets(run);
	if (run->findings.count)
		qsort(run->findings.at, run->findings.count,
		      sizeof(struct finding), by_place);
	place_findings(run);
	if (run->findings.count)
		qsort(run->findings.at, run->findings.count,
		      sizeof(struct finding), by_place);
	merge_reasons(run);
	sort_reasons(run);
	set_fingerprints(run);
	if (run->lint->base_count)
		compare_with_bases(run);
	count_rules(run);
	count_hits(run);
	report->findings = run->findings.at;
	report->finding_count = run->findings.count;
	report->incomplete = run->incomplete.at;
	report->incomplete_count = run->incomplete.count;
	report->remarks = run->remarks.at;
	report->remark_count = run->remarks.count;
	report->records = corpus_count(run->corpus);
	report->now = run->lint->now;
	report->version = STR(ABIDE_VERSION);
	report->frameworks = policy_frameworks(run->policy);
	return true;
}
