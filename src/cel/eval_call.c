/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/regexes.h"
#include "cel/run.h"

static bool takes(const struct cel_fit *fit, const struct cel_value *args,
		  size_t count)
{
	size_t last = fit->signature.count - 1;

	for (size_t i = 0; i < count; i++) {
		size_t at = i < last ? i : last;

		if (!(fit->tags[at] >> args[i].tag & 1u))
			return false;
		if (args[i].tag == CEL_OPAQUE &&
		    fit->signature.params[at]->kind != CEL_T_PARAM &&
		    !cel_type_assignable(fit->signature.params[at],
					 args[i].as.opaque->ops->type, true))
			return false;
	}
	return true;
}

static bool charge(struct cel_eval *eval, const struct cel_overload *overload,
		   const struct cel_value *args, size_t count)
{
	size_t bytes = 0;

	switch ((enum cel_cost)overload->cost) {
	case CEL_COST_BYTES:
		for (size_t i = 0; i < count; i++)
			if (args[i].tag == CEL_STRING ||
			    args[i].tag == CEL_BYTES)
				bytes += args[i].aux;
		return bytes < 64 || cel_charge_bytes(eval, bytes);
	case CEL_COST_ITEMS:
		if (args[0].tag == CEL_LIST)
			return cel_charge(eval, cel_list_size(args[0]));
		if (args[0].tag == CEL_MAP)
			return cel_charge(eval, cel_map_size(args[0]));
		return true;
	default:
		return true;
	}
}

/* The plan holds the candidates: overloads and how they fit, in order. */
struct cel_value cel_run_call(struct cel_frame *frame,
			      const struct cel_plan *plan)
{
	const struct cel_candidates *candidates = plan->data;
	struct cel_value few[6];
	struct cel_value *args =
		plan->count <= ARRAY_SIZE(few)
			? few
			: arena_array(frame->eval.arena, struct cel_value,
				      plan->count);

	for (size_t i = 0; i < plan->count; i++) {
		args[i] = cel_plan_run_at(frame, plan->kids[i]);
		if (args[i].tag == CEL_ERROR && !candidates->lazy)
			return args[i];
	}
	for (size_t i = 0; i < candidates->count; i++) {
		const struct cel_overload *overload =
			candidates->at[i].overload;

		if (!(overload->flags & CEL_LAZY) &&
		    !takes(candidates->at[i].fit, args, plan->count))
			continue;
		if (!overload->call)
			break;
		if (!charge(&frame->eval, overload, args, plan->count))
			return cel_spent(&frame->eval);
		return cel_plan_place(
			plan, overload->call(&frame->eval, args, plan->count));
	}
	/* Overloads beside a lazy one are strict. */
	for (size_t i = 0; i < plan->count; i++)
		if (args[i].tag == CEL_ERROR)
			return args[i];
	return cel_no_overload(frame, plan, cel_str(plan->constant));
}

/* matches() with a constant pattern. */
struct cel_value cel_run_matches(struct cel_frame *frame,
				 const struct cel_plan *plan)
{
	struct cel_value subject = cel_plan_run_at(frame, plan->a);

	if (subject.tag == CEL_ERROR)
		return subject;
	if (subject.tag != CEL_STRING)
		return cel_no_overload(frame, plan, STR("matches"));
	return cel_plan_place(
		plan, cel_matches(&frame->eval, plan->data, cel_str(subject)));
}

/* Reports a value to whom explains. */
struct cel_value cel_run_explain(struct cel_frame *frame,
				 const struct cel_plan *plan)
{
	struct cel_value value = cel_plan_run_at(frame, plan->a);

	frame->run->explain(frame->run->context, plan->data, value);
	return value;
}
