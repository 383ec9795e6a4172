/*
 * base - the earlier commits that a run is compared with.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_BASE_H
#define CMD_BASE_H

#include "cmd/history_input.h"
#include "lint/lint.h"

enum { BASES_MOST = 8 }; /* of a criss-cross history */

struct base {
	str name; /* the commit, or the first of several */
	struct oid tips[BASES_MOST];
	struct snapshot *snapshots[BASES_MOST];
	struct lint lints[BASES_MOST];
	struct history_input histories[BASES_MOST];
	struct lint_run *runs[BASES_MOST];
	size_t count;
};

/* Judges the merge bases of `revision` and what is judged (of the work tree
 * and the index: HEAD) as `lint` says, and has `lint` compare with them. With
 * `exactly` the revision itself is the base. ERROR_USAGE: no such revision, or
 * no common commit. Close with base_close after the run of `lint`. */
MUST_USE bool base_open(struct base *out, const struct input *input,
			str revision, bool exactly, struct lint *lint,
			const struct options *options, struct error *err);

/* Is the `baseline` of the configuration what is judged, or below it? Else
 * ERROR_CONFIG: nobody knows what it had. */
MUST_USE bool base_below(const struct input *input, str baseline,
			 struct arena *arena, struct error *err);
void base_close(struct base *base);

#endif
