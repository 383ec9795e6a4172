/*
 * freeze - writes the trees of our own YAML files for src/data/frozen.c.
 *
 *	freeze FOLDER FILE...
 *
 * FILE is frozen into FOLDER/FILE.frozen, which is empty for a file of several
 * documents: such a file is a template, handed out as text.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/sys.h"
#include "data/document.h"
#include "data/frozen.h"

enum { MOST = 64 << 20 };

static _Noreturn void give_up(const char *path, const char *why)
{
	(void)fprintf(stderr, "freeze: %s: %s\n", path, why);
	exit(1);
}

static void make_folders(char *path)
{
	for (char *c = path + 1; *c; c++) {
		if (*c != '/')
			continue;
		*c = '\0';
		(void)mkdir(path, 0777);
		*c = '/';
	}
}

static void freeze(const char *folder, const char *path)
{
	struct document document;
	struct arena arena;
	struct buf frozen;
	struct buf text;
	struct error err;
	char to[4096];
	FILE *file;

	arena_init(&arena);
	buf_init(&text, MOST);
	buf_init(&frozen, MOST);
	if (!sys_read_file(&text, SYS_HERE, path, &err) ||
	    !document_parse(&document, &arena, buf_str(&text), FORMAT_YAML,
			    &limits_default, &err))
		give_up(path, err.text);
	if (document.count == 0)
		give_up(path, "holds no document");
	if (document.count == 1)
		frozen_write(&frozen, buf_str(&text), document.roots[0]);
	(void)snprintf(to, sizeof(to), "%s/%s.frozen", folder, path);
	make_folders(to);
	file = fopen(to, "wb");
	if (!file || fwrite(frozen.ptr, 1, frozen.len, file) != frozen.len ||
	    fclose(file))
		give_up(to, "cannot be written");
	buf_done(&frozen);
	buf_done(&text);
	arena_done(&arena);
}

int main(int argc, char **argv)
{
	for (int i = 2; i < argc; i++)
		freeze(argv[1], argv[i]);
	return 0;
}
