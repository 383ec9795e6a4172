/* SPDX-License-Identifier: Apache-2.0 */
#include "base/embedded.h"

static const struct embedded *find(str path)
{
	size_t from = 0;
	size_t to = embedded_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct embedded *file = &embedded_files[middle];
		int order = str_compare(path, str_of(file->path));

		if (order == 0)
			return file;
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NULL;
}

static str between(const char *start, const char *end)
{
	return str_make(start, (size_t)(end - start));
}

str embedded_find(str path)
{
	const struct embedded *file = find(path);

	return file ? between(file->start, file->end) : (str){NULL, 0};
}

str embedded_find_frozen(str path)
{
	const struct embedded *file = find(path);

	return file ? between(file->frozen, file->frozen_end) : (str){NULL, 0};
}
