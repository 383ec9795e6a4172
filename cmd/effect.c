/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/effect.h"

#include "base/nearest.h"
#include "policy/citation.h"

/* ---- the command line */

/* Two commits: the time after the first, up to and with the second. */
static bool read_commits(struct stretch *out, const struct past *past, str text,
			 struct error *err)
{
	size_t dots = str_find(text, STR(".."));
	size_t first;
	size_t last;

	if (dots == SIZE_MAX)
		return error_set(err, ERROR_USAGE,
				 "'" STR_FMT "' is no period; say 2026-H1, "
				 "2026-Q2, 2026-05, 2026, "
				 "2026-01-01..2026-06-30, or two commits A..B",
				 STR_ARG(text));
	if (!past_find_landing(&first, past, str_slice(text, 0, dots), err) ||
	    !past_find_landing(&last, past, str_slice(text, dots + 2, text.len),
			       err))
		return false;
	out->from = history_landing(past->history, first)->when;
	out->until = history_landing(past->history, last)->when;
	out->from.seconds++;
	out->until.seconds++;
	if (first < last && instant_compare(out->from, out->until) < 0)
		return true;
	return error_set(err, ERROR_USAGE,
			 "'" STR_FMT "' ends before it begins", STR_ARG(text));
}

static bool read_period(struct effect *effect, struct error *err)
{
	struct past *past = effect->past;
	str text = past->options->arguments[0];
	struct instant last;
	size_t landing;

	if (!stretch_parse(&effect->period, text) &&
	    !read_commits(&effect->period, past, text, err))
		return false;
	if (instant_compare(past->input.now, effect->period.from) < 0)
		return error_set(err, ERROR_USAGE,
				 "the period " STR_FMT
				 " has not begun; --as-of says where now is",
				 STR_ARG(text));
	last = effect->period.until;
	last.seconds--;
	landing = history_at(past->history, last);
	if (landing == history_count(past->history))
		return error_set(err, ERROR_USAGE,
				 "the main line had no commit by the end of "
				 "the period " STR_FMT,
				 STR_ARG(text));
	effect->seed = input_hex(past->arena,
				 history_landing(past->history, landing)->oid);
	return true;
}

static bool unknown_control(const struct past *past, str text,
			    struct error *err)
{
	str nearest[1];

	if (framework_nearest(policy_frameworks(past->input.policy), text,
			      nearest, 1) == 1)
		return error_set(err, ERROR_USAGE,
				 "there is no control '" STR_FMT
				 "'; did you mean '" STR_FMT "'?",
				 STR_ARG(text), STR_ARG(nearest[0]));
	return error_set(err, ERROR_USAGE,
			 "there is no control '" STR_FMT
			 "'; say it as iso27001:A.5.18",
			 STR_ARG(text));
}

/* "A.5.18" is that of ISO/IEC 27001. */
static bool read_control(struct effect *effect, struct error *err)
{
	const struct past *past = effect->past;
	str text = options_text(past->options, OPTION_CONTROL);
	str name = text;

	if (!text.ptr)
		return true;
	if (str_find_byte(text, ':') == SIZE_MAX)
		name = str_format(past->arena, "iso27001:" STR_FMT,
				  STR_ARG(text));
	if (framework_find(policy_frameworks(past->input.policy), name).state !=
	    REQUIREMENT_KNOWN)
		return unknown_control(past, name, err);
	effect->only = name;
	return true;
}

bool effect_read(struct effect *effect, struct error *err)
{
	const struct options *options = effect->past->options;

	effect->fixed_size = options_has(options, OPTION_SAMPLE);
	return options_number(&effect->size, options, OPTION_SAMPLE, 0, 0,
			      10000, err) &&
	       read_control(effect, err) && read_period(effect, err);
}

void effect_done(struct effect *effect)
{
	for (size_t i = 0; i < effect->duties.count; i++)
		vec_done(&effect->duties.at[i].cases);
	for (size_t i = 0; i < effect->controls.count; i++) {
		vec_done(&effect->controls.at[i].duties);
		vec_done(&effect->controls.at[i].deviations);
		vec_done(&effect->controls.at[i].exceptions);
	}
	vec_done(&effect->duties);
	vec_done(&effect->deviations);
	vec_done(&effect->exceptions);
	vec_done(&effect->controls);
	vec_done(&effect->notes);
}

/* ---- words */

bool effect_cites(const struct citation *cites, size_t count, str name)
{
	for (size_t i = 0; i < count; i++) {
		str cited = cites[i].name;

		if (str_starts(cited, name) &&
		    (cited.len == name.len || cited.ptr[name.len] == '-'))
			return true;
	}
	return false;
}

static str cited(const struct effect *effect, const struct citation *cites,
		 size_t count)
{
	struct buf text;
	str kept;

	buf_init(&text, 1 << 16);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add(&text, STR(", "));
		citation_format(&text, &cites[i]);
	}
	kept = str_keep(effect->past->arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

str effect_law(const struct effect *effect, const struct obligation *duty)
{
	return cited(effect, duty->cites, duty->cite_count);
}

str effect_requirement(const struct effect *effect, str name)
{
	str rest = name;
	struct citation citation = {.framework = str_cut(&rest, ':'),
				    .name = name};

	return cited(effect, &citation, 1);
}

str effect_subject(const struct effect *effect, const struct effect_case *one)
{
	struct arena *arena = effect->past->arena;
	str record = one->record ? str_format(arena, STR_FMT "/" STR_FMT,
					      STR_ARG(one->record->kind),
					      STR_ARG(one->record->id))
				 : (str){0};

	if (!record.ptr)
		return one->item.ptr ? one->item : STR("all");
	return one->item.ptr ? str_format(arena, STR_FMT " (" STR_FMT ")",
					  STR_ARG(record), STR_ARG(one->item))
			     : record;
}

str effect_time(const struct effect *effect, const struct obligation *duty,
		struct instant at)
{
	char text[INSTANT_TEXT];
	size_t len =
		duty->exact ? instant_format(text, at) : date_format(text, at);

	return str_keep(effect->past->arena, str_make(text, len));
}

str effect_date(const struct effect *effect, struct instant at)
{
	char text[INSTANT_TEXT];

	return str_keep(effect->past->arena,
			str_make(text, date_format(text, at)));
}
