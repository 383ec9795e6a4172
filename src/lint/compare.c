/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"
#include "lint/close.h"
#include "lint/run.h"

/*
 * What a change brought: the findings of this run that no run on a base has.
 * Both sides were judged whole, so a finding may be new in a record that was
 * not touched; then the record that was is named as its cause.
 */

enum { CAUSES_NAMED = 3 };

struct comparing {
	struct lint_run *run;
	struct map had;	    /* fingerprint -> finding of a base */
	struct map has;	    /* fingerprint -> itself, of this run */
	struct map touched; /* "kind/id" of records that differ -> itself */
	VEC(str) names;	    /* of those, in the order of the corpora */
};

static str key_of(const struct finding *finding)
{
	return str_make(finding->fingerprint, FINDING_ID);
}

/* ---- which records differ */

static str name_of(struct comparing *comparing, const struct record *record)
{
	return str_format(&comparing->run->arena, STR_FMT "/" STR_FMT,
			  STR_ARG(record->kind), STR_ARG(record->id));
}

static void touch(struct comparing *comparing, const struct record *record)
{
	str name = name_of(comparing, record);

	if (map_find(&comparing->touched, name))
		return;
	*vec_push(&comparing->names) = name;
	(void)map_put(&comparing->touched, name, comparing);
}

/* Where the texts differ the values are asked, if both trees were kept. */
static bool same_record(const struct record *a, const struct record *b)
{
	return a->digest == b->digest ||
	       (a->root && b->root && node_equal(a->root, b->root));
}

static void find_touched(struct comparing *comparing)
{
	const struct corpus *after = comparing->run->corpus;
	const struct corpus *before = comparing->run->lint->bases[0]->corpus;

	for (size_t i = 0; i < corpus_count(after); i++) {
		const struct record *record = corpus_at(after, i);
		const struct record *old =
			corpus_find(before, record->kind, record->id);

		if (!old || !same_record(old, record))
			touch(comparing, record);
	}
	for (size_t i = 0; i < corpus_count(before); i++) {
		const struct record *record = corpus_at(before, i);

		if (!corpus_find(after, record->kind, record->id))
			touch(comparing, record);
	}
}

/* ---- what caused a finding in a record that is as it was */

static bool is_touched(const struct comparing *comparing, str kind, str id)
{
	struct arena *arena = &comparing->run->arena;

	return map_find(&comparing->touched,
			str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(kind),
				   STR_ARG(id))) != NULL;
}

/* What it refers to, gone or not; then what refers to it. */
static str nearest_touched(const struct comparing *comparing,
			   const struct record *record)
{
	const struct corpus *corpus = comparing->run->corpus;
	struct arena *arena = &comparing->run->arena;

	for (size_t i = 0; i < record->reference_count; i++) {
		const struct reference *reference = &record->references[i];

		if (is_touched(comparing, reference->kind, reference->id))
			return str_format(arena, STR_FMT "/" STR_FMT,
					  STR_ARG(reference->kind),
					  STR_ARG(reference->id));
	}
	for (const struct referrer *at = corpus_referrers(corpus, record); at;
	     at = at->next) {
		const struct record *other = at->record;

		if (is_touched(comparing, other->kind, other->id))
			return str_format(arena, STR_FMT "/" STR_FMT,
					  STR_ARG(other->kind),
					  STR_ARG(other->id));
	}
	return (str){0};
}

