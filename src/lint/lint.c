/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/lint.h"
#include "lint/close.h"

#include "base/mem.h"
#include "base/pool.h"
#include "cel/regexes.h"
#include "jsonschema/validate.h"
#include "lint/evaluate.h"
#include "lint/past.h"
#include "lint/waive.h"
#include "policy/rule_code.h"

/* Neighbouring files claimed at once; small enough that the last thread is
 * not left alone with the rest. */
enum { FILES_AT_ONCE = 32, RECORDS_AT_ONCE = 256, WORTH_THREADS = 200 };

struct facts facts_of(const struct lint_run *run, struct worker *worker)
{
	return (struct facts){
		.policy = run->policy,
		.limits = run->limits,
		.now = run->lint->now,
		.snapshot = run->lint->snapshot,
		.reader = worker->reader,
		.scratch = &worker->scratch,
		.match = worker->match,
		.corpus = run->corpus,
	};
}

void worker_init(struct worker *worker, const struct lint_run *run)
{
	arena_init(&worker->kept);
	arena_init(&worker->trees);
	arena_init(&worker->scratch);
	map_init(&worker->keys);
	/* So that a mark always lies in a block and a release keeps it. */
	(void)arena_take(&worker->trees, 1);
	worker->reader = snapshot_reader_new(run->lint->snapshot,
					     run->limits->yaml_size);
	worker->validator = validator_new(run->limits);
	worker->match = regex_scratch_new(run->limits);
	worker->counts = arena_array(&worker->kept, struct rule_count,
				     policy_rule_count(run->policy));
	worker->regexes = cel_regexes_new(run->limits);
	host_init(&worker->host, run->policy, &worker->kept);
	worker->host.params = run->lint->params;
	worker->host.snapshot = run->lint->snapshot;
	worker->host.reader = worker->reader;
	worker->host.now = run->lint->now;
}

void worker_done(struct worker *worker)
{
	vec_done(&worker->findings);
	vec_done(&worker->incomplete);
	vec_done(&worker->remarks);
	vec_done(&worker->records);
	snapshot_reader_free(worker->reader);
	odb_reader_free(worker->host.odb);
	validator_free(worker->validator);
	regex_scratch_free(worker->match);
	cel_regexes_free(worker->regexes);
	host_done(&worker->host);
	arena_done(&worker->kept);
	arena_done(&worker->trees);
	arena_done(&worker->scratch);
	map_done(&worker->keys);
}

static void run_files(void *context, unsigned worker, size_t from, size_t to)
{
	struct lint_run *run = context;

	for (size_t i = from; i < to; i++)
		load_file(run, &run->workers[worker], i);
	progress_add(run->lint->progress, to - from);
}

static void run_records(void *context, unsigned worker, size_t from, size_t to)
{
	struct lint_run *run = context;
	struct facts facts = facts_of(run, &run->workers[worker]);

	for (size_t i = from; i < to; i++) {
		facts.record = corpus_at(run->corpus, i);
		facts.source = facts.record->source;
		facts.root = facts.record->root;
		judge(run, &run->workers[worker], &facts, CHECK_CORPUS);
	}
	progress_add(run->lint->progress, to - from);
}

static void collect_records(struct lint_run *run)
{
	struct corpus *corpus = corpus_new();

	for (unsigned i = 0; i < run->worker_count; i++) {
		struct worker *worker = &run->workers[i];

		for (size_t k = 0; k < worker->records.count; k++)
			corpus_hold(corpus, &worker->records.at[k]);
	}
	corpus_close(corpus);
	run->corpus = corpus;
	for (unsigned i = 0; i < run->worker_count; i++)
		host_set_corpus(&run->workers[i].host, corpus);
}

static size_t passed_over(const struct rule_count *count)
{
	return count->passed_over;
}

static size_t no_record(const struct rule_count *count)
{
	return count->no_record;
}

static size_t no_organisation(const struct rule_count *count)
{
	return count->no_organisation;
}

/* What rules leave out. When the rule that says so was not chosen, nobody else
 * does. */
static const struct left_out {
	str teller;
	size_t (*count)(const struct rule_count *count);
	str reason;
} left_out[] = {
	{STR_INIT("record/invalid"), passed_over,
	 STR_INIT("rules passed over records without the form of their kind; "
		  "record/invalid, which was not chosen, says what is wrong "
		  "with them")},
	{STR_INIT("reference/unknown"), no_record,
	 STR_INIT("rules passed over records that point to what does not "
		  "exist; reference/unknown, which was not chosen, says "
		  "where")},
	{STR_INIT("organisation/not-one"), no_organisation,
	 STR_INIT("rules that read the organisation were not judged, for "
		  "there is no record of it; organisation/not-one, which was "
		  "not chosen, says what is missing")},
};

