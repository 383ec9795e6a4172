/* explain - one question of `abide explain`, shared by its files. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_EXPLAIN_H
#define CMD_EXPLAIN_H

#include "cmd/input.h"

struct explaining {
	const struct env *env;
	const struct options *options;
	const struct input *input;
	const struct policy *policy;
	struct arena *arena;
};

/* A heading with indented lines below; nothing when there is no text. */
void explain_paragraph(const struct explaining *explaining, struct safe head,
		       str text);

void explain_rule(const struct explaining *explaining, const struct rule *rule);

void explain_requirement(const struct explaining *explaining, str name,
			 const struct requirement *requirement);

/* Does a name look like a record of this repository, or a file of it? */
bool explain_is_record(const struct explaining *explaining, str name);

/* Tells of the record kind/id, or of the records of a file. ERROR_USAGE when
 * there is none. */
MUST_USE bool explain_record(const struct explaining *explaining, str name,
			     struct error *err);

#endif
