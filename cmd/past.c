/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/past.h"

#include "base/nearest.h"
#include "lint/lint.h"

enum { DAY = 86400 };

/* ---- opening */

static bool read_history(struct past *past, bool whole, struct error *err)
{
	struct main_line_plan plan = {
		.whole = whole, .jobs = past->jobs, .arena = past->arena};

	if (!main_line_tip(&past->tip, &past->input, past->arena, err))
		return false;
	if (!past->tip.len)
		return error_set(err, ERROR_USAGE,
				 "HEAD names no commit: the branch has none "
				 "yet, and no history");
	plan.tip = past->tip;
	if (!main_line_read(&past->line, &past->input, &plan, err))
		return false;
	past->history = past->line.history;
	past->mailmap = past->line.mailmap;
	past->trails = past->line.trails;
	past->reader = odb_reader_new(repo_odb(past->input.repo));
	return true;
}

static bool open_past(struct past *out, const struct env *env,
		      const struct options *options, bool whole,
		      struct error *err)
{
	struct past past = {
		.env = env, .options = options, .arena = options->arena};
	size_t jobs;

	if (!options_number(&jobs, options, OPTION_JOBS, env->processors, 1, 64,
			    err) ||
	    !input_open(&past.input, env, options, err))
		return false;
	past.jobs = (unsigned)jobs;
	evidence_init(&past.evidence);
	if (!read_history(&past, whole, err)) {
		past_close(&past);
		return false;
	}
	*out = past;
	return true;
}

bool past_open(struct past *out, const struct env *env,
	       const struct options *options, struct error *err)
{
	return open_past(out, env, options, false, err);
}

bool past_open_whole(struct past *out, const struct env *env,
		     const struct options *options, struct error *err)
{
	return open_past(out, env, options, true, err);
}

bool past_verify(struct past *past, const struct verify_list *list,
		 struct error *err)
{
	struct verify_list all = {0};

	if (!past->input.verify)
		return true;
	if (!list)
		verify_add_all(&all, &past->line);
	past->evidence.verified = verify_commits(&past->evidence, &past->input,
						 list ? list : &all, past->jobs,
						 past->arena, err);
	vec_done(&all.commits);
	return past->evidence.verified;
}

bool past_add_trails(struct past *past, struct error *err)
{
	const struct main_line_plan plan = {
		.tip = past->tip, .jobs = past->jobs, .arena = past->arena};

	if (!main_line_read(&past->records, &past->input, &plan, err))
		return false;
	past->trails = past->records.trails;
	return true;
}

void past_close(struct past *past)
{
	evidence_done(&past->evidence);
	main_line_close(&past->records);
	main_line_close(&past->line);
	if (past->reader)
		odb_reader_free(past->reader);
	input_close(&past->input);
}

/* ---- records */

bool past_lives(const struct trail *trail)
{
	return trail->changes[0].kind != CHANGE_REMOVED;
}

struct finding_names {
	const struct past *past;
	VEC(const struct trail *) found;
};

static void find_id(struct finding_names *finding, str id)
{
	for (size_t i = 0; i < trails_count(finding->past->trails); i++) {
		const struct trail *trail = trails_at(finding->past->trails, i);

		if (str_equal(trail->id, id))
			*vec_push(&finding->found) = trail;
	}
}

static bool was_in(const struct trail *trail, str path)
{
	for (size_t i = 0; i < trail->count; i++) {
		if (str_equal(trail->changes[i].path, path))
			return true;
	}
	return false;
}

/* What lies in a file now; else what ever lay in it. */
static void find_path(struct finding_names *finding, str path)
{
	const struct trails *trails = finding->past->trails;

	for (size_t i = 0; i < trails_count(trails); i++) {
		const struct trail *trail = trails_at(trails, i);

		if (str_equal(trail->changes[0].path, path))
			*vec_push(&finding->found) = trail;
	}
	for (size_t i = 0; !finding->found.count && i < trails_count(trails);
	     i++) {
		const struct trail *trail = trails_at(trails, i);

		if (was_in(trail, path))
			*vec_push(&finding->found) = trail;
	}
}

static bool is_ambiguous(const struct finding_names *finding, str id,
			 struct error *err)
{
	const struct trail *first = finding->found.at[0];
	const struct trail *second = finding->found.at[1];

	error_set(err, ERROR_USAGE,
		  "'" STR_FMT "' is the id of several records; say " STR_FMT
		  "/" STR_FMT " or " STR_FMT "/" STR_FMT,
		  STR_ARG(id), STR_ARG(first->kind), STR_ARG(first->id),
		  STR_ARG(second->kind), STR_ARG(second->id));
	return false;
}

static bool is_unknown(const struct past *past, str name, struct error *err)
{
	struct nearest nearest;

	nearest_start(&nearest, name);
	for (size_t i = 0; i < trails_count(past->trails); i++) {
		const struct trail *trail = trails_at(past->trails, i);

		nearest_offer(&nearest, trail->id);
		nearest_offer(&nearest,
			      str_format(past->arena, STR_FMT "/" STR_FMT,
					 STR_ARG(trail->kind),
					 STR_ARG(trail->id)));
		nearest_offer(&nearest, trail->changes[0].path);
	}
	if (nearest.count == 0)
		return error_set(err, ERROR_USAGE,
				 "the history of this branch has no record "
				 "'" STR_FMT "'",
				 STR_ARG(name));
	return error_set(err, ERROR_USAGE,
			 "the history of this branch has no record '" STR_FMT
			 "'; did you mean '" STR_FMT "'?",
			 STR_ARG(name), STR_ARG(nearest.found[0]));
}

