/*
 * fix - safe edits: `abide check --fix` and `--diff`.
 *
 * All is worked out in memory first, judging again after each round; then each
 * file is written whole or not at all, if it is still the one that was judged.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_FIX_H
#define CMD_FIX_H

#include "cmd/input.h"
#include "lint/lint.h"
#include "lint/mend.h"

struct fix {
	struct mend *mend;
	struct lint lint;	/* of the last run */
	struct lint_run *after; /* over the edited texts; NULL: none */
	size_t findings;	/* that were mended */
};

/* Does nothing on the command line contradict --fix and --diff? What is judged
 * without --at and --staged is the work tree. */
MUST_USE bool fix_is_possible(const struct options *options, struct error *err);

/* Works out the edits of a run of the work tree; ERROR_USAGE in a bare
 * repository. fix_done also after a failure. */
MUST_USE bool fix_find(struct fix *fix, const struct input *input,
		       const struct lint *lint, const struct lint_run *run,
		       struct error *err);
void fix_done(struct fix *fix);

/* Writes the files; the error says which was the first not to be written. */
MUST_USE bool fix_write(const struct fix *fix, const struct input *input,
			struct error *err);

/* Shows the edits as a unified diff on standard output. `before` is the run
 * they were found by. */
void fix_show(const struct env *env, const struct fix *fix,
	      const struct lint_run *before);

/* Says on standard error what became of it. */
void fix_tell(const struct env *env, const struct fix *fix, bool written);

/* Is there anything that is or would be other than before? */
bool fix_changes(const struct fix *fix);

#endif
