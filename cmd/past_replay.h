/* past_replay - the replay of a history that was opened, with its progress. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_PAST_REPLAY_H
#define CMD_PAST_REPLAY_H

#include "base/stretch.h"
#include "cmd/past.h"
#include "lint/replay.h"

/* Judges every landing of past_open_whole; replay_free. */
MUST_USE bool past_replay(struct replay **out, struct past *past,
			  struct error *err);

/* Rules do not judge a record without the shape of its kind. A sentence on how
 * many findings say so that were open in a stretch; absent: none. */
str past_replay_unjudged(const struct replay *replay,
			 const struct stretch *when, struct arena *arena);

/* What an answer that rests on a replay ends with: STATUS_UNRELIABLE, and says
 * so on standard error, when a version of the past could not be read. */
enum status past_replay_status(const struct past *past,
			       const struct replay *replay);

#endif
