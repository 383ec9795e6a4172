/*
 * json - writes JSON (RFC 8259) as it is told, piece by piece.
 *
 *	struct json json = json_start(&out, 2);
 *
 *	json_object(&json);
 *	json_key(&json, STR("path"));
 *	json_text(&json, path);
 *	json_end(&json);
 *	json_finish(&json);
 *
 * The same calls give the same bytes. A value without its key, a key in an
 * array or an end too many is our mistake and an assert.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/encode.h"

enum { JSON_DEEPEST = 512 };

struct json {
	struct out *out;
	unsigned indent; /* blanks for each level; 0 is compact */
	unsigned depth;
	bool started; /* does the open object or array hold something? */
	bool keyed;   /* has the next value its key? */
	bool done;    /* is the one outermost value complete? */
	unsigned char object[JSON_DEEPEST / 8]; /* a bit for each level */
};

/* Writes to `out`, which it borrows. `indent` 0 gives one line. */
struct json json_start(struct out *out, unsigned indent);

/* Asserts that one whole value was written. No line end is added. */
void json_finish(const struct json *json);

/* json_end ends what was begun last. Callers bound their own depth. */
void json_object(struct json *json);
void json_array(struct json *json);
void json_end(struct json *json);

void json_key(struct json *json, str key);

void json_text(struct json *json, str untrusted);
void json_text_cut(struct json *json, str untrusted, size_t most);
void json_int(struct json *json, int64_t value);
void json_size(struct json *json, size_t value);
void json_bool(struct json *json, bool value);
void json_null(struct json *json);

/* The shortest of 15, 16 or 17 digits that reads back as the same number.
 * What is no number in JSON (NaN, infinity) is null and makes `out` lossy. */
void json_double(struct json *json, double value);

/* The number as json_double writes it; returns the length, 0 for no number. */
enum { JSON_DOUBLE = 32 };
size_t double_format(char to[JSON_DOUBLE], double value);

#endif
