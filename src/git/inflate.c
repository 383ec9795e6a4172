/* SPDX-License-Identifier: Apache-2.0 */
#include "git/inflate.h"

#include <limits.h>
#include <zlib.h>

#include "base/mem.h"

struct inflater {
	z_stream stream;
	int rc;
	bool open;
};

static voidpf take(voidpf context, uInt items, uInt size)
{
	size_t total;

	(void)context;
	return size_mul(&total, items, size) ? mem_new(total) : Z_NULL;
}

static void give_back(voidpf context, voidpf memory)
{
	(void)context;
	mem_free(memory);
}

struct inflater *inflater_new(void)
{
	struct inflater *inflater = mem_new(sizeof(*inflater));

	inflater->stream.zalloc = take;
	inflater->stream.zfree = give_back;
	return inflater;
}

void inflater_free(struct inflater *inflater)
{
	if (inflater && inflater->open)
		(void)inflateEnd(&inflater->stream);
	mem_free(inflater);
}

bool inflater_start(struct inflater *inflater, str from)
{
	z_stream *stream = &inflater->stream;

	/* zlib's next_in lacks a const; it is never written through. */
	stream->next_in = (Bytef *)(uintptr_t)from.ptr;
	stream->avail_in = from.len < UINT_MAX ? (uInt)from.len : UINT_MAX;
	inflater->rc =
		inflater->open ? inflateReset(stream) : inflateInit(stream);
	inflater->open = true;
	return inflater->rc == Z_OK;
}

size_t inflater_fill(struct inflater *inflater, char *to, size_t len)
{
	z_stream *stream = &inflater->stream;
	size_t done = 0;

	while (done < len && inflater->rc == Z_OK) {
		size_t want = len - done < UINT_MAX ? len - done : UINT_MAX;

		stream->next_out = (Bytef *)to + done;
		stream->avail_out = (uInt)want;
		inflater->rc = inflate(stream, Z_NO_FLUSH);
		done += want - stream->avail_out;
	}
	return done;
}

enum inflated inflater_state(const struct inflater *inflater)
{
	switch (inflater->rc) {
	case Z_OK:
		return INFLATED_MORE;
	case Z_STREAM_END:
		return INFLATED_END;
	case Z_BUF_ERROR:
		return INFLATED_CUT;
	default:
		return INFLATED_BROKEN;
	}
}

size_t inflater_left(const struct inflater *inflater)
{
	return inflater->stream.avail_in;
}

bool inflate_exactly(char *to, size_t len, size_t room,
		     struct inflater *inflater, str from, const char *what,
		     struct error *err)
{
	z_stream *stream = &inflater->stream;
	size_t got;

	if (room > UINT_MAX)
		return error_set(err, ERROR_LIMIT, "%s is too large", what);
	if (!inflater_start(inflater, from))
		return error_set(err, ERROR_GIT, "%s is not readable by zlib",
				 what);
	/* All at once: zlib then keeps no copy of the last 32 KiB. */
	stream->next_out = (Bytef *)to;
	stream->avail_out = (uInt)room;
	inflater->rc = inflate(stream, Z_FINISH);
	got = room - stream->avail_out;
	if (inflater->rc == Z_STREAM_END && got == len)
		return true;
	if (got > len)
		return error_set(err, ERROR_GIT,
				 "%s is longer than its header says", what);
	if (inflater->rc == Z_STREAM_END)
		return error_set(err, ERROR_GIT,
				 "%s is shorter than its header says", what);
	if (inflater->rc != Z_BUF_ERROR && inflater->rc != Z_OK)
		return error_set(err, ERROR_GIT, "%s is not whole zlib data",
				 what);
	return error_set(err, ERROR_GIT, "%s is %s", what,
			 stream->avail_in ? "longer than its header says"
					  : "cut short");
}
