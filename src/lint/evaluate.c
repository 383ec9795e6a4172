/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/evaluate.h"

#include "lint/host_past.h"
#include "policy/rule_code.h"

enum { MESSAGE_MOST = 5120, DEPTH = 64 };

/* One judgement: the activation first, so that a lazy `let` finds it. */
struct judgement {
	struct cel_activation activation;
	struct cel_value *variables;
	const struct lint *lint;
	const struct rule_code *code;
	const struct rule *rule;
	struct rule_count *count;
	struct worker *worker;
	const struct facts *facts;
	struct sink *sink;
	struct error *err;
	size_t budget;			/* left, of the rule on this record */
	const struct node *element;	/* of `each` */
	struct cel_value element_value; /* the same, of history */
	const struct mapping_entry *entry; /* judged, or NULL */
};

static struct cel_value evaluate(struct judgement *judgement,
				 const struct cel_program *program)
{
	struct worker *worker = judgement->worker;
	struct cel_run run = {
		.arena = &worker->scratch,
		.rest = &judgement->budget,
		.joins = worker->host.joins,
		.host = &worker->host,
		.scratch = worker->match,
		.regexes = worker->regexes,
		.zones = cel_zone_cache_zones(worker->host.zones),
		.explain = judgement->lint->explain,
		.context = judgement->lint->explain_context,
	};

	return cel_eval(program, &judgement->activation, &run);
}

/* A `let` is evaluated when it is first read, and kept for the judgement; so
 * is what the host leaves unset. */
static struct cel_value lazy_let(struct cel_eval *eval, size_t slot)
{
	const void *first = eval->activation;
	/* The activation is the first member of the judgement we made. */
	struct judgement *judgement = (struct judgement *)(uintptr_t)first;
	const struct rule_let *let;

	if (slot < VARIABLE_COUNT) {
		judgement->variables[slot] =
			host_variable(&judgement->worker->host,
				      &judgement->worker->scratch, slot);
		return judgement->variables[slot];
	}
	let = &judgement->code->lets[slot - VARIABLE_COUNT];
	judgement->variables[slot] = evaluate(judgement, let->program);
	return judgement->variables[slot];
}

/* By which rule's finding the reader learns what is missing: see lint.c. */
static void count_dangling(struct judgement *judgement, struct cel_value error)
{
	const struct corpus *corpus = judgement->facts->corpus;
	str id = error.as.detail->text;
	str kind = str_cut(&id, '/');
	bool organisation = str_is(kind, "org");
	size_t organisations = 0;

	if (organisation)
		(void)corpus_of_kind(corpus, STR("organisation"),
				     &organisations);
	if (organisation ? organisations > 0
			 : corpus_find(corpus, kind, id) != NULL)
		judgement->count->passed_over++;
	else if (organisation)
		judgement->count->no_organisation++;
	else
		judgement->count->no_record++;
}

/* "no such key: b, in self.a.b" */
static enum verdict failed(struct judgement *judgement,
			   const struct cel_program *program,
			   struct cel_value error)
{
	struct buf words;
	str text = cel_program_text(program);
	struct span at;

	if (error.extra == CEL_FAULT_DANGLING) {
		count_dangling(judgement, error);
		return VERDICT_SKIPPED;
	}
	at = error.aux ? cel_program_span(program, error.aux)
		       : (struct span){0, (uint32_t)text.len};
	buf_init(&words, MESSAGE_MOST);
	cel_error_print(&words, error);
	(void)error_set(judgement->err, ERROR_CONFIG, STR_FMT ", in " STR_FMT,
			STR_ARG(buf_str(&words)),
			STR_ARG(str_slice(text, at.start, at.end)));
	buf_done(&words);
	return VERDICT_FAILED;
}

/* Is a node part of a tree? Then where is told by a pointer. */
static bool lies_in(const struct node *root, const struct node *node,
		    unsigned depth)
{
	if (root == node)
		return true;
	if (depth == 0 || (root->kind != NODE_LIST && root->kind != NODE_MAP))
		return false;
	for (uint32_t i = 0; i < root->count; i++) {
		if (lies_in(&root->as.children[i], node, depth - 1))
			return true;
	}
	return false;
}

