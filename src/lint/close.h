/* close - what makes a report of what was found. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_CLOSE_H
#define LINT_CLOSE_H

#include "lint/run.h"

/* close.c: merges what the workers found, sorts, places and counts. */
MUST_USE bool close_report(struct lint_run *run, struct error *err);

/* compare.c: tells new findings from those of the bases, which leave
 * run->findings, and counts anew. */
void compare_with_bases(struct lint_run *run);

/* close.c: does the path lie where the user asked? */
bool is_wanted(const struct lint *lint, str path);

/* Sets the fingerprint; `ordinal` tells findings apart that nothing else
 * does. */
void finding_sign(struct finding *finding, size_t ordinal);

/* Sets the pointer of a finding by its span, where it is found. */
void finding_point(const struct lint_run *run, struct worker *worker,
		   struct finding *finding, const struct document *document);

#endif
