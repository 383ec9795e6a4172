/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/clock.h"

struct clock clock_of(const struct host *host, const struct corpus *corpus,
		      struct problems *problems, struct arena *arena)
{
	const struct cel_zones *zones = cel_zone_cache_zones(host->zones);
	struct clock utc = {&zone_utc, STR("UTC")};
	const struct record *const *records;
	const struct zone *zone;
	struct error err;
	size_t count;
	str name;

	records = corpus_of_kind(corpus, STR("organisation"), &count);
	name = count && records[0]->root
		       ? node_text(records[0]->root, STR("timezone"))
		       : (str){0};
	if (!name.ptr)
		return utc;
	zone = zones->find(zones->context, name, &err);
	if (zone)
		return (struct clock){zone, name};
	*vec_push(problems) = str_keep(arena, error_text(&err));
	return utc;
}

struct instant clock_day(const struct clock *clock, struct instant at)
{
	enum { DAY = 86400 };
	struct civil civil;

	if (at.seconds % DAY == 0 && at.nanos == 0)
		return at;
	civil = civil_of(at, zone_offset_at(clock->zone, at.seconds));
	return (struct instant){
		days_of_date(civil.year, civil.month, civil.day) * DAY, 0};
}
