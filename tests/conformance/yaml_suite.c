/*
 * yaml_suite - the YAML test suite, in the layout of its data branch:
 * ID/in.yaml or ID/NN/in.yaml, with `error` beside what is no YAML and
 * in.json beside what has one reading.
 *
 * abide refuses much on purpose (docs/reference/yaml.md), so a valid input that
 * is refused is only counted. Two things fail: an invalid input that is read
 * and not listed here, and a reading that differs from in.json.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/document.h"

enum { FILE_MOST = 1 << 16, PATH_MOST = 1024 };

/* libyaml reads them as they are meant; docs/reference/yaml.md says how. */
static const char *const read_though_invalid[] = {
	"9C9N",
	"QB6E",
	"S98Z",
};

/* A block scalar that ends the file without a line feed: abide adds none, as
 * production 165 of YAML 1.2.2 has it; in.json does. */
static const char *const read_otherwise[] = {"L24T/01"};

struct tally {
	unsigned cases, read, refused, compared, faults_refused, faults_read;
	unsigned surprises;
};

static bool read_file(str *out, struct arena *arena, const char *folder,
		      const char *name)
{
	char *bytes = arena_take(arena, FILE_MOST);
	char path[PATH_MOST];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file)
		return false;
	*out = (str){bytes, fread(bytes, 1, FILE_MOST, file)};
	(void)fclose(file);
	return true;
}

static bool is_listed(const char *const *list, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(id, list[i]) == 0)
			return true;
	}
	return false;
}

static void surprise(struct tally *tally, const char *id, const char *what)
{
	printf("yaml-test-suite: %s: %s\n", id, what);
	tally->surprises++;
}

static void compare(struct tally *tally, const struct document *yaml,
		    struct arena *arena, const char *folder, const char *id)
{
	struct document json;
	struct error err;
	str text;

	/* Of several documents in.json holds one value after the other. */
	if (yaml->count != 1 || !read_file(&text, arena, folder, "in.json") ||
	    !document_parse(&json, arena, text, FORMAT_JSON, &limits_default,
			    &err))
		return;
	tally->compared++;
	if (!node_equal(yaml->roots[0], json.roots[0]) &&
	    !is_listed(read_otherwise, ARRAY_SIZE(read_otherwise), id))
		surprise(tally, id, "is read otherwise than in.json");
}

static void run_case(struct tally *tally, const char *folder, const char *id,
		     struct arena *arena)
{
	struct document document;
	struct error err;
	str unused;
	str text;
	bool read;

	if (!read_file(&text, arena, folder, "in.yaml"))
		return;
	tally->cases++;
	read = document_parse(&document, arena, text, FORMAT_YAML,
			      &limits_default, &err);
	if (read_file(&unused, arena, folder, "error")) {
		tally->faults_read += read;
		tally->faults_refused += !read;
		if (read && !is_listed(read_though_invalid,
				       ARRAY_SIZE(read_though_invalid), id))
			surprise(tally, id, "is no YAML and was read");
		return;
	}
	tally->read += read;
	tally->refused += !read;
	if (read)
		compare(tally, &document, arena, folder, id);
}

/* Runs the case of a folder, and those of the folders in it. */
static void run_folder(struct tally *tally, const char *path, const char *id,
		       int levels)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	struct arena arena;

	if (!folder)
		return;
	arena_init(&arena);
	run_case(tally, path, id, &arena);
	arena_done(&arena);
	while (levels > 0 && (entry = readdir(folder))) {
		char below[PATH_MOST];
		char name[64];

		if (entry->d_name[0] == '.' || strlen(entry->d_name) > 8)
			continue;
		(void)snprintf(below, sizeof(below), "%s/%s", path,
			       entry->d_name);
		(void)snprintf(name, sizeof(name), "%s%s%.8s", id,
			       *id ? "/" : "", entry->d_name);
		run_folder(tally, below, name, levels - 1);
	}
	(void)closedir(folder);
}

int main(int argc, char **argv)
{
	struct tally tally = {0};
	char path[PATH_MOST];

	(void)snprintf(path, sizeof(path), "%s/yaml-test-suite",
		       argc > 1 ? argv[1] : ".");
	run_folder(&tally, path, "", 2);
	if (tally.cases == 0) {
		printf("yaml-test-suite: skipped (not found)\n");
		return 0;
	}
	printf("yaml-test-suite: %u cases; valid: %u read (%u compared with "
	       "in.json), %u refused; invalid: %u refused, %u read\n",
	       tally.cases, tally.read, tally.compared, tally.refused,
	       tally.faults_refused, tally.faults_read);
	return tally.surprises ? 1 : 0;
}
