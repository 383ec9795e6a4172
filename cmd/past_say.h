/*
 * past_say - words that the commands on history share.
 *
 * A commit states names and dates; nothing proves them. Wording is what was
 * recorded, never what happened.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_PAST_SAY_H
#define CMD_PAST_SAY_H

#include "base/json.h"
#include "cmd/look.h"
#include "cmd/past.h"
#include "lint/finding.h"
#include "lint/mask.h"

/* A value in one line, as a person reads it; what is sensitive is "***". */
str say_value(const struct past *past, const struct node *value,
	      const struct mask_values *masks);

/* The same as JSON. */
void say_json_value(struct json *json, const struct node *value,
		    const struct mask_values *masks);

/* The committer's date, "2026-02-17", or "no date". */
str say_date(const struct past *past, const struct commit_facts *facts);

/* "2026-02-17T10:41:00Z", absent where there is none. */
str say_time(const struct past *past, const struct ident *ident);

/* An author's or committer's name, by the mailmap; a malformed one raw. */
str say_person(const struct ident *ident, const struct identity *identity);

/* The first ten digits of a commit's name, or all. */
str say_short(const struct past *past, const struct oid *oid);

/* "none", "ssh", ...; and "unsigned", "signed (ssh), not verified", "signed
 * (ssh), good: bob@example.org". */
const char *signature_name(enum signature signature);
str say_signature(const struct past *past, const struct commit_facts *facts);

/* The trailers that approve a change, of its landing and its maker. */
struct approval {
	str key, who;
};
const struct approval *find_approvals(size_t *count, const struct past *past,
				      const struct change *change);

/* What the answer rests on: tip, line, and what is ignored. */
void say_ground(const struct past *past, struct out *out,
		enum encode_context context);

/* The same below a Markdown table. */
void say_ground_below(const struct past *past);
void say_json_ground(const struct past *past, struct json *json);

/* Rows of CSV or of a Markdown table. Begin a row with table.start; a cell ends
 * itself. */
struct table {
	struct out *out;
	enum encode_context context;
	struct safe start, between, end;
};
struct table table_csv(struct out *out);
struct table table_markdown(struct out *out);
void table_cell(const struct table *table, str text, bool last);

/* The writer that --format names: text, json, csv or markdown. */
MUST_USE bool find_writer(const struct writer **out,
			  const struct writer *writers, size_t count,
			  const struct options *options, struct error *err);

/* Has it write; what a CI server takes for its command is kept from it, and
 * from JSON always. */
void past_write(const struct writer *writer, const struct past *past,
		const void *what);

/* Begins an answer in JSON, an object whose "schema" is the version of its
 * shape; ends it, and the line. */
struct json past_json_start(const struct past *past, int64_t schema);
void past_json_end(struct json *json, const struct past *past);

/* A member that is a text, or null for an absent one. */
void json_text_or_null(struct json *json, str key, str text);

/* A member with what a commit states. */
void json_commit(struct json *json, const struct past *past, str key,
		 const struct commit_facts *facts);

/* The members of a finding that are its own: severity to fingerprint. */
void json_finding(struct json *json, const struct finding *finding);

/* A pointer without its first slash; "the record" for the root. */
str say_field(str pointer);

#endif