/* As people write it: texts without quotes, a midnight as a date. */
static void print(struct judgement *judgement, struct buf *out,
		  struct cel_value value)
{
	struct cel_eval eval = host_eval(&judgement->worker->host,
					 &judgement->worker->scratch);
	char text[INSTANT_TEXT];
	struct instant at;

	if (value.tag == CEL_STRING) {
		buf_add(out, cel_str(value));
	} else if (value.tag == CEL_TIMESTAMP) {
		at = cel_instant(value);
		if (at.nanos == 0 && at.seconds % 86400 == 0)
			(void)date_format(text, at);
		else
			(void)instant_format(text, at);
		buf_add(out, str_of(text));
	} else {
		cel_print(out, &eval, value);
	}
}

/* Writes a template; false when an expression in it fails. */
static bool write_template(struct judgement *judgement,
			   const struct template *template, struct buf *out)
{
	for (size_t i = 0; i < template->count; i++) {
		const struct template_part *part = &template->parts[i];
		struct cel_value value;

		if (!part->program) {
			buf_add(out, part->text);
			continue;
		}
		value = evaluate(judgement, part->program);
		if (cel_is_error(value))
			return false;
		print(judgement, out, value);
	}
	return template->count > 0;
}

/* The date that an element of history is about. */
static const struct node *node_of_claim(const struct judgement *judgement)
{
	str pointer = host_pointer_of(judgement->element_value);

	return pointer.ptr ? node_find_at(judgement->facts->root, pointer)
			   : NULL;
}

/* What `at` names; else the element; else the record as a whole. */
static const struct node *place_of_finding(struct judgement *judgement,
					   const struct rule_place *at)
{
	const struct node *node = NULL;
	struct cel_value value;

	if (at->program) {
		value = evaluate(judgement, at->program);
		if (!cel_is_error(value))
			node = cel_value_node(value);
		if (node && at->member.ptr)
			node = node_find(node, at->member);
	}
	if (!node && judgement->facts->root)
		node = node_of_claim(judgement);
	return node ? node : judgement->element;
}

/* The record that holds a value, when it is not the one that is judged. */
static const struct record *record_around(const struct corpus *corpus,
					  const struct node *node)
{
	for (size_t i = 0; corpus && i < corpus_count(corpus); i++) {
		const struct record *record = corpus_at(corpus, i);

		if (record->root && lies_in(record->root, node, DEPTH))
			return record;
	}
	return NULL;
}

/* A rule about the repository or a row of a mapping has no file of its own:
 * the record its place lies in is where the finding belongs. */
static void set_place(struct judgement *judgement, struct found *found,
		      const struct node *at, struct buf *pointer)
{
	const struct facts *facts = judgement->facts;
	const struct node *root = facts->root;

	if (!at)
		return;
	if (!root) {
		found->record = record_around(facts->corpus, at);
		root = found->record ? found->record->root : NULL;
	}
	/* The record as a whole is shown at its id. */
	if (!root || at == root || !lies_in(root, at, DEPTH))
		return;
	node_pointer(pointer, root, at);
	found->pointer = buf_str(pointer);
	found->span = at->span;
}

/* The place of a field as the record is now, or of what it stood in. */
static struct span span_of(const struct node *root, str pointer)
{
	while (pointer.len) {
		const struct node *node = node_find_at(root, pointer);

		if (node)
			return node->span;
		while (pointer.len && pointer.ptr[pointer.len - 1] != '/')
			pointer.len--;
		pointer.len -= pointer.len > 0;
	}
	return (struct span){0, 0};
}

/* The change, and the field, that a finding about history points to: what `at`
 * names, the element of `each`, the change that is judged, or the first of the
 * commit. */
