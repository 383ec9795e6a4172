/* check - judging, for the commands that are judging with other words. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_CHECK_H
#define CMD_CHECK_H

#include "cmd/options.h"

/* Judges as `abide check` does, compared with a base: `revision` itself with
 * `exactly`, else where its line and the judged one parted. */
enum status check_compared(const struct env *env, const struct options *options,
			   str revision, bool exactly);

#endif
