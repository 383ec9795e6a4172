/*
 * duty - who holds a role at a time, by the holders that its record lists.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_DUTY_H
#define LINT_DUTY_H

#include "base/instant.h"
#include "data/node.h"

/* Had the person of this record left by then? `live`: its status is not one
 * that ends it, asked where no day is given. */
bool duty_left(const struct node *person, bool live, struct instant at);

/* Does an entry of `holders` count then? `until` names the last day that still
 * counts (UTC). */
bool duty_holder_counts(const struct node *holder, struct instant at);

/* Does a person hold the role of this record then? */
bool duty_role_held(const struct node *role, str person, struct instant at);

#endif
