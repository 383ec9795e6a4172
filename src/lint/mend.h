/*
 * mend - the edits of a report, laid over the files they belong to.
 *
 *	mend = mend_new(snapshot, limits);
 *	while (mend_round(&more, mend, lint_report(run), &err) && more)
 *		... run again over mend_overlays(mend, &count)
 *
 * Nothing is written: texts are made in memory, one for a file, and each is
 * read again to prove that it differs from the one before at the edited
 * scalars and nowhere else. Edits that overlap wait for the next round; edits
 * that would harm the file are left out.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_MEND_H
#define LINT_MEND_H

#include "base/limits.h"
#include "lint/lint.h"

struct mended {
	str path;
	str before; /* as the snapshot has it */
	str after;
};

struct mend;

struct mend *mend_new(const struct snapshot *snapshot,
		      const struct limits *limits);
void mend_free(struct mend *mend);

/* Applies what the findings of a report offer, but for those an exception
 * covers; *count is how many findings were mended. */
MUST_USE bool mend_round(size_t *count, struct mend *mend,
			 const struct report *report, struct error *err);

/* Every file that is other than before, by path. */
const struct mended *mend_files(const struct mend *mend, size_t *count);

/* The same as overlays, valid until the next round. */
const struct overlay *mend_overlays(const struct mend *mend, size_t *count);

/* A text with edits that do not overlap, sorted by place, in the arena. */
str mend_text(str text, const struct edit *const *edits, size_t count,
	      struct arena *arena);

/* Is `after` as readable as `before`, with the same values but for the scalars
 * that were edited? */
bool mend_is_safe(str before, str after, enum format format,
		  const struct edit *const *edits, size_t count,
		  const struct limits *limits);

#endif
