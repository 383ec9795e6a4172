/*
 * history_input - the history of what is judged, read when a rule asks for it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_HISTORY_INPUT_H
#define CMD_HISTORY_INPUT_H

#include "cmd/main_line.h"
#include "lint/evidence.h"
#include "lint/lint.h"

struct history_input {
	struct lint_history lint; /* to hand over; lint.missing: why not */
	struct arena arena;
	struct main_line line;
	struct evidence evidence; /* about its commits */
};

/* Reads the main line below a commit, or below what is judged (of the work
 * tree and the index: HEAD) for NULL, and has `lint` look at it; nothing when
 * no rule of `lint` asks for history. What keeps it from being read is no
 * error here: the run says that rules were not judged, and why. Close with
 * history_input_close after the run. */
void history_input_open(struct history_input *out, const struct input *input,
			const struct oid *tip, struct lint *lint);
void history_input_close(struct history_input *history);

#endif