static const struct change *change_of_finding(struct judgement *judgement,
					      const struct rule_place *at,
					      const struct field_change **field)
{
	const struct facts *facts = judgement->facts;
	const struct change *change = NULL;

	*field = NULL;
	if (at->program)
		change =
			host_change_of(evaluate(judgement, at->program), field);
	if (!change)
		change = host_change_of(judgement->element_value, field);
	if (!change)
		change =
			facts->change ? facts->change : facts->deed->changes[0];
	if (!*field && change->field_count)
		*field = &change->fields[0];
	return change;
}

/* Where the record is now; else where it was. */
static void set_history(struct judgement *judgement, struct found *found,
			const struct rule_place *at)
{
	const struct facts *facts = judgement->facts;
	const struct deed *deed = facts->deed;
	struct origin *origin =
		arena_new(&judgement->worker->kept, struct origin);
	const struct field_change *field;
	const struct change *change = change_of_finding(judgement, at, &field);

	*origin = (struct origin){deed->sha, deed->landed, deed->person,
				  deed->landing->when};
	found->origin = origin;
	found->pointer = field ? field->pointer : (str){0};
	found->record = corpus_find(facts->corpus, change->trail->kind,
				    change->trail->id);
	if (found->record) {
		if (found->record->root)
			found->span =
				span_of(found->record->root, found->pointer);
		return;
	}
	found->kind = change->trail->kind;
	found->id = change->trail->id;
	found->path = change->path.ptr ? change->path : change->path_before;
}

/* What tells findings at one place apart. */
static str discriminator_of(struct judgement *judgement, size_t assert)
{
	struct arena *arena = &judgement->worker->scratch;
	const struct mapping_entry *entry = judgement->entry;
	const struct deed *deed = judgement->facts->deed;
	bool many = judgement->code->assert_count > 1;
	str name = {0};

	if (deed)
		name = str_format(arena, STR_FMT "%s", STR_ARG(deed->sha),
				  many ? " " : "");

	if (entry)
		name = str_format(arena, STR_FMT "/" STR_FMT "%s",
				  STR_ARG(entry->mapping),
				  STR_ARG(entry->sources.at[0]),
				  many ? " " : "");
	if (many)
		name = str_format(arena, STR_FMT "assert %zu", STR_ARG(name),
				  assert);
	return name;
}

static void report(struct judgement *judgement,
		   const struct rule_assert *assert, size_t index)
{
	const struct facts *facts = judgement->facts;
	const struct template *template = assert->message.count
						  ? &assert->message
						  : &judgement->code->message;
	const struct rule_place *at =
		assert->at.program ? &assert->at : &judgement->code->at;
	struct found found = {0};
	struct buf message;
	struct buf pointer;

	buf_init(&message, MESSAGE_MOST);
	buf_init(&pointer, facts->limits->yaml_size);
	/* A message that cannot be written falls back to the title. */
	if (!write_template(judgement, template, &message)) {
		buf_clear(&message);
		buf_add(&message, judgement->rule->title);
	}
	found.message = buf_str(&message);
	if (facts->deed)
		set_history(judgement, &found, at);
	else
		set_place(judgement, &found, place_of_finding(judgement, at),
			  &pointer);
	found.discriminator = discriminator_of(judgement, index);
	sink_report(judgement->sink, &found);
	buf_done(&message);
	buf_done(&pointer);
}

static enum verdict judge_asserts(struct judgement *judgement)
{
	const struct rule_code *code = judgement->code;
	enum verdict verdict = VERDICT_PASS;

	for (size_t i = 0; i < code->assert_count; i++) {
		const struct rule_assert *assert = &code->asserts[i];
		struct cel_value value = evaluate(judgement, assert->that);

		if (cel_is_error(value))
			return failed(judgement, assert->that, value);
		if (value.tag != CEL_BOOL) {
			(void)error_set(judgement->err, ERROR_CONFIG,
					"the assertion gives no bool");
			return VERDICT_FAILED;
		}
		if (value.as.boolean)
			continue;
		report(judgement, assert, i);
		verdict = VERDICT_FINDING;
	}
	return verdict;
}

