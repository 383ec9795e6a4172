/*
 * The functions that match: matches (langdef), and replace, extract and
 * extractAll as in cel-go's ext/regex.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "cel/function.h"
#include "cel/regexes.h"
#include "cel/text.h"

enum {
	CACHE_MOST = 256,   /* patterns; then it starts anew */
	COMPILE_COST = 100, /* and two for each byte: about 40 microseconds */
	TEXT_SHARE = 4,	    /* a unit for so many bytes of the text */
	LIMIT_COST = 20000, /* a limit is hit after about two milliseconds */
	GROUPS_MOST = 10,   /* \0 to \9 */
};

struct cel_regexes {
	const struct limits *limits;
	struct regex_scratch *scratch;
	struct map by_pattern;
	struct arena arena; /* the patterns' texts */
	VEC(struct regex *) all;
};

struct cel_regexes *cel_regexes_new(const struct limits *limits)
{
	struct cel_regexes *regexes = mem_new(sizeof(*regexes));

	regexes->limits = limits;
	regexes->scratch = regex_scratch_new(limits);
	map_init(&regexes->by_pattern);
	arena_init(&regexes->arena);
	return regexes;
}

static void forget(struct cel_regexes *regexes)
{
	for (size_t i = 0; i < regexes->all.count; i++)
		regex_free(regexes->all.at[i]);
	regexes->all.count = 0;
	map_done(&regexes->by_pattern);
	map_init(&regexes->by_pattern);
	arena_reset(&regexes->arena);
}

void cel_regexes_free(struct cel_regexes *regexes)
{
	if (!regexes)
		return;
	forget(regexes);
	vec_done(&regexes->all);
	map_done(&regexes->by_pattern);
	arena_done(&regexes->arena);
	regex_scratch_free(regexes->scratch);
	mem_free(regexes);
}

struct regex_scratch *cel_regexes_scratch(const struct cel_regexes *regexes)
{
	return regexes->scratch;
}

static const struct regex *remembered(struct cel_regexes *regexes, str pattern,
				      struct error *err)
{
	struct regex *regex = map_find(&regexes->by_pattern, pattern);

	if (regex)
		return regex;
	if (!regex_new(&regex, pattern, REGEX_RE2, regexes->limits, err))
		return NULL;
	if (regexes->all.count == CACHE_MOST)
		forget(regexes);
	*vec_push(&regexes->all) = regex;
	(void)map_put(&regexes->by_pattern, str_keep(&regexes->arena, pattern),
		      regex);
	return regex;
}

/* ---- one call */

struct call {
	struct cel_eval *eval;
	const struct regex *regex;
	struct regex_scratch *scratch;
	struct regex *own; /* what this call made for itself */
	struct regex_scratch *own_scratch;
	str text;
	struct cel_value fail; /* the error, when a step says so */
};

static void call_done(struct call *call)
{
	regex_free(call->own);
	regex_scratch_free(call->own_scratch);
}

static void find_scratch(struct call *call)
{
	struct cel_eval *eval = call->eval;

	call->scratch = eval->scratch;
	if (!call->scratch && eval->regexes)
		call->scratch = eval->regexes->scratch;
	if (!call->scratch)
		call->scratch = call->own_scratch =
			regex_scratch_new(eval->limits);
}

static bool find_regex(struct call *call, str pattern, struct error *err)
{
	struct cel_eval *eval = call->eval;

	if (eval->regexes) {
		call->regex = remembered(eval->regexes, pattern, err);
		return call->regex != NULL;
	}
	if (!regex_new(&call->own, pattern, REGEX_RE2, eval->limits, err))
		return false;
	call->regex = call->own;
	return true;
}

/* Finds the compiled pattern and a scratch. False: call->fail is set. Either
 * way call_done follows. */
static bool call_start(struct call *call, struct cel_eval *eval,
		       struct cel_value text, struct cel_value pattern)
{
	struct error err;
	str why;

	*call = (struct call){.eval = eval, .text = cel_str(text)};
	if (!cel_charge(eval, COMPILE_COST + 2 * (size_t)pattern.aux)) {
		call->fail = cel_spent(eval);
		return false;
	}
	if (!find_regex(call, cel_str(pattern), &err)) {
		why = str_format(eval->arena, "the pattern is wrong: %s",
				 err.text);
		call->fail = cel_fail_text(eval, CEL_FAULT_REGEX, why, pattern);
		return false;
	}
	find_scratch(call);
	return true;
}

static struct cel_value too_expensive(struct cel_eval *eval, str text)
{
	if (!cel_charge(eval, LIMIT_COST))
		return cel_spent(eval);
	return cel_fail_text(
		eval, CEL_FAULT_REGEX_LIMIT,
		str_format(eval->arena, "a text of %zu bytes", text.len),
		cel_null());
}

