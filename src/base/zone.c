/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone.h"

#include "base/sys.h"

enum {
	DAY = 86400,
	FILE_MOST = 1 << 18, /* the largest of the database has 4 KiB */
	NAME_MOST = 64,
	HEADER = 44,
};

const struct zone zone_utc = {.first = 0};

/* ---- reading numbers and the footer's rule */

static int64_t big_endian(const char *at, size_t size)
{
	uint64_t value = (unsigned char)at[0] & 0x80 ? UINT64_MAX : 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | (unsigned char)at[i];
	return (int64_t)value;
}

static bool take(str *s, char byte)
{
	if (s->len == 0 || s->ptr[0] != byte)
		return false;
	*s = str_slice(*s, 1, s->len);
	return true;
}

/* A number of up to three digits, at most `most`. */
static bool take_number(int *out, str *s, int most)
{
	size_t i = 0;
	int value = 0;

	while (i < s->len && i < 3 && s->ptr[i] >= '0' && s->ptr[i] <= '9')
		value = value * 10 + (s->ptr[i++] - '0');
	if (i == 0 || value > most)
		return false;
	*s = str_slice(*s, i, s->len);
	*out = value;
	return true;
}

/* [+-]hh[:mm[:ss]]; version 3 lets hours run to 167. */
static bool take_time(int32_t *out, str *s, int most_hours)
{
	int sign = take(s, '-') ? -1 : 1;
	int hours = 0;
	int minutes = 0;
	int seconds = 0;

	if (sign == 1)
		(void)take(s, '+');
	if (!take_number(&hours, s, most_hours))
		return false;
	if (take(s, ':')) {
		if (!take_number(&minutes, s, 59))
			return false;
		if (take(s, ':') && !take_number(&seconds, s, 59))
			return false;
	}
	*out = sign * (hours * 3600 + minutes * 60 + seconds);
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* An abbreviation, as letters or as <+0330>. */
static bool take_name(str *s)
{
	size_t i = 0;

	if (take(s, '<')) {
		i = str_find_byte(*s, '>');
		if (i == SIZE_MAX)
			return false;
		*s = str_slice(*s, i + 1, s->len);
		return i > 0;
	}
	while (i < s->len && is_letter(s->ptr[i]))
		i++;
	*s = str_slice(*s, i, s->len);
	return i >= 3;
}

static bool take_change(struct zone_change *out, str *s)
{
	*out = (struct zone_change){.time = 2 * 3600};
	if (take(s, 'M')) {
		out->kind = ZONE_WEEKDAY;
		if (!take_number(&out->month, s, 12) || out->month < 1 ||
		    !take(s, '.') || !take_number(&out->week, s, 5) ||
		    out->week < 1 || !take(s, '.') ||
		    !take_number(&out->day, s, 6))
			return false;
	} else if (take(s, 'J')) {
		out->kind = ZONE_JULIAN;
		if (!take_number(&out->day, s, 365) || out->day < 1)
			return false;
	} else {
		out->kind = ZONE_DAY;
		if (!take_number(&out->day, s, 365))
			return false;
	}
	return !take(s, '/') || take_time(&out->time, s, 167);
}

/* The footer counts west of Greenwich. An empty one knows no more. */
static bool parse_rule(struct zone *zone, str s)
{
	if (s.len == 0)
		return true;
	if (!take_name(&s) || !take_time(&zone->winter, &s, 24))
		return false;
	zone->winter = -zone->winter;
	zone->has_rule = true;
	if (s.len == 0)
		return true;
	if (!take_name(&s))
		return false;
	zone->has_summer = true;
	zone->summer = zone->winter + 3600;
	if (s.len && s.ptr[0] != ',') {
		if (!take_time(&zone->summer, &s, 24))
			return false;
		zone->summer = -zone->summer;
	}
	return take(&s, ',') && take_change(&zone->start, &s) &&
	       take(&s, ',') && take_change(&zone->end, &s) && s.len == 0;
}

/* ---- reading the file */

struct block {
	size_t times, types, chars, leaps, standards, universals;
	size_t size; /* of what follows the header */
	char version;
};

/* Reads a header; the counts are below 2^32 and cannot overflow `size`. */
static bool read_header(struct block *out, str bytes, size_t width)
{
	size_t counts[6];

	if (bytes.len < HEADER || !str_starts(bytes, STR("TZif")))
		return false;
	for (size_t i = 0; i < 6; i++)
		counts[i] = (uint32_t)big_endian(bytes.ptr + 20 + 4 * i, 4);
	*out = (struct block){
		.universals = counts[0],
		.standards = counts[1],
		.leaps = counts[2],
		.times = counts[3],
		.types = counts[4],
		.chars = counts[5],
		.version = bytes.ptr[4],
	};
	out->size = out->times * (width + 1) + out->types * 6 + out->chars +
		    out->leaps * (width + 4) + out->standards + out->universals;
	return out->types > 0 && out->size <= bytes.len - HEADER;
}

static bool read_block(struct zone *zone, const struct block *block,
		       const char *data, size_t width, struct arena *arena)
{
	const char *indexes = data + block->times * width;
	const char *types = indexes + block->times;
	int64_t *at = arena_array(arena, int64_t, block->times);
	int32_t *offsets = arena_array(arena, int32_t, block->times);

	for (size_t i = 0; i < block->times; i++) {
		size_t type = (unsigned char)indexes[i];
		int64_t offset;

		at[i] = big_endian(data + i * width, width);
		if (type >= block->types || (i > 0 && at[i] <= at[i - 1]))
			return false;
		offset = big_endian(types + type * 6, 4);
		if (offset <= -DAY * 2 || offset >= DAY * 2)
			return false;
		offsets[i] = (int32_t)offset;
	}
	zone->first = (int32_t)big_endian(types, 4);
	zone->count = block->times;
	zone->at = at;
	zone->offsets = offsets;
	return zone->first > -DAY * 2 && zone->first < DAY * 2;
}

bool zone_parse(struct zone *out, str bytes, struct arena *arena,
		struct error *err)
{
	struct zone zone = {0};
	struct block block;
	size_t width = 4;

	if (!read_header(&block, bytes, width))
		return error_set(err, ERROR_SYNTAX,
				 "this is no time zone file");
	if (block.version >= '2') {
		bytes = str_slice(bytes, HEADER + block.size, bytes.len);
		width = 8;
		if (!read_header(&block, bytes, width))
			return error_set(err, ERROR_SYNTAX,
					 "the time zone file is cut short");
	}
	if (block.leaps > 0)
		return error_set(err, ERROR_SYNTAX,
				 "the time zone counts leap seconds");
	if (!read_block(&zone, &block, bytes.ptr + HEADER, width, arena))
		return error_set(err, ERROR_SYNTAX,
				 "the time zone file is damaged");
	if (block.version >= '2') {
		str footer = str_slice(bytes, HEADER + block.size, bytes.len);
		str rule;

		if (!take(&footer, '\n') ||
		    str_find_byte(footer, '\n') == SIZE_MAX)
			return error_set(err, ERROR_SYNTAX,
					 "the time zone file has no footer");
		rule = str_cut(&footer, '\n');
		if (!parse_rule(&zone, rule))
			return error_set(
				err, ERROR_SYNTAX,
				"the rule of the time zone cannot be read");
	}
	*out = zone;
	return true;
}

/* ---- names */

static bool two_digits(int *out, const char *at)
{
	if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
		return false;
	*out = (at[0] - '0') * 10 + (at[1] - '0');
	return true;
}

/* +05:30, -00:00, 02:00 */
static bool parse_offset(struct zone *out, str s)
{
	int sign = s.len && s.ptr[0] == '-' ? -1 : 1;
	int hours;
	int minutes;

	if (s.len == 6 && (s.ptr[0] == '-' || s.ptr[0] == '+'))
		s = str_slice(s, 1, s.len);
	if (s.len != 5 || !two_digits(&hours, s.ptr) || s.ptr[2] != ':' ||
	    !two_digits(&minutes, s.ptr + 3) || hours > 23 || minutes > 59)
		return false;
	*out = (struct zone){.first = sign * (hours * 3600 + minutes * 60)};
	return true;
}

/* Parts of letters, digits and + - _ between slashes; so no "." or "..". */
static bool is_name(str name)
{
	bool at_start = true;

	if (name.len == 0 || name.len > NAME_MOST || !is_letter(name.ptr[0]))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (c == '/' && at_start)
			return false;
		if (c != '/' && !is_letter(c) && (c < '0' || c > '9') &&
		    c != '+' && c != '-' && c != '_')
			return false;
		at_start = c == '/';
	}
	return !at_start;
}

