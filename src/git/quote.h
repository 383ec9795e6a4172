/* quote - paths as git quotes them when they hold odd bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_QUOTE_H
#define GIT_QUOTE_H

#include "base/arena.h"

/* Reads a quoted string at the start of *rest ("a\tb\303\244") and moves *rest
 * behind it. False: it does not end, or has an escape C does not know. */
MUST_USE bool unquote(str *out, str *rest, struct arena *arena);

#endif
