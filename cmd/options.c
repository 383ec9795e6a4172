/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/options.h"

#include "base/nearest.h"
#include "base/vec.h"

const struct option_row option_rows[OPTION_COUNT] = {
#define OPTION(id, long_name, short_name, metavar, use, text) \
	[OPTION_##id] = {long_name, short_name, metavar, use, text},
#include "cmd/options.def"
#undef OPTION
};

struct reading {
	VEC(str) values[OPTION_COUNT];
	VEC(str) arguments;
	size_t times[OPTION_COUNT];
	int argc;
	const char *const *argv;
	int next;
	unsigned use;
	bool brief;
};

static bool unknown(const struct reading *reading, str name, struct error *err)
{
	str names[OPTION_COUNT];
	str nearest[1];
	size_t count = 0;

	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (option_rows[i].use & reading->use)
			names[count++] = str_of(option_rows[i].long_name);
	}
	if (nearest_find(nearest, 1, name, names, count) == 1)
		return error_set(err, ERROR_USAGE,
				 "unknown option --" STR_FMT
				 "; did you mean --" STR_FMT "?",
				 STR_ARG(name), STR_ARG(nearest[0]));
	return error_set(err, ERROR_USAGE, "unknown option --" STR_FMT,
			 STR_ARG(name));
}

static bool take(struct reading *reading, size_t id, bool has_value, str value,
		 struct error *err)
{
	const struct option_row *row = &option_rows[id];

	reading->times[id]++;
	if (!row->metavar) {
		if (has_value)
			return error_set(err, ERROR_USAGE,
					 "--%s takes no value", row->long_name);
		return true;
	}
	if (!has_value) {
		if (reading->next >= reading->argc)
			return error_set(err, ERROR_USAGE, "--%s wants %s",
					 row->long_name, row->metavar);
		value = str_of(reading->argv[reading->next++]);
	}
	*vec_push(&reading->values[id]) = value;
	return true;
}

static bool take_long(struct reading *reading, str text, struct error *err)
{
	str value = text;
	str name = str_cut(&value, '=');

	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if ((option_rows[i].use & reading->use) &&
		    str_is(name, option_rows[i].long_name))
			return take(reading, i, value.ptr != NULL, value, err);
	}
	return unknown(reading, name, err);
}

/* -qq, -j4, -j 4, -vC DIR */
static bool take_short(struct reading *reading, str text, struct error *err)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t id = 0;

		while (id < OPTION_COUNT &&
		       (option_rows[id].short_name != text.ptr[i] ||
			!(option_rows[id].use & reading->use)))
			id++;
		if (id == OPTION_COUNT)
			return error_set(err, ERROR_USAGE, "unknown option -%c",
					 text.ptr[i]);
		if (option_rows[id].metavar)
			return take(reading, id, i + 1 < text.len,
				    str_slice(text, i + 1, text.len), err);
		reading->times[id]++;
		if (id == OPTION_HELP)
			reading->brief = true;
	}
	return true;
}

static bool read_all(struct reading *reading, struct error *err)
{
	while (reading->next < reading->argc) {
		str text = str_of(reading->argv[reading->next++]);
		bool ok = true;

		if (str_is(text, "--")) {
			while (reading->next < reading->argc)
				*vec_push(&reading->arguments) =
					str_of(reading->argv[reading->next++]);
		} else if (str_starts(text, STR("--"))) {
			ok = take_long(reading, str_slice(text, 2, text.len),
				       err);
		} else if (text.len > 1 && text.ptr[0] == '-') {
			ok = take_short(reading, str_slice(text, 1, text.len),
					err);
		} else {
			*vec_push(&reading->arguments) = text;
		}
		if (!ok)
			return false;
	}
	return true;
}

bool options_parse(struct options *out, const struct command *command,
		   unsigned use, int argc, const char *const *argv,
		   struct arena *arena, struct error *err)
{
	struct reading reading = {.argc = argc, .argv = argv, .use = use};
	bool ok = read_all(&reading, err);

	if (ok) {
		*out = (struct options){.command = command,
					.brief = reading.brief,
					.arena = arena};
		for (size_t i = 0; i < OPTION_COUNT; i++) {
			out->times[i] = reading.times[i];
			out->values[i].count = reading.values[i].count;
			out->values[i].at = vec_keep(&reading.values[i], arena);
		}
		out->arguments = vec_keep(&reading.arguments, arena);
		out->argument_count = reading.arguments.count;
	}
	for (size_t i = 0; i < OPTION_COUNT; i++)
		vec_done(&reading.values[i]);
	vec_done(&reading.arguments);
	return ok;
}

str options_text(const struct options *options, enum option_id id)
{
	const struct option_values *values = &options->values[id];

	return values->count ? values->at[values->count - 1] : (str){0};
}

bool options_number(size_t *out, const struct options *options,
		    enum option_id id, size_t absent, size_t least, size_t most,
		    struct error *err)
{
	str text = options_text(options, id);
	int64_t number;

	if (!text.ptr) {
		*out = absent;
		return true;
	}
	if (!str_to_int64(&number, text) || number < 0 ||
	    (size_t)number < least || (size_t)number > most)
		return error_set(err, ERROR_USAGE,
				 "--%s wants a number from %zu to %zu, not "
				 "'" STR_FMT "'",
				 option_rows[id].long_name, least, most,
				 STR_ARG(text));
	*out = (size_t)number;
	return true;
}

unsigned option_use_of(str command)
{
	static const char *const names[] = {
		"check",     "validate", "explain", "schema", "rules",
		"version",   "help",	 "eval",    "test",   "due",
		"retention", "map",	 "diff",    "init",   "new",
		"doctor",    "log",	 "blame",   "when",   "audit",
		"approvals", "period",	 "since",   "hook",   "report"};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (str_is(command, names[i]))
			return 1U << i;
	}
	return 0;
}
