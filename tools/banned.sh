#!/bin/sh
# banned - law 3: calls that no object of the library may make, read from its
# symbol table. A line names the call and, after it, the objects that are its
# one place.
# SPDX-License-Identifier: Apache-2.0
set -eu
nm -A -u "$1" | awk '
	BEGIN {
		n = split("time gettimeofday clock_gettime getenv secure_getenv" \
			" setenv exit _exit abort printf fprintf vprintf vfprintf" \
			" puts putchar fputs perror strtok atoi atof atol sprintf" \
			" vsprintf strcpy strcat gets scanf sscanf fscanf system" \
			" popen execve execvp fork posix_spawn posix_spawnp socket connect" \
			" getaddrinfo setlocale localtime gmtime mktime strftime" \
			" tzset malloc calloc realloc free open openat fopen read" \
			" write rename unlink mmap signal sigaction alarm rand" \
			" random srand" \
			" git_revwalk_new git_tree_walk git_diff_tree_to_tree" \
			" git_status_list_new git_tree_entry_bypath" \
			" git_remote_connect git_blame_file yaml_parser_load" \
			" __printf_chk __fprintf_chk __sprintf_chk __strcpy_chk" \
			" __strcat_chk __isoc99_sscanf", names, " ")
		for (i = 1; i <= n; i++)
			banned[names[i]] = 1
		split("malloc calloc realloc free write _exit", m, " ")
		for (i in m) allowed["mem.o", m[i]] = 1
		split("open openat read write rename unlink mmap", s, " ")
		for (i in s) allowed["sys.o", s[i]] = 1
		split("posix_spawn read", p, " ")
		for (i in p) allowed["spawn.o", p[i]] = 1
	}
	{
		split($1, where, ":")
		object = where[2]
		name = $NF
		sub(/@.*/, "", name)
		if ((name in banned) && !((object, name) in allowed)) {
			printf "%s calls %s\n", object, name
			faults++
		}
	}
	END {
		if (faults) {
			printf "banned: %d faults\n", faults
			exit 1
		}
	}'
