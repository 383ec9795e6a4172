/* convert - text to values and back, as the conversions of CEL do. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_CONVERT_H
#define CEL_CONVERT_H

#include "cel/value.h"

enum { CEL_DOUBLE_TEXT = 400 };

/* Writes a double with the fewest digits that read back as the same number,
 * without an exponent from 1e-6 up to 1e21: "-0.0045", "1e+30", "NaN". Returns
 * the length. */
size_t cel_double_format(char to[CEL_DOUBLE_TEXT], double number);

/* Reads "1.5", "-3e7", "inf", "NaN" that fill the string. */
MUST_USE bool cel_double_parse(double *out, str s);

/* Reads a duration: "1h30m", "-1.5s", "100ms", "0" (units h m s ms us ns). */
MUST_USE bool cel_duration_parse(struct cel_value *out, str s);

enum { CEL_DURATION_TEXT = 40 };

/* Writes "-1.5s"; returns the length. */
size_t cel_duration_format(char to[CEL_DURATION_TEXT], struct cel_value v);

#endif
