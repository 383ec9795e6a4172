/* attr - compiler attributes and overflow-checked arithmetic, in one place. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#include <stdbool.h>
#include <stddef.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))
#define NORETURN __attribute__((noreturn))
#define UNUSED __attribute__((unused))
#define FALLTHROUGH __attribute__((fallthrough))

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Adds two sizes; false when the sum does not fit. */
static inline MUST_USE bool size_add(size_t *sum, size_t a, size_t b)
{
	return !__builtin_add_overflow(a, b, sum);
}

/* Multiplies two sizes; false when the product does not fit. */
static inline MUST_USE bool size_mul(size_t *product, size_t a, size_t b)
{
	return !__builtin_mul_overflow(a, b, product);
}

#endif
