/* SPDX-License-Identifier: Apache-2.0 */
#include "git/pack_index.h"

#include "git/wire.h"

enum {
	FANS = 256,
	FAN_BYTES = FANS * 4,
	HEAD_BYTES = 8, /* magic and version; version 1 has none */
	TAIL_BYTES = 2 * OID_RAW,
	CRC_BYTES = 4,
	OFFSET_BYTES = 4,
	LARGE_BYTES = 8,
};

#define MAGIC 0xff744f63u
#define IS_LARGE 0x80000000u

static enum index_form broken(struct error *err, const char *how)
{
	(void)error_set(err, ERROR_GIT, "its index %s", how);
	return INDEX_BROKEN;
}

/* Checks the running counts; the last one is the number of objects. */
static bool counts_rise(size_t *count, const unsigned char *fan)
{
	uint32_t before = 0;

	for (size_t i = 0; i < FANS; i++) {
		uint32_t now = wire_32(fan + 4 * i);

		if (now < before)
			return false;
		before = now;
	}
	*count = before;
	return true;
}

static enum index_form open_first(struct pack_index *out, str bytes,
				  struct error *err)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;
	struct pack_index index = {
		.fan = at,
		.offsets = at + FAN_BYTES,
		.names = at + FAN_BYTES + OFFSET_BYTES,
		.name_step = OFFSET_BYTES + OID_RAW,
		.offset_step = OFFSET_BYTES + OID_RAW,
		.pack = at + bytes.len - TAIL_BYTES,
	};
	size_t need;

	if (!counts_rise(&index.count, at))
		return broken(err, "has counts that fall");
	if (!size_mul(&need, index.count, index.name_step) ||
	    need != bytes.len - FAN_BYTES - TAIL_BYTES)
		return broken(err, "has not the size of its objects");
	*out = index;
	return INDEX_GOOD;
}

static enum index_form open_second(struct pack_index *out, str bytes,
				   struct error *err)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;
	struct pack_index index = {
		.fan = at + HEAD_BYTES,
		.names = at + HEAD_BYTES + FAN_BYTES,
		.name_step = OID_RAW,
		.offset_step = OFFSET_BYTES,
		.pack = at + bytes.len - TAIL_BYTES,
	};
	size_t room = bytes.len - HEAD_BYTES - FAN_BYTES - TAIL_BYTES;
	size_t need;

	if (!counts_rise(&index.count, index.fan))
		return broken(err, "has counts that fall");
	if (!size_mul(&need, index.count, OID_RAW + CRC_BYTES + OFFSET_BYTES) ||
	    need > room || (room - need) % LARGE_BYTES != 0 ||
	    (room - need) / LARGE_BYTES > index.count)
		return broken(err, "has not the size of its objects");
	index.offsets = index.names + index.count * (OID_RAW + CRC_BYTES);
	index.large = index.offsets + index.count * OFFSET_BYTES;
	index.large_count = (room - need) / LARGE_BYTES;
	*out = index;
	return INDEX_GOOD;
}

enum index_form pack_index_open(struct pack_index *out, str bytes,
				struct error *err)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;

	if (bytes.len < FAN_BYTES + TAIL_BYTES)
		return broken(err, "is cut short");
	if (wire_32(at) != MAGIC)
		return open_first(out, bytes, err);
	if (wire_32(at + 4) != 2)
		return INDEX_FOREIGN;
	if (bytes.len < HEAD_BYTES + FAN_BYTES + TAIL_BYTES)
		return broken(err, "is cut short");
	return open_second(out, bytes, err);
}

const unsigned char *pack_index_name(const struct pack_index *index,
				     size_t position)
{
	return index->names + position * index->name_step;
}

static int compare_at(const struct pack_index *index, size_t position,
		      const unsigned char *name)
{
	const unsigned char *other = pack_index_name(index, position);
	uint64_t a = wire_64(other), b = wire_64(name);

	if (a != b)
		return a < b ? -1 : 1;
	return memcmp(other + 8, name + 8, OID_RAW - 8);
}

/* Names are spread evenly, so the four bytes behind the first say nearly
 * where one is (interpolation search); from that guess steps of double
 * length find two places around it, and halving the rest. */
size_t pack_index_lower(const struct pack_index *index,
			const unsigned char name[OID_RAW])
{
	size_t low = name[0] ? wire_32(index->fan + 4 * (name[0] - 1U)) : 0;
	size_t high = wire_32(index->fan + 4 * (size_t)name[0]);
	size_t step = 4;
	size_t guess;

	if (low >= high)
		return low;
	guess = low +
		(size_t)((uint64_t)wire_32(name + 1) * (high - low) >> 32);
	if (compare_at(index, guess, name) < 0) {
		low = guess + 1;
		while (high - low > step &&
		       compare_at(index, low + step, name) < 0) {
			low += step + 1;
			step *= 2;
		}
		if (high - low > step)
			high = low + step;
	} else {
		high = guess;
		while (high - low > step &&
		       compare_at(index, high - step, name) >= 0) {
			high -= step;
			step *= 2;
		}
		if (high - low > step)
			low = high - step + 1;
	}
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_at(index, middle, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool pack_index_find(size_t *position, const struct pack_index *index,
		     const unsigned char name[OID_RAW])
{
	size_t at = pack_index_lower(index, name);

	if (at >= index->count || compare_at(index, at, name) != 0)
		return false;
	*position = at;
	return true;
}

bool pack_index_offset(size_t *out, const struct pack_index *index,
		       size_t position)
{
	uint32_t offset =
		wire_32(index->offsets + position * index->offset_step);
	size_t large = offset & ~IS_LARGE;

	if (!index->large || !(offset & IS_LARGE)) {
		*out = offset;
		return true;
	}
	if (large >= index->large_count)
		return false;
	*out = (size_t)wire_64(index->large + large * LARGE_BYTES);
	return true;
}