/* Searches from `start`; a limit or a spent budget is in call->fail. */
static enum regex_result find(struct call *call, size_t start,
			      struct regex_group *groups, size_t count)
{
	enum regex_result result;

	if (!cel_charge(call->eval, call->text.len / TEXT_SHARE + 1)) {
		call->fail = cel_spent(call->eval);
		return REGEX_LIMIT;
	}
	result = regex_find(call->regex, call->scratch, call->text, start,
			    groups, count);
	if (result == REGEX_LIMIT)
		call->fail = too_expensive(call->eval, call->text);
	return result;
}

struct cel_value cel_matches(struct cel_eval *eval, const struct regex *regex,
			     str text)
{
	struct call call = {.eval = eval, .regex = regex, .text = text};
	enum regex_result result;

	if (!cel_charge(eval, text.len / TEXT_SHARE + 1))
		return cel_spent(eval);
	find_scratch(&call);
	result = regex_search(regex, call.scratch, text);
	call_done(&call);
	if (result == REGEX_LIMIT)
		return too_expensive(eval, text);
	return cel_bool(result == REGEX_MATCH);
}

struct cel_value cel_match(struct cel_eval *eval, struct cel_value text,
			   struct cel_value pattern)
{
	struct call call;
	struct cel_value result;

	result = call_start(&call, eval, text, pattern)
			 ? cel_matches(eval, call.regex, call.text)
			 : call.fail;
	call_done(&call);
	return result;
}

static struct cel_value matches(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)count;
	return cel_match(eval, args[0], args[1]);
}

/* ---- all matches, from left to right */

struct walk {
	struct call *call;
	size_t next; /* where to search from */
	size_t last; /* end of the match before, or SIZE_MAX */
};

/* The next match. One that is empty and abuts the match before is no match,
 * as in RE2. */
static enum regex_result walk_next(struct walk *walk,
				   struct regex_group *groups, size_t count)
{
	str text = walk->call->text;
	enum regex_result result;

	for (;;) {
		if (walk->next > text.len)
			return REGEX_NO_MATCH;
		result = find(walk->call, walk->next, groups, count);
		if (result != REGEX_MATCH)
			return result;
		walk->next = groups[0].end;
		if (groups[0].end > groups[0].start)
			break;
		/* Behind an empty match go on with the next character. */
		if (walk->next == text.len)
			walk->next++;
		else
			(void)utf8_next(text, &walk->next);
		if (groups[0].start != walk->last)
			break;
	}
	walk->last = groups[0].end;
	return REGEX_MATCH;
}

static bool one_group(struct call *call)
{
	if (regex_group_count(call->regex) <= 1)
		return true;
	call->fail = cel_fail_text(
		call->eval, CEL_FAULT_REGEX,
		STR("the pattern has more than one capturing group"),
		cel_null());
	return false;
}

/* The group of a match, or the match where the pattern has none. */
static struct regex_group wanted(const struct call *call,
				 const struct regex_group groups[2])
{
	return groups[regex_group_count(call->regex)];
}

static struct cel_value part(const struct call *call, struct regex_group group)
{
	return cel_string(str_slice(call->text, group.start, group.end));
}

static struct cel_value extract_with(struct call *call)
{
	struct regex_group groups[2];
	struct regex_group group;

	if (!one_group(call))
		return call->fail;
	switch (find(call, 0, groups, 2)) {
	case REGEX_LIMIT:
		return call->fail;
	case REGEX_NO_MATCH:
		return cel_optional(NULL);
	case REGEX_MATCH:
		break;
	}
	group = wanted(call, groups);
	if (group.start == SIZE_MAX)
		return cel_optional(NULL);
	return cel_some(call->eval, part(call, group));
}

static struct cel_value extract(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	struct call call;
	struct cel_value result;

	(void)count;
	result = call_start(&call, eval, args[0], args[1]) ? extract_with(&call)
							   : call.fail;
	call_done(&call);
	return result;
}

static struct cel_value extract_all_with(struct call *call)
{
	struct walk walk = {call, 0, SIZE_MAX};
	VEC(struct cel_value) found = {0};
	struct regex_group groups[2];
	struct cel_value *items;
	enum regex_result result;
	size_t count;

	if (!one_group(call))
		return call->fail;
	while ((result = walk_next(&walk, groups, 2)) == REGEX_MATCH) {
		struct regex_group group = wanted(call, groups);

		if (group.start != SIZE_MAX)
			*vec_push(&found) = part(call, group);
	}
	count = found.count;
	items = vec_keep(&found, call->eval->arena);
	vec_done(&found);
	return result == REGEX_LIMIT
		       ? call->fail
		       : cel_list_of(call->eval->arena, items, count);
}

static struct cel_value extract_all(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	struct call call;
	struct cel_value result;

	(void)count;
	result = call_start(&call, eval, args[0], args[1])
			 ? extract_all_with(&call)
			 : call.fail;
	call_done(&call);
	return result;
}

/* ---- replace */

