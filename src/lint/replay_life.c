/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/close.h"
#include "lint/replay_parts.h"

static str fingerprint_of(const struct finding *finding)
{
	return str_make(finding->fingerprint, FINDING_ID);
}

static struct finding keep(struct arena *arena, const struct finding *finding)
{
	struct finding kept = *finding;

	kept.path = str_keep(arena, finding->path);
	kept.kind = str_keep(arena, finding->kind);
	kept.id = str_keep(arena, finding->id);
	kept.pointer = str_keep(arena, finding->pointer);
	kept.discriminator = str_keep(arena, finding->discriminator);
	kept.message = str_keep(arena, finding->message);
	kept.label = str_keep(arena, finding->label);
	kept.help = str_keep(arena, finding->help);
	kept.other = (struct secondary){0};
	kept.edit = NULL;
	kept.waiver = NULL;
	return kept;
}

uint32_t life_of(struct replay *replay, struct finding *finding,
		 uint32_t version)
{
	size_t known;
	struct life *life;

	if (!finding->pointer.ptr && finding->kind.ptr && version != NONE)
		finding->pointer = replay_point(replay, version, finding->span);
	finding_sign(finding, 0);
	known = (size_t)(uintptr_t)map_find(&replay->by_fingerprint,
					    fingerprint_of(finding));
	if (known)
		return (uint32_t)(known - 1);
	life = vec_push(&replay->lives);
	life->finding = keep(&replay->arena, finding);
	/* Elements move: the key of the map does not. */
	known = replay->lives.count;
	(void)map_put(&replay->by_fingerprint,
		      str_keep(&replay->arena, fingerprint_of(finding)),
		      (const void *)(uintptr_t)known);
	return (uint32_t)(known - 1);
}

static void touch(struct replay *replay, uint32_t index)
{
	struct life *life = &replay->lives.at[index];

	if (life->touched)
		return;
	life->touched = true;
	life->before = life->count;
	*vec_push(&replay->touched) = index;
}

void life_add(struct replay *replay, uint32_t index)
{
	touch(replay, index);
	replay->lives.at[index].count++;
}

void life_drop(struct replay *replay, uint32_t index)
{
	touch(replay, index);
	replay->lives.at[index].count--;
}

void life_settle(struct replay *replay, struct moment moment)
{
	for (size_t i = 0; i < replay->touched.count; i++) {
		struct life *life = &replay->lives.at[replay->touched.at[i]];

		life->touched = false;
		if (!life->before && life->count) {
			*vec_push(&life->intervals) = (struct interval){
				.opened = moment, .open = true};
		} else if (life->before && !life->count) {
			struct interval *last =
				&life->intervals.at[life->intervals.count - 1];

			last->closed = moment;
			last->open = false;
		}
	}
	replay->touched.count = 0;
}
