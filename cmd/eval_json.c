/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "cmd/eval.h"
#include "lint/host.h"

enum { DEPTH = 100 };

struct writing {
	struct json *json;
	struct cel_eval *eval;
};

static void write_value(struct writing *writing, struct cel_value value,
			unsigned depth);

static void write_list(struct writing *writing, struct cel_value list,
		       unsigned depth)
{
	json_array(writing->json);
	for (size_t i = 0; i < cel_list_size(list); i++)
		write_value(writing, cel_list_at(writing->eval, list, i),
			    depth);
	json_end(writing->json);
}

/* Keys that are no texts are written as CEL writes them. */
static void write_map(struct writing *writing, struct cel_value map,
		      unsigned depth)
{
	json_object(writing->json);
	for (size_t i = 0; i < cel_map_size(map); i++) {
		struct cel_value key;
		struct cel_value value;
		struct buf text;

		cel_map_entry(writing->eval, map, i, &key, &value);
		buf_init(&text, 1 << 20);
		if (key.tag == CEL_STRING)
			buf_add(&text, cel_str(key));
		else
			cel_print(&text, writing->eval, key);
		json_key(writing->json, buf_str(&text));
		buf_done(&text);
		write_value(writing, value, depth);
	}
	json_end(writing->json);
}

/* What JSON cannot hold (bytes, times, types, numbers beyond 2^53) is its text
 * in CEL; `type` beside it says what it is. */
static void write_other(struct writing *writing, struct cel_value value)
{
	struct buf text;

	buf_init(&text, 1 << 20);
	if (cel_is_error(value))
		cel_error_print(&text, value);
	else
		cel_print(&text, writing->eval, value);
	json_text(writing->json, buf_str(&text));
	buf_done(&text);
}

static void write_value(struct writing *writing, struct cel_value value,
			unsigned depth)
{
	const int64_t exact = INT64_C(1) << 53;
	struct json *json = writing->json;

	if (value.tag == CEL_NULL)
		json_null(json);
	else if (value.tag == CEL_BOOL)
		json_bool(json, value.as.boolean);
	else if (value.tag == CEL_INT && value.as.integer >= -exact &&
		 value.as.integer <= exact)
		json_int(json, value.as.integer);
	else if (value.tag == CEL_DOUBLE)
		json_double(json, value.as.number);
	else if (value.tag == CEL_STRING)
		json_text(json, cel_str(value));
	else if (value.tag == CEL_LIST && depth)
		write_list(writing, value, depth - 1);
	else if (value.tag == CEL_MAP && depth)
		write_map(writing, value, depth - 1);
	else if (value.tag == CEL_OPTIONAL && !value.as.some)
		json_null(json);
	else if (value.tag == CEL_OPTIONAL && depth)
		write_value(writing, *value.as.some, depth - 1);
	else
		write_other(writing, value);
}

static void end_line(struct evaluator *evaluator, struct json *json)
{
	json_end(json);
	json_finish(json);
	out_safe(evaluator->env->out, SAFE("\n"));
}

void eval_write_value(struct evaluator *evaluator, struct cel_value value,
		      str text, str type)
{
	struct cel_eval eval =
		evaluator->host ? host_eval(evaluator->host, evaluator->arena)
				: (struct cel_eval){
					  .arena = evaluator->arena,
					  .budget = limits_default.cel_run_cost,
					  .limits = &limits_default,
				  };
	struct json json = json_start(evaluator->env->out, 0);
	struct writing writing = {&json, &eval};

	json_object(&json);
	json_key(&json, STR("value"));
	write_value(&writing, value, DEPTH);
	json_key(&json, STR("type"));
	json_text(&json, type);
	json_key(&json, STR("text"));
	json_text(&json, text);
	end_line(evaluator, &json);
}

void eval_write_type(struct evaluator *evaluator, str type)
{
	struct json json = json_start(evaluator->env->out, 0);

	json_object(&json);
	json_key(&json, STR("type"));
	json_text(&json, type);
	end_line(evaluator, &json);
}

void eval_write_error(struct evaluator *evaluator, str words)
{
	struct json json = json_start(evaluator->env->out, 0);

	json_object(&json);
	json_key(&json, STR("error"));
	json_text(&json, words);
	end_line(evaluator, &json);
}