/* Is each backslash before a digit of a group that there is, or a backslash? */
static bool replacement_good(struct call *call, str with)
{
	for (size_t i = 0; i < with.len; i++) {
		char c;

		if (with.ptr[i] != '\\')
			continue;
		c = ++i < with.len ? with.ptr[i] : '\0';
		if (c == '\\' ||
		    (c >= '0' && c <= '9' &&
		     (size_t)(c - '0') <= regex_group_count(call->regex)))
			continue;
		call->fail = cel_fail_text(
			call->eval, CEL_FAULT_REGEX,
			STR("in a replacement \\ stands before \\ or the "
			    "number of a group of the pattern"),
			cel_null());
		return false;
	}
	return true;
}

static void write_replacement(struct buf *out, const struct call *call,
			      str with, const struct regex_group *groups)
{
	for (size_t i = 0; i < with.len; i++) {
		const struct regex_group *group;

		if (with.ptr[i] != '\\') {
			buf_byte(out, with.ptr[i]);
			continue;
		}
		i++;
		if (with.ptr[i] == '\\') {
			buf_byte(out, '\\');
			continue;
		}
		group = &groups[with.ptr[i] - '0'];
		if (group->start != SIZE_MAX)
			buf_add(out, str_slice(call->text, group->start,
					       group->end));
	}
}

/* What one replacement may write, so that it is charged before. */
static bool charge_replacement(struct call *call, str with,
			       struct regex_group match)
{
	size_t bytes;

	if (size_mul(&bytes, with.len, match.end - match.start + 1) &&
	    cel_charge_bytes(call->eval, bytes))
		return true;
	call->fail = cel_spent(call->eval);
	return false;
}

static struct cel_value replace_with(struct call *call, str with, int64_t most)
{
	struct walk walk = {call, 0, SIZE_MAX};
	struct regex_group groups[GROUPS_MOST];
	enum regex_result result = REGEX_NO_MATCH;
	size_t copied = 0;
	struct buf out;

	if (!replacement_good(call, with))
		return call->fail;
	buf_init(&out, UINT32_MAX);
	for (; most != 0; most -= most > 0) {
		result = walk_next(&walk, groups, GROUPS_MOST);
		if (result == REGEX_MATCH &&
		    !charge_replacement(call, with, groups[0]))
			result = REGEX_LIMIT;
		if (result != REGEX_MATCH)
			break;
		buf_add(&out, str_slice(call->text, copied, groups[0].start));
		write_replacement(&out, call, with, groups);
		copied = groups[0].end;
	}
	if (result == REGEX_LIMIT) {
		buf_done(&out);
		return call->fail;
	}
	buf_add(&out, str_slice(call->text, copied, call->text.len));
	return cel_text_keep(call->eval->arena, &out);
}

static struct cel_value replace(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	struct call call;
	struct cel_value result;
	int64_t most = count > 3 ? args[3].as.integer : -1;

	result = call_start(&call, eval, args[0], args[1])
			 ? replace_with(&call, cel_str(args[2]), most)
			 : call.fail;
	call_done(&call);
	return result;
}

/* The pattern is the second argument: one that is constant and wrong is refused
 * before anything runs. */
static const struct cel_type *check_pattern(
	const struct cel_env *env, const struct cel_type *const *args,
	const struct cel_value *const *consts, size_t count, struct error *err)
{
	struct regex *regex;

	(void)env;
	(void)args;
	(void)count;
	if (!consts[1] || consts[1]->tag != CEL_STRING)
		return NULL;
	if (regex_new(&regex, cel_str(*consts[1]), REGEX_RE2, &limits_default,
		      err))
		regex_free(regex);
	return NULL;
}

static const struct cel_overload overloads[] = {
	{"matches", "matches", "(string, string) -> bool", CEL_PATTERN,
	 CEL_COST_OWN, 0, matches, check_pattern},
	{"matches", "matches_string", "(string, string) -> bool",
	 CEL_RECEIVER | CEL_PATTERN, CEL_COST_OWN, 0, matches, check_pattern},
	{"regex.extract", "regex_extract_string_string",
	 "(string, string) -> optional_type(string)", CEL_PATTERN, CEL_COST_OWN,
	 0, extract, check_pattern},
	{"regex.extractAll", "regex_extractAll_string_string",
	 "(string, string) -> list(string)", CEL_PATTERN, CEL_COST_OWN, 0,
	 extract_all, check_pattern},
	{"regex.replace", "regex_replace_string_string_string",
	 "(string, string, string) -> string", 0, CEL_COST_OWN, 0, replace,
	 check_pattern},
	{"regex.replace", "regex_replace_string_string_string_int",
	 "(string, string, string, int) -> string", 0, CEL_COST_OWN, 0, replace,
	 check_pattern},
};

const struct cel_library cel_library_regex = {"regex", overloads,
					      ARRAY_SIZE(overloads)};