/* What a list or map holds at i: the element, and for a map its key. */
static void set_element(struct judgement *judgement, struct cel_value list,
			size_t i, struct cel_eval *eval)
{
	const struct rule_code *code = judgement->code;
	struct cel_value *slot =
		judgement->variables + VARIABLE_COUNT + code->let_count;
	struct cel_value key = cel_int((int64_t)i);
	struct cel_value value;

	if (list.tag == CEL_LIST) {
		value = cel_list_at(eval, list, i);
		judgement->element = cel_value_node(value);
		if (!judgement->element && (list.flags & CEL_OF_NODE))
			judgement->element = &list.as.node->as.children[i];
	} else {
		cel_map_entry(eval, list, i, &key, &value);
		judgement->element = cel_value_node(value);
	}
	judgement->element_value = value;
	if (code->each_variables == 2) {
		slot[0] = key;
		slot[1] = value;
	} else {
		slot[0] = list.tag == CEL_LIST ? value : key;
	}
}

/* Lets are of one element: they may read it. */
static void reset_lets(struct judgement *judgement)
{
	for (size_t i = 0; i < judgement->code->let_count; i++)
		judgement->variables[VARIABLE_COUNT + i] = (struct cel_value){
			.tag = CEL_ERROR, .extra = CEL_FAULT_NONE};
}

static enum verdict judge_each(struct judgement *judgement)
{
	const struct rule_code *code = judgement->code;
	struct cel_value list = evaluate(judgement, code->each);
	struct cel_eval eval = host_eval(&judgement->worker->host,
					 &judgement->worker->scratch);
	enum verdict worst = VERDICT_PASS;
	size_t size;

	if (cel_is_error(list))
		return failed(judgement, code->each, list);
	if (list.tag != CEL_LIST && list.tag != CEL_MAP) {
		(void)error_set(judgement->err, ERROR_CONFIG,
				"each wants a list or a map");
		return VERDICT_FAILED;
	}
	size = list.tag == CEL_LIST ? cel_list_size(list) : cel_map_size(list);
	for (size_t i = 0; i < size; i++) {
		enum verdict verdict;

		set_element(judgement, list, i, &eval);
		verdict = judge_asserts(judgement);
		if (verdict == VERDICT_FAILED)
			return verdict;
		if (verdict > worst)
			worst = verdict;
	}
	return worst;
}

static enum verdict judge_subject(struct judgement *judgement)
{
	const struct rule_code *code = judgement->code;
	struct cel_value when;

	reset_lets(judgement);
	if (code->when) {
		when = evaluate(judgement, code->when);
		if (cel_is_error(when))
			return failed(judgement, code->when, when);
		if (when.tag != CEL_BOOL || !when.as.boolean)
			return VERDICT_NOT_APPLICABLE;
	}
	return code->each ? judge_each(judgement) : judge_asserts(judgement);
}

static struct cel_value text_value(struct judgement *judgement,
				   const struct node *node, str pointer)
{
	struct arena *arena = &judgement->worker->scratch;
	const struct record *record = judgement->facts->record;
	struct cel_table *table = cel_table_new(arena, 4);

	(void)cel_table_put(table, cel_string(STR("kind")),
			    cel_string(record->kind));
	(void)cel_table_put(table, cel_string(STR("id")),
			    cel_string(record->id));
	(void)cel_table_put(table, cel_string(STR("path")),
			    cel_string(str_keep(arena, pointer)));
	(void)cel_table_put(table, cel_string(STR("value")),
			    cel_string(node->text));
	return cel_table_value(table);
}

