/*
 * remote - the URL of a remote, as it may be told to others.
 *
 * A URL in a clone's configuration may hold a user name, a password or a
 * token, or a folder of somebody's machine. None of that leaves.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_REMOTE_H
#define GIT_REMOTE_H

#include "base/arena.h"

/* The URL without user, password, query and fragment, in the arena: scheme,
 * host and path of http, https, ssh and git, and scp's host:path as ssh. Absent
 * for what names a folder, or has a form that is not known (git-fetch(1),
 * "GIT URLS"; RFC 3986). */
str remote_public(str url, struct arena *arena);

#endif
