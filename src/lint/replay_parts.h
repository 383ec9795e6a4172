/* replay_parts - what the files of the replay do for each other. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_REPLAY_PARTS_H
#define LINT_REPLAY_PARTS_H

#include "lint/replay_state.h"

/* replay_load.c: reads every version and judges it alone. */
MUST_USE bool replay_load(struct replay *replay, struct error *err);

/* The pointer of the node that was written at a span of a version. */
str replay_point(struct replay *replay, uint32_t version, struct span span);

/* replay_life.c: a finding is found by one judgement more, or one less. */
uint32_t life_of(struct replay *replay, struct finding *finding,
		 uint32_t version);
void life_add(struct replay *replay, uint32_t index);
void life_drop(struct replay *replay, uint32_t index);
/* Closes what nobody finds any more, opens what is found now. */
void life_settle(struct replay *replay, struct moment moment);

/* replay_judge.c: the pairs of a version come and go; */
void pairs_enter(struct replay *replay, uint32_t path, uint32_t version);
void pairs_leave(struct replay *replay, uint32_t path);
void pairs_of_repository(struct replay *replay);
/* who reads a dirty key is queued; */
void pairs_dirty(struct replay *replay, uint64_t key);
/* what is queued is judged at the clock of the state; */
void pairs_judge(struct replay *replay);
/* and what the time alone did since the last look is told. Only queued pairs,
 * or all. */
void pairs_look(struct replay *replay, struct instant until, bool all);

#endif
