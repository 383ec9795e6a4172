/*
 * charset - the text of a commit, whatever it is written in, as UTF-8.
 *
 * Only what needs no library is converted: ISO 8859-1 and -15, Windows 1252
 * and ASCII. iconv would load code by a name that stands in an untrusted
 * object, and differ from machine to machine. What is not understood becomes
 * U+FFFD and is told.
 *
 * Source: the mappings published by the Unicode Consortium.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_CHARSET_H
#define GIT_CHARSET_H

#include "base/arena.h"
#include "base/str.h"

enum charset {
	CHARSET_UTF_8,
	CHARSET_LATIN_1,
	CHARSET_LATIN_9,
	CHARSET_WINDOWS_1252,
	CHARSET_UNKNOWN, /* all that is not ASCII is replaced */
};

/* By the `encoding` header; absent: UTF-8. */
enum charset charset_find(str name);

/* Well-formed UTF-8: the text itself where it is, else a copy. *lossy is set,
 * and never cleared, when something was replaced. An absent str stays one. */
str charset_decode(enum charset charset, str text, bool *lossy,
		   struct arena *arena);

#endif
