/* lib_std - the conversions, for the table of lib_std.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_LIB_STD_H
#define CEL_LIB_STD_H

#include "cel/function.h"

/* Each takes what its overloads name and fails with CEL_FAULT_CONVERSION or
 * CEL_FAULT_OVERFLOW. (lib_convert.c) */
cel_function cel_identity, cel_to_int, cel_to_uint, cel_to_double,
	cel_to_string, cel_to_bytes, cel_to_bool, cel_to_timestamp,
	cel_to_duration;

#endif
