/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * libsodium's hash functions need no sodium_init: they keep no state of their
 * own and choose no implementation at run time.
 */
#include "base/sha256.h"

#include <sodium.h>

_Static_assert(sizeof(struct sha256) == sizeof(crypto_hash_sha256_state),
	       "struct sha256 is the state of libsodium under our name");
_Static_assert(_Alignof(struct sha256) == _Alignof(crypto_hash_sha256_state),
	       "and as aligned");
_Static_assert(SHA256_RAW == crypto_hash_sha256_BYTES, "a sum has 32 bytes");

void sha256_start(struct sha256 *sha)
{
	crypto_hash_sha256_state state;

	(void)crypto_hash_sha256_init(&state);
	memcpy(sha, &state, sizeof(state));
}

void sha256_add(struct sha256 *sha, str bytes)
{
	crypto_hash_sha256_state state;

	if (bytes.len == 0)
		return;
	memcpy(&state, sha, sizeof(state));
	(void)crypto_hash_sha256_update(
		&state, (const unsigned char *)bytes.ptr, bytes.len);
	memcpy(sha, &state, sizeof(state));
}

void sha256_finish(struct sha256 *sha, unsigned char to[SHA256_RAW])
{
	crypto_hash_sha256_state state;

	memcpy(&state, sha, sizeof(state));
	(void)crypto_hash_sha256_final(&state, to);
}

void sha256_of(unsigned char to[SHA256_RAW], str bytes)
{
	static const unsigned char none[1];

	(void)crypto_hash_sha256(
		to, bytes.len ? (const unsigned char *)bytes.ptr : none,
		bytes.len);
}

void sha256_format(char to[SHA256_HEX + 1], const unsigned char sum[SHA256_RAW])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_RAW; i++) {
		to[2 * i] = digits[sum[i] >> 4];
		to[2 * i + 1] = digits[sum[i] & 15];
	}
	to[SHA256_HEX] = '\0';
}

void sha256_format_base64(char to[SHA256_BASE64 + 1],
			  const unsigned char sum[SHA256_RAW])
{
	sodium_bin2base64(to, SHA256_BASE64 + 1, sum, SHA256_RAW,
			  sodium_base64_VARIANT_ORIGINAL);
}