/* A rule on texts judges each text of the record for itself. */
static enum verdict judge_texts(struct judgement *judgement,
				const struct node *node, struct buf *pointer,
				unsigned depth)
{
	enum verdict worst = VERDICT_NOT_APPLICABLE;
	size_t len = pointer->len;

	if (node->kind == NODE_STRING) {
		judgement->variables[VARIABLE_SELF] =
			text_value(judgement, node, buf_str(pointer));
		judgement->element = node;
		judgement->budget = judgement->facts->limits->cel_run_cost;
		return judge_subject(judgement);
	}
	for (uint32_t i = 0; depth && i < node->count; i++) {
		const struct node *child = &node->as.children[i];
		enum verdict verdict;

		if (child->key)
			pointer_add(pointer, child->key->text);
		else
			buf_format(pointer, "/%u", i);
		verdict = judge_texts(judgement, child, pointer, depth - 1);
		pointer->len = len;
		if (verdict == VERDICT_FAILED)
			return verdict;
		if (verdict > worst)
			worst = verdict;
	}
	return worst;
}

/* Each row of the mappings in force. */
static enum verdict judge_entries(struct judgement *judgement)
{
	const struct mapping_set *set =
		policy_mappings(judgement->facts->policy);
	enum verdict worst = VERDICT_NOT_APPLICABLE;

	for (size_t i = 0; i < mapping_entry_count(set); i++) {
		enum verdict verdict;

		judgement->entry = mapping_entry_at(set, i);
		judgement->element = NULL;
		judgement->variables[VARIABLE_SELF] = host_mapping_entry(
			&judgement->worker->scratch, judgement->entry);
		judgement->budget = judgement->facts->limits->cel_run_cost;
		verdict = judge_subject(judgement);
		if (verdict == VERDICT_FAILED)
			return verdict;
		if (verdict > worst)
			worst = verdict;
	}
	return worst;
}

enum check_stage rule_stage(const struct rule *rule)
{
	if (rule->check)
		return rule->check->stage;
	if (rule->subject == SUBJECT_REPO ||
	    rule->subject == SUBJECT_MAPPING_ENTRY)
		return CHECK_REPOSITORY;
	if (rule->subject == SUBJECT_CHANGE || rule->subject == SUBJECT_COMMIT)
		return CHECK_HISTORY;
	return rule->expressions->facts & CEL_READS_RECORDS ? CHECK_CORPUS
							    : CHECK_RECORD;
}

enum verdict evaluate_rule(const struct lint_run *run, struct worker *worker,
			   const struct facts *facts, struct rule_count *count,
			   struct sink *sink, struct error *err)
{
	const struct rule *rule = sink->rule;
	const struct rule_code *code = rule->expressions;
	struct judgement judgement = {
		.variables = arena_array(&worker->scratch, struct cel_value,
					 code->variable_count),
		.lint = run->lint,
		.code = code,
		.rule = rule,
		.count = count,
		.worker = worker,
		.facts = facts,
		.sink = sink,
		.err = err,
		.budget = facts->limits->cel_run_cost,
	};
	struct cel_value self = cel_null();
	struct cel_eval eval = host_eval(&worker->host, &worker->scratch);

	worker->host.self = facts->record;
	worker->host.self_root = facts->root;
	if (facts->record && facts->root)
		self = cel_of_typed_node(
			&eval, facts->root,
			vocabulary_kind(policy_vocabulary(facts->policy),
					facts->record->kind));
	if (rule->subject == SUBJECT_CHANGE)
		self = host_change(&worker->scratch, &worker->host,
				   facts->change);
	else if (rule->subject == SUBJECT_COMMIT)
		self = host_commit(&worker->scratch, &worker->host,
				   facts->deed);
	host_variables(&worker->host, &worker->scratch, self,
		       judgement.variables);
	judgement.activation = (struct cel_activation){
		.at = judgement.variables,
		.count = code->variable_count,
		.lazy = lazy_let,
	};
	if (rule->subject == SUBJECT_TEXT && facts->root) {
		struct buf pointer;
		enum verdict verdict;

		buf_init(&pointer, facts->limits->yaml_size);
		verdict = judge_texts(&judgement, facts->root, &pointer, DEPTH);
		buf_done(&pointer);
		return verdict;
	}
	if (rule->subject == SUBJECT_MAPPING_ENTRY)
		return judge_entries(&judgement);
	return judge_subject(&judgement);
}