/* No reference leads from one to the other: all that changed may have. */
static str all_touched(const struct comparing *comparing)
{
	size_t count = comparing->names.count;
	struct buf text;
	str kept;

	buf_init(&text, SIZE_MAX);
	for (size_t i = 0; i < count && i < CAUSES_NAMED; i++)
		buf_format(&text, "%s" STR_FMT, i ? ", " : "",
			   STR_ARG(comparing->names.at[i]));
	if (count > CAUSES_NAMED)
		buf_format(&text, " and %zu more", count - CAUSES_NAMED);
	kept = str_keep(&comparing->run->arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

static str cause_of(const struct comparing *comparing,
		    const struct finding *finding)
{
	const struct record *record;
	str cause = {0};

	if (!comparing->names.count)
		return cause;
	if (finding->kind.ptr) {
		if (is_touched(comparing, finding->kind, finding->id))
			return cause;
		record = corpus_find(comparing->run->corpus, finding->kind,
				     finding->id);
		if (record)
			cause = nearest_touched(comparing, record);
	}
	return cause.ptr ? cause : all_touched(comparing);
}

/* ---- new, unchanged, fixed */

/* A finding that an exception covered and covers no longer is new. */
static bool was_there(const struct comparing *comparing,
		      const struct finding *finding)
{
	const struct finding *old = map_find(&comparing->had, key_of(finding));

	return old && (finding->waiver || !old->waiver);
}

static void part(struct comparing *comparing)
{
	struct lint_run *run = comparing->run;
	size_t kept = 0;

	for (size_t i = 0; i < run->findings.count; i++) {
		struct finding finding = run->findings.at[i];

		(void)map_put(&comparing->has,
			      str_keep(&run->arena, key_of(&finding)),
			      comparing);
		if (was_there(comparing, &finding)) {
			finding.state = FINDING_STATE_UNCHANGED;
			if (finding.severity >= run->lint->min_severity)
				*vec_push(&run->unchanged) = finding;
			continue;
		}
		finding.state = FINDING_STATE_NEW;
		finding.cause = cause_of(comparing, &finding);
		run->findings.at[kept++] = finding;
	}
	run->findings.count = kept;
}

static void find_fixed(struct comparing *comparing)
{
	struct lint_run *run = comparing->run;

	for (size_t i = 0; i < run->lint->base_count; i++) {
		const struct report *report = &run->lint->bases[i]->report;

		for (size_t k = 0; k < report->finding_count; k++) {
			const struct finding *finding = &report->findings[k];

			if (map_find(&comparing->has, key_of(finding)) ||
			    finding->severity < run->lint->min_severity ||
			    !is_wanted(run->lint, finding->path))
				continue;
			/* Another base may have had it too. */
			(void)map_put(&comparing->has, key_of(finding),
				      comparing);
			*vec_push(&run->fixed) = *finding;
		}
	}
}

/* Only what is new counts; what is new and below the severity that is asked
 * for counts and is not shown. */
static void count_new(struct lint_run *run)
{
	struct report *report = &run->report;
	size_t shown = 0;

	report->waived = 0;
	for (size_t i = 0; i <= SEVERITY_ERROR; i++)
		report->counted[i] = 0;
	for (size_t i = 0; i < run->findings.count; i++) {
		const struct finding *finding = &run->findings.at[i];

		if (finding->waiver)
			report->waived++;
		else
			report->counted[finding->severity]++;
		if (finding->severity >= run->lint->min_severity)
			run->findings.at[shown++] = *finding;
		else
			report->hidden++;
	}
	run->findings.count = shown;
}

static void remark_touched(struct comparing *comparing)
{
	struct lint_run *run = comparing->run;
	size_t count = comparing->names.count;

	*vec_push(&run->remarks) = (struct remark){
		count ? str_format(
				&run->arena,
				"%zu record%s other than in the base: " STR_FMT,
				count, count == 1 ? " is" : "s are",
				STR_ARG(all_touched(comparing)))
		      : STR("no record is other than in the base")};
}

/* What the base hid may show as new: that is said. */
static void remark_incomplete(struct lint_run *run)
{
	for (size_t i = 0; i < run->lint->base_count; i++) {
		const struct report *base = &run->lint->bases[i]->report;

		if (base->incomplete_count == 0)
			continue;
		*vec_push(&run->remarks) = (struct remark){str_format(
			&run->arena,
			"the base was not judged whole (" STR_FMT "%s" STR_FMT
			"): what was not seen there shows as new",
			STR_ARG(base->incomplete[0].path),
			base->incomplete[0].path.len ? ": " : "",
			STR_ARG(base->incomplete[0].reason))};
	}
}

void compare_with_bases(struct lint_run *run)
{
	struct comparing comparing = {.run = run};

	map_init(&comparing.had);
	map_init(&comparing.has);
	map_init(&comparing.touched);
	find_touched(&comparing);
	for (size_t i = 0; i < run->lint->base_count; i++) {
		const struct report *report = &run->lint->bases[i]->report;

		for (size_t k = 0; k < report->finding_count; k++) {
			struct finding *finding =
				&run->lint->bases[i]->findings.at[k];

			/* The one that no exception covered decides. */
			if (!finding->waiver ||
			    !map_find(&comparing.had, key_of(finding)))
				(void)map_put(&comparing.had, key_of(finding),
					      finding);
		}
	}
	part(&comparing);
	find_fixed(&comparing);
	count_new(run);
	remark_touched(&comparing);
	remark_incomplete(run);
	run->report.base = run->lint->base;
	run->report.unchanged = run->unchanged.at;
	run->report.unchanged_count = run->unchanged.count;
	run->report.fixed = run->fixed.at;
	run->report.fixed_count = run->fixed.count;
	vec_done(&comparing.names);
	map_done(&comparing.had);
	map_done(&comparing.has);
	map_done(&comparing.touched);
}
