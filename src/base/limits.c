/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"

#include "base/attr.h"

const struct limits limits_default = {
#define LIMIT(name, value, title, reason) .name = (value),
#include "base/limits.def"
#undef LIMIT
};

const struct limit_row limit_rows[] = {
#define LIMIT(name, value, title, reason) {#name, title, reason, (value)},
#include "base/limits.def"
#undef LIMIT
};

const size_t limit_rows_count = ARRAY_SIZE(limit_rows);
