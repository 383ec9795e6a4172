/* schema_promise - `if` a field has this value `then` those are required. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_SCHEMA_PROMISE_H
#define POLICY_SCHEMA_PROMISE_H

#include "cel/object.h"
#include "jsonschema/schema_view.h"

/* What the `if` of a schema promises; false: nothing that can be said of one
 * field and some texts, or `true`. */
bool schema_promise(struct cel_promise *out, struct arena *arena,
		    const struct schema *schema);

#endif
