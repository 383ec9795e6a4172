/* guard - what is asked between the header of an object and its body. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_GUARD_H
#define GIT_GUARD_H

#include "git/odb.h"

struct object_header {
	enum object_kind kind;
	size_t size;
};

/* May this be read? False: *err is set. */
struct object_guard {
	bool (*allow)(const void *context, const struct object_header *header,
		      struct error *err);
	const void *context;
};

#endif
