/*
 * verify - asks git for its word on signatures, by the signers that are
 * trusted.
 *
 * The file that `signers` of abide.yaml names is taken from the trusted
 * revision (--policies-at, else what is judged) and laid where git can read it;
 * nothing of the user's configuration counts. See git/signature.h for how git
 * is started.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_VERIFY_H
#define CMD_VERIFY_H

#include "base/vec.h"
#include "cmd/main_line.h"
#include "lint/evidence.h"

struct verify_list {
	VEC(const struct commit_facts *) commits;
};

/* Adds the landings of a history, and who made what they merged. */
void verify_add_all(struct verify_list *list, const struct main_line *line);

/* Adds to the evidence what git says of these commits; one that holds no
 * signature is left out, and one that is named twice is asked for once. The
 * answers live in the arena. On failure none is known to be good: ERROR_CONFIG,
 * no signers are named; ERROR_GIT, ERROR_IO: git cannot be asked. */
MUST_USE bool verify_commits(struct evidence *evidence,
			     const struct input *input,
			     const struct verify_list *list, unsigned jobs,
			     struct arena *arena, struct error *err);

#endif
