/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"
#include "cmd/report.h"
#include "cmd/yaml_text.h"

/* ---- the command */

/* A word of a shell, in single quotes where it needs them. */
static void write_word(struct out *out, str word)
{
	static const str plain = STR_INIT("abcdefghijklmnopqrstuvwxyz"
					  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					  "0123456789-_./:=@+,");
	bool quoted = word.len == 0;

	for (size_t i = 0; i < word.len && !quoted; i++)
		quoted = str_find_byte(plain, word.ptr[i]) == SIZE_MAX;
	if (!quoted) {
		page_text(out, word);
		return;
	}
	page_text(out, STR("'"));
	for (size_t i = 0; i < word.len; i++) {
		str byte = str_slice(word, i, i + 1);

		page_text(out, str_is(byte, "'") ? STR("'\\''") : byte);
	}
	page_text(out, STR("'"));
}

static void write_option(struct out *out, struct safe name, str value)
{
	if (!value.ptr)
		return;
	out_safe(out, SAFE(" --"));
	out_safe(out, name);
	out_safe(out, SAFE(" "));
	write_word(out, value);
}

/* What decides the bytes of both commands. */
static void write_ground(const struct dossier *dossier)
{
	const struct options *options = dossier->options;
	const struct input *input = dossier->input;
	struct out *out = dossier->out;
	char text[INSTANT_TEXT];

	if (snapshot_kind(input->snapshot) == SNAPSHOT_COMMIT)
		write_option(out, SAFE("at"), input->what);
	write_option(out, SAFE("as-of"),
		     str_make(text, instant_format(text, input->now)));
	if (input->policies)
		write_option(out, SAFE("policies-at"), input->whose);
	write_option(out, SAFE("config"), options_text(options, OPTION_CONFIG));
	if (options_has(options, OPTION_ISOLATED))
		out_safe(out, SAFE(" --isolated"));
}

static void write_commands(const struct dossier *dossier)
{
	struct out *out = dossier->out;

	out_safe(out, SAFE("<h3>To make this file again</h3>\n<pre><code>"
			   "abide report --html report.html"));
	write_ground(dossier);
	write_option(out, SAFE("since"),
		     options_text(dossier->options, OPTION_SINCE));
	out_safe(out, SAFE("</code></pre>\n"));
	if (snapshot_kind(dossier->input->snapshot) != SNAPSHOT_COMMIT)
		page_note(out, SAFE("The work tree was judged: the same bytes "
				    "come from the same files alone. A report "
				    "to be checked by others is better made "
				    "with --at."));
	out_safe(out, SAFE("<h3>To check the findings</h3>\n<pre><code>"
			   "abide check --min-severity note --format ndjson"));
	write_ground(dossier);
	out_safe(out, SAFE(" | sha256sum</code></pre>\n"
			   "<p>gives <code class=\"digest\">"));
	page_text(out, dossier->digest);
	out_safe(out, SAFE("</code></p>\n"));
}

/* ---- what was read */

static void fact(struct out *out, struct safe name, str value)
{
	if (!value.len)
		return;
	out_safe(out, SAFE("<div><dt>"));
	out_safe(out, name);
	out_safe(out, SAFE("</dt><dd><code class=\"digest\">"));
	page_text(out, value);
	out_safe(out, SAFE("</code></dd></div>\n"));
}

static str hex_of(const struct dossier *dossier, str bytes)
{
	unsigned char sum[SHA256_RAW];
	char text[SHA256_HEX + 1];

	sha256_of(sum, bytes);
	sha256_format(text, sum);
	return str_keep(dossier->arena, str_make(text, SHA256_HEX));
}

/* One digest of all rules in force, with what they say and how severe they
 * are. */
static str rules_digest(const struct dossier *dossier)
{
	const struct report *report = dossier->report;
	struct buf text;
	str digest;

	buf_init(&text, SIZE_MAX);
	for (size_t i = 0; i < report->rule_count; i++) {
		const struct rule *rule = report->rules[i].rule;

		buf_format(&text, "%s\n", severity_name(rule->severity));
		yaml_write(&text, rule->source);
	}
	digest = hex_of(dossier, buf_str(&text));
	buf_done(&text);
	return digest;
}

static void write_facts(const struct dossier *dossier)
{
	const struct report *report = dossier->report;
	const struct config *config = policy_config(dossier->input->policy);
	struct out *out = dossier->out;

	out_safe(out, SAFE("<dl class=\"facts wide\">\n"));
	fact(out, SAFE("Tool"),
	     str_format(dossier->arena, "abide " STR_FMT,
			STR_ARG(report->version)));
	fact(out, SAFE("Commit"), report->provenance.revision);
	fact(out, SAFE("Policy of"), report->policy);
	fact(out, SAFE("Configuration"),
	     config->file.text.ptr ? config->file.path
				   : STR("none, the defaults hold"));
	if (config->file.text.ptr)
		fact(out, SAFE("SHA-256 of the configuration"),
		     hex_of(dossier, config->file.text));
	fact(out, SAFE("SHA-256 of the rules in force"), rules_digest(dossier));
	fact(out, SAFE("SHA-256 of the findings"), dossier->digest);
	out_safe(out, SAFE("</dl>\n"));
}

