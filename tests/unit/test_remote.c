/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "git/remote.h"

static void a_url_is_told_without_user_password_and_token(void **state)
{
	static const struct {
		const char *url;
		const char *told; /* NULL: nothing */
	} cases[] = {
		{"https://git.example.org/acme/records.git",
		 "https://git.example.org/acme/records.git"},
		{"https://ada@git.example.org/r", "https://git.example.org/r"},
		{"https://ada:secret@git.example.org/r",
		 "https://git.example.org/r"},
		{"https://oauth2:to@ken@git.example.org:8443/r",
		 "https://git.example.org:8443/r"},
		{"https://git.example.org/r?private_token=x",
		 "https://git.example.org/r"},
		{"https://git.example.org/r#token=x",
		 "https://git.example.org/r"},
		{"HTTPS://git.example.org/r", "https://git.example.org/r"},
		{"ssh://git@git.example.org:22/~ada/r.git",
		 "ssh://git.example.org:22/~ada/r.git"},
		{"git@git.example.org:acme/r.git",
		 "ssh://git.example.org/acme/r.git"},
		{"git.example.org:/srv/r.git",
		 "ssh://git.example.org/srv/r.git"},
		{"git://git.example.org/r", "git://git.example.org/r"},
		{"http://[2001:db8::1]:80/r", "http://[2001:db8::1]:80/r"},
		{"/home/ada/r.git", NULL},
		{"../r.git", NULL},
		{"./a:b", NULL},
		{"file:///home/ada/r.git", NULL},
		{"C:/Users/ada/r", NULL},
		{"ext::sh -c evil", NULL},
		{"https://git.example.org", NULL},
		{"https://git.example.org/", NULL},
		{"https:///r", NULL},
		{"https://ada:secret@/r", NULL},
		{"https://git.example.org?x=secret@a/r", NULL},
		{"https://git.example.org\\@evil/r", NULL},
		{"https://git.example.org/a b", NULL},
		{"https://git.example.org/\x1b[31m", NULL},
		{"https://git.example.org/\n::error::x", NULL},
		{"", NULL},
		{":", NULL},
		{"host:", NULL},
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		str told = remote_public(str_of(cases[i].url), &arena);

		if (!cases[i].told && told.ptr)
			fail_msg("%s is told", cases[i].url);
		if (cases[i].told && !str_is(told, cases[i].told))
			fail_msg("%s, not told as %s but as " STR_FMT,
				 cases[i].url, cases[i].told, STR_ARG(told));
	}
	assert_null(remote_public((str){0}, &arena).ptr);
	arena_done(&arena);
}

static void a_byte_zero_is_in_no_url(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);

	assert_null(remote_public(STR("https://a.example/b\0c"), &arena).ptr);
	assert_null(remote_public(STR("https://a.exa\0mple/b"), &arena).ptr);

	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_url_is_told_without_user_password_and_token),
		cmocka_unit_test(a_byte_zero_is_in_no_url),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
