/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/obligation.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "data/scalar_place.h"

struct obligation_set {
	VEC(struct obligation) obligations;
	VEC(struct cel_program *) programs;
};

/* One obligation, in the making. */
struct making {
	struct obligation_set *set;
	const struct obligation_sources *sources;
	const struct policy_file *file;
	const struct node *node;
	const struct cel_env *env;
	const struct cel_type *self; /* NULL: there is none */
	str given;		     /* `when`, once it is known to hold */
	const struct node *scalar;   /* that is compiled */
	struct error *err;
	bool failed;
};

static void diagnose(void *context, const struct cel_diagnostic *found)
{
	struct making *making = context;

	if (found->warning || making->failed)
		return;
	making->failed = true;
	(void)policy_file_fault(
		making->file,
		scalar_place(making->scalar, making->file->text, found->at),
		making->err, STR_FMT, STR_ARG(found->text));
}

static bool compile(const struct cel_program **out, struct making *making,
		    str member, const struct cel_type *result,
		    struct error *err)
{
	const struct node *scalar = node_find(making->node, member);
	struct cel_compile_options options = {
		.result = result,
		.given = &making->given,
		.given_count = making->given.len ? 1 : 0,
		.diagnose = diagnose,
		.context = making,
	};
	struct cel_program *program;

	if (!scalar)
		return true;
	making->scalar = scalar;
	making->err = err;
	making->failed = false;
	if (cel_compile(&program, making->env, scalar->text, &options, err)) {
		*vec_push(&making->set->programs) = program;
		*out = program;
		return true;
	}
	if (making->failed)
		return false;
	return policy_file_fault(
		making->file, scalar_place(scalar, making->file->text, err->at),
		err, "%s", err->text);
}

static bool read_param(const struct parameter **out, struct making *making,
		       const struct node *name, const char *type,
		       struct error *err)
{
	if (!name)
		return true;
	*out = parameter_find(making->sources->parameters, name->text);
	if (!*out)
		return policy_file_fault(making->file, name->span, err,
					 "there is no parameter '" STR_FMT "'",
					 STR_ARG(name->text));
	if (!str_is((*out)->type, type))
		return policy_file_fault(making->file, name->span, err,
					 "the parameter '" STR_FMT "' is no %s",
					 STR_ARG(name->text), type);
	return true;
}

/* A misspelt field would be an interval that nobody has. */
static bool read_field(str *out, struct making *making, const struct node *name,
		       struct error *err)
{
	const struct cel_type *self = making->self;

	if (!name)
		return true;
	*out = name->text;
	for (size_t i = 0; self && i < self->field_count; i++) {
		if (str_equal(self->fields[i].name, name->text))
			return true;
	}
	return policy_file_fault(making->file, name->span, err,
				 "the records have no field '" STR_FMT "'",
				 STR_ARG(name->text));
}

static bool read_length(struct obligation *obligation, struct making *making,
			struct error *err)
{
	static const char *const forms[] = {
		[OBLIGATION_EVERY] = "every",
		[OBLIGATION_WITHIN] = "within",
		[OBLIGATION_STATED] = "stated",
	};
	const struct node *length = NULL;
	const struct node *shorter;

	for (size_t i = 0; i < ARRAY_SIZE(forms) && !length; i++) {
		length = node_find(making->node, str_of(forms[i]));
		obligation->form = (enum obligation_form)i;
	}
	shorter = node_find(length, STR("shorter"));
	obligation->shorter = shorter && shorter->as.boolean;
	obligation->period = node_text(length, STR("period"));
	return read_field(&obligation->field, making,
			  node_find(length, STR("field")), err) &&
	       read_param(&obligation->param, making,
			  node_find(length, STR("param")), "period", err);
}

static bool read_cites(struct obligation *obligation, struct making *making,
		       struct error *err)
{
	const struct node *list = node_find(making->node, STR("cites"));
	struct citation *cites = arena_array(making->sources->arena,
					     struct citation, list->count);

	for (size_t i = 0; i < list->count; i++) {
		const struct node *item = &list->as.children[i];
		str rest = item->text;

		cites[i].name = item->text;
		cites[i].framework = str_cut(&rest, ':');
		if (framework_find(making->sources->frameworks, item->text)
			    .state != REQUIREMENT_KNOWN)
			return policy_file_fault(
				making->file, item->span, err,
				"the obligation '" STR_FMT "' rests on "
				"'" STR_FMT "', which is in no framework",
				STR_ARG(obligation->id), STR_ARG(item->text));
	}
	obligation->cites = cites;
	obligation->cite_count = list->count;
	return true;
}

