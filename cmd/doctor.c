/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/doctor.h"

#include "git/libgit2.h"

void doctor_add(struct doctor *doctor, const char *area,
		enum symptom_level level, const char *mend, str text)
{
	*vec_push(&doctor->symptoms) = (struct symptom){
		.area = area,
		.level = level,
		.text = text,
		.mend = str_of(mend),
	};
}

str doctor_path(const struct doctor *doctor, str path)
{
	str home = str_of(doctor->env->git->home);

	if (home.len > 1 && str_starts(path, home) &&
	    (path.len == home.len || path.ptr[home.len] == '/'))
		return str_format(doctor->arena, "~" STR_FMT,
				  STR_ARG(str_slice(path, home.len, path.len)));
	return path;
}

static void say_program(struct doctor *doctor)
{
	struct libgit2 libgit2;
	struct error err;

	doctor_say(doctor, "program", SYMPTOM_OK, NULL, "abide %s, %u thread%s",
		   ABIDE_VERSION, doctor->env->processors,
		   doctor->env->processors == 1 ? "" : "s");
	if (libgit2_open(&libgit2, &err)) {
		libgit2_close(&libgit2);
		doctor_say(doctor, "program", SYMPTOM_OK, NULL,
			   "libgit2 is there for what abide does not read "
			   "itself");
	} else {
		doctor_say(doctor, "program", SYMPTOM_NOTE,
			   "apt-get install libgit2-1.5", STR_FMT,
			   STR_ARG(error_text(&err)));
	}
}

static void say_policy(struct doctor *doctor)
{
	const struct policy *policy = doctor->input.policy;
	const struct config *config = policy_config(policy);
	const struct kind_set *kinds = policy_kinds(policy);
	size_t own = 0;

	if (config->file.text.ptr)
		doctor_say(doctor, "configuration", SYMPTOM_OK, NULL,
			   STR_FMT " of the " STR_FMT,
			   STR_ARG(config->file.path),
			   STR_ARG(doctor->input.whose));
	else
		doctor_say(doctor, "configuration", SYMPTOM_NOTE,
			   "abide init writes one",
			   "there is no abide.yaml, the defaults hold");
	doctor_say(doctor, "rules", SYMPTOM_OK, NULL,
		   "%zu rules in force; own ones in %s" STR_FMT,
		   policy_rule_count(policy),
		   config->policies.len ? ""
					: "no "
					  "folder",
		   STR_ARG(config->policies));
	if (config->starter)
		doctor_say(doctor, "rules", SYMPTOM_NOTE,
			   "profile: full in abide.yaml judges by all of them",
			   "profile starter leaves out %zu rules",
			   policy_left_out(policy));
	for (size_t i = 0; i < policy_warning_count(policy); i++)
		doctor_say(doctor, "rules", SYMPTOM_WARNING, NULL, STR_FMT,
			   STR_ARG(policy_warning_at(policy, i)));
	for (size_t i = 0; i < kind_count(kinds); i++)
		own += kind_at(kinds, i)->own;
	doctor_say(doctor, "schemas", SYMPTOM_OK, NULL,
		   "%zu kinds of record, %zu of them own or extended",
		   kind_count(kinds), own);
}

static void examine(struct doctor *doctor)
{
	const struct env *env = doctor->env;
	struct repo *repo = NULL;
	struct error err;

	say_program(doctor);
	if (!repo_open(&repo, env->git, env->dir, &limits_default, &err)) {
		doctor_say(doctor, "repository", SYMPTOM_FAULT,
			   "git init makes one; `git clone` fetches one",
			   STR_FMT, STR_ARG(error_text(&err)));
		return;
	}
	doctor_repository(doctor, repo_state(repo));
	if (input_open(&doctor->input, env, doctor->options, &err)) {
		say_policy(doctor);
		doctor_records(doctor);
	} else {
		doctor_say(doctor, "configuration", SYMPTOM_FAULT, NULL,
			   STR_FMT, STR_ARG(error_text(&err)));
	}
	doctor_hooks(doctor, repo);
	doctor_identity(doctor, repo);
	repo_close(repo);
}

static bool read_format(bool *json, const struct options *options,
			struct error *err)
{
	str format = options_text(options, OPTION_FORMAT);

	*json = str_is(format, "json");
	if (!format.ptr || *json || str_is(format, "text"))
		return true;
	return error_set(err, ERROR_USAGE,
			 "doctor writes text or json, not '" STR_FMT "'",
			 STR_ARG(format));
}

static enum status run(const struct env *env, const struct options *options)
{
	static const enum status statuses[] = {
		[SYMPTOM_OK] = STATUS_PASS,
		[SYMPTOM_NOTE] = STATUS_PASS,
		[SYMPTOM_WARNING] = STATUS_FINDINGS,
		[SYMPTOM_FAULT] = STATUS_UNRELIABLE,
	};
	struct doctor doctor = {
		.env = env, .options = options, .arena = options->arena};
	enum status status;
	struct error err;
	bool json;

	if (!read_format(&json, options, &err))
		return complain(env, &err);
	examine(&doctor);
	if (json)
		doctor_write_json(&doctor, env->out);
	else
		doctor_write_text(&doctor, env->out);
	status = statuses[doctor_worst(&doctor)];
	input_close(&doctor.input);
	vec_done(&doctor.symptoms);
	return status;
}

extern const struct command command_doctor;
const struct command command_doctor = {
	.name = "doctor",
	.summary = "say what abide sees here, and how to mend what is wrong",
	.details =
		"Looks at the program, the repository, configuration, rules, "
		"schemas,\n"
		"records, hooks, identities and signatures. Each line is ok, a "
		"note (advice),\n"
		"a warning (a result is other than may be expected: status 1) "
		"or a fault\n"
		"(there is no reliable result: status 2). No content of "
		"records is told.\n",
	.examples = "  abide doctor\n  abide doctor --format json\n",
	.run = run,
};
