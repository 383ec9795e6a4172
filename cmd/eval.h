/* eval - one evaluation of `abide eval`, shared by its two files. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_EVAL_H
#define CMD_EVAL_H

#include "cel/cel.h"
#include "cel/zones.h"
#include "cmd/options.h"

struct host;

struct evaluator {
	const struct env *env;
	const struct options *options;
	struct arena *arena;
	const struct cel_env *cel;
	struct cel_env *own; /* made here, or NULL */
	struct cel_zone_cache *zones;
	struct host *host; /* of a repository, or NULL */
	struct cel_value self;
	size_t base; /* variables of the host before ours */
	const struct cel_variable *variables;
	const struct cel_value *values;
	size_t count;
	str file; /* of --vars */
	str text; /* being compiled */
	bool as_json;
	bool silent; /* diagnostics go into the JSON, not to the terminal */
	bool diagnosed;
	struct error first;
};

/* One JSON object a line: {"value": ..., "type": "...", "text": "..."},
 * {"type": "..."} or {"error": "..."}. */
void eval_write_value(struct evaluator *evaluator, struct cel_value value,
		      str text, str type);
void eval_write_type(struct evaluator *evaluator, str type);
void eval_write_error(struct evaluator *evaluator, str words);

#endif
