/* format_check - the checks behind format.h, by family; for this room only. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_FORMAT_CHECK_H
#define JSONSCHEMA_FORMAT_CHECK_H

#include "base/str.h"

/* RFC 3339 section 5.6 and appendix A. */
bool format_is_date(str text);
bool format_is_time(str text);
bool format_is_date_time(str text);
bool format_is_duration(str text);

/* RFC 5321 section 4.1.2 and RFC 6531 section 3.3. */
bool format_is_email(str text, bool international);

/* RFC 1123 section 2.1 with A-labels checked; RFC 5890 section 2.3.2.3. */
bool format_is_hostname(str text);
bool format_is_idn_hostname(str text);

/* RFC 2673 section 3.2 and RFC 4291 section 2.2. */
bool format_is_ipv4(str text);
bool format_is_ipv6(str text);

/* RFC 3986 section 3 and 4.1, RFC 3987 section 2.2. */
bool format_is_uri(str text, bool relative, bool international);

bool format_is_uri_template(str text);		/* RFC 6570 section 2 */
bool format_is_uuid(str text);			/* RFC 4122 section 3 */
bool format_is_json_pointer(str text);		/* RFC 6901 section 5 */
bool format_is_relative_json_pointer(str text); /* its draft-bhutton-00 */

static inline bool ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_hex(char c)
{
	return ascii_digit(c) || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

static inline bool ascii_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

#endif
