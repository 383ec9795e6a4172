/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/past_say.h"

#include <stdio.h>

#include "cmd/look.h"
#include "data/scalar.h"

enum { SHORT = 10 };

#define MASKED STR("***")

/* ---- values */

static void add_value(struct buf *out, const struct node *value,
		      const struct mask_values *masks, bool inside);

/* In quotes where it would read as something else. */
static void add_text(struct buf *out, str text, bool inside)
{
	bool plain = text.len && scalar_form(text) == SCALAR_STRING;

	for (size_t i = 0; inside && plain && i < text.len; i++)
		plain = memchr(",[]{}\":", text.ptr[i], 7) == NULL;
	if (plain) {
		buf_add(out, text);
		return;
	}
	buf_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"' || text.ptr[i] == '\\')
			buf_byte(out, '\\');
		buf_byte(out, text.ptr[i]);
	}
	buf_byte(out, '"');
}

static void add_children(struct buf *out, const struct node *value,
			 const struct mask_values *masks)
{
	bool map = value->kind == NODE_MAP;

	buf_byte(out, map ? '{' : '[');
	for (size_t i = 0; i < value->count; i++) {
		const struct node *child = &value->as.children[i];

		if (i)
			buf_add(out, STR(", "));
		if (map) {
			add_text(out, child->key->text, true);
			buf_add(out, STR(": "));
		}
		add_value(out, child, masks, true);
	}
	buf_byte(out, map ? '}' : ']');
}

/* The depth of a document bounds the recursion. */
static void add_value(struct buf *out, const struct node *value,
		      const struct mask_values *masks, bool inside)
{
	if (mask_hides(masks, value)) {
		buf_add(out, MASKED);
		return;
	}
	switch (value->kind) {
	case NODE_NULL:
		buf_add(out, STR("null"));
		break;
	case NODE_BOOL:
		buf_add(out, value->as.boolean ? STR("true") : STR("false"));
		break;
	case NODE_INT:
	case NODE_FLOAT:
		buf_add(out, value->text);
		break;
	case NODE_STRING:
		add_text(out, value->text, inside);
		break;
	case NODE_LIST:
	case NODE_MAP:
		add_children(out, value, masks);
		break;
	}
}

str say_value(const struct past *past, const struct node *value,
	      const struct mask_values *masks)
{
	struct buf buf;
	str text;

	buf_init(&buf, SIZE_MAX);
	add_value(&buf, value, masks, false);
	text = str_keep(past->arena, buf_str(&buf));
	buf_done(&buf);
	return text;
}

static void json_children(struct json *json, const struct node *value,
			  const struct mask_values *masks)
{
	if (value->kind == NODE_MAP)
		json_object(json);
	else
		json_array(json);
	for (size_t i = 0; i < value->count; i++) {
		const struct node *child = &value->as.children[i];

		if (value->kind == NODE_MAP)
			json_key(json, child->key->text);
		say_json_value(json, child, masks);
	}
	json_end(json);
}

/* Numbers that a reader of JSON may round are texts. */
void say_json_value(struct json *json, const struct node *value,
		    const struct mask_values *masks)
{
	const int64_t exact = INT64_C(1) << 53;

	if (mask_hides(masks, value)) {
		json_text(json, MASKED);
		return;
	}
	switch (value->kind) {
	case NODE_NULL:
		json_null(json);
		break;
	case NODE_BOOL:
		json_bool(json, value->as.boolean);
		break;
	case NODE_INT:
		if (value->big || value->as.integer > exact ||
		    value->as.integer < -exact)
			json_text(json, value->text);
		else
			json_int(json, value->as.integer);
		break;
	case NODE_FLOAT:
		if (scalar_form(value->text) == SCALAR_INFINITY ||
		    scalar_form(value->text) == SCALAR_NAN)
			json_text(json, value->text);
		else
			json_double(json, value->as.number);
		break;
	case NODE_STRING:
		json_text(json, value->text);
		break;
	case NODE_LIST:
	case NODE_MAP:
		json_children(json, value, masks);
		break;
	}
}

/* ---- commits */

str say_date(const struct past *past, const struct commit_facts *facts)
{
	char text[INSTANT_TEXT];

	if (!facts->committer.dated)
		return STR("no date");
	return str_keep(past->arena,
			str_make(text, date_format(text, facts->when)));
}

str say_time(const struct past *past, const struct ident *ident)
{
	char text[INSTANT_TEXT];

	if (!ident->dated)
		return (str){NULL, 0};
	return str_keep(past->arena,
			str_make(text, instant_format(text, ident->when)));
}

str say_person(const struct ident *ident, const struct identity *identity)
{
	if (ident->malformed)
		return ident->raw.ptr ? ident->raw : STR("nobody");
	return identity->name.len ? identity->name : identity->email;
}

