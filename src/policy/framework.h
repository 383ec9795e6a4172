/*
 * framework - a published set of requirements, as data.
 *
 * Read from policies/frameworks/ (built in) and the frameworks/ folder of the
 * repository's own policies. A requirement is named "framework:id".
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_FRAMEWORK_H
#define POLICY_FRAMEWORK_H

#include "policy/files.h"

struct framework_set;

enum requirement_state {
	REQUIREMENT_KNOWN,
	REQUIREMENT_NO_FRAMEWORK, /* no such framework */
	REQUIREMENT_UNKNOWN,	  /* the framework has no such requirement */
	REQUIREMENT_FORMER,	  /* it stood in an earlier edition */
};

struct requirement {
	enum requirement_state state;
	str framework; /* its title: "ISO/IEC 27001:2022" */
	str title;     /* our own short title; may be absent */
	str successor; /* of a former one: "A.5.18"; may be absent */
	str edition;   /* of a former one: "2013" */
	/* Of a known one: its own entry, or that of the article it is part of.
	 */
	const struct node *entry;
};

struct framework_set *framework_set_new(void);
void framework_set_free(struct framework_set *set);

/* Adds a parsed and checked framework file, which must outlive the set. */
MUST_USE bool framework_set_add(struct framework_set *set,
				const struct policy_file *file,
				struct error *err);

/* Looks a name up; the strings live as long as the set's files. */
struct requirement framework_find(const struct framework_set *set, str name);

/* The document of a framework, or NULL. */
const struct node *framework_root(const struct framework_set *set, str id);

/* Up to `most` known names near to one that is not known. */
size_t framework_nearest(const struct framework_set *set, str name, str *out,
			 size_t most);

/* The names of all requirements, framework by framework. */
const str *framework_names(const struct framework_set *set, size_t *count);

#endif
