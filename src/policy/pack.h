/*
 * pack - a file of rules.
 *
 * Built in are the files policies/NAME.yaml; a repository's own lie in its
 * policy folder. The form is schema/abide/pack.yaml. A pack may add rules and
 * never redefines an id or code.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_PACK_H
#define POLICY_PACK_H

#include "policy/files.h"
#include "policy/rule.h"

/* The rules of a parsed and checked pack, in the arena of `files`. ERROR_CONFIG
 * for a check that does not exist, with the nearest that does. */
MUST_USE bool pack_read(const struct rule **out, size_t *count,
			const struct policy_file *file,
			const struct policy_files *files,
			const struct check *const *checks, size_t check_count,
			struct error *err);

#endif
