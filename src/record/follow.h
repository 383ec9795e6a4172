/*
 * follow - a field through the changes of its record.
 *
 * A field is named by a JSON pointer, and the index in it of an item of a list
 * holds for one version only: what came, went or changed its place before it
 * is counted.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECORD_FOLLOW_H
#define RECORD_FOLLOW_H

#include "base/buf.h"
#include "record/trail.h"

/* Does a change set, change or end a field, a field below it, or a value it
 * lies in? The pointer names it after the change. An added record sets all its
 * fields, also those it does not have; one that is gone sets none. */
bool change_touches(const struct change *change, str pointer);

/* The same for one of its fields; the value is named as it is after the change
 * and as it was before (see change_pointer_before). */
bool field_touches(const struct field_change *field, str pointer,
		   str pointer_before);

/* Writes what a pointer to a value after the change was before it: items of
 * lists may have stood elsewhere. The value must have been there. */
void change_pointer_before(struct buf *out, const struct change *change,
			   str pointer);

#endif
