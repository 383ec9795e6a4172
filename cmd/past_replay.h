/* past_replay - the replay of a history that was opened, with its progress. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_PAST_REPLAY_H
#define CMD_PAST_REPLAY_H

#include "cmd/past.h"
#include "lint/replay.h"

/* Judges every landing of past_open_whole; replay_free. */
MUST_USE bool past_replay(struct replay **out, struct past *past,
			  struct error *err);

#endif
