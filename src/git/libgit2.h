/*
 * libgit2 - the library, found when it is first needed.
 *
 * Linking it would cost every run 2 ms and starting it 8 more; only a pack
 * that we cannot read ourselves loads it. With ABIDE_STATIC_GIT2 the same table
 * is filled by the linker, for a release that is one file.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_LIBGIT2_H
#define GIT_LIBGIT2_H

#include <git2.h>
#include <git2/odb_backend.h>
#include <git2/sys/odb_backend.h>

#include "base/error.h"

struct libgit2 {
	void *library;
#define LIBGIT2(name) __typeof__(name) *name;
#include "git/libgit2.def"
#undef LIBGIT2
};

/* Loads and starts it; it counts, so each handle may do so. ERROR_GIT: it is
 * not installed, or older than 1.5.1. Follow with libgit2_close. */
MUST_USE bool libgit2_open(struct libgit2 *out, struct error *err);
void libgit2_close(struct libgit2 *libgit2);

#endif
