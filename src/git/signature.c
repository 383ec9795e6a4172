/* SPDX-License-Identifier: Apache-2.0 */
#include "git/signature.h"

#include "base/map.h"
#include "base/spawn.h"
#include "base/vec.h"
#include "git/signers.h"

enum {
	ANSWER_MOST = 64 << 20,
	COMPLAINT_MOST = 400,
	ANSWER_FIELDS = 5,
};

/* Settings of the command line win over those of any file: nothing that the
 * repository's own configuration names is started, and nothing is fetched. */
static const char *const settings[] = {
	"safe.directory=*", /* repo_open has judged who owns it */
	"protocol.allow=never",
	"core.commitGraph=false",
	"core.fsmonitor=false",
	"log.showSignature=false",
	"log.mailmap=false",
	"i18n.logOutputEncoding=UTF-8",
	"gpg.program=gpg",
	"gpg.openpgp.program=gpg",
	"gpg.x509.program=gpgsm",
	"gpg.ssh.program=ssh-keygen",
	"gpg.minTrustLevel=undefined",
};

static const char *const command[] = {
	"--no-pager",
	"log",
	"--no-walk=unsorted",
	"--stdin",
	"-z",
	"--no-color",
	"--no-patch",
	"--format=%H%x00%G?%x00%GS%x00%GK%x00%GF",
};

struct words {
	VEC(const char *) list;
};

static void add_word(struct words *words, const char *word)
{
	*vec_push(&words->list) = word;
}

static void add_pair(struct words *words, const char *name, const char *value,
		     struct arena *arena)
{
	if (value)
		add_word(words, str_format(arena, "%s=%s", name, value).ptr);
}

static void make_arguments(struct words *words,
			   const struct signature_plan *plan,
			   struct arena *arena)
{
	add_word(words, "git");
	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		add_word(words, "-c");
		add_word(words, settings[i]);
	}
	add_word(words, "-c");
	add_pair(words, "gpg.ssh.allowedSignersFile",
		 plan->signers_path ? plan->signers_path : "/dev/null", arena);
	add_word(words, "-c");
	add_pair(words, "gpg.ssh.revocationFile",
		 plan->revoked_path ? plan->revoked_path : "/dev/null", arena);
	for (size_t i = 0; i < ARRAY_SIZE(command); i++)
		add_word(words, command[i]);
	add_word(words, NULL);
}

/* Only absolute folders: what git starts is looked for there too. */
static const char *safe_path(const char *path, struct arena *arena)
{
	str rest = str_of(path);
	struct buf out;
	const char *kept;

	buf_init(&out, SIZE_MAX / 4);
	while (rest.ptr) {
		str folder = str_cut(&rest, ':');

		if (!str_starts(folder, STR("/")))
			continue;
		if (out.len)
			buf_byte(&out, ':');
		buf_add(&out, folder);
	}
	kept = arena_cstr(arena, buf_str(&out));
	buf_done(&out);
	return kept;
}

static void make_environment(struct words *words, const struct repo *repo,
			     const struct signature_plan *plan,
			     struct arena *arena)
{
	const struct repo_state *state = repo_state(repo);

	add_pair(words, "PATH", safe_path(plan->path, arena), arena);
	add_pair(words, "GIT_DIR", arena_cstr(arena, state->git_dir), arena);
	add_pair(words, "GNUPGHOME",
		 plan->keyring ? plan->keyring : "/nonexistent", arena);
	if (plan->env) {
		add_pair(words, "GIT_COMMON_DIR", plan->env->common_dir, arena);
		add_pair(words, "GIT_OBJECT_DIRECTORY", plan->env->objects,
			 arena);
		add_pair(words, "GIT_ALTERNATE_OBJECT_DIRECTORIES",
			 plan->env->alternates, arena);
	}
	add_word(words, "HOME=/nonexistent");
	add_word(words, "LC_ALL=C");
	add_word(words, "TZ=UTC");
	add_word(words, "GIT_CONFIG_NOSYSTEM=1");
	add_word(words, "GIT_CONFIG_GLOBAL=/dev/null");
	add_word(words, "GIT_NO_REPLACE_OBJECTS=1");
	add_word(words, "GIT_GRAFT_FILE=/dev/null");
	add_word(words, "GIT_NO_LAZY_FETCH=1");
	add_word(words, "GIT_ALLOW_PROTOCOL=");
	add_word(words, "GIT_TERMINAL_PROMPT=0");
	add_word(words, "GIT_OPTIONAL_LOCKS=0");
	add_word(words, NULL);
}

/* ---- what comes back */

static bool is_verdict(char letter)
{
	return letter != '\0' && strchr("GUBXYREN", letter) != NULL;
}

/* The address within < >, or all of it, as an SSH principal is one. */
static str address_of(str signer)
{
	size_t open = str_find_byte(signer, '<');
	str rest =
		str_slice(signer, open == SIZE_MAX ? 0 : open + 1, signer.len);

	return open == SIZE_MAX ? signer : str_cut(&rest, '>');
}

static bool is_other(const struct signature_check *check,
		     const struct commit_facts *facts)
{
	str address = address_of(check->signer);

	return check->signer.len &&
	       !str_equal_nocase(address, facts->committer.email) &&
	       !str_equal_nocase(address, facts->committer_is.email);
}

