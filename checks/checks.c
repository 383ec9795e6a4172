/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/checks.h"

#include "base/attr.h"

#define CHECK(name) extern const struct check check_##name;
#include "checks/checks.def"
#undef CHECK

const struct check *const checks[] = {
#define CHECK(name) &check_##name,
#include "checks/checks.def"
#undef CHECK
};

const size_t check_count = ARRAY_SIZE(checks);
