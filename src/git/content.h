/* content - tells a file's content from what stands in for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_CONTENT_H
#define GIT_CONTENT_H

#include "base/str.h"

enum content {
	CONTENT_PLAIN,
	CONTENT_LFS,	   /* a pointer of Git LFS */
	CONTENT_ENCRYPTED, /* of git-crypt */
};

/* Tells by the first bytes whether a blob is a stand-in for its content. */
enum content content_of(str bytes);

#endif
