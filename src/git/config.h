/*
 * config - the few keys of git's configuration that are needed.
 *
 * `include` and `includeIf` are not followed (a pipe as their target would
 * block for ever); that there are some is told.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_CONFIG_H
#define GIT_CONFIG_H

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/vec.h"

struct config_value {
	str key;   /* "section.Sub.Section.name": section and name in lower
		      case, the part between as written */
	str value; /* absent: the name stood alone, which means true */
};

struct config {
	struct arena arena;
	VEC(struct config_value) values; /* in the order of the files */
	bool including;
};

void config_init(struct config *config);
void config_done(struct config *config);

/* Adds what a file's bytes say. ERROR_GIT: a line that is not understood. */
MUST_USE bool config_parse(struct config *config, str bytes, struct error *err);

/* Adds a file; one that is not there adds nothing. */
MUST_USE bool config_add_file(struct config *config, const char *path,
			      const struct limits *limits, struct error *err);

/* The last value of a key, or NULL. */
const struct config_value *config_find(const struct config *config, str key);

/* Its truth: `missing` when it is not set. ERROR_GIT: not a truth value. */
MUST_USE bool config_truth(bool *out, const struct config *config, str key,
			   bool missing, struct error *err);

/* The truth of one value, as git reads it. False: it is none. */
MUST_USE bool config_truth_of(bool *out, str value);

#endif
