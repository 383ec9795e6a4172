/* needs - what a rule reads besides its record. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_NEEDS_H
#define POLICY_NEEDS_H

#include "policy/rule.h"

enum rule_need {
	NEEDS_RECORDS = 1 << 0,
	NEEDS_HISTORY = 1 << 1,
	NEEDS_CLOCK = 1 << 2,
	NEEDS_FILES = 1 << 3,
};

enum { NEEDS_MOST = 4 };

/* The names in packs and output: "records", "history", "clock", "files", in
 * the order of the bits. */
extern const char *const need_names[NEEDS_MOST];

/* Bits of enum rule_need: what its expressions read, and what its pack says of
 * a check in C. */
unsigned rule_needs(const struct rule *rule);

#endif