static void name_left_out(struct lint_run *run, const struct left_out *what)
{
	size_t count = 0;

	for (size_t i = 0; i < policy_rule_count(run->policy); i++) {
		if (str_equal(policy_rule_at(run->policy, i)->id, what->teller))
			return;
		for (unsigned k = 0; k < run->worker_count; k++)
			count += what->count(&run->workers[k].counts[i]);
	}
	if (count && !run->lint->only && !run->lint->load_only)
		*vec_push(&run->incomplete) =
			(struct incomplete){.reason = what->reason};
}

/* Exceptions cover what was found; then they are judged themselves. */
static void settle(struct lint_run *run, struct facts *facts)
{
	size_t count;
	const struct record *const *exceptions =
		corpus_of_kind(run->corpus, STR("exception"), &count);

	run->waivers = waiver_set_new(
		run->lint->exceptions ? run->lint->exceptions : run->corpus,
		run->policy, run->lint->now);
	for (unsigned i = 0; i < run->worker_count; i++) {
		struct worker *worker = &run->workers[i];

		for (size_t k = 0; k < worker->findings.count; k++)
			worker->findings.at[k].waiver = waiver_find(
				run->waivers, &worker->findings.at[k]);
	}
	facts->waivers = run->waivers;
	for (size_t i = 0; i < count; i++) {
		facts->record = exceptions[i];
		facts->source = exceptions[i]->source;
		facts->root = exceptions[i]->root;
		judge(run, &run->workers[0], facts, CHECK_SETTLED);
	}
}

static void run_all(struct lint_run *run)
{
	const struct lint *lint = run->lint;
	size_t count = snapshot_count(lint->snapshot);
	struct pool_work work = {
		.run = run_files,
		.context = run,
		.count = count,
		.chunk = FILES_AT_ONCE,
		.jobs = count >= WORTH_THREADS ? lint->jobs : 1,
	};
	struct facts facts;

	run->worker_count = pool_workers(&work);
	run->workers = mem_new(run->worker_count * sizeof(*run->workers));
	for (unsigned i = 0; i < run->worker_count; i++)
		worker_init(&run->workers[i], run);
	progress_begin(lint->progress, "reading files", count);
	pool_run(&work);
	collect_records(run);
	run_past_open(run);

	work.run = run_records;
	work.count = corpus_count(run->corpus);
	work.chunk = RECORDS_AT_ONCE;
	work.jobs = run->worker_count;
	progress_begin(lint->progress, "judging records", work.count);
	pool_run(&work);
	run_past_judge(run);

	facts = facts_of(run, &run->workers[0]);
	judge(run, &run->workers[0], &facts, CHECK_REPOSITORY);
	settle(run, &facts);
	run_past_unjudged(run);
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		name_left_out(run, &left_out[i]);
}

bool lint_run(struct lint_run **out, const struct lint *lint, struct error *err)
{
	struct lint_run *run = mem_new(sizeof(*run));

	arena_init(&run->arena);
	run->asked = *lint;
	run->lint = &run->asked;
	run->policy = lint->policy;
	run->limits = &policy_config(lint->policy)->limits;
	keep_plan(run);
	run_all(run);
	if (!close_report(run, err)) {
		lint_run_free(run);
		return false;
	}
	*out = run;
	return true;
}

void lint_run_free(struct lint_run *run)
{
	if (!run)
		return;
	for (unsigned i = 0; i < run->worker_count; i++)
		worker_done(&run->workers[i]);
	mem_free(run->workers);
	corpus_free(run->corpus);
	waiver_set_free(run->waivers);
	past_free(run->past);
	vec_done(&run->findings);
	vec_done(&run->unchanged);
	vec_done(&run->fixed);
	vec_done(&run->secrets);
	vec_done(&run->incomplete);
	vec_done(&run->remarks);
	arena_done(&run->arena);
	mem_free(run);
}

const struct corpus *lint_corpus(const struct lint_run *run)
{
	return run->corpus;
}

struct host *lint_host(struct lint_run *run)
{
	return &run->workers[0].host;
}

const struct report *lint_report(const struct lint_run *run)
{
	return &run->report;
}

void lint_remark(struct lint_run *run, str text)
{
	*vec_push(&run->remarks) = (struct remark){str_keep(&run->arena, text)};
	run->report.remarks = run->remarks.at;
	run->report.remark_count = run->remarks.count;
}

void lint_incomplete(struct lint_run *run, str path, str reason)
{
	*vec_push(&run->incomplete) = (struct incomplete){
		str_keep(&run->arena, path), str_keep(&run->arena, reason)};
	run->report.incomplete = run->incomplete.at;
	run->report.incomplete_count = run->incomplete.count;
}

void lint_describe(struct lint_run *run, str snapshot, str policy)
{
	run->report.snapshot = str_keep(&run->arena, snapshot);
	run->report.policy = str_keep(&run->arena, policy);
}

void lint_locate(struct lint_run *run, const struct provenance *provenance)
{
	run->report.provenance = (struct provenance){
		.repository = str_keep(&run->arena, provenance->repository),
		.revision = str_keep(&run->arena, provenance->revision),
		.branch = str_keep(&run->arena, provenance->branch),
	};
}
