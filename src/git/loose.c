/* SPDX-License-Identifier: Apache-2.0 */
#include "git/loose.h"

/* "commit ", 20 digits and the NUL fit. */
enum { HEADER_MOST = 32 };

static bool damaged(struct error *err, const char *how)
{
	return error_set(err, ERROR_GIT, "the object is %s", how);
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
static bool header_parse(struct object_header *out, str text)
{
	struct object_header header = {0};
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
static bool ends_here(struct inflater *inflater, struct error *err)
{
	char beyond;

	if (inflater_fill(inflater, &beyond, 1) != 0)
		return damaged(err, "longer than its header says");
	switch (inflater_state(inflater)) {
	case INFLATED_END:
		break;
	case INFLATED_CUT:
		return damaged(err, "cut short");
	default:
		return damaged(err, "not whole zlib data");
	}
	if (inflater_left(inflater) != 0)
		return damaged(err, "followed by bytes that are not its own");
	return true;
}

/* What is wrong with a body that has fewer bytes than its header says. */
static const char *why_short(const struct inflater *inflater)
{
	switch (inflater_state(inflater)) {
	case INFLATED_END:
		return "shorter than its header says";
	case INFLATED_CUT:
		return "cut short";
	default:
		return "not whole zlib data";
	}
}

static bool read_body(struct object *out, struct inflater *inflater,
		      const struct object_header *header, str head,
		      struct buf *to, struct error *err)
{
	char *at;

	buf_clear(to);
	if (head.len > header->size)
		return damaged(err, "longer than its header says");
	if (header->size) {
		at = buf_reserve(to, header->size);
		if (!at)
			return error_set(err, ERROR_LIMIT,
					 "%zu bytes, at most %zu are read",
					 header->size, to->most);
		memcpy(at, head.ptr, head.len);
		to->len = head.len + inflater_fill(inflater, at + head.len,
						   header->size - head.len);
	}
	if (to->len < header->size)
		return damaged(err, why_short(inflater));
	if (!ends_here(inflater, err))
		return false;
	*out = (struct object){header->kind, buf_str(to)};
	return true;
}

bool loose_read(struct object *out, struct inflater *inflater, str file,
		const struct object_guard *guard, struct buf *to,
		struct error *err)
{
	char head[HEADER_MOST];
	struct object_header header;
	size_t got, body;

	if (file.len > UINT32_MAX)
		return error_set(err, ERROR_LIMIT, "the object is too large");
	if (!inflater_start(inflater, file))
		return damaged(err, "not readable by zlib");
	got = inflater_fill(inflater, head, sizeof(head));
	body = str_find_byte(str_make(head, got), '\0');
	if (body == SIZE_MAX)
		return damaged(err, inflater_state(inflater) == INFLATED_CUT &&
						    got < sizeof(head)
					    ? "cut short"
					    : "without a header");
	if (!header_parse(&header, str_make(head, body)))
		return damaged(err, "without a header that git writes");
	if (!guard->allow(guard->context, &header, err))
		return false;
	return read_body(out, inflater, &header,
			 str_make(head + body + 1, got - body - 1), to, err);
}
