/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/topics.h"

#include <assert.h>

#include "base/embedded.h"
#include "base/limits.h"
#include "data/document.h"
#include "data/node.h"
#include "reporters/reporter.h"

#define SAYS(literal)                     \
	{                                 \
		{0, 0}, STR_INIT(literal) \
	}
#define MEANS(term, literal)                      \
	{                                         \
		STR_INIT(term), STR_INIT(literal) \
	}

static const struct topic_line exit_codes[] = {
	MEANS("0", "nothing at or above --fail-on (default: error)"),
	MEANS("1", "findings at or above it"),
	MEANS("2", "no reliable result: the command line, the configuration, "
		   "a schema or a rule is wrong; a record could not be read; a "
		   "rule failed; the repository is damaged; no record was "
		   "found; output was lost; the time limit passed. 2 beats 1, "
		   "and what was found is still shown."),
};

static const struct topic_line environment[] = {
	SAYS("An option wins over a variable. No variable changes what is "
	     "found, only how it is shown and which repository is read."),
	MEANS("NO_COLOR", "not empty: no colour, whatever follows"),
	MEANS("FORCE_COLOR, CLICOLOR_FORCE",
	      "not empty and not 0: colour, also to a file"),
	MEANS("CLICOLOR", "0: no colour"),
	MEANS("TERM", "empty or dumb: no colour and no progress"),
	MEANS("ABIDE_PAGER, GIT_PAGER, PAGER",
	      "the first that is set shows long text of reading commands on a "
	      "terminal; empty or cat: none (see pager)"),
	MEANS("LESS", "set to FRX for the pager where it is not set"),
	MEANS("CI, PRE_COMMIT", "not empty: no progress"),
	MEANS("GITHUB_ACTIONS, TF_BUILD, TEAMCITY_VERSION",
	      "not empty: what the log would take for a command is broken up"),
	MEANS("GITHUB_STEP_SUMMARY",
	      "the file to which check --format github adds a page"),
	MEANS("GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_COMMON_DIR, "
	      "GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES, "
	      "GIT_QUARANTINE_PATH, GIT_CEILING_DIRECTORIES",
	      "as git has them: hooks and `git --git-dir` set them"),
	MEANS("GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM, GIT_CONFIG_NOSYSTEM, "
	      "XDG_CONFIG_HOME, HOME, SUDO_UID",
	      "where safe.directory is looked up, and for whom"),
};

static const struct topic_line pager[] = {
	SAYS("On a terminal, commands that read (approvals, audit, blame, "
	     "explain, help, log, map, period, rules, schema, since, when) "
	     "hand their text to "
	     "a pager: the "
	     "command in ABIDE_PAGER, else GIT_PAGER, else PAGER, run by sh. "
	     "Where none is set, or it is empty or cat, or with --no-pager, "
	     "the text goes to the terminal itself."),
	SAYS("Nothing else of the environment and nothing of a repository or "
	     "of git's configuration (core.pager) names a program to run: a "
	     "repository that was cloned must not choose what is executed."),
	SAYS("Commands that judge never use a pager, so that scripts and "
	     "hooks see what people see. The exit status is that of the "
	     "command, not of the pager."),
};

static const struct topic_line cel[] = {
	SAYS("Conditions of rules are written in CEL, the Common Expression "
	     "Language. Before a record is judged, each is checked against "
	     "the schemas: a misspelt field is an error of the rule (exit "
	     "2)."),
	MEANS("self", "the record that is judged"),
	MEANS("records.KIND", "all records of a kind"),
	MEANS("ref('asset', 'as-crm')",
	      "the record of that kind and id, as an optional"),
	MEANS("params.x", "a parameter; abide.yaml may set it"),
	MEANS("now", "the moment as of which is judged (--as-of)"),
	MEANS("has(x.f)", "is there such a field?"),
	MEANS("x.exists(e, ...)", "also all, exists_one, filter, map, sortBy"),
	MEANS("period('P3Y')", "a period of the calendar"),
	SAYS("Try one: abide eval 'records.asset.size()'. Tell how it was "
	     "worked out: --explain. The page docs/reference/cel.md has every "
	     "function with an example."),
};

static const struct topic_line config[] = {
	SAYS("Read from the root of what is judged (with --policies-at REV, "
	     "of that revision), never from above it and never from the home "
	     "folder. A key that does not exist is an error that names the "
	     "nearest. Without the file the built-in policy holds. `abide "
	     "schema abide/config` prints the whole form."),
};

static const struct topic_line formats[] = {
	SAYS("check --format NAME[=FILE] writes to standard output or whole "
	     "into a file, as often as it is given. Other commands name "
	     "their formats in --help. Rule ids, codes and "
	     "fingerprints are stable in every format, wording in none."),
};

static const struct topic_line limits[] = {
	SAYS("Passing a limit is an error that names it."),
};

static void fill_formats(struct topic_page *page)
{
	for (size_t i = 0; i < reporter_count; i++)
		*vec_push(&page->lines) =
			(struct topic_line){str_of(reporters[i]->name),
					    str_of(reporters[i]->summary)};
}

static void fill_limits(struct topic_page *page)
{
	for (size_t i = 0; i < limit_rows_count; i++) {
		const struct limit_row *row = &limit_rows[i];

		*vec_push(&page->lines) = (struct topic_line){
			str_of(row->name),
			str_format(page->arena, "%zu: %s; %s", row->value,
				   row->title, row->reason)};
	}
}

/* The keys, from the schema that judges them. */
static void fill_config(struct topic_page *page)
{
	struct document document;
	const struct node *keys;
	struct error err;
	bool ok = document_parse(&document, page->arena,
				 embedded_find(STR("schema/abide/config.yaml")),
				 FORMAT_YAML, &limits_default, &err);

	assert(ok); /* it was frozen from the same bytes */
	(void)ok;
	keys = node_find(document.roots[0], STR("properties"));
	for (size_t i = 0; keys && i < keys->count; i++) {
		const struct node *key = &keys->as.children[i];
		const struct node *text = node_find(key, STR("description"));

		if (text)
			*vec_push(&page->lines) =
				(struct topic_line){key->key->text, text->text};
	}
}

#define TOPIC(name, summary, lines, fill)                     \
	{                                                     \
		name, summary, lines, ARRAY_SIZE(lines), fill \
	}

const struct topic topics[] = {
	TOPIC("cel", "the language of rules", cel, NULL),
	TOPIC("config", "the keys of abide.yaml", config, fill_config),
	TOPIC("environment", "variables that are read", environment, NULL),
	TOPIC("exit-codes", "what the exit status means", exit_codes, NULL),
	TOPIC("formats", "how check writes its result", formats, fill_formats),
	TOPIC("limits", "every ceiling on input", limits, fill_limits),
	TOPIC("pager", "when long text is paged", pager, NULL),
};

const size_t topic_count = ARRAY_SIZE(topics);

const struct topic *topic_find(str name)
{
	for (size_t i = 0; i < topic_count; i++) {
		if (str_is(name, topics[i].name))
			return &topics[i];
	}
	return NULL;
}

size_t topic_lines(const struct topic *topic, struct arena *arena,
		   struct topic_line **out)
{
	struct topic_page page = {.arena = arena};
	size_t count;

	for (size_t i = 0; i < topic->count; i++)
		*vec_push(&page.lines) = topic->lines[i];
	if (topic->fill)
		topic->fill(&page);
	count = page.lines.count;
	*out = vec_keep(&page.lines, arena);
	vec_done(&page.lines);
	return count;
}
