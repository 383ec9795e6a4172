/* stores - the `objects` folders of a repository, alternates included. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_STORES_H
#define GIT_STORES_H

#include "git/odb.h"

struct packs;

struct store {
	str path; /* absolute, links resolved; a NUL follows */
	int descriptor;
};

/* Const after odb_open; shared by all readers. */
struct odb {
	struct arena arena;
	const struct store *stores;
	size_t count;
	struct packs *packs; /* see pack.h */
	str absent; /* an alternate that is named and not there, if any */
	const struct limits *limits;
};

#endif
