/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vec.h"
#include "cmd/test.h"
#include "cmd/world_history.h"
#include "cmd/world_text.h"

static void add_record(struct buf *out, const struct node *record, str kind,
		       size_t number)
{
	struct buf body;

	buf_init(&body, 1 << 22);
	world_write(&body, record, NULL);
	buf_add(out, STR("{"));
	if (!node_find(record, STR("kind")))
		buf_format(out, "\"kind\": \"" STR_FMT "\", ", STR_ARG(kind));
	if (!node_find(record, STR("id")))
		buf_format(out, "\"id\": \"world-%zu\", ", number);
	buf_add(out, str_slice(buf_str(&body), 1, body.len));
	buf_add(out, STR("\n---\n"));
	buf_done(&body);
}

/* A world of bare values: `self` of the rule's kind, unless it names one of
 * several itself, other `records` by kind, and what its history leaves.
 * The fields that are left out are left out: schemas are not asked. */
static str values_text(const struct node *node, const struct rule *rule,
		       const struct told *told, struct arena *arena)
{
	const struct node *self = node_find(node, STR("self"));
	const struct node *records = node_find(node, STR("records"));
	size_t rest_count = 0;
	const struct node *const *rest =
		told ? world_history_rest(&rest_count, told, arena) : NULL;
	size_t number = 0;
	struct buf text;
	str kept;

	buf_init(&text, 1 << 24);
	if (self)
		add_record(&text, self,
			   rule->kind_count ? rule->kinds[0]
					    : node_text(self, STR("kind")),
			   number++);
	for (uint32_t i = 0; records && i < records->count; i++) {
		const struct node *list = &records->as.children[i];

		for (uint32_t k = 0; k < list->count; k++)
			add_record(&text, &list->as.children[k],
				   list->key->text, number++);
	}
	for (size_t i = 0; i < rest_count; i++)
		add_record(&text, rest[i], (str){0}, number++);
	if (text.len > 4)
		text.len -= 4; /* the last separator */
	buf_byte(&text, '\n');
	kept = str_keep(arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

bool rule_world_read(struct world *out, const struct node *node,
		     const struct rule *rule, struct instant now,
		     struct arena *arena, struct error *err)
{
	const struct node *files = node_find(node, STR("files"));
	const struct node *history = node_find(node, STR("history"));
	str time = node_text(node, STR("now"));
	VEC(struct snapshot_text) texts = {0};
	struct world world = {
		.now = now,
		.params = node_find(node, STR("params")),
	};

	if (time.ptr && !date_parse(&world.now, time) &&
	    !instant_parse(&world.now, time))
		return error_set(
			err, ERROR_CONFIG,
			"`now` of a world is no date or time: '" STR_FMT "'",
			STR_ARG(time));
	if (history && !world_history(&world.told, history, arena, err))
		return false;
	if (node->kind == NODE_STRING) {
		*vec_push(&texts) =
			(struct snapshot_text){STR("world.yaml"), node->text};
	} else if (files) {
		for (uint32_t i = 0; i < files->count; i++)
			*vec_push(&texts) = (struct snapshot_text){
				files->as.children[i].key->text,
				files->as.children[i].text};
	} else {
		world.bare = true;
		*vec_push(&texts) = (struct snapshot_text){
			STR("world.yaml"),
			values_text(node, rule, world.told, arena)};
	}
	world.texts = vec_keep(&texts, arena);
	world.count = texts.count;
	vec_done(&texts);
	*out = world;
	return true;
}

static str add_line(struct arena *arena, str lines, str line)
{
	return str_format(arena, STR_FMT STR_FMT "\n", STR_ARG(lines),
			  STR_ARG(line));
}

static void read_report(struct verdict_of_world *verdict,
			const struct report *report, const struct rule *rule,
			struct arena *arena)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (!str_equal(finding->rule->id, rule->id))
			continue;
		verdict->findings++;
		verdict->messages =
			add_line(arena, verdict->messages, finding->message);
		verdict->messages =
			add_line(arena, verdict->messages, finding->help);
		verdict->pointers =
			add_line(arena, verdict->pointers, finding->pointer);
	}
	for (size_t i = 0; i < report->rule_count; i++) {
		const struct rule_count *count = &report->rules[i];

		if (!str_equal(count->rule->id, rule->id))
			continue;
		verdict->judged = count->judged;
		verdict->not_applicable = count->not_applicable;
		verdict->incomplete = count->failed > 0;
	}
	for (size_t i = 0; i < report->incomplete_count; i++) {
		/* A world may hold what cannot be read: that is its point. */
		if (verdict->incomplete && !verdict->reason.ptr)
			verdict->reason =
				str_keep(arena, report->incomplete[i].reason);
	}
}

bool rule_world_judge(struct verdict_of_world *out, const struct policy *policy,
		      const struct world *world, const struct rule *rule,
		      struct coverage *coverage, struct arena *arena,
		      struct error *err)
{
	struct verdict_of_world verdict = {.messages = STR(""),
					   .pointers = STR("")};
	struct snapshot *snapshot =
		snapshot_of_texts(world->texts, world->count);
	struct lint_history history = {.told = world->told};
	struct lint lint = {
		.policy = policy,
		.snapshot = snapshot,
		.history = &history,
		.now = world->now,
		.jobs = 1,
		/* A rule about all findings wants all rules to be run. */
		.only = rule->check && rule->check->stage == CHECK_SETTLED
				? NULL
				: rule,
		.selected = true,
		.bare = world->bare,
		.explain = coverage ? coverage_see : NULL,
		.explain_context = coverage,
	};
	struct lint_run *run;
	bool ok = (!world->params || world_params(&lint.params, policy,
						  world->params, arena, err)) &&
		  lint_run(&run, &lint, err);

	if (ok) {
		read_report(&verdict, lint_report(run), rule, arena);
		lint_run_free(run);
		*out = verdict;
	}
	snapshot_free(snapshot);
	return ok;
}
