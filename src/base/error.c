/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static void cut(char *text, size_t size, int len)
{
	if (len < 0)
		text[0] = '\0';
	else if ((size_t)len >= size)
		memcpy(text + size - 4, "...", 4);
}

bool error_set(struct error *err, enum error_kind kind, const char *fmt, ...)
{
	va_list args;

	*err = (struct error){.kind = kind};
	va_start(args, fmt);
	cut(err->text, sizeof(err->text),
	    vsnprintf(err->text, sizeof(err->text), fmt, args));
	va_end(args);
	return false;
}

bool error_set_at(struct error *err, enum error_kind kind, struct span at,
		  const char *fmt, ...)
{
	va_list args;

	*err = (struct error){.kind = kind, .placed = true, .at = at};
	va_start(args, fmt);
	cut(err->text, sizeof(err->text),
	    vsnprintf(err->text, sizeof(err->text), fmt, args));
	va_end(args);
	return false;
}

bool error_prefix(struct error *err, const char *fmt, ...)
{
	char text[sizeof(err->text)];
	va_list args;
	size_t len;
	int written;

	va_start(args, fmt);
	written = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	cut(text, sizeof(text), written);
	len = strlen(text);
	cut(text, sizeof(text),
	    (int)len + snprintf(text + len, sizeof(text) - len, ": %s",
				err->text));
	memcpy(err->text, text, sizeof(text));
	return false;
}
