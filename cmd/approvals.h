/*
 * approvals - who agreed to the changes of protected kinds, and how it is
 * written.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_APPROVALS_H
#define CMD_APPROVALS_H

#include "base/vec.h"
#include "cmd/past_say.h"
#include "lint/agreement.h"

struct approvals {
	const struct past *past;
	VEC(const struct agreement *) rows; /* from the oldest */
	size_t counts[AGREEMENT_STATES];
	size_t failed; /* of which an approval is wanting */
};

/* `what` is the struct approvals: see struct writer. */
void approvals_write_text(const void *what);
void approvals_write_json(const void *what);
void approvals_write_csv(const void *what);
void approvals_write_markdown(const void *what);

#endif
