/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/sink.h"

#include "lint/run.h"

static bool span_given(struct span span)
{
	return span.end > 0;
}

static const struct edit *keep_edits(struct arena *kept,
				     const struct edit *edit)
{
	const struct edit *first = NULL;
	const struct edit **link = &first;

	for (; edit; edit = edit->next) {
		struct edit *copy = arena_new(kept, struct edit);

		*copy = (struct edit){
			.span = edit->span,
			.text = str_keep(kept, edit->text),
		};
		*link = copy;
		link = &copy->next;
	}
	return first;
}

void sink_report(struct sink *sink, const struct found *found)
{
	struct worker *worker = sink->worker;
	struct arena *kept = &worker->kept;
	const struct record *record =
		found->record ? found->record : sink->record;
	const struct source *source =
		found->record ? found->record->source : sink->source;
	str path = found->path.ptr ? found->path
		   : source	   ? source->path
				   : STR("");
	enum severity severity =
		policy_severity(sink->run->policy, sink->rule, path);
	struct finding *finding;

	if (severity == SEVERITY_OFF)
		return; /* by the configuration, for this path */
	finding = vec_push(&worker->findings);
	*finding = (struct finding){
		.rule = sink->rule,
		.severity = severity,
		.path = str_keep(kept, path),
		.span = span_given(found->span) || !record ? found->span
							   : record->place,
		.kind = record ? record->kind : str_keep(kept, found->kind),
		.id = record ? record->id : str_keep(kept, found->id),
		.origin = found->origin,
		.pointer = str_keep(kept, found->pointer),
		.discriminator = str_keep(kept, found->discriminator),
		.message = str_keep(kept, found->message),
		.label = str_keep(kept, found->label),
		.help = str_keep(kept, found->help),
		.digest = source && str_equal(path, source->path)
				  ? source->digest
				  : 0,
	};
	if (found->other_path.ptr)
		finding->other = (struct secondary){
			.path = str_keep(kept, found->other_path),
			.span = found->other,
			.label = str_keep(kept, found->other_label),
		};
	finding->edit = keep_edits(kept, found->edit);
}

void sink_incomplete(struct sink *sink, str reason)
{
	*vec_push(&sink->worker->incomplete) = (struct incomplete){
		.path = sink->source ? sink->source->path : (str){0},
		.reason = str_keep(&sink->worker->kept, reason),
	};
}
