/*
 * doctor - what abide sees of a repository and of itself, line by line.
 *
 * A fault is why there is no reliable result (status 2), a warning what makes
 * one other than expected (status 1); a note is advice. No content of records
 * is told, and the home folder is written ~, so that it may be pasted.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_DOCTOR_H
#define CMD_DOCTOR_H

#include "base/vec.h"
#include "cmd/input.h"

enum symptom_level {
	SYMPTOM_OK,
	SYMPTOM_NOTE,
	SYMPTOM_WARNING,
	SYMPTOM_FAULT,
};

struct symptom {
	const char *area; /* "repository" */
	enum symptom_level level;
	str text; /* untrusted */
	str mend; /* what to do, or absent */
};

struct doctor {
	const struct env *env;
	const struct options *options;
	struct arena *arena;
	struct input input; /* repo NULL: could not be opened */
	VEC(struct symptom) symptoms;
};

/* Adds a line, `text` being of the arena; `mend` may be NULL. */
void doctor_add(struct doctor *doctor, const char *area,
		enum symptom_level level, const char *mend, str text);

/* The same with a printf-like format. */
#define doctor_say(doctor, area, level, mend, ...) \
	doctor_add(doctor, area, level, mend,      \
		   str_format((doctor)->arena, __VA_ARGS__))

/* A path for a stranger's eyes: the home folder is ~. */
str doctor_path(const struct doctor *doctor, str path);

/* doctor_repository.c: the repository, what limits it, hooks, identities. */
void doctor_repository(struct doctor *doctor, const struct repo_state *state);
void doctor_hooks(struct doctor *doctor, const struct repo *repo);
void doctor_identity(struct doctor *doctor, struct repo *repo);

/* doctor_records.c: files, records and what is passed over. */
void doctor_records(struct doctor *doctor);

/* doctor_write.c */
void doctor_write_text(const struct doctor *doctor, struct out *out);
void doctor_write_json(const struct doctor *doctor, struct out *out);
enum symptom_level doctor_worst(const struct doctor *doctor);

#endif
