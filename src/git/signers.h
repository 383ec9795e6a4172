/*
 * signers - until when the keys of an allowed_signers file are good.
 *
 * git asks ssh-keygen whether a key was good at the time the commit claims, so
 * that whoever holds an expired key signs with a date from before its end and
 * passes. To say so, the end has to be read here.
 *
 * Source: ssh-keygen(1), section ALLOWED SIGNERS.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_SIGNERS_H
#define GIT_SIGNERS_H

#include "base/instant.h"
#include "base/str.h"

enum signer_end {
	SIGNER_UNKNOWN, /* the key is in no line, or its end is not understood
			 */
	SIGNER_ENDS,
	SIGNER_ENDLESS,
};

/* Looks a key up by its fingerprint ("SHA256:..."); where lines differ, the
 * latest end counts. Times without Z are taken as UTC, as the environment of
 * signatures_verify makes ssh-keygen do it. */
enum signer_end signer_find(struct instant *end, str file, str fingerprint);

#endif
