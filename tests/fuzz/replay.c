/*
 * replay - runs a fuzz target over the files of a folder, with any compiler.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;
	size_t size;

	if (!file)
		return 0;
	bytes = malloc(1 << 22);
	if (!bytes)
		abort();
	size = fread(bytes, 1, 1 << 22, file);
	(void)fclose(file);
	(void)LLVMFuzzerTestOneInput(bytes, size);
	free(bytes);
	return 1;
}

int main(int argc, char **argv)
{
	const struct dirent *entry;
	DIR *folder = argc > 1 ? opendir(argv[1]) : NULL;
	int count = 0;

	if (!folder) {
		(void)fprintf(stderr, "replay: no corpus folder %s\n",
			      argc > 1 ? argv[1] : "");
		return 2;
	}
	while ((entry = readdir(folder))) {
		char path[4096];

		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", argv[1],
			       entry->d_name);
		count += run_file(path);
	}
	(void)closedir(folder);
	printf("%d inputs replayed\n", count);
	return count ? 0 : 2;
}