/* ---- what was not checked */

static void sentence(struct out *out, size_t count, struct safe one,
		     struct safe many)
{
	if (!count)
		return;
	out_safe(out, SAFE("<li>"));
	page_count(out, count, one, many);
	out_safe(out, SAFE("</li>\n"));
}

static void write_rule_counts(const struct dossier *dossier)
{
	const struct report *report = dossier->report;
	size_t idle = 0;
	size_t skipped = 0;
	size_t failed = 0;

	for (size_t i = 0; i < report->rule_count; i++) {
		const struct rule_count *rule = &report->rules[i];

		idle += rule->judged == rule->not_applicable;
		skipped += rule->skipped;
		failed += rule->failed;
	}
	sentence(dossier->out, idle,
		 SAFE("rule had nothing to judge: no record it applies to"),
		 SAFE("rules had nothing to judge: no record they apply to"));
	sentence(dossier->out, skipped,
		 SAFE("judgement of a rule was not possible: what it reads is "
		      "missing or has not the form of its kind"),
		 SAFE("judgements of rules were not possible: what they read "
		      "is missing or has not the form of its kind"));
	sentence(dossier->out, failed, SAFE("judgement failed"),
		 SAFE("judgements failed"));
	sentence(dossier->out, policy_left_out(dossier->input->policy),
		 SAFE("rule is left out by the profile"),
		 SAFE("rules are left out by the profile"));
}

static void write_past_counts(const struct dossier *dossier)
{
	struct out *out = dossier->out;

	if (!dossier->past) {
		out_safe(out, SAFE("<li>The history: "));
		page_text(out, dossier->no_past);
		out_safe(out, SAFE(". The course over time, the ages of "
				   "findings and the changes are left "
				   "out.</li>\n"));
		return;
	}
	sentence(out, replay_left_out(dossier->replay),
		 SAFE("rule on history is not part of the course over time"),
		 SAFE("rules on history are not part of the course over "
		      "time"));
}

static void write_unchecked(const struct dossier *dossier)
{
	const struct report *report = dossier->report;
	struct out *out = dossier->out;

	out_safe(out, SAFE("<h3>What was not checked</h3>\n<ul>\n"));
	for (size_t i = 0; i < dossier->problems.count; i++) {
		out_safe(out, SAFE("<li>Not known: "));
		page_text(out, dossier->problems.at[i]);
		out_safe(out, SAFE("</li>\n"));
	}
	for (size_t i = 0; i < report->remark_count; i++) {
		out_safe(out, SAFE("<li>"));
		page_text(out, report->remarks[i].text);
		out_safe(out, SAFE("</li>\n"));
	}
	write_rule_counts(dossier);
	write_past_counts(dossier);
	out_safe(out,
		 SAFE("<li>Signatures of commits are seen and not verified; "
		      "names, dates and approvals are what commits "
		      "state.</li>\n"
		      "<li>Whether practice follows the records, whether a "
		      "text is true, and every judgement that the law leaves "
		      "to people: abide reads records and nothing "
		      "else.</li>\n</ul>\n"));
}

/* ---- rules that ran */

static void write_rules(const struct dossier *dossier)
{
	static const struct column heads[] = {{SAFE_INIT("Rule"), 52},
					      {SAFE_INIT("Severity"), 12},
					      {SAFE_INIT("Judged"), 12},
					      {SAFE_INIT("Did not apply"), 12},
					      {SAFE_INIT("Findings"), 12}};
	const struct report *report = dossier->report;
	struct out *out = dossier->out;
	struct grid grid;

	out_safe(out, SAFE("<details><summary>The rules that ran</summary>\n"));
	grid_begin(&grid, out, SAFE("Rules and what they judged"), heads,
		   ARRAY_SIZE(heads));
	for (size_t i = 0; i < report->rule_count; i++) {
		const struct rule_count *rule = &report->rules[i];

		grid_row(&grid);
		grid_cell(&grid);
		page_text(out, rule->rule->title);
		out_safe(out, SAFE("<br><span class=\"name\">"));
		page_text(out, rule->rule->id);
		out_safe(out, SAFE("</span>"));
		grid_cell(&grid);
		page_severity(out, rule->rule->severity);
		grid_cell(&grid);
		out_size(out, rule->judged);
		grid_cell(&grid);
		out_size(out, rule->not_applicable);
		grid_cell(&grid);
		out_size(out, rule->findings);
		grid_row_end(&grid);
	}
	grid_end(&grid);
	out_safe(out, SAFE("</details>\n"));
}

void report_method(const struct dossier *dossier)
{
	struct out *out = dossier->out;

	page_section(out, SAFE("method"), SAFE("Method"));
	page_note(out,
		  SAFE("The records are files under version control. Rules, "
		       "which are data with their sources named, were applied "
		       "to all of them; nobody filled in a form for this "
		       "report. It holds personal data: names of those who "
		       "made and approved changes."));
	write_unchecked(dossier);
	write_commands(dossier);
	write_facts(dossier);
	write_rules(dossier);
	page_section_end(out);
}