bool zone_load(struct zone *out, str name, struct arena *arena,
	       struct error *err)
{
	char path[NAME_MOST + 32] = "/usr/share/zoneinfo/";
	struct buf file;
	bool done;

	if (str_is(name, "UTC") || str_is(name, "Z")) {
		*out = zone_utc;
		return true;
	}
	if (parse_offset(out, name))
		return true;
	if (!is_name(name))
		return error_set(
			err, ERROR_USAGE,
			"'" STR_FMT "' is no time zone: write a name "
			"as Europe/Berlin or an offset as +02:00",
			(int)(name.len < NAME_MOST ? name.len : NAME_MOST),
			name.ptr ? name.ptr : "");
	memcpy(path + strlen(path), name.ptr, name.len);
	buf_init(&file, FILE_MOST);
	done = sys_read_system(&file, path, err) &&
	       zone_parse(out, buf_str(&file), arena, err);
	buf_done(&file);
	return done || error_prefix(err, "time zone " STR_FMT, STR_ARG(name));
}

/* ---- what clocks show */

/* The day of a change, since 1970. */
static int64_t day_of_change(const struct zone_change *change, int64_t year)
{
	int64_t first = days_of_date(year, 1, 1);
	int64_t day;

	switch (change->kind) {
	case ZONE_JULIAN:
		day = first + change->day - 1;
		return day +
		       (change->day >= 60 && days_in_month(year, 2) == 29);
	case ZONE_DAY:
		return first + change->day;
	case ZONE_WEEKDAY:
		break;
	}
	first = days_of_date(year, change->month, 1);
	day = first + (change->day - weekday_of_days(first) + 7) % 7 +
	      7 * (change->week - 1);
	/* Week 5 is the last one. */
	if (day >= first + days_in_month(year, change->month))
		day -= 7;
	return day;
}

