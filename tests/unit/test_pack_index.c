/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/buf.h"
#include "git/pack_index.h"

enum { MOST = 3000 };

static void put_32(struct buf *to, size_t value)
{
	for (unsigned shift = 32; shift; shift -= 8)
		buf_byte(to, (char)(value >> (shift - 8)));
}

static int by_name(const void *a, const void *b)
{
	return memcmp(a, b, OID_RAW);
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Names that are spread evenly, or crowded below a few first bytes. */
static void make_names(unsigned char (*names)[OID_RAW], size_t count,
		       uint64_t seed, bool crowded)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < OID_RAW; k++)
			names[i][k] = (unsigned char)(next_random(&seed) >> 32);
		if (crowded) {
			names[i][0] =
				(unsigned char)(names[i][0] & 1 ? 255 : 0);
			names[i][1] = (unsigned char)(names[i][1] & 3);
			names[i][2] = 0;
		}
	}
	qsort(names, count, OID_RAW, by_name);
}

static void write_fan(struct buf *to, unsigned char (*names)[OID_RAW],
		      size_t count)
{
	for (unsigned first = 0; first < 256; first++) {
		size_t sum = 0;

		while (sum < count && names[sum][0] <= first)
			sum++;
		put_32(to, sum);
	}
}

/* An index whose offsets are 100 times the position. */
static void write_index(struct buf *to, unsigned version,
			unsigned char (*names)[OID_RAW], size_t count)
{
	buf_init(to, 1 << 20);
	if (version == 2) {
		buf_add(to, STR("\377tOc\0\0\0\2"));
	}
	write_fan(to, names, count);
	for (size_t i = 0; i < count; i++) {
		if (version == 1)
			put_32(to, i * 100);
		buf_add(to, str_make((const char *)names[i], OID_RAW));
	}
	for (size_t i = 0; version == 2 && i < count; i++)
		put_32(to, 0);
	for (size_t i = 0; version == 2 && i < count; i++)
		put_32(to, i * 100);
	buf_repeat(to, '!', (size_t)2 * OID_RAW);
}

static void each_name_is_found_where_it_is_and_no_other(void **state)
{
	static const size_t counts[] = {0, 1, 2, 3, 10, 100, 1000, MOST};
	static unsigned char names[MOST][OID_RAW];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(counts) * 4; i++) {
		size_t count = counts[i / 4];
		unsigned version = i % 2 ? 2 : 1;
		struct pack_index index;
		struct buf bytes;
		struct error err;

		make_names(names, count, i + 1, i % 4 >= 2);
		write_index(&bytes, version, names, count);
		assert_int_equal(pack_index_open(&index, buf_str(&bytes), &err),
				 INDEX_GOOD);
		assert_int_equal(index.count, count);
		for (size_t k = 0; k < count; k++) {
			unsigned char other[OID_RAW];
			size_t at, offset;

			assert_true(pack_index_find(&at, &index, names[k]));
			assert_memory_equal(names[at], names[k], OID_RAW);
			assert_true(pack_index_offset(&offset, &index, at));
			assert_int_equal(offset, at * 100);
			memcpy(other, names[k], OID_RAW);
			other[19] ^= 1;
			assert_false(pack_index_find(&at, &index, other));
			at = pack_index_lower(&index, other);
			assert_true(at == 0 ||
				    by_name(names[at - 1], other) < 0);
			assert_true(at == count ||
				    by_name(names[at], other) > 0);
		}
		buf_done(&bytes);
	}
}

static void names_without_order_end_the_search_all_the_same(void **state)
{
	static unsigned char names[MOST][OID_RAW];
	struct pack_index index;
	struct buf bytes;
	struct error err;
	size_t at;

	(void)state;
	make_names(names, MOST, 5, false);
	write_index(&bytes, 2, names, MOST);
	/* The counts stay, the names run backwards. */
	for (size_t i = 0; i < MOST; i++)
		memcpy(bytes.ptr + 8 + 1024 + i * OID_RAW, names[MOST - 1 - i],
		       OID_RAW);
	assert_int_equal(pack_index_open(&index, buf_str(&bytes), &err),
			 INDEX_GOOD);
	for (size_t i = 0; i < MOST; i++) {
		assert_true(pack_index_lower(&index, names[i]) <= MOST);
		if (pack_index_find(&at, &index, names[i]))
			assert_memory_equal(pack_index_name(&index, at),
					    names[i], OID_RAW);
	}
	buf_done(&bytes);
}

static void a_form_that_is_wrong_is_told(void **state)
{
	static unsigned char names[2][OID_RAW] = {{1}, {2}};
	struct pack_index index;
	struct buf bytes;
	struct error err;
	size_t offset;

	(void)state;
	write_index(&bytes, 2, names, 2);
	bytes.ptr[7] = 3;
	assert_int_equal(pack_index_open(&index, buf_str(&bytes), &err),
			 INDEX_FOREIGN);
	bytes.ptr[7] = 2;
	bytes.ptr[8] = 1; /* the first count is larger than the second */
	assert_int_equal(pack_index_open(&index, buf_str(&bytes), &err),
			 INDEX_BROKEN);
	assert_string_equal(err.text, "its index has counts that fall");
	bytes.ptr[8] = 0;
	for (size_t i = 0; i < bytes.len; i++)
		assert_int_equal(
			pack_index_open(&index, str_make(bytes.ptr, i), &err),
			INDEX_BROKEN);
	assert_int_equal(pack_index_open(&index, buf_str(&bytes), &err),
			 INDEX_GOOD);
	/* An offset of 64 bits, of which there are none. */
	bytes.ptr[8 + 1024 + 2 * 24] = (char)0x80;
	assert_false(pack_index_offset(&offset, &index, 0));
	assert_true(pack_index_offset(&offset, &index, 1));
	buf_done(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_name_is_found_where_it_is_and_no_other),
		cmocka_unit_test(
			names_without_order_end_the_search_all_the_same),
		cmocka_unit_test(a_form_that_is_wrong_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