static bool read_who(struct obligation *obligation, struct making *making,
		     struct error *err)
{
	const struct node *who = node_find(making->node, STR("who"));

	obligation->who_duty = node_text(who, STR("duty"));
	return read_field(&obligation->who_field, making,
			  node_find(who, STR("field")), err);
}

static bool read_self(struct making *making, struct obligation *obligation,
		      struct error *err)
{
	const struct node *kind = node_find(making->node, STR("kind"));
	const struct cel_variable item = {
		.name = STR("item"),
		.type = &cel_string_type,
	};

	obligation->kind = node_text(making->node, STR("kind"));
	making->self =
		kind ? vocabulary_kind(making->sources->vocabulary, kind->text)
		     : NULL;
	if (kind && !making->self)
		return policy_file_fault(making->file, kind->span, err,
					 "there is no kind '" STR_FMT "'",
					 STR_ARG(kind->text));
	making->env = vocabulary_env(making->sources->vocabulary, making->self,
				     &item, 1);
	return true;
}

static bool read_one(struct making *making, struct error *err)
{
	const struct node *node = making->node;
	const struct node *exact = node_find(node, STR("exact"));
	const struct node *grace = node_find(node, STR("grace"));
	const struct node *roll = node_find(node, STR("roll"));
	struct obligation made = {
		.id = node_text(node, STR("id")),
		.title = node_text(node, STR("title")),
		.exact = exact && exact->as.boolean,
		.reading = node_text(node, STR("reading")),
		.file = making->file,
		.place = node_find(node, STR("id"))->span,
	};

	making->given = (str){0};
	if (!read_self(making, &made, err) ||
	    !read_length(&made, making, err) ||
	    !read_param(&made.grace, making, grace, "period", err) ||
	    !read_param(&made.roll, making, roll, "bool", err) ||
	    !read_who(&made, making, err) || !read_cites(&made, making, err) ||
	    !compile(&made.when, making, STR("when"), &cel_bool_type, err))
		return false;
	making->given = node_text(node, STR("when"));
	if (!compile(&made.each, making, STR("each"), NULL, err) ||
	    !compile(&made.done, making, STR("done"), NULL, err) ||
	    !compile(&made.from, making, STR("from"), NULL, err) ||
	    !compile(&made.more, making, STR("more"), NULL, err))
		return false;
	*vec_push(&making->set->obligations) = made;
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct obligation *x = a;
	const struct obligation *y = b;

	return str_compare(x->id, y->id);
}

static bool read_all(struct obligation_set *set,
		     const struct obligation_sources *sources,
		     struct error *err)
{
	for (size_t i = 0; i < sources->count; i++) {
		const struct node *list =
			node_find(sources->files[i].root, STR("obligations"));
		struct making making = {
			.set = set,
			.sources = sources,
			.file = &sources->files[i],
		};

		for (size_t k = 0; k < list->count; k++) {
			making.node = &list->as.children[k];
			if (!read_one(&making, err))
				return false;
		}
	}
	if (set->obligations.count)
		qsort(set->obligations.at, set->obligations.count,
		      sizeof(struct obligation), by_id);
	for (size_t i = 1; i < set->obligations.count; i++) {
		const struct obligation *one = &set->obligations.at[i];

		if (str_equal(one->id, one[-1].id))
			return policy_file_fault(
				one->file, one->place, err,
				"the obligation '" STR_FMT
				"' is defined in " STR_FMT " as well",
				STR_ARG(one->id), STR_ARG(one[-1].file->path));
	}
	return true;
}

bool obligation_set_new(struct obligation_set **out,
			const struct obligation_sources *sources,
			struct error *err)
{
	struct obligation_set *set = mem_new(sizeof(*set));

	if (!read_all(set, sources, err)) {
		obligation_set_free(set);
		return false;
	}
	*out = set;
	return true;
}

void obligation_set_free(struct obligation_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->programs.count; i++)
		cel_program_free(set->programs.at[i]);
	vec_done(&set->programs);
	vec_done(&set->obligations);
	mem_free(set);
}

size_t obligation_count(const struct obligation_set *set)
{
	return set->obligations.count;
}

const struct obligation *obligation_at(const struct obligation_set *set,
				       size_t index)
{
	return &set->obligations.at[index];
}
