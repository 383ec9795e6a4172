/* clock - the dates that an organisation's clocks show. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_CLOCK_H
#define CMD_CLOCK_H

#include "base/zone.h"
#include "cmd/problems.h"
#include "lint/host.h"

struct clock {
	const struct zone *zone; /* as long as the host lives */
	str name;
};

/* The clock of the organisation record; UTC without one. A zone that cannot be
 * loaded is a problem. */
struct clock clock_of(const struct host *host, const struct corpus *corpus,
		      struct problems *problems, struct arena *arena);

/* The date a time falls on, as its midnight in UTC. What is midnight in UTC is
 * a date already. */
struct instant clock_day(const struct clock *clock, struct instant at);

#endif
