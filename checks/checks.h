/* checks - the table of all judgements written in C. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHECKS_CHECKS_H
#define CHECKS_CHECKS_H

#include "policy/check.h"

/* By name. */
extern const struct check *const checks[];
extern const size_t check_count;

#endif
