/* text: identifiers in text (match/checksum.h) and lists of patterns. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/function.h"
#include "cel/regexes.h"
#include "match/checksum.h"

static struct cel_value is_iban(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bool(iban_valid(cel_str(args[0])));
}

static struct cel_value is_luhn(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bool(luhn_valid(cel_str(args[0])));
}

static struct cel_value is_hetu(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bool(hetu_valid(cel_str(args[0])));
}

static struct cel_value is_national_id(struct cel_eval *eval,
				       const struct cel_value *args,
				       size_t count)
{
	(void)count;
	switch (id_valid(cel_str(args[1]), cel_str(args[0]))) {
	case ID_VALID:
		return cel_bool(true);
	case ID_INVALID:
		return cel_bool(false);
	case ID_UNKNOWN:
		break;
	}
	return cel_fail_text(
		eval, CEL_FAULT_ARGUMENT,
		STR("there is no national identifier of this name"), args[1]);
}

/* A name that is none is refused before anything runs. */
static const struct cel_type *check_row(const struct cel_env *env,
					const struct cel_type *const *args,
					const struct cel_value *const *consts,
					size_t count, struct error *err)
{
	(void)env;
	(void)args;
	(void)count;
	if (consts[1] && consts[1]->tag == CEL_STRING &&
	    id_valid(cel_str(*consts[1]), STR("")) == ID_UNKNOWN)
		(void)error_set(err, ERROR_CONFIG,
				"there is no national identifier named "
				"'" STR_FMT "'",
				STR_ARG(str_slice(cel_str(*consts[1]), 0, 80)));
	return NULL;
}

static struct cel_value digits_of(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	(void)count;
	return cel_string(digits(eval->arena, cel_str(args[0])));
}

/* As patterns.exists(p, s.matches(p)): a pattern that matches outweighs one
 * that is wrong. */
static struct cel_value matches_any(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	struct cel_value result = cel_bool(false);
	size_t size = cel_list_size(args[1]);

	(void)count;
	for (size_t i = 0; i < size; i++) {
		struct cel_value v = cel_list_at(eval, args[1], i);

		if (v.tag == CEL_STRING)
			v = cel_match(eval, args[0], v);
		else if (!cel_is_error(v))
			v = cel_fail_text(eval, CEL_FAULT_NO_OVERLOAD,
					  STR("matchesAny"), v);
		if (eval->exhausted)
			return cel_spent(eval);
		if (v.tag == CEL_BOOL && v.as.boolean)
			return v;
		if (cel_is_error(v) && !cel_is_error(result))
			result = v;
	}
	return result;
}

#define OF_TEXT(name, id, call)                                                \
	{                                                                      \
		name, id, "(string) -> bool", CEL_RECEIVER, CEL_COST_BYTES, 0, \
			call, NULL                                             \
	}

static const struct cel_overload overloads[] = {
	OF_TEXT("isIban", "string_is_iban", is_iban),
	OF_TEXT("isLuhn", "string_is_luhn", is_luhn),
	OF_TEXT("isHetu", "string_is_hetu", is_hetu),
	{"isNationalId", "string_is_national_id", "(string, string) -> bool",
	 CEL_RECEIVER, CEL_COST_BYTES, 0, is_national_id, check_row},
	{"digits", "string_digits", "(string) -> string", CEL_RECEIVER,
	 CEL_COST_BYTES, 0, digits_of, NULL},
	{"matchesAny", "string_matches_any", "(string, list(string)) -> bool",
	 CEL_RECEIVER, CEL_COST_OWN, 0, matches_any, NULL},
};

const struct cel_library cel_library_text = {"text", overloads,
					     ARRAY_SIZE(overloads)};
