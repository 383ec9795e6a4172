/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/format.h"

#include "jsonschema/format_check.h"
#include "match/regex.h"

static const struct schema_format_row rows[] = {
	{NULL, NULL, NULL},
#define FORMAT(name, text, words, example) {text, words, example},
#include "jsonschema/formats.def"
#undef FORMAT
};

const struct schema_format_row *schema_format_row(enum schema_format format)
{
	return &rows[format];
}

enum schema_format schema_format_find(str name)
{
	for (size_t i = 1; i < ARRAY_SIZE(rows); i++)
		if (str_is(name, rows[i].name))
			return (enum schema_format)i;
	return SCHEMA_FORMAT_NONE;
}

static bool is_regex(str text, const struct limits *limits)
{
	struct regex *regex;
	struct error err;

	if (!regex_new(&regex, text, REGEX_ECMA, limits, &err))
		return false;
	regex_free(regex);
	return true;
}

bool schema_format_check(enum schema_format format, str text,
			 const struct limits *limits)
{
	switch (format) {
	case SCHEMA_FORMAT_DATE_TIME:
		return format_is_date_time(text);
	case SCHEMA_FORMAT_DATE:
		return format_is_date(text);
	case SCHEMA_FORMAT_TIME:
		return format_is_time(text);
	case SCHEMA_FORMAT_DURATION:
		return format_is_duration(text);
	case SCHEMA_FORMAT_EMAIL:
		return format_is_email(text, false);
	case SCHEMA_FORMAT_IDN_EMAIL:
		return format_is_email(text, true);
	case SCHEMA_FORMAT_HOSTNAME:
		return format_is_hostname(text);
	case SCHEMA_FORMAT_IDN_HOSTNAME:
		return format_is_idn_hostname(text);
	case SCHEMA_FORMAT_IPV4:
		return format_is_ipv4(text);
	case SCHEMA_FORMAT_IPV6:
		return format_is_ipv6(text);
	case SCHEMA_FORMAT_URI:
		return format_is_uri(text, false, false);
	case SCHEMA_FORMAT_URI_REFERENCE:
		return format_is_uri(text, true, false);
	case SCHEMA_FORMAT_IRI:
		return format_is_uri(text, false, true);
	case SCHEMA_FORMAT_IRI_REFERENCE:
		return format_is_uri(text, true, true);
	case SCHEMA_FORMAT_UUID:
		return format_is_uuid(text);
	case SCHEMA_FORMAT_URI_TEMPLATE:
		return format_is_uri_template(text);
	case SCHEMA_FORMAT_JSON_POINTER:
		return format_is_json_pointer(text);
	case SCHEMA_FORMAT_RELATIVE_JSON_POINTER:
		return format_is_relative_json_pointer(text);
	case SCHEMA_FORMAT_REGEX:
		return is_regex(text, limits);
	case SCHEMA_FORMAT_NONE:
	case SCHEMA_FORMAT_COUNT:
		break;
	}
	return true;
}
