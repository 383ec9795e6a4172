/*
 * history_dump - a history as git prints it, for tests and measurements.
 *
 * The same bytes as those of
 *
 *	git log -z --raw --no-abbrev --no-renames -m --first-parent
 *		--format='commit %H'
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_HISTORY_DUMP_H
#define UNIT_HISTORY_DUMP_H

#include "base/buf.h"
#include "git/history.h"

UNUSED static void dump_oid(struct buf *out, const struct oid *oid)
{
	char hex[OID_HEX];

	memset(hex, '0', sizeof(hex));
	if (oid->len)
		oid_format(hex, oid);
	buf_add(out, str_make(hex, sizeof(hex)));
}

/* git's letter: T where a file became a link or a submodule, or back. */
UNUSED static char dump_letter(const struct event *event)
{
	if (event->kind == EVENT_ADDED)
		return 'A';
	if (event->kind == EVENT_DELETED)
		return 'D';
	return (event->mode ^ event->mode_before) & 0170000 ? 'T' : 'M';
}

UNUSED static void dump_event(struct buf *out, const struct history *history,
			      const struct event *event)
{
	buf_format(out, ":%06o %06o ", event->mode_before, event->mode);
	dump_oid(out, &event->before);
	buf_byte(out, ' ');
	dump_oid(out, &event->oid);
	buf_format(out, " %c", dump_letter(event));
	buf_byte(out, '\0');
	buf_add(out, history_path(history, event->path));
	buf_byte(out, '\0');
}

UNUSED static void dump_raw(struct buf *out, const struct history *history)
{
	for (size_t i = history_count(history); i-- > 0;) {
		size_t count;
		const struct event *events = history_events(&count, history, i);

		buf_add(out, STR("commit "));
		dump_oid(out, &history_landing(history, i)->oid);
		buf_byte(out, '\0');
		if (count)
			buf_byte(out, '\n');
		for (size_t k = 0; k < count; k++)
			dump_event(out, history, &events[k]);
	}
}

#endif
