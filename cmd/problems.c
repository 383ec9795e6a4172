/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/problems.h"

void problems_add_incomplete(struct problems *problems, struct arena *arena,
			     const struct report *report)
{
	for (size_t i = 0; i < report->incomplete_count; i++) {
		const struct incomplete *one = &report->incomplete[i];

		*vec_push(problems) = str_format(
			arena, STR_FMT "%s" STR_FMT, STR_ARG(one->path),
			one->path.len ? ": " : "", STR_ARG(one->reason));
	}
}

void problems_add_unread(struct problems *problems, struct arena *arena,
			 const struct report *report,
			 const struct corpus *corpus)
{
	problems_add_incomplete(problems, arena, report);
	for (size_t i = 0; i < corpus_count(corpus); i++) {
		const struct record *record = corpus_at(corpus, i);

		if (!record->valid)
			*vec_push(problems) = str_format(
				arena,
				STR_FMT ": " STR_FMT "/" STR_FMT
					" does not have the shape of its kind; "
					"what follows from it is not known",
				STR_ARG(record->source->path),
				STR_ARG(record->kind), STR_ARG(record->id));
	}
}

enum status problems_write(const struct problems *problems,
			   const struct env *env)
{
	for (size_t i = 0; i < problems->count; i++) {
		out_safe(env->err, SAFE("abide: not known: "));
		out_text(env->err, problems->at[i], ENCODE_TERMINAL);
		out_safe(env->err, SAFE("\n"));
	}
	return problems->count ? STATUS_UNRELIABLE : STATUS_PASS;
}
