/*
 * no_network - what a release says in place of libraries for remotes.
 *
 * libgit2.a refers to libssh2, GSSAPI and the resolver, whose archives Debian
 * does not have or which would load others. Nothing here ever has a remote, so
 * a release (ABIDE_STATIC_GIT2) links these instead: nothing in the program
 * that is shipped calls connect. The names with __wrap_ take the place of
 * others by the linker's --wrap (see LINK_release in the
 * Makefile).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifdef ABIDE_STATIC_GIT2

enum { FAILED = -1 };

/* Asked for when libgit2 starts, with success as the only good answer. */
int libssh2_init(int flags);
int libssh2_init(int flags)
{
	(void)flags;
	return 0;
}

void libssh2_exit(void);
void libssh2_exit(void)
{
}

/* A call would mean that somebody added a remote: end at once. */
#define ABSENT(name)               \
	_Noreturn void name(void); \
	_Noreturn void name(void)  \
	{                          \
		__builtin_trap();  \
	}
#include "git/no_network.def"
#undef ABSENT

extern const void *const GSS_C_NT_HOSTBASED_SERVICE;
const void *const GSS_C_NT_HOSTBASED_SERVICE = 0;

#define REFUSED(name)            \
	int __wrap_##name(void); \
	int __wrap_##name(void)  \
	{                        \
		return FAILED;   \
	}
REFUSED(socket)
REFUSED(connect)
REFUSED(freeaddrinfo)
REFUSED(getaddrinfo)
REFUSED(getpwuid_r)
#undef REFUSED

#endif