str say_short(const struct past *past, const struct oid *oid)
{
	return str_slice(input_hex(past->arena, *oid), 0, SHORT);
}

const char *signature_name(enum signature signature)
{
	static const char *const names[] = {
		[SIGNATURE_NONE] = "none",   [SIGNATURE_SSH] = "ssh",
		[SIGNATURE_PGP] = "pgp",     [SIGNATURE_X509] = "x509",
		[SIGNATURE_OTHER] = "other",
	};

	return names[signature];
}

static const char *say_verdict(enum signature_verdict verdict)
{
	switch (verdict) {
	case SIGNATURE_UNTRUSTED:
		return "by no key that the signers list for this date";
	case SIGNATURE_BAD:
		return "and it does not fit the commit";
	case SIGNATURE_EXPIRED:
	case SIGNATURE_KEY_EXPIRED:
		return "and it or its key has expired";
	case SIGNATURE_KEY_REVOKED:
		return "by a key that was revoked";
	default:
		return "which could not be checked";
	}
}

str say_signature(const struct past *past, const struct commit_facts *facts)
{
	const struct signature_check *check =
		evidence_check(&past->evidence, facts);
	const char *kind = signature_name(facts->signature);

	if (facts->signature == SIGNATURE_NONE)
		return STR("unsigned");
	if (!check)
		return str_format(past->arena, "signed (%s), not verified",
				  kind);
	if (check->verdict != SIGNATURE_GOOD)
		return str_format(past->arena, "signed (%s), %s", kind,
				  say_verdict(check->verdict));
	return str_format(past->arena, "signed (%s), good: " STR_FMT "%s%s",
			  kind, STR_ARG(check->signer),
			  check->other ? ", not the committer's address" : "",
			  check->ended ? ", with a key that has ended since"
				       : "");
}

/* ---- approvals */

struct approving {
	const struct past *past;
	VEC(struct approval) found;
};

static bool approves(const struct past *past, str key)
{
	const struct parameter *parameter =
		parameter_find(policy_parameters(past->input.policy),
			       STR("git.approval_trailers"));

	for (size_t i = 0; parameter && i < parameter->value->count; i++) {
		if (str_equal_nocase(parameter->value->as.children[i].text,
				     key))
			return true;
	}
	return false;
}

static void find_in(struct approving *approving,
		    const struct commit_facts *facts)
{
	for (size_t i = 0; i < facts->trailer_count; i++) {
		const struct trailer *trailer = &facts->trailers[i];
		bool seen = !approves(approving->past, trailer->key);

		for (size_t k = 0; !seen && k < approving->found.count; k++)
			seen = str_equal(approving->found.at[k].who,
					 trailer->value) &&
			       str_equal_nocase(approving->found.at[k].key,
						trailer->key);
		if (!seen)
			*vec_push(&approving->found) =
				(struct approval){trailer->key, trailer->value};
	}
}

const struct approval *find_approvals(size_t *count, const struct past *past,
				      const struct change *change)
{
	struct approving approving = {.past = past};
	const struct approval *found;

	find_in(&approving, change->landing);
	if (change->maker != change->landing)
		find_in(&approving, change->maker);
	*count = approving.found.count;
	found = vec_keep(&approving.found, past->arena);
	vec_done(&approving.found);
	return found;
}

/* ---- the ground of an answer */

void say_ground(const struct past *past, struct out *out,
		enum encode_context context)
{
	const struct repo_state *state = repo_state(past->input.repo);
	size_t count = history_count(past->history);

	out_safe(out, SAFE("the main line (first parents) up to "));
	out_text(out, say_short(past, &past->tip), context);
	out_safe(out, SAFE(", "));
	out_size(out, count);
	out_safe(out, count == 1 ? SAFE(" commit; ") : SAFE(" commits; "));
	out_safe(out, past->evidence.verified
			      ? SAFE("names, dates and trailers as the commits "
				     "state them, signatures as git judges "
				     "them by the trusted signers")
			      : SAFE("names, dates and trailers as the commits "
				     "state them, none of it verified"));
	if (state->replaced)
		out_safe(out, SAFE("; replace refs exist and are ignored"));
	if (state->grafted)
		out_safe(out, SAFE("; grafts exist and are ignored"));
	out_safe(out, SAFE("\n"));
}

void say_json_ground(const struct past *past, struct json *json)
{
	const struct repo_state *state = repo_state(past->input.repo);

	json_key(json, STR("tip"));
	json_text(json, input_hex(past->arena, past->tip));
	json_key(json, STR("line"));
	json_text(json, STR("first-parent"));
	json_key(json, STR("commits"));
	json_size(json, history_count(past->history));
	json_key(json, STR("objects_verified"));
	json_bool(json, false);
	json_key(json, STR("replace_refs_ignored"));
	json_bool(json, state->replaced);
	json_key(json, STR("grafts_ignored"));
	json_bool(json, state->grafted);
}

