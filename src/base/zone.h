/*
 * zone - the offset from UTC that clocks of a place show, at any instant.
 *
 * Named zones are read from the system's database (TZif, RFC 8536, versions 1
 * to 4, with the rule in the footer for times past its table). Zones with leap
 * seconds ("right/...") are refused: instants here have none. A zone is const
 * once it is loaded and lies in the caller's arena.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/instant.h"

/* When a year's change happens: POSIX.1-2017 section 8.3, "TZ". */
struct zone_change {
	enum {
		ZONE_JULIAN,  /* Jn: day 1 to 365, 29 February not counted */
		ZONE_DAY,     /* n: day 0 to 365 */
		ZONE_WEEKDAY, /* Mm.w.d */
	} kind;
	int month, week, day;
	int32_t time; /* seconds after local midnight, also negative */
};

struct zone {
	size_t count;
	const int64_t *at;	/* sorted; seconds since 1970 */
	const int32_t *offsets; /* from at[i] on, in seconds east of UTC */
	int32_t first;		/* before at[0] */
	bool has_rule;		/* behind the last at[i] */
	bool has_summer;
	int32_t winter, summer;
	struct zone_change start, end; /* of summer time */
};

extern const struct zone zone_utc;

/* Loads "UTC", "Z", an offset ("+05:30", "-00:00", "02:00": up to 23:59) or a
 * name of the database ("Europe/Berlin"). ERROR_USAGE: it can be no zone's
 * name; ERROR_IO: the database does not have it; ERROR_SYNTAX: its file is
 * damaged. */
MUST_USE bool zone_load(struct zone *out, str name, struct arena *arena,
			struct error *err);

/* The same from bytes of a TZif file. */
MUST_USE bool zone_parse(struct zone *out, str bytes, struct arena *arena,
			 struct error *err);

/* Seconds east of UTC. */
int32_t zone_offset_at(const struct zone *zone, int64_t seconds);

/* The instant at which clocks show `civil`. What they show twice is the
 * earlier one; what they leap over is read with the offset before the leap, so
 * that 02:30 becomes 03:30 (the rule of RFC 5545 section 3.3.5). */
struct instant zone_instant(const struct zone *zone, const struct civil *civil);

#endif
