/* SPDX-License-Identifier: Apache-2.0 */
#include "git/libgit2.h"

#include <dlfcn.h>

/* What a delta chain may inflate to on the way: a pack of 1 KB can announce
 * 2 GB. Our own ceilings are lower and asked first. */
enum { OBJECT_MOST = 256 << 20 };

/* Starting libgit2 makes mbedTLS read all certificates of the system, half of
 * the start-up time, for a network that is never used. The program exports
 * these two (see LINK_GIT in the Makefile), and they win over the library's;
 * in a release the linker puts them in its place. */
#ifdef ABIDE_STATIC_GIT2
#define IN_PLACE_OF(name) __wrap_##name
#else
#define IN_PLACE_OF(name) __attribute__((visibility("default"))) name
#endif

int IN_PLACE_OF(mbedtls_x509_crt_parse_file)(void *chain, const char *path);
int IN_PLACE_OF(mbedtls_x509_crt_parse_path)(void *chain, const char *path);

int IN_PLACE_OF(mbedtls_x509_crt_parse_file)(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return -1;
}

int IN_PLACE_OF(mbedtls_x509_crt_parse_path)(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return -1;
}

#ifdef ABIDE_STATIC_GIT2
static bool find_all(struct libgit2 *libgit2, struct error *err)
{
	(void)err;
#define LIBGIT2(name) libgit2->name = name;
#include "git/libgit2.def"
#undef LIBGIT2
	return true;
}

static void let_go(struct libgit2 *libgit2)
{
	(void)libgit2;
}
#else
static bool find(struct libgit2 *libgit2, void *to, const char *name,
		 struct error *err)
{
	void *symbol = dlsym(libgit2->library, name);

	if (!symbol)
		return error_set(err, ERROR_GIT, "libgit2 has no function %s",
				 name);
	memcpy(to, &symbol, sizeof(symbol));
	return true;
}

static void let_go(struct libgit2 *libgit2)
{
	(void)dlclose(libgit2->library);
}

static bool find_all(struct libgit2 *libgit2, struct error *err)
{
	bool done = true;

	/* NODELETE: the next handle finds it mapped. */
	libgit2->library =
		dlopen("libgit2.so.1.5", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!libgit2->library)
		return error_set(err, ERROR_GIT,
				 "libgit2 is needed to read the packs of this "
				 "repository, and cannot be loaded: install "
				 "the package libgit2-1.5");
#define LIBGIT2(name) done = done && find(libgit2, &libgit2->name, #name, err);
#include "git/libgit2.def"
#undef LIBGIT2
	if (!done)
		let_go(libgit2);
	return done;
}
#endif

static bool recent(const struct libgit2 *libgit2, struct error *err)
{
	int major = 0, minor = 0, patch = 0;

	libgit2->git_libgit2_version(&major, &minor, &patch);
	if (major > 1 || (major == 1 && minor > 5) ||
	    (major == 1 && minor == 5 && patch >= 1))
		return true;
	return error_set(err, ERROR_GIT,
			 "libgit2 %d.%d.%d is too old, 1.5.1 is needed", major,
			 minor, patch);
}

bool libgit2_open(struct libgit2 *out, struct error *err)
{
	struct libgit2 libgit2 = {0};

	if (!find_all(&libgit2, err))
		return false;
	if (!recent(&libgit2, err)) {
		let_go(&libgit2);
		return false;
	}
	if (libgit2.git_libgit2_init() < 0) {
		let_go(&libgit2);
		return error_set(err, ERROR_GIT, "libgit2 does not start");
	}
	/* Hashes are checked by us, reader by reader, and its cache only costs
	 * time when each object is read once. */
	(void)libgit2.git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION,
				       0);
	(void)libgit2.git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
#ifdef LIBGIT2_PACK_CEILING /* see the Makefile; we ask for sizes ourselves */
	(void)libgit2.git_libgit2_opts(GIT_OPT_SET_PACK_MAX_OBJECT_SIZE,
				       (size_t)OBJECT_MOST);
#endif
	*out = libgit2;
	return true;
}

void libgit2_close(struct libgit2 *libgit2)
{
	(void)libgit2->git_libgit2_shutdown();
	let_go(libgit2);
	*libgit2 = (struct libgit2){0};
}
