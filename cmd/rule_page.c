/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/rule_page.h"

#include "base/sys.h"
#include "cmd/rule_facts.h"
#include "reporters/prose.h"

enum { PAGE_MOST = 1 << 22 };

/* The page of "retention/undefined" is "retention--undefined": no id holds two
 * dashes in a row, so no two rules share a page. */
static str page_name(const struct rule *rule, struct arena *arena)
{
	struct buf name;
	str kept;

	buf_init(&name, 1024);
	for (size_t i = 0; i < rule->id.len; i++) {
		if (rule->id.ptr[i] == '/')
			buf_add(&name, STR("--"));
		else
			buf_byte(&name, rule->id.ptr[i]);
	}
	kept = str_keep(arena, buf_str(&name));
	buf_done(&name);
	return kept;
}

static void write_prose(struct out *out, str text)
{
	while (text.ptr) {
		prose_line(out, str_cut(&text, '\n'));
		out_safe(out, SAFE("\n"));
	}
}

/* A fence that nothing inside can close. */
static void write_fence(struct out *out, str text)
{
	size_t longest = 2;
	size_t ticks = 0;

	for (size_t i = 0; i < text.len; i++) {
		ticks = text.ptr[i] == '`' ? ticks + 1 : 0;
		if (ticks > longest)
			longest = ticks;
	}
	out_repeat(out, SAFE("`"), longest + 1);
}

