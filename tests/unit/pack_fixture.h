/* pack_fixture - repositories with packs, and what git says is in them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_PACK_FIXTURE_H
#define UNIT_PACK_FIXTURE_H

#include "git_fixture.h"

#include "base/sys.h"
#include "git/pack.h"
#include "git/stores.h"

enum { HISTORY = 150, LINES = 120 };

/* A folder `r` whose history of 150 commits changes a line of a file, its
 * neighbour and a third one, so that files, folders and the root each make a
 * chain of deltas. */
UNUSED static void pack_history(struct fixture *fixture, unsigned from,
				unsigned to)
{
	struct buf script;

	buf_init(&script, 16 << 20);
	for (unsigned k = from; k < to; k++) {
		struct buf file;

		buf_init(&file, 1 << 20);
		for (unsigned i = 0; i < LINES; i++)
			buf_format(&file, "line %u: %u\n", i,
				   i % 37 == k % 37 ? k * 7919 : i * i);
		buf_format(&script,
			   "commit refs/heads/main\n"
			   "committer Bob <bob@example.org> %u +0000\n"
			   "data 8\nchange \n\n%s",
			   1700000000 + k,
			   k && k == from ? "from refs/heads/main^0\n" : "");
		for (unsigned i = 0; i < 3; i++) {
			buf_format(&script,
				   "M 100644 inline d%u/e/file-%u.yaml\n"
				   "data %zu\n",
				   (k + i) % 5, (k * (i + 1)) % 40, file.len);
			buf_add(&script, buf_str(&file));
			buf_byte(&script, '\n');
		}
		buf_done(&file);
	}
	assert_false(script.full);
	fixture_write_bytes(fixture, "script", buf_str(&script));
	buf_done(&script);
	GIT(fixture, "r", "-c", "fastimport.unpackLimit=100000", "-c",
	    "alias.load=!git fast-import --quiet < ../script", "load");
}

UNUSED static void pack_repository(struct fixture *fixture)
{
	assert_int_equal(mkdir(fixture_path(fixture, "r"), 0755), 0);
	GIT(fixture, "r", "init", "-q");
	pack_history(fixture, 0, HISTORY);
}

UNUSED static struct odb *pack_open(struct fixture *fixture,
				    const char *objects, const char *alternates)
{
	const struct odb_places places = {
		.directory = fixture_path(fixture, objects),
		.alternates = alternates,
		.base = str_of(fixture->dir),
	};
	struct odb *odb;

	if (!odb_open(&odb, &places, &limits_default, &fixture->err))
		fail_msg("%s", fixture->err.text);
	return odb;
}

/* One object as `git cat-file --batch` prints it. */
struct told {
	struct oid oid;
	str kind;
	str bytes;
};

UNUSED static bool told_next(struct told *out, str *rest)
{
	str line = str_cut(rest, '\n');
	str name = str_cut(&line, ' ');
	size_t size = 0;

	if (name.len == 0)
		return false;
	assert_true(oid_parse(&out->oid, name));
	out->kind = str_cut(&line, ' ');
	for (size_t i = 0; i < line.len; i++)
		size = size * 10 + (size_t)(line.ptr[i] - '0');
	assert_true(size < rest->len);
	out->bytes = str_slice(*rest, 0, size);
	*rest = str_slice(*rest, size + 1, rest->len);
	return true;
}

/* Demands that one reader gives an object as git does. */
UNUSED static void read_as_told(struct fixture *fixture,
				struct odb_reader *reader,
				const struct told *told, struct buf *bytes)
{
	struct object object;
	bool has;

	if (!odb_read(&object, reader, &told->oid, OBJECT_ANY, bytes,
		      &fixture->err))
		fail_msg("%s", fixture->err.text);
	assert_true(str_is(told->kind, object_kind_name(object.kind)));
	assert_true(str_equal(told->bytes, object.bytes));
	assert_true(odb_has(&has, reader, &told->oid, &fixture->err));
	assert_true(has);
}

/* Reads everything git has in the folder `sub`, once with hashes checked and
 * once trusting. Returns how many objects there were. */
UNUSED static size_t read_everything(struct fixture *fixture, const char *sub,
				     struct odb *odb)
{
	static const char *const all[] = {"cat-file", "--batch-all-objects",
					  "--batch", NULL};
	struct odb_reader *reader = odb_reader_new(odb);
	struct buf out, bytes;
	struct told told;
	size_t count = 0;
	str rest;

	buf_init(&out, 64 << 20);
	buf_init(&bytes, 1 << 20);
	assert_int_equal(fixture_run(fixture, sub, all), 0);
	assert_true(sys_read_file(&out, SYS_HERE, fixture_path(fixture, "out"),
				  &fixture->err));
	rest = buf_str(&out);
	for (bool trust = false;; trust = true) {
		odb_reader_trust(reader, trust);
		while (told_next(&told, &rest)) {
			read_as_told(fixture, reader, &told, &bytes);
			count++;
		}
		if (trust)
			break;
		rest = buf_str(&out);
	}
	buf_done(&bytes);
	buf_done(&out);
	odb_reader_free(reader);
	return count / 2;
}

/* Demands that no pack needs libgit2, and that there are `count`. */
UNUSED static void all_packs_are_good(const struct odb *odb, size_t count)
{
	assert_int_equal(odb->packs->count, count);
	for (size_t i = 0; i < count; i++) {
		if (odb->packs->at[i]->state != PACK_GOOD)
			fail_msg("%s: " STR_FMT, odb->packs->at[i]->name.ptr,
				 STR_ARG(odb->packs->at[i]->why));
	}
}

#endif
