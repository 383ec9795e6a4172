/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/verify.h"

#include "base/pool.h"
#include "base/sys.h"

enum {
	SECONDS = 3600, /* --timeout is the limit that people set */
	AT_ONCE = 16,	/* commits for one git: enough that its start counts
			   little, few enough to share among threads */
};

struct asking {
	const struct input *input;
	struct arena *arena; /* of the caller */
	VEC(const struct commit_facts *) commits;
	struct signature_plan plan;
	struct part *parts; /* by their number */
	size_t part_count;
};

/* What one git is asked for, and what it says. */
struct part {
	struct arena arena;
	const struct signature_check *checks;
	size_t from, count;
	bool failed;
	struct error err;
};

void verify_add_all(struct verify_list *list, const struct main_line *line)
{
	size_t count = history_count(line->history);

	for (size_t i = 0; i < count; i++) {
		size_t changes = 0;
		const struct change *const *at =
			line->trails ? trails_landing(&changes, line->trails, i)
				     : NULL;

		*vec_push(&list->commits) = history_landing(line->history, i);
		for (size_t k = 0; k < changes; k++)
			*vec_push(&list->commits) = at[k]->maker;
	}
}

/* Each signed one once. */
static void choose(struct asking *asking, const struct verify_list *list)
{
	struct map seen;

	map_init(&seen);
	for (size_t i = 0; i < list->commits.count; i++) {
		const struct commit_facts *facts = list->commits.at[i];
		str name = str_make((const char *)facts->oid.bytes, OID_RAW);

		if (facts->signature != SIGNATURE_NONE &&
		    !map_put(&seen, name, facts))
			*vec_push(&asking->commits) = facts;
	}
	map_done(&seen);
}

static void ask_parts(void *context, unsigned worker, size_t from, size_t to)
{
	const struct asking *asking = context;

	(void)worker;
	for (size_t i = from; i < to; i++) {
		struct part *part = &asking->parts[i];
		struct signature_plan plan = asking->plan;

		plan.commits = asking->commits.at + part->from;
		plan.count = part->count;
		part->failed =
			!signatures_verify(&part->checks, asking->input->repo,
					   &plan, &part->arena, &part->err);
	}
}

static void keep_part(struct evidence *evidence, const struct asking *asking,
		      const struct part *part)
{
	for (size_t i = 0; i < part->count; i++) {
		struct signature_check *check =
			arena_new(asking->arena, struct signature_check);

		*check = part->checks[i];
		check->signer = str_keep(asking->arena, check->signer);
		check->key = str_keep(asking->arena, check->key);
		check->fingerprint =
			str_keep(asking->arena, check->fingerprint);
		evidence_add(evidence, asking->commits.at[part->from + i],
			     check);
	}
}

static bool ask(struct evidence *evidence, struct asking *asking, unsigned jobs,
		struct error *err)
{
	struct pool_work work = {
		.run = ask_parts,
		.context = asking,
		.chunk = 1,
		.jobs = jobs,
	};
	bool done = true;

	asking->part_count = (asking->commits.count + AT_ONCE - 1) / AT_ONCE;
	asking->parts =
		arena_array(asking->arena, struct part, asking->part_count);
	for (size_t i = 0; i < asking->part_count; i++) {
		struct part *part = &asking->parts[i];
		size_t rest = asking->commits.count - i * AT_ONCE;

		arena_init(&part->arena);
		part->from = i * AT_ONCE;
		part->count = rest < AT_ONCE ? rest : AT_ONCE;
	}
	work.count = asking->part_count;
	pool_run(&work);
	for (size_t i = 0; done && i < asking->part_count; i++) {
		done = !asking->parts[i].failed;
		if (!done)
			*err = asking->parts[i].err;
	}
	for (size_t i = 0; i < asking->part_count; i++) {
		if (done)
			keep_part(evidence, asking, &asking->parts[i]);
		arena_done(&asking->parts[i].arena);
	}
	return done;
}

/* The signers' text, from the revision that is trusted. */
static bool read_signers(struct asking *asking, struct error *err)
{
	const struct input *input = asking->input;
	str path = policy_config(input->policy)->signers;
	bool found;

	if (!path.ptr)
		return error_set(err, ERROR_CONFIG,
				 "the signatures are not verified: abide.yaml "
				 "of the trusted revision names no signers; "
				 "add the file of the keys that count, as in "
				 "`signers: org/allowed_signers`");
	if (!main_line_trusted(&asking->plan.signers, &found, input, path,
			       asking->arena, err))
		return false;
	return found || error_set(err, ERROR_CONFIG,
				  "the signatures are not verified: `signers` "
				  "of abide.yaml names " STR_FMT
				  ", which is not in the " STR_FMT,
				  STR_ARG(path), STR_ARG(input->whose));
}

static bool ask_with_signers(struct evidence *evidence, struct asking *asking,
			     unsigned jobs, struct error *err)
{
	const struct env *env = asking->input->env;
	const char *folder = env->variable("TMPDIR");
	struct error ignored;
	bool done;
	str path;

	if (!read_signers(asking, err) ||
	    !sys_write_private(&path,
			       folder && folder[0] == '/' ? folder : "/tmp",
			       asking->plan.signers, asking->arena, err))
		return false;
	asking->plan.signers_path = path.ptr;
	asking->plan.path = env->variable("PATH");
	asking->plan.env = env->git;
	asking->plan.now = asking->input->now;
	asking->plan.seconds = SECONDS;
	done = ask(evidence, asking, jobs, err);
	/* Keys are public: what cannot be removed harms nobody. */
	(void)!sys_remove(SYS_HERE, path.ptr, &ignored);
	return done;
}

bool verify_commits(struct evidence *evidence, const struct input *input,
		    const struct verify_list *list, unsigned jobs,
		    struct arena *arena, struct error *err)
{
	struct asking asking = {.input = input, .arena = arena};
	bool done = true;

	choose(&asking, list);
	if (asking.commits.count)
		done = ask_with_signers(evidence, &asking, jobs, err);
	vec_done(&asking.commits);
	return done;
}
