/* format - "%s of %d".format([...]): the call of lib_strings, by itself because
 * it is large. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_FORMAT_H
#define CEL_FORMAT_H

#include "cel/function.h"

struct cel_value cel_format(struct cel_eval *eval, const struct cel_value *args,
			    size_t count);

/* Refuses a constant text with a clause that is none, or a constant list of
 * another length than it asks for. */
const struct cel_type *cel_format_check(const struct cel_env *env,
					const struct cel_type *const *args,
					const struct cel_value *const *consts,
					size_t count, struct error *err);

#endif
