/* SPDX-License-Identifier: Apache-2.0 */
#include "match/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <assert.h>
#include <pcre2.h>

#include "base/mem.h"
#include "match/pattern.h"

enum {
	REGEX_STACK_LEAST = 32 << 10, /* bytes of machine stack for JIT */
	REGEX_STACK_MOST = 1 << 20,
	REGEX_SUBJECT_SLOW = 2048, /* bytes, where there is no JIT */
	REGEX_STARTS = 160,	   /* starts that get the whole limit each */
	REGEX_WEIGHT = 6,	   /* a loop and two options, or six options */
	REGEX_SHARE = 4, /* of the subject, for patterns that may be cubic */
};

struct regex {
	pcre2_code *code;
	size_t groups;
	size_t subject; /* bytes it is tried on at most */
	bool costly;	/* may be cubic in them */
	bool fast;	/* machine code */
};

struct regex_scratch {
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	pcre2_match_data *data;
	size_t pairs; /* room in data */
	size_t steps; /* of one match */
};

static void *take(PCRE2_SIZE size, void *context)
{
	(void)context;
	return mem_grow(NULL, size);
}

static void give(void *memory, void *context)
{
	(void)context;
	mem_free(memory);
}

static bool fail_compile(struct pattern *pattern, int code, size_t offset)
{
	char why[160];
	size_t at = pattern_origin(pattern, offset);
	size_t end = at < pattern->text.len ? at + 1 : at;

	if (code == PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH ||
	    code == PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED)
		return pattern_fail(pattern, at, end,
				    "a look-behind whose length varies is "
				    "not supported");
	if (code == PCRE2_ERROR_PATTERN_TOO_LARGE ||
	    code == PCRE2_ERROR_PATTERN_TOO_COMPLICATED)
		return error_set_at(
			pattern->err, ERROR_LIMIT,
			(struct span){0, (uint32_t)pattern->text.len},
			"the pattern grows too large when its "
			"counts are multiplied out");
	if (pcre2_get_error_message(code, (PCRE2_UCHAR *)why, sizeof(why)) < 0)
		why[0] = '\0';
	return pattern_fail(pattern, at, end, "%s", why);
}

/* PCRE2 counts the steps of a match anew at each start, and its machine code
 * does not count the characters a simple repetition gives back. A pattern with
 * one loop is at most quadratic, which the subject bounds; one that is anchored
 * has one start. Several loops that may start anywhere are cubic and worse: for
 * them the steps are shared out among the starts. */
static bool is_costly(const struct pattern *pattern, const pcre2_code *code)
{
	uint32_t options = 0;

	(void)pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
	return pattern->loops * 4 + pattern->options > REGEX_WEIGHT &&
	       !(options & PCRE2_ANCHORED);
}

static bool compile(struct regex *regex, struct pattern *pattern,
		    enum regex_syntax syntax)
{
	uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK |
			   PCRE2_DOLLAR_ENDONLY | PCRE2_ALLOW_EMPTY_CLASS |
			   PCRE2_NEVER_BACKSLASH_C;
	pcre2_general_context *general =
		pcre2_general_context_create(take, give, NULL);
	pcre2_compile_context *context = pcre2_compile_context_create(general);
	str text = buf_str(&pattern->out);
	int code = 0;
	PCRE2_SIZE at = 0;

	if (syntax == REGEX_ECMA)
		options |= PCRE2_MATCH_UNSET_BACKREF;
	else
		options |= PCRE2_ALT_CIRCUMFLEX;
	(void)pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	regex->code = pcre2_compile((PCRE2_SPTR)text.ptr, text.len, options,
				    &code, &at, context);
	pcre2_compile_context_free(context);
	pcre2_general_context_free(general);
	if (!regex->code)
		return fail_compile(pattern, code, at);
	regex->groups = pattern->captures;
	regex->costly = is_costly(pattern, regex->code);
	regex->fast = pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE) == 0;
	return true;
}

bool regex_new(struct regex **out, str pattern, enum regex_syntax syntax,
	       const struct limits *limits, struct error *err)
{
	struct pattern reader;
	struct regex regex = {0};
	size_t bad;
	bool good;

	err->kind = ERROR_NONE;
	if (pattern.len > limits->regex_pattern)
		return error_set(err, ERROR_LIMIT,
				 "the pattern has %zu bytes, at most %zu are "
				 "read",
				 pattern.len, limits->regex_pattern);
	pattern_init(&reader, pattern, err);
	bad = utf8_check(pattern);
	if (bad != SIZE_MAX)
		good = pattern_fail(&reader, bad, bad + 1,
				    "the pattern is not UTF-8");
	else
		good = syntax == REGEX_ECMA ? ecma_translate(&reader)
					    : re2_translate(&reader);
	if (good && reader.out.full)
		good = error_set(err, ERROR_LIMIT,
				 "the pattern grows past %d bytes when its "
				 "classes are written out",
				 PATTERN_OUT);
	good = good && compile(&regex, &reader, syntax);
	pattern_done(&reader);
	if (!good)
		return false;
	regex.subject = limits->regex_subject;
	if (regex.costly)
		regex.subject /= REGEX_SHARE;
	if (!regex.fast && regex.subject > REGEX_SUBJECT_SLOW)
		regex.subject = REGEX_SUBJECT_SLOW;
	*out = mem_new(sizeof(**out));
	**out = regex;
	return true;
}

void regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_code_free(regex->code);
	mem_free(regex);
}

static uint32_t clamp(size_t value)
{
	return value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

static void make_room(struct regex_scratch *scratch, size_t pairs)
{
	pcre2_general_context *general;

	if (scratch->data && pairs <= scratch->pairs)
		return;
	general = pcre2_general_context_create(take, give, NULL);
	pcre2_match_data_free(scratch->data);
	scratch->data = pcre2_match_data_create(clamp(pairs), general);
	scratch->pairs = pairs;
	pcre2_general_context_free(general);
}

struct regex_scratch *regex_scratch_new(const struct limits *limits)
{
	struct regex_scratch *scratch = mem_new(sizeof(*scratch));
	pcre2_general_context *general =
		pcre2_general_context_create(take, give, NULL);

	scratch->steps = limits->regex_match;
	scratch->context = pcre2_match_context_create(general);
	/* Its memory is mapped, not taken from us: NULL when that fails, and
	 * then matching keeps to 32 KiB of the machine's stack. */
	scratch->stack = pcre2_jit_stack_create(REGEX_STACK_LEAST,
						REGEX_STACK_MOST, general);
	pcre2_jit_stack_assign(scratch->context, NULL, scratch->stack);
	(void)pcre2_set_depth_limit(scratch->context,
				    clamp(limits->regex_match));
	(void)pcre2_set_heap_limit(scratch->context, clamp(limits->regex_heap));
	pcre2_general_context_free(general);
	make_room(scratch, 1);
	return scratch;
}

void regex_scratch_free(struct regex_scratch *scratch)
{
	if (!scratch)
		return;
	pcre2_match_data_free(scratch->data);
	pcre2_match_context_free(scratch->context);
	pcre2_jit_stack_free(scratch->stack);
	mem_free(scratch);
}

/* Sets how many steps each start may take. */
static void share_steps(const struct regex *regex,
			struct regex_scratch *scratch, size_t length)
{
	size_t steps = scratch->steps;

	if (regex->costly && length > REGEX_STARTS)
		steps = steps / length * REGEX_STARTS;
	(void)pcre2_set_match_limit(scratch->context, clamp(steps));
}

/* PCRE2 trusts its subject: bytes that are no text are not judged. */
static enum regex_result run(const struct regex *regex,
			     struct regex_scratch *scratch, str subject,
			     size_t start)
{
	PCRE2_SPTR text = (PCRE2_SPTR)(subject.len ? subject.ptr : "");
	int code;

	if (subject.len > regex->subject || utf8_check(subject) != SIZE_MAX)
		return REGEX_LIMIT;
	share_steps(regex, scratch, subject.len);
	code = regex->fast
		       ? pcre2_jit_match(regex->code, text, subject.len, start,
					 0, scratch->data, scratch->context)
		       : pcre2_match(regex->code, text, subject.len, start,
				     PCRE2_NO_UTF_CHECK, scratch->data,
				     scratch->context);
	if (code >= 0)
		return REGEX_MATCH;
	return code == PCRE2_ERROR_NOMATCH ? REGEX_NO_MATCH : REGEX_LIMIT;
}

enum regex_result regex_search(const struct regex *regex,
			       struct regex_scratch *scratch, str subject)
{
	return run(regex, scratch, subject, 0);
}

enum regex_result regex_find(const struct regex *regex,
			     struct regex_scratch *scratch, str subject,
			     size_t start, struct regex_group *groups,
			     size_t count)
{
	const PCRE2_SIZE *offsets;
	enum regex_result result;

	assert(start <= subject.len);
	make_room(scratch, count ? count : 1);
	result = run(regex, scratch, subject, start);
	if (result != REGEX_MATCH)
		return result;
	offsets = pcre2_get_ovector_pointer(scratch->data);
	for (size_t i = 0; i < count; i++) {
		bool taken =
			i <= regex->groups && offsets[2 * i] != PCRE2_UNSET;

		groups[i].start = taken ? offsets[2 * i] : SIZE_MAX;
		groups[i].end = taken ? offsets[2 * i + 1] : SIZE_MAX;
	}
	return REGEX_MATCH;
}

size_t regex_group_count(const struct regex *regex)
{
	return regex->groups;
}
