/*
 * pack_speed - how fast objects come out of packs.
 *
 *	pack_speed OBJECTS-FOLDER THREADS own|libgit2 NAMES
 *
 * Reads every object that the file NAMES names (40 digits a line) from its
 * store, in this order and without checking hashes,
 * with our own reader or with libgit2, and prints how many there were, their
 * bytes, and how long it took. See packs.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/pool.h"
#include "base/sys.h"
#include "base/vec.h"
#include "git/foreign.h"
#include "git/stores.h"

enum { CHUNK = 4096, NAMES_MOST = 1 << 30, OBJECT_MOST = 64 << 20 };

struct speed {
	const struct odb *odb;
	bool libgit2;
	VEC(struct oid) names;
	struct odb_reader *readers[POOL_MOST];
	struct foreign *foreign[POOL_MOST];
	struct buf bytes[POOL_MOST];
	size_t sum[POOL_MOST];
};

static _Noreturn void give_up(const char *what)
{
	(void)fprintf(stderr, "pack_speed: %s\n", what);
	exit(2);
}

static bool allow(const void *context, const struct object_header *header,
		  struct error *err)
{
	(void)context;
	(void)header;
	(void)err;
	return true;
}

static void read_some(void *context, unsigned worker, size_t from, size_t to)
{
	const struct object_guard guard = {allow, NULL};
	struct speed *speed = context;
	struct buf *bytes = &speed->bytes[worker];

	for (size_t i = from; i < to; i++) {
		const struct oid *oid = &speed->names.at[i];
		struct object object;
		struct error err;
		bool found = true;

		if (speed->libgit2 ? !foreign_read(&object, &found,
						   speed->foreign[worker], oid,
						   &guard, bytes, &err)
				   : !odb_read(&object, speed->readers[worker],
					       oid, OBJECT_ANY, bytes, &err))
			give_up(err.text);
		if (!found)
			give_up("an object is missing");
		speed->sum[worker] += object.bytes.len;
	}
}

static double now(void)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void names_read(struct speed *speed, const char *path)
{
	struct error err;
	struct buf text;
	str rest;

	buf_init(&text, NAMES_MOST);
	if (!sys_read_system(&text, path, &err))
		give_up(err.text);
	rest = buf_str(&text);
	while (rest.ptr && rest.len) {
		str line = str_cut(&rest, '\n');

		if (!oid_parse(vec_push(&speed->names), line))
			give_up("a line is no name of an object");
	}
	buf_done(&text);
}

int main(int argc, char **argv)
{
	struct speed speed = {0};
	struct pool_work work = {.run = read_some, .context = &speed};
	struct odb_places places = {0};
	struct odb *odb;
	struct error err;
	size_t sum = 0;
	double start;

	if (argc != 5)
		give_up("OBJECTS-FOLDER THREADS own|libgit2 NAMES");
	places.directory = argv[1];
	speed.libgit2 = strcmp(argv[3], "libgit2") == 0;
	names_read(&speed, argv[4]);
	start = now();
	if (!odb_open(&odb, &places, &limits_default, &err))
		give_up(err.text);
	speed.odb = odb;
	work.count = speed.names.count;
	work.chunk = CHUNK;
	work.jobs = (unsigned)strtoul(argv[2], NULL, 10);
	if (work.jobs < 1 || work.jobs > POOL_MOST)
		give_up("1 to 64 threads");
	for (unsigned i = 0; i < work.jobs; i++) {
		speed.readers[i] = odb_reader_new(odb);
		odb_reader_trust(speed.readers[i], true);
		speed.foreign[i] = foreign_new(odb);
		buf_init(&speed.bytes[i], OBJECT_MOST);
	}
	pool_run(&work);
	for (unsigned i = 0; i < work.jobs; i++) {
		sum += speed.sum[i];
		odb_reader_free(speed.readers[i]);
		foreign_free(speed.foreign[i]);
		buf_done(&speed.bytes[i]);
	}
	odb_free(odb);
	(void)printf("%zu objects, %zu bytes, %.1f ms\n", work.count, sum,
		     now() - start);
	vec_done(&speed.names);
	return 0;
}
