/*
 * floor - what no linter on top of libyaml can go below.
 *
 *	floor FOLDER THREADS
 *
 * Walks a folder, reads every .yaml file and asks libyaml for its bare events,
 * on the same pool of threads as abide, and does nothing with them. Prints how
 * many files and events there were.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

#include "base/mem.h"
#include "base/pool.h"
#include "base/vec.h"

enum { ROOM = 1 << 20, FILES_AT_ONCE = 32 };

struct floor_run {
	VEC(char *) paths;
	size_t events[POOL_MOST];
};

static _Noreturn void give_up(const char *what, const char *whose)
{
	(void)fprintf(stderr, "floor: %s %s\n", what, whose);
	exit(2);
}

static void walk(struct floor_run *run, const char *folder)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;

	if (!directory)
		give_up("cannot open", folder);
	while ((entry = readdir(directory)) != NULL) {
		size_t len = strlen(entry->d_name);
		char *path;

		if (entry->d_name[0] == '.')
			continue;
		if (asprintf(&path, "%s/%s", folder, entry->d_name) < 0)
			give_up("no memory for", folder);
		if (entry->d_type == DT_DIR) {
			walk(run, path);
			free(path);
		} else if (len > 5 &&
			   strcmp(entry->d_name + len - 5, ".yaml") == 0) {
			*vec_push(&run->paths) = path;
		} else {
			free(path);
		}
	}
	(void)closedir(directory);
}

static size_t events_of(const unsigned char *bytes, size_t size,
			const char *path)
{
	yaml_parser_t parser;
	yaml_event_t event;
	size_t count = 0;
	bool ended = false;

	if (!yaml_parser_initialize(&parser))
		give_up("no memory for", path);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, bytes, size);
	while (!ended) {
		if (!yaml_parser_parse(&parser, &event))
			give_up("cannot parse", path);
		ended = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
		count++;
	}
	yaml_parser_delete(&parser);
	return count;
}

static void run_files(void *context, unsigned worker, size_t from, size_t to)
{
	struct floor_run *run = context;
	unsigned char *room = mem_new(ROOM);
	size_t count = 0;

	for (size_t i = from; i < to; i++) {
		const char *path = run->paths.at[i];
		int file = open(path, O_RDONLY | O_CLOEXEC);
		ssize_t size = file < 0 ? -1 : read(file, room, ROOM);

		if (size < 0 || size == ROOM)
			give_up("cannot read", path);
		(void)close(file);
		count += events_of(room, (size_t)size, path);
	}
	run->events[worker] += count;
	mem_free(room);
}

int main(int argc, char **argv)
{
	static struct floor_run run;
	size_t events = 0;

	if (argc != 3)
		give_up("usage: floor", "FOLDER THREADS");
	walk(&run, argv[1]);
	pool_run(&(struct pool_work){
		.run = run_files,
		.context = &run,
		.count = run.paths.count,
		.chunk = FILES_AT_ONCE,
		.jobs = (unsigned)strtoul(argv[2], NULL, 10),
	});
	for (size_t i = 0; i < POOL_MOST; i++)
		events += run.events[i];
	printf("%zu files, %zu events\n", run.paths.count, events);
	for (size_t i = 0; i < run.paths.count; i++)
		free(run.paths.at[i]);
	vec_done(&run.paths);
	return 0;
}
