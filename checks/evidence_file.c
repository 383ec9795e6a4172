/*
 * evidence-file - what a record names as evidence is there, and unchanged.
 *
 * Only kinds of evidence that lie in the repository are looked for; tickets,
 * URLs and certificates lie elsewhere.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"
#include "git/content.h"
#include "git/snapshot.h"
#include "lint/facts.h"
#include "lint/reads.h"
#include "lint/sink.h"

static bool lies_here(str type)
{
	return str_is(type, "file") || str_is(type, "log-export") ||
	       str_is(type, "screenshot");
}

static void report(const struct facts *facts, const struct node *at,
		   str location, const char *what, const char *label,
		   struct sink *sink)
{
	struct buf pointer;

	buf_init(&pointer, facts->limits->yaml_size);
	node_pointer(&pointer, facts->root, at);
	sink_report(sink, &(struct found){
				  .span = at->span,
				  .pointer = buf_str(&pointer),
				  .discriminator = location,
				  .message = str_format(
					  facts->scratch,
					  STR_FMT "/" STR_FMT ": the evidence "
						  "file " STR_FMT " %s",
					  STR_ARG(facts->record->kind),
					  STR_ARG(facts->record->id),
					  STR_ARG(location), what),
				  .label = str_of(label),
			  });
	buf_done(&pointer);
}

/* An LFS pointer names the SHA-256 of the content it stands for. */
static str lfs_digest(str bytes)
{
	size_t at = str_find(bytes, STR("\noid sha256:"));
	str rest = str_slice(bytes, at == SIZE_MAX ? bytes.len : at + 12,
			     bytes.len);

	return str_trim(str_cut(&rest, '\n'));
}

static bool judge(const struct facts *facts, const struct node *item,
		  struct sink *sink, struct error *err)
{
	const struct node *location = node_find(item, STR("location"));
	const struct node *digest = node_find(item, STR("sha256"));
	const struct entry *entry =
		snapshot_find(facts->snapshot, location->text);
	unsigned char sum[SHA256_RAW];
	char hex[SHA256_HEX + 1];
	struct blob blob;
	str actual;

	reads_note(facts->reads, READ_FILE, STR(""), location->text);
	if (!entry) {
		report(facts, location, location->text, "does not exist",
		       "no such file in the repository", sink);
		return true;
	}
	if (!snapshot_read(&blob, facts->reader, entry, err))
		return false;
	if (blob.state != BLOB_READ) {
		report(facts, location, location->text,
		       blob.state == BLOB_ABSENT
			       ? "does not exist"
			       : "is not a regular file and was not read",
		       "not there", sink);
		return true;
	}
	if (!digest)
		return true;
	sha256_of(sum, blob.bytes);
	sha256_format(hex, sum);
	actual = content_of(blob.bytes) == CONTENT_LFS ? lfs_digest(blob.bytes)
						       : str_of(hex);
	if (!str_equal(actual, digest->text))
		report(facts, digest, location->text,
		       "does not match its recorded SHA-256", "another digest",
		       sink);
	return true;
}

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	const struct node *evidence = node_find(facts->root, STR("evidence"));

	(void)rule;
	for (size_t i = 0; evidence && i < evidence->count; i++) {
		const struct node *item = &evidence->as.children[i];

		if (lies_here(node_text(item, STR("type"))) &&
		    !judge(facts, item, sink, err))
			return false;
	}
	return true;
}

extern const struct check check_evidence_file;
const struct check check_evidence_file = {
	.name = "evidence-file",
	.summary = "an evidence file is there and unchanged",
	.stage = CHECK_RECORD,
	.run = run,
};
