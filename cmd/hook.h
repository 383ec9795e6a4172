/* hook - what the parts of `abide hook` share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_HOOK_H
#define CMD_HOOK_H

#include "cmd/options.h"

/* `abide hook message FILE`: the trailers of a message that is about to be
 * committed. */
enum status hook_message(const struct env *env, const struct options *options);

#endif