void say_ground_below(const struct past *past)
{
	out_safe(past->env->out, SAFE("\nWhat this rests on: "));
	say_ground(past, past->env->out, ENCODE_MARKDOWN);
}

str say_field(str pointer)
{
	return pointer.len ? str_slice(pointer, 1, pointer.len)
			   : STR("the record");
}

/* ---- formats */

struct table table_csv(struct out *out)
{
	return (struct table){
		.out = out,
		.context = ENCODE_CSV,
		.start = SAFE(""),
		.between = SAFE(","),
		.end = SAFE("\r\n"),
	};
}

struct table table_markdown(struct out *out)
{
	return (struct table){
		.out = out,
		.context = ENCODE_MARKDOWN,
		.start = SAFE("| "),
		.between = SAFE(" | "),
		.end = SAFE(" |\n"),
	};
}

void table_cell(const struct table *table, str text, bool last)
{
	out_text(table->out, text, table->context);
	out_safe(table->out, last ? table->end : table->between);
}

bool find_writer(const struct writer **out, const struct writer *writers,
		 size_t count, const struct options *options, struct error *err)
{
	char words[64];

	(void)snprintf(words, sizeof(words), "%s writes text%s",
		       options->command->name,
		       count > 2 ? ", json, csv or markdown" : " or json");
	return look_writer(out, writers, count, words, options, err);
}

void past_write(const struct writer *writer, const struct past *past,
		const void *what)
{
	past->env->out->ci =
		look_ci(past->env) || str_is(STR("json"), writer->name);
	writer->write(what);
}

struct json past_json_start(const struct past *past, int64_t schema)
{
	struct json json = json_start(past->env->out, 2);

	json_object(&json);
	json_key(&json, STR("schema"));
	json_int(&json, schema);
	return json;
}

void past_json_end(struct json *json, const struct past *past)
{
	json_end(json);
	json_finish(json);
	out_safe(past->env->out, SAFE("\n"));
}

void json_text_or_null(struct json *json, str key, str text)
{
	json_key(json, key);
	if (text.ptr)
		json_text(json, text);
	else
		json_null(json);
}

static void json_person(struct json *json, const struct past *past, str key,
			const struct ident *ident,
			const struct identity *identity)
{
	json_key(json, key);
	json_object(json);
	json_text_or_null(json, STR("name"),
			  ident->malformed ? (str){NULL, 0} : identity->name);
	json_text_or_null(json, STR("email"),
			  ident->malformed ? (str){NULL, 0} : identity->email);
	json_text_or_null(json, STR("recorded"), ident->raw);
	json_text_or_null(json, STR("time"), say_time(past, ident));
	json_end(json);
}

/* Whether git was asked, and what it said. */
static void json_signature(struct json *json,
			   const struct signature_check *check)
{
	bool good = check && check->verdict == SIGNATURE_GOOD;

	json_key(json, STR("signature_verified"));
	json_bool(json, check != NULL);
	json_text_or_null(json, STR("signature_verdict"),
			  str_of(check ? evidence_word(check->verdict) : NULL));
	json_text_or_null(json, STR("signer"),
			  good ? check->signer : (str){NULL, 0});
	json_text_or_null(json, STR("key"),
			  good ? check->fingerprint : (str){NULL, 0});
	json_key(json, STR("signer_is_committer"));
	if (good)
		json_bool(json, !check->other);
	else
		json_null(json);
}

void json_commit(struct json *json, const struct past *past, str key,
		 const struct commit_facts *facts)
{
	json_key(json, key);
	json_object(json);
	json_key(json, STR("commit"));
	json_text(json, input_hex(past->arena, facts->oid));
	json_person(json, past, STR("author"), &facts->author,
		    &facts->author_is);
	json_person(json, past, STR("committer"), &facts->committer,
		    &facts->committer_is);
	json_key(json, STR("subject"));
	json_text(json, facts->subject);
	json_key(json, STR("signature"));
	json_text(json, str_of(signature_name(facts->signature)));
	json_signature(json, evidence_check(&past->evidence, facts));
	json_text_or_null(json, STR("odd"), str_of(facts->malformed));
	json_end(json);
}

void json_finding(struct json *json, const struct finding *finding)
{
	json_text_or_null(json, STR("severity"),
			  str_of(severity_name(finding->severity)));
	json_text_or_null(json, STR("kind"), finding->kind);
	json_text_or_null(json, STR("id"), finding->id);
	json_text_or_null(json, STR("path"), finding->path);
	json_text_or_null(json, STR("pointer"), finding->pointer);
	json_text_or_null(json, STR("message"), finding->message);
	json_text_or_null(json, STR("fingerprint"),
			  str_make(finding->fingerprint, FINDING_ID));
}
