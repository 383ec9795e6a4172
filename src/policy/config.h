/*
 * config - abide.yaml: what is a record, and which rules hold how.
 *
 * Read from the root of the trusted snapshot and from nowhere else; without a
 * file the defaults hold. Its form is schema/abide/config.yaml.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_CONFIG_H
#define POLICY_CONFIG_H

#include "jsonschema/problem.h"
#include "match/glob.h"
#include "policy/files.h"
#include "policy/severity.h"

struct glob_rule {
	struct glob glob;
	bool excludes; /* written with "!" */
};

struct glob_list {
	const struct glob_rule *at;
	size_t count;
};

/* "retention/undefined: warning", and why. */
struct rule_setting {
	str rule; /* id or code */
	enum severity severity;
	str reason; /* or absent */
	struct span span;
};

struct override {
	struct glob_list paths;
	const struct rule_setting *rules;
	size_t rule_count;
	struct span span;
};

struct config {
	struct policy_file file;       /* file.text absent: there is none */
	struct glob_list records;      /* count 0: by kind and id */
	const struct node *frameworks; /* list, or NULL: all */
	const struct rule_setting *rules;
	size_t rule_count;
	const struct node *params; /* or NULL */
	bool starter;		   /* profile: the rules to begin with alone */
	str schemas;		   /* folder, absent: none */
	str policies;		   /* folder, absent: none */
	str signers;		   /* file of keys, absent: none */
	str baseline;		   /* full name of a commit, absent: none */
	const struct override *overrides;
	size_t override_count;
	enum severity fail_on; /* SEVERITY_OFF: never */
	enum severity min_severity;
	struct limits limits;
};

/* Reads and checks the file at `path` of the snapshot. ERROR_CONFIG with file,
 * line and column. */
MUST_USE bool config_load(struct config *out, const struct policy_files *files,
			  str path, struct schema_registry *registry,
			  struct validator *validator, struct error *err);

/* Does a list of patterns take this path? The last match wins. */
bool glob_list_takes(const struct glob_list *list, str path);

#endif