static void write_world(struct out *out, struct safe head, str text)
{
	str rest = text;

	if (!text.ptr)
		return;
	out_safe(out, SAFE("\n## "));
	out_safe(out, head);
	out_safe(out, SAFE("\n\n"));
	write_fence(out, text);
	out_safe(out, SAFE("yaml\n"));
	while (rest.ptr) {
		out_text(out, str_cut(&rest, '\n'), ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
	write_fence(out, text);
	out_safe(out, SAFE("\n"));
}

static void write_needs(struct out *out, const struct rule *rule)
{
	static const struct {
		const char *need;
		struct safe words;
	} words[] = {
		{"records", SAFE_INIT("other records")},
		{"history", SAFE_INIT("the history of the repository")},
		{"clock", SAFE_INIT("the time of judgement")},
		{"files", SAFE_INIT("other files")},
	};
	const char *needs[NEEDS_MOST];
	size_t count = rule_need_words(rule, needs);

	if (!count)
		out_safe(out, SAFE("nothing but the record"));
	for (size_t i = 0; i < count; i++) {
		if (i)
			out_safe(out, SAFE(", "));
		for (size_t k = 0; k < ARRAY_SIZE(words); k++) {
			if (strcmp(needs[i], words[k].need) == 0)
				out_safe(out, words[k].words);
		}
	}
}

static void write_head(struct out *out, const struct rule *rule)
{
	out_safe(out, SAFE("# "));
	out_text(out, rule->title, ENCODE_MARKDOWN);
	out_safe(out, SAFE("\n\n| | |\n|---|---|\n| Rule | "));
	out_text(out, rule->id, ENCODE_CODE_CELL);
	if (rule->code.len) {
		out_safe(out, SAFE(" |\n| Code | "));
		out_text(out, rule->code, ENCODE_CODE_CELL);
	}
	out_safe(out, SAFE(" |\n| Severity | "));
	out_text(out, str_of(severity_name(rule->shipped)), ENCODE_MARKDOWN);
	out_safe(out, SAFE(" |\n| Judges | "));
	write_rule_subject(out, rule, ENCODE_CODE_CELL);
	out_safe(out, SAFE(" |\n| Reads | "));
	write_needs(out, rule);
	out_safe(out, rule->waivable
			      ? SAFE(" |\n| Waivable | yes, by an exception "
				     "record |\n")
			      : SAFE(" |\n| Waivable | no: it can be neither "
				     "waived nor lowered |\n"));
}

static void write_cites(struct out *out, const struct rule *rule,
			const struct rule_pages *pages)
{
	const struct framework_set *frameworks =
		policy_frameworks(pages->policy);
	bool threatened = false;

	if (!rule->cite_count)
		return;
	out_safe(out, SAFE("\n## Rests on\n\n"));
	for (size_t i = 0; i < rule->cite_count; i++) {
		str name = rule->cites[i].name;
		str title = framework_find(frameworks, name).title;
		struct fine fine;

		out_safe(out, SAFE("- "));
		write_citation(out, name, ENCODE_MARKDOWN);
		if (title.len) {
			out_safe(out, SAFE(": "));
			out_text(out, title, ENCODE_MARKDOWN);
		}
		if (fine_find(&fine, frameworks, name, pages->arena)) {
			threatened = true;
			out_safe(out, SAFE(" (ceiling of fines: "));
			out_text(out, fine.tier, ENCODE_MARKDOWN);
			out_safe(out, SAFE(" tier"));
			if (fine.basis.len) {
				out_safe(out, SAFE(", "));
				write_citation(out, fine.basis,
					       ENCODE_MARKDOWN);
			}
			out_safe(out, SAFE(")"));
		}
		out_safe(out, SAFE("\n"));
	}
	if (!threatened)
		return;
	out_safe(out, SAFE("\n"));
	out_safe(out, fine_reservation);
	out_safe(out, SAFE("\n"));
}

static void write_params(struct out *out, const struct rule *rule,
			 const struct rule_pages *pages)
{
	if (!rule->params || !rule->params->count)
		return;
	out_safe(out, SAFE("\n## Parameters\n\n| Key | Default | Source | What "
			   "it is |\n|---|---|---|---|\n"));
	for (size_t i = 0; i < rule->params->count; i++) {
		const struct parameter *parameter = policy_parameter(
			pages->policy, rule->params->as.children[i].text);

		out_safe(out, SAFE("| "));
		out_text(out, parameter->key, ENCODE_CODE_CELL);
		out_safe(out, SAFE(" | "));
		out_text(out, value_text(parameter->standard, pages->arena),
			 ENCODE_CODE_CELL);
		out_safe(out, SAFE(" | "));
		out_text(out, parameter->source, ENCODE_MARKDOWN);
		out_safe(out, SAFE(" | "));
		out_text(out, parameter->title, ENCODE_MARKDOWN);
		if (parameter->why.len) {
			out_safe(out, SAFE(": "));
			out_text(out, str_trim(parameter->why),
				 ENCODE_MARKDOWN);
		}
		out_safe(out, SAFE(" |\n"));
	}
}

static void write_page(struct out *out, const struct rule *rule,
		       const struct rule_pages *pages)
{
	out_safe(out, SAFE("<!-- Written by `make docs-rules`; edit the pack. "
			   "-->\n"));
	write_head(out, rule);
	out_safe(out, SAFE("\n## Why\n\n"));
	write_prose(out, rule->why);
	out_safe(out, SAFE("\n## How to fix it\n\n"));
	write_prose(out, rule->fix);
	write_cites(out, rule, pages);
	write_params(out, rule, pages);
	write_world(out, SAFE("A record that passes"),
		    rule_world(rule, STR("pass"), pages->arena));
	write_world(out, SAFE("A record that does not"),
		    rule_world(rule, STR("fail"), pages->arena));
}

static str area_of(const struct rule *rule)
{
	str rest = rule->id;

	return str_cut(&rest, '/');
}

static void write_index(struct out *out, const struct rule_pages *pages)
{
	out_safe(out, SAFE("<!-- Written by `make docs-rules`; edit the packs. "
			   "-->\n# Rules\n\n"));
	out_size(out, pages->count);
	out_safe(out, pages->count == 1 ? SAFE(" rule. ") : SAFE(" rules. "));
	out_safe(out, SAFE("`abide explain RULE` says the same in a terminal, "
			   "with the values in force.\n"));
	for (size_t i = 0; i < pages->count; i++) {
		const struct rule *rule = pages->rules[i];

		if (!i ||
		    !str_equal(area_of(rule), area_of(pages->rules[i - 1]))) {
			out_safe(out, SAFE("\n## "));
			out_text(out, area_of(rule), ENCODE_MARKDOWN);
			out_safe(out, SAFE("\n\n| Rule | Code | Severity | "
					   "What is wrong |\n"
					   "|---|---|---|---|\n"));
		}
		out_safe(out, SAFE("| ["));
		out_text(out, rule->id, ENCODE_MARKDOWN);
		out_safe(out, SAFE("]("));
		out_text(out, page_name(rule, pages->arena), ENCODE_URI);
		out_safe(out, SAFE(".md) | "));
		out_text(out, rule->code, ENCODE_MARKDOWN);
		out_safe(out, SAFE(" | "));
		out_text(out, str_of(severity_name(rule->shipped)),
			 ENCODE_MARKDOWN);
		out_safe(out, SAFE(" | "));
		out_text(out, rule->title, ENCODE_MARKDOWN);
		out_safe(out, SAFE(" |\n"));
	}
}

static bool save(const struct out *out, str name,
		 const struct rule_pages *pages, struct error *err)
{
	str path = str_format(pages->arena, STR_FMT "/" STR_FMT ".md",
			      STR_ARG(pages->folder), STR_ARG(name));

	if (out->buf.full)
		return error_set(err, ERROR_LIMIT,
				 "the page " STR_FMT " is too large",
				 STR_ARG(path));
	return sys_write_file(arena_cstr(pages->arena, path), out_str(out),
			      err);
}

bool rule_pages_write(const struct rule_pages *pages, struct error *err)
{
	struct out out;
	bool ok = true;

	out_init(&out, PAGE_MOST);
	for (size_t i = 0; ok && i < pages->count; i++) {
		const struct rule *rule = pages->rules[i];

		out_clear(&out);
		write_page(&out, rule, pages);
		ok = save(&out, page_name(rule, pages->arena), pages, err);
	}
	out_clear(&out);
	write_index(&out, pages);
	ok = ok && save(&out, STR("README"), pages, err);
	out_done(&out);
	return ok;
}
