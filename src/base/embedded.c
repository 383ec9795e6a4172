/* SPDX-License-Identifier: Apache-2.0 */
#include "base/embedded.h"

str embedded_find(str path)
{
	size_t from = 0;
	size_t to = embedded_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct embedded *file = &embedded_files[middle];
		int order = str_compare(path, str_of(file->path));

		if (order == 0)
			return str_make(file->start,
					(size_t)(file->end - file->start));
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return (str){NULL, 0};
}
