/*
 * coverage - which conditions of a rule its tests never turned.
 *
 * Every operand of && and ||, every condition of ?: and every whole expression
 * of a rule should have been true and false once. What was not is named; it is
 * where a mistake would go unnoticed.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_COVERAGE_H
#define CMD_COVERAGE_H

#include "base/map.h"
#include "base/vec.h"
#include "cel/cel.h"
#include "policy/rule_code.h"

struct coverage;

struct coverage *coverage_new(void);
void coverage_free(struct coverage *coverage);

/* For cel_run.explain, with the coverage as its context. */
void coverage_see(void *context, const struct cel_node *node,
		  struct cel_value value);

/* Calls `tell` for each condition of a rule that was never true or never
 * false (`value` says which is missing); returns how many there are. */
size_t coverage_tell(const struct coverage *coverage,
		     const struct rule_code *code,
		     void (*tell)(void *context, str text, bool value),
		     void *context);

#endif
