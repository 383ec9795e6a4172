/* SPDX-License-Identifier: Apache-2.0 */
#include "git/content.h"

/* Source: git-lfs's specification, "The Pointer"; git-crypt's file header. */
enum content content_of(str bytes)
{
	if (str_starts(bytes, STR("version https://git-lfs.github.com/spec/")))
		return CONTENT_LFS;
	if (str_starts(bytes, STR("\0GITCRYPT\0")))
		return CONTENT_ENCRYPTED;
	return CONTENT_PLAIN;
}