bool past_find(const struct trail *const **out, size_t *count,
	       const struct past *past, str name, struct error *err)
{
	struct finding_names finding = {.past = past};
	str id = name;
	str kind = str_cut(&id, '/');
	const struct trail *exact =
		id.ptr ? trails_find(past->trails, kind, id) : NULL;
	str path = name;
	bool ok = true;

	while (str_starts(path, STR("./")))
		path = str_slice(path, 2, path.len);
	path = str_format(past->arena, STR_FMT STR_FMT,
			  STR_ARG(repo_state(past->input.repo)->prefix),
			  STR_ARG(path));
	if (exact)
		*vec_push(&finding.found) = exact;
	else
		find_id(&finding, name);
	if (finding.found.count > 1)
		ok = is_ambiguous(&finding, name, err);
	else if (finding.found.count == 0)
		find_path(&finding, path);
	if (ok && finding.found.count == 0)
		ok = is_unknown(past, name, err);
	*out = vec_keep(&finding.found, past->arena);
	*count = finding.found.count;
	vec_done(&finding.found);
	return ok;
}

bool past_find_one(const struct trail **out, const struct past *past, str name,
		   struct error *err)
{
	const struct trail *const *found;
	size_t count;

	if (!past_find(&found, &count, past, name, err))
		return false;
	if (count > 1)
		return error_set(err, ERROR_USAGE,
				 "'" STR_FMT "' holds several records; say "
				 "which, as " STR_FMT "/" STR_FMT,
				 STR_ARG(name), STR_ARG(found[0]->kind),
				 STR_ARG(found[0]->id));
	*out = found[0];
	return true;
}

bool past_tree(const struct node **out, const struct past *past,
	       const struct trail *trail, struct error *err)
{
	const struct node *before;
	const struct node *after;

	if (!change_trees(&before, &after, past->trails, past->reader,
			  &trail->changes[0], past->arena, err))
		return false;
	*out = after ? after : before;
	return true;
}

str past_field(const struct past *past)
{
	str text = options_text(past->options, OPTION_FIELD);
	char *copy;

	if (!text.ptr || text.len == 0 || text.ptr[0] == '/')
		return text;
	text = str_format(past->arena, "/" STR_FMT, STR_ARG(text));
	if (str_find_byte(str_slice(text, 1, text.len), '/') != SIZE_MAX)
		return text;
	copy = arena_cstr(past->arena, text);
	for (size_t i = 0; i < text.len; i++)
		copy[i] = copy[i] == '.' ? '/' : copy[i];
	return str_make(copy, text.len);
}

/* ---- makers */

/* The event of a landing at a path, or NULL. */
static const struct event *event_at(const struct history *history,
				    size_t landing, str path)
{
	size_t count;
	const struct event *events = history_events(&count, history, landing);

	for (size_t i = 0; i < count; i++) {
		if (str_equal(history_path(history, events[i].path), path))
			return &events[i];
	}
	return NULL;
}

bool past_maker(const struct commit_facts **out, const struct past *past,
		const struct history *history, size_t landing, str path,
		struct error *err)
{
	const struct event *event = event_at(history, landing, path);

	*out = history_landing(history, landing);
	return !event || history_maker(out, history, past->reader, event,
				       past->arena, err);
}

/* ---- spans */

bool past_find_landing(size_t *out, const struct past *past, str revision,
		       struct error *err)
{
	struct oid oid;

	if (!revision_commit(&oid, past->input.repo, revision, err))
		return false;
	*out = history_find(past->history, &oid);
	if (*out < history_count(past->history))
		return true;
	return error_set(err, ERROR_USAGE,
			 "'" STR_FMT "' is no commit of the main line (first "
			 "parents)",
			 STR_ARG(revision));
}

bool past_span(struct past_span *out, const struct past *past,
	       struct error *err)
{
	return past_span_of(out, past,
			    options_text(past->options, OPTION_SINCE),
			    options_text(past->options, OPTION_UNTIL), err);
}

bool past_span_of(struct past_span *out, const struct past *past, str since,
		  str until, struct error *err)
{
	struct past_span span = {.to = history_count(past->history)};

	if (since.len) {
		span.since_known = date_parse(&span.since, since) ||
				   instant_parse(&span.since, since);
		if (!span.since_known) {
			if (!past_find_landing(&span.from, past, since, err))
				return false;
			span.from++; /* as in REV..: what came after it */
		}
	}
	if (until.len) {
		if (date_parse(&span.until, until)) {
			span.until_known = true;
			span.until.seconds += DAY; /* the whole day */
		} else if (instant_parse(&span.until, until)) {
			span.until_known = true;
			span.until.seconds++;
		} else {
			if (!past_find_landing(&span.to, past, until, err))
				return false;
			span.to++;
		}
	}
	if (span.from > span.to ||
	    (span.since_known && span.until_known &&
	     instant_compare(span.since, span.until) >= 0))
		return error_set(err, ERROR_USAGE,
				 "the time that is asked for ends before it "
				 "begins");
	*out = span;
	return true;
}

bool past_in_span(const struct past_span *span, const struct past *past,
		  size_t landing)
{
	const struct commit_facts *facts =
		history_landing(past->history, landing);

	if (landing < span->from || landing >= span->to)
		return false;
	/* What has no date cannot be said to lie outside. */
	if (!facts->committer.dated)
		return true;
	return (!span->since_known ||
		instant_compare(facts->when, span->since) >= 0) &&
	       (!span->until_known ||
		instant_compare(facts->when, span->until) < 0);
}

bool past_load(struct lint_run **out, const struct past *past,
	       struct error *err)
{
	return lint_run(out,
			&(struct lint){
				.policy = past->input.policy,
				.snapshot = past->input.snapshot,
				.now = past->input.now,
				.jobs = past->jobs,
				.load_only = true,
			},
			err);
}