static bool may_be_backdated(struct signature_check *check,
			     const struct commit_facts *facts,
			     const struct signature_plan *plan)
{
	if (check->verdict == SIGNATURE_EXPIRED ||
	    check->verdict == SIGNATURE_KEY_EXPIRED)
		return true;
	if (check->verdict != SIGNATURE_GOOD ||
	    facts->signature != SIGNATURE_SSH)
		return false;
	switch (signer_find(&check->end, plan->signers, check->fingerprint)) {
	case SIGNER_ENDLESS:
		return false;
	case SIGNER_ENDS:
		check->ended = instant_compare(check->end, plan->now) <= 0;
		return check->ended;
	default:
		return true;
	}
}

static bool unanswered(struct error *err, const char *why)
{
	return error_set(err, ERROR_GIT,
			 "git did not verify the signatures: %s", why);
}

/* Reads one commit's fields; each ends with a NUL. */
static bool take_answer(str fields[ANSWER_FIELDS], str *rest)
{
	for (size_t i = 0; i < ANSWER_FIELDS; i++) {
		if (!rest->ptr || rest->len == 0)
			return false;
		fields[i] = str_cut(rest, '\0');
		if (!rest->ptr)
			return false; /* cut short */
	}
	return fields[1].len == 1 && is_verdict(fields[1].ptr[0]);
}

/* Puts each answer where its commit was asked for; the same may be asked for
 * twice, and git answers once. */
static bool read_answers(struct signature_check *checks,
			 const struct signature_plan *plan, str text,
			 struct arena *arena, struct error *err)
{
	struct map answers;
	bool done = true;

	map_init(&answers);
	while (done && text.len) {
		struct signature_check *check =
			arena_new(arena, struct signature_check);
		str fields[ANSWER_FIELDS];

		done = take_answer(fields, &text) ||
		       unanswered(err, "its answer is not understood");
		if (!done)
			break;
		check->verdict = (enum signature_verdict)fields[1].ptr[0];
		check->signer = fields[2];
		check->key = fields[3];
		check->fingerprint = fields[4];
		(void)map_put(&answers, fields[0], check);
	}
	for (size_t i = 0; done && i < plan->count; i++) {
		const struct commit_facts *facts = plan->commits[i];
		const struct signature_check *answer;
		char hex[OID_HEX];

		if (facts->signature == SIGNATURE_NONE)
			continue;
		oid_format(hex, &facts->oid);
		answer = map_find(&answers, str_make(hex, sizeof(hex)));
		if (!answer) {
			done = unanswered(err, "a commit has no answer");
			break;
		}
		checks[i] = *answer;
		/* It holds one: git says so where it made nothing of it. */
		if (checks[i].verdict == SIGNATURE_ABSENT)
			checks[i].verdict = SIGNATURE_UNCHECKED;
		checks[i].other = is_other(&checks[i], facts);
		checks[i].backdating =
			may_be_backdated(&checks[i], facts, plan);
	}
	map_done(&answers);
	return done;
}

/* ---- */

static bool ask(struct buf *answer, struct repo *repo, str input,
		const struct signature_plan *plan, struct arena *arena,
		struct error *err)
{
	struct words arguments = {0};
	struct words environment = {0};
	struct buf said;
	int status = 0;
	bool done;

	make_arguments(&arguments, plan, arena);
	make_environment(&environment, repo, plan, arena);
	buf_init(&said, COMPLAINT_MOST);
	done = spawn_run(answer, &said, &status,
			 &(struct spawn_plan){
				 .program = "git",
				 .path = plan->path,
				 .arguments = arguments.list.at,
				 .environment = environment.list.at,
				 .folder = ".",
				 .input = input,
				 .seconds = plan->seconds,
			 },
			 err);
	if (!done)
		error_prefix(err, "the signatures are not verified");
	else if (status != 0)
		done = error_set(err, ERROR_GIT,
				 "git did not verify the signatures: it ended "
				 "with status %d: " STR_FMT,
				 status, STR_ARG(str_trim(buf_str(&said))));
	buf_done(&said);
	vec_done(&arguments.list);
	vec_done(&environment.list);
	return done;
}

bool signatures_verify(const struct signature_check **out, struct repo *repo,
		       const struct signature_plan *plan, struct arena *arena,
		       struct error *err)
{
	struct signature_check *checks =
		arena_array(arena, struct signature_check, plan->count);
	struct buf input, answer;
	bool done = true;

	buf_init(&input, SIZE_MAX / 4);
	buf_init(&answer, ANSWER_MOST);
	for (size_t i = 0; i < plan->count; i++) {
		char hex[OID_HEX];

		checks[i].verdict = SIGNATURE_ABSENT;
		if (plan->commits[i]->signature == SIGNATURE_NONE)
			continue;
		oid_format(hex, &plan->commits[i]->oid);
		buf_add(&input, str_make(hex, sizeof(hex)));
		buf_byte(&input, '\n');
	}
	if (input.len)
		done = ask(&answer, repo, buf_str(&input), plan, arena, err) &&
		       read_answers(checks, plan,
				    str_keep(arena, buf_str(&answer)), arena,
				    err);
	buf_done(&input);
	buf_done(&answer);
	if (done)
		*out = checks;
	return done;
}
