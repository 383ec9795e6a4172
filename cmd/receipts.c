/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/receipts.h"

#include "base/mem.h"

#define RECEIPT_START "abide-receipt 1"

enum { NOTE_MOST = 1 << 16 };

struct receipts {
	struct snapshot *snapshot;
	struct snapshot_reader *reader;
};

bool receipts_open(struct receipts **out, struct repo *repo, struct error *err)
{
	struct receipts *receipts;
	struct snapshot *snapshot;
	struct oid oid;
	bool found;

	if (!ref_find(&oid, &found, repo, STR(RECEIPTS_REF), err))
		return false;
	if (!found) {
		*out = NULL;
		return true;
	}
	if (!snapshot_of_commit(&snapshot, repo, STR(RECEIPTS_REF), err))
		return error_prefix(err, "the receipts");
	receipts = mem_new(sizeof(*receipts));
	receipts->snapshot = snapshot;
	receipts->reader = snapshot_reader_new(snapshot, NOTE_MOST);
	*out = receipts;
	return true;
}

void receipts_close(struct receipts *receipts)
{
	if (!receipts)
		return;
	snapshot_reader_free(receipts->reader);
	snapshot_free(receipts->snapshot);
	mem_free(receipts);
}

/* git puts notes into folders of two digits when they are many. */
static const struct entry *find_note(const struct receipts *receipts,
				     const struct oid *commit)
{
	char hex[OID_HEX];
	char path[OID_HEX + OID_HEX / 2];
	const struct entry *entry = NULL;

	oid_format(hex, commit);
	for (size_t folders = 0; !entry && folders < OID_HEX / 2; folders++) {
		size_t len = 0;

		for (size_t i = 0; i < OID_HEX; i++) {
			if (i && i % 2 == 0 && i / 2 <= folders)
				path[len++] = '/';
			path[len++] = hex[i];
		}
		entry = snapshot_find(receipts->snapshot, str_make(path, len));
	}
	return entry;
}

/* One receipt of a note: its lines up to the next that begins one. */
static bool read_receipt(struct receipt *out, str *text, struct error *err)
{
	struct receipt receipt = {0};
	bool dated = false;

	while (text->ptr) {
		str rest = *text;
		str value = str_cut(&rest, '\n');
		str key;

		if (str_is(str_trim(value), RECEIPT_START))
			break;
		*text = rest;
		key = str_cut(&value, ':');
		value = str_trim(value);
		if (str_is(key, "ref"))
			receipt.ref = value;
		else if (str_is(key, "pusher"))
			receipt.pusher = value;
		else if (str_is(key, "received"))
			dated = instant_parse(&receipt.received, value);
	}
	if (!dated)
		return error_set(err, ERROR_GIT,
				 "a receipt says no time that can be read");
	*out = receipt;
	return true;
}

bool receipt_parse(struct receipt *out, str text, struct error *err)
{
	struct receipt best = {0};
	struct receipt receipt;
	bool any = false;

	while (text.ptr) {
		str line = str_trim(str_cut(&text, '\n'));

		if (line.len == 0)
			continue;
		if (!str_is(line, RECEIPT_START))
			return error_set(err, ERROR_GIT,
					 "a receipt begins with "
					 "'" RECEIPT_START "'");
		if (!read_receipt(&receipt, &text, err))
			return false;
		if (!any ||
		    instant_compare(receipt.received, best.received) < 0)
			best = receipt;
		any = true;
	}
	if (!any)
		return error_set(err, ERROR_GIT, "a receipt is empty");
	*out = best;
	return true;
}

bool receipt_find(struct receipt *out, bool *found, struct receipts *receipts,
		  const struct oid *commit, struct arena *arena,
		  struct error *err)
{
	const struct entry *entry =
		receipts ? find_note(receipts, commit) : NULL;
	struct blob blob;

	*found = false;
	if (!entry)
		return true;
	if (!snapshot_read(&blob, receipts->reader, entry, err))
		return false;
	if (blob.state != BLOB_READ)
		return error_set(err, ERROR_GIT, "a receipt is no file");
	if (!receipt_parse(out, str_keep(arena, blob.bytes), err))
		return false;
	out->of = *commit;
	*found = true;
	return true;
}
