/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"

#include <stdlib.h>
#include <unistd.h>

void mem_exhausted(void)
{
	static const char line[] =
		"abide: error: out of memory; nothing can be concluded\n";
	ssize_t written = write(STDERR_FILENO, line, sizeof(line) - 1);

	(void)written;
	_exit(2);
}

void *mem_new(size_t size)
{
	void *memory = calloc(1, size ? size : 1);

	if (!memory)
		mem_exhausted();
	return memory;
}

void *mem_grow(void *old, size_t size)
{
	void *memory = realloc(old, size ? size : 1);

	if (!memory)
		mem_exhausted();
	return memory;
}

void mem_free(void *memory)
{
	free(memory);
}
