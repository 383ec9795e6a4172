/*
 * topics - what can be asked for by `abide help TOPIC`.
 *
 * A topic is a list of lines, so that help and the manual say the same in
 * their own layout.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_TOPICS_H
#define CMD_TOPICS_H

#include "base/vec.h"

/* A paragraph, or what a term means. */
struct topic_line {
	str term; /* absent: a paragraph */
	str text;
};

struct topic_page {
	VEC(struct topic_line) lines;
	struct arena *arena;
};

struct topic {
	const char *name;
	const char *summary;
	const struct topic_line *lines;
	size_t count;
	/* Adds what other tables know; NULL: nothing. */
	void (*fill)(struct topic_page *page);
};

extern const struct topic topics[];
extern const size_t topic_count;

/* The topic of a name, or NULL. */
const struct topic *topic_find(str name);

/* All its lines; the arena holds them. */
size_t topic_lines(const struct topic *topic, struct arena *arena,
		   struct topic_line **out);

#endif
