/* open_policy - the policy for commands that judge nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_OPEN_POLICY_H
#define CMD_OPEN_POLICY_H

#include "cmd/input.h"

/* That of the repository when there is one, else what is built in. What is
 * wrong in a repository's own files is an error, not a reason to leave it. */
MUST_USE bool open_policy(struct input *input, const struct env *env,
			  const struct options *options, struct error *err);

#endif
