/* SPDX-License-Identifier: Apache-2.0 */
#include "git/loose.h"

#include <limits.h>
#include <zlib.h>

#include "base/mem.h"

/* "commit ", 20 digits and the NUL fit. */
enum { HEADER_MOST = 32 };

struct inflater {
	z_stream stream;
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

static bool damaged(struct error *err, const char *how)
{
	return error_set(err, ERROR_GIT, "the object is %s", how);
}

static bool start(struct inflater *inflater, str file, struct error *err)
{
	z_stream *stream = &inflater->stream;
	int rc;

	if (file.len > UINT_MAX)
		return error_set(err, ERROR_LIMIT, "the object is too large");
	/* zlib's next_in lacks a const; it is never written through. */
	stream->next_in = (Bytef *)(uintptr_t)file.ptr;
	stream->avail_in = (uInt)file.len;
	rc = inflater->open ? inflateReset(stream) : inflateInit(stream);
	inflater->open = true;
	return rc == Z_OK ? true : damaged(err, "not readable by zlib");
}

/* Inflates until `len` bytes are there or no more come; returns how many. */
static size_t fill(z_stream *stream, char *to, size_t len, int *rc)
{
	size_t done = 0;

	while (done < len && *rc == Z_OK) {
		size_t want = len - done < UINT_MAX ? len - done : UINT_MAX;

		stream->next_out = (Bytef *)to + done;
		stream->avail_out = (uInt)want;
		*rc = inflate(stream, Z_NO_FLUSH);
		done += want - stream->avail_out;
	}
	return done;
}

static const struct {
	str word;
	enum object_kind kind;
} kinds[] = {
	{STR_INIT("commit"), OBJECT_COMMIT},
	{STR_INIT("tree"), OBJECT_TREE},
	{STR_INIT("blob"), OBJECT_BLOB},
	{STR_INIT("tag"), OBJECT_TAG},
};

/* Reads "kind size" as git writes it: one space, no leading zero. */
static bool header_parse(struct loose_header *out, str text)
{
	struct loose_header header = {0};
	str word = str_cut(&text, ' ');

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (str_equal(word, kinds[i].word))
			header.kind = kinds[i].kind;
	}
	if (header.kind == OBJECT_ANY || text.len == 0 ||
	    (text.len > 1 && text.ptr[0] == '0'))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = (unsigned char)text.ptr[i] - (unsigned)'0';

		if (digit > 9 || !size_mul(&header.size, header.size, 10) ||
		    !size_add(&header.size, header.size, digit))
			return false;
	}
	*out = header;
	return true;
}

/* After the body: zlib must say "end" without giving a byte more, and the
 * file must be used up. */
static bool ends_here(z_stream *stream, int rc, struct error *err)
{
	char beyond;

	if (fill(stream, &beyond, 1, &rc) != 0)
		return damaged(err, "longer than its header says");
	if (rc != Z_STREAM_END)
		return damaged(err, rc == Z_BUF_ERROR ? "cut short"
						      : "not whole zlib data");
	if (stream->avail_in != 0)
		return damaged(err, "followed by bytes that are not its own");
	return true;
}

bool loose_read(struct object *out, struct inflater *inflater, str file,
		const struct loose_guard *guard, struct buf *to,
		struct error *err)
{
	z_stream *stream = &inflater->stream;
	char head[HEADER_MOST];
	struct loose_header header;
	int rc = Z_OK;
	size_t got, body;
	str text;
	char *at;

	if (!start(inflater, file, err))
		return false;
	got = fill(stream, head, sizeof(head), &rc);
	body = str_find_byte(str_make(head, got), '\0');
	if (body == SIZE_MAX)
		return damaged(err, rc == Z_BUF_ERROR && got < sizeof(head)
					    ? "cut short"
					    : "without a header");
	text = str_make(head, body++);
	if (!header_parse(&header, text))
		return damaged(err, "without a header that git writes");
	if (!guard->allow(guard->context, &header, err))
		return false;

	buf_clear(to);
	if (got - body > header.size)
		return damaged(err, "longer than its header says");
	if (header.size) {
		at = buf_reserve(to, header.size);
		if (!at)
			return error_set(err, ERROR_LIMIT,
					 "%zu bytes, at most %zu are read",
					 header.size, to->most);
		memcpy(at, head + body, got - body);
		to->len = got - body;
		to->len +=
			fill(stream, at + to->len, header.size - to->len, &rc);
	}
	if (to->len < header.size)
		return damaged(
			err, rc == Z_STREAM_END ? "shorter than its header says"
			     : rc == Z_BUF_ERROR ? "cut short"
						 : "not whole zlib data");
	if (!ends_here(stream, rc, err))
		return false;
	*out = (struct object){header.kind, buf_str(to)};
	return true;
}
