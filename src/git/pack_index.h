/*
 * pack_index - where the objects of a pack are: the bytes of an .idx file.
 *
 * Versions 1 and 2 (git's Documentation/gitformat-pack): 256 running counts
 * by first byte of the name, the sorted names, and an offset for each. Nothing
 * is copied; the bytes stay the caller's and are not trusted: counts, sizes
 * and offsets are checked here, that names are sorted is not. An index that
 * is not sorted can hide an object, and a hidden object is a missing one.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_PACK_INDEX_H
#define GIT_PACK_INDEX_H

#include "base/error.h"
#include "base/oid.h"

struct pack_index {
	const unsigned char *fan;     /* 256 counts */
	const unsigned char *names;   /* the first name */
	const unsigned char *offsets; /* the first offset */
	const unsigned char *large;   /* version 2: offsets of 64 bits */
	const unsigned char *pack;    /* the checksum of its pack */
	size_t name_step, offset_step;
	size_t count, large_count;
};

enum index_form {
	INDEX_GOOD,
	INDEX_FOREIGN, /* of a version that is not known here */
	INDEX_BROKEN,  /* *err says how */
};

/* Looks at the form of the whole file; its pages but for the head and the
 * tail are not touched. */
MUST_USE enum index_form pack_index_open(struct pack_index *out, str bytes,
					 struct error *err);

/* Finds an object. */
MUST_USE bool pack_index_find(size_t *position, const struct pack_index *index,
			      const unsigned char name[OID_RAW]);

/* The first position whose name is not below `name`. */
size_t pack_index_lower(const struct pack_index *index,
			const unsigned char name[OID_RAW]);

/* The name at a position below index->count. */
const unsigned char *pack_index_name(const struct pack_index *index,
				     size_t position);

/* The offset in the pack; false: the index damages it. */
MUST_USE bool pack_index_offset(size_t *out, const struct pack_index *index,
				size_t position);

#endif