/* The last change at or before `seconds` decides. One that ends summer time
 * at the instant at which the next begins is none: summer all year. */
static int32_t offset_by_rule(const struct zone *zone, int64_t seconds)
{
	struct civil civil =
		civil_of((struct instant){.seconds = seconds}, zone->winter);
	int64_t latest = INT64_MIN;
	bool summer = false;

	if (!zone->has_summer)
		return zone->winter;
	for (int64_t year = civil.year - 1; year <= civil.year + 1; year++) {
		int64_t start = day_of_change(&zone->start, year) * DAY +
				zone->start.time - zone->winter;
		int64_t end = day_of_change(&zone->end, year) * DAY +
			      zone->end.time - zone->summer;

		if (end <= seconds && end > latest) {
			latest = end;
			summer = false;
		}
		if (start <= seconds && start >= latest) {
			latest = start;
			summer = true;
		}
	}
	return summer ? zone->summer : zone->winter;
}

int32_t zone_offset_at(const struct zone *zone, int64_t seconds)
{
	size_t low = 0;
	size_t high = zone->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->at[middle] <= seconds)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == zone->count && zone->has_rule)
		return offset_by_rule(zone, seconds);
	return low == 0 ? zone->first : zone->offsets[low - 1];
}

struct instant zone_instant(const struct zone *zone, const struct civil *civil)
{
	/* No offset reaches 26 hours, and no zone changes twice in two days:
	 * these are the offsets before and after a change close by. */
	enum { AROUND = 26 * 3600 };
	struct instant local = instant_of(civil, 0);
	int32_t before = zone_offset_at(zone, local.seconds - AROUND);
	int32_t after = zone_offset_at(zone, local.seconds + AROUND);
	struct instant at = local;

	at.seconds = local.seconds - before;
	if (zone_offset_at(zone, at.seconds) == before)
		return at;
	at.seconds = local.seconds - after;
	if (zone_offset_at(zone, at.seconds) == after)
		return at;
	at.seconds = local.seconds - before;
	return at;
}
