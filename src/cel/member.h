/* member - what the plan reads most, without a call: members of records. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_MEMBER_H
#define CEL_MEMBER_H

#include "cel/run.h"

/* memcmp() == 0 for what is mostly short: keys, ids, words of an enum. */
static inline bool cel_same_bytes(const char *a, const char *b, size_t len)
{
	uint64_t head[2];
	uint64_t tail[2];
	uint32_t few[4];

	if (len > 16)
		return memcmp(a, b, len) == 0;
	if (len >= 8) {
		memcpy(&head[0], a, 8);
		memcpy(&head[1], b, 8);
		memcpy(&tail[0], a + len - 8, 8);
		memcpy(&tail[1], b + len - 8, 8);
		return head[0] == head[1] && tail[0] == tail[1];
	}
	if (len >= 4) {
		memcpy(&few[0], a, 4);
		memcpy(&few[1], b, 4);
		memcpy(&few[2], a + len - 4, 4);
		memcpy(&few[3], b + len - 4, 4);
		return few[0] == few[1] && few[2] == few[3];
	}
	for (size_t i = 0; i < len; i++)
		if (a[i] != b[i])
			return false;
	return true;
}

/* cel_of_node, with the commonest kinds first. */
static inline struct cel_value cel_quick_of_node(const struct node *node)
{
	if (node->kind == NODE_STRING)
		return (struct cel_value){.tag = CEL_STRING,
					  .aux = (uint32_t)node->text.len,
					  .as.text = node->text.ptr};
	if (node->kind == NODE_INT && !node->big)
		return cel_int(node->as.integer);
	return cel_of_node(node);
}

/* The member of a record whose key is the plan's constant. */
static inline enum cel_member cel_node_member(struct cel_value *out,
					      const struct node *map,
					      const struct cel_plan *plan)
{
	const struct node *at = map->as.children;
	const struct node *end = at + map->count;

	for (; at < end; at++) {
		if (at->hash == plan->hash &&
		    at->key->text.len == plan->constant.aux &&
		    cel_same_bytes(at->key->text.ptr, plan->constant.as.text,
				   plan->constant.aux)) {
			*out = cel_quick_of_node(at);
			return CEL_MEMBER_FOUND;
		}
	}
	return CEL_MEMBER_ABSENT;
}

/* Runs a plan; names and members of the element of a loop without a call. */
static inline struct cel_value cel_operand(struct cel_frame *frame,
					   const struct cel_plan *plan)
{
	struct cel_value of;
	struct cel_value found;

	if (plan->run == cel_run_local)
		return frame->locals[plan->slot];
	if (plan->run == cel_run_select_local) {
		of = frame->locals[plan->slot];
		if (of.tag == CEL_MAP && (of.flags & CEL_OF_NODE) &&
		    cel_node_member(&found, of.as.node, plan) ==
			    CEL_MEMBER_FOUND &&
		    found.tag != CEL_ERROR)
			return found;
	}
	return cel_plan_run_at(frame, plan);
}

#endif
