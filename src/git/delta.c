/* SPDX-License-Identifier: Apache-2.0 */
#include "git/delta.h"

enum {
	COPY = 0x80,
	COPY_WHOLE = 0x10000, /* a copy of size 0 */
	OFFSET_BYTES = 4,
	SIZE_BYTES = 3,
};

static bool broken(struct error *err, const char *how)
{
	return error_set(err, ERROR_GIT, "a delta %s", how);
}

static bool size_read(size_t *out, str *rest)
{
	size_t size = 0;

	for (unsigned shift = 0; rest->len && shift < 63; shift += 7) {
		unsigned char byte = (unsigned char)rest->ptr[0];
		size_t part = byte & 0x7f;

		*rest = str_slice(*rest, 1, rest->len);
		if (part << shift >> shift != part)
			return false;
		size |= part << shift;
		if (!(byte & 0x80)) {
			*out = size;
			return true;
		}
	}
	return false;
}

bool delta_open(struct delta *out, str bytes, struct error *err)
{
	struct delta delta;

	if (!size_read(&delta.base, &bytes) ||
	    !size_read(&delta.result, &bytes))
		return broken(err, "does not say its sizes");
	delta.steps = bytes;
	*out = delta;
	return true;
}

/* Reads the bytes of a number that `bits` say are there, lowest first. */
static bool number(size_t *out, const unsigned char **at,
		   const unsigned char *end, unsigned bits, unsigned bytes)
{
	size_t value = 0;

	for (unsigned i = 0; i < bytes; i++) {
		if (!(bits & 1U << i))
			continue;
		if (*at == end)
			return false;
		value |= (size_t) * (*at)++ << (8 * i);
	}
	*out = value;
	return true;
}

bool delta_apply(char *to, const struct delta *delta, str base,
		 struct error *err)
{
	const unsigned char *at = (const unsigned char *)delta->steps.ptr;
	const unsigned char *end = at + delta->steps.len;
	size_t left = delta->result;

	if (base.len != delta->base)
		return broken(err, "builds on an object of another size");
	while (at < end) {
		unsigned step = *at++;
		const char *from;
		size_t size = step, offset;

		if (step & COPY) {
			if (!number(&offset, &at, end, step, OFFSET_BYTES) ||
			    !number(&size, &at, end, step >> OFFSET_BYTES,
				    SIZE_BYTES))
				return broken(err, "is cut short");
			if (size == 0)
				size = COPY_WHOLE;
			if (offset > base.len || size > base.len - offset)
				return broken(err,
					      "copies from beyond its base");
			from = base.ptr + offset;
		} else {
			if (step == 0)
				return broken(err,
					      "has an unknown instruction");
			if (size > (size_t)(end - at))
				return broken(err, "is cut short");
			from = (const char *)at;
			at += size;
		}
		if (size > left)
			return broken(err, "makes more than it says");
		memcpy(to, from, size);
		to += size;
		left -= size;
	}
	return left == 0 ? true : broken(err, "makes less than it says");
}
