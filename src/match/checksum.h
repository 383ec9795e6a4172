/*
 * checksum - is a text that looks like an identifier one? Check digits and
 * calendar dates, nothing looked up.
 *
 * Blanks, hyphens, dots and slashes between the characters are skipped where
 * the identifier is written with them. Letters are upper case.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MATCH_CHECKSUM_H
#define MATCH_CHECKSUM_H

#include "base/arena.h"

/* ISO 13616: a country of the registry, its length, and 97 (ISO 7064). */
bool iban_valid(str text);

/* ISO/IEC 7812-1 annex B, for at least two digits. */
bool luhn_valid(str text);

/* A Finnish personal identity code of a person: individual numbers 002 to 899
 * (900 to 999 are for tests) and every century sign of decree 690/2022. */
bool hetu_valid(str text);

enum id_result {
	ID_INVALID,
	ID_VALID,
	ID_UNKNOWN, /* no such row */
};

/* Judges a text by the check a row of the table of national identifiers names:
 * "fi-hetu", "se-personnummer", and so on. */
enum id_result id_valid(str row, str text);

/* The digits of a text, in its order. */
str digits(struct arena *arena, str text);

#endif
