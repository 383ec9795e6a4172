/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/report.h"

static const str masked = STR_INIT("***");

/* One of them names the other, or something within it. */
static bool overlap(str a, str b)
{
	size_t least = a.len < b.len ? a.len : b.len;
	str longer = a.len < b.len ? b : a;

	return str_equal(str_slice(a, 0, least), str_slice(b, 0, least)) &&
	       (longer.len == least || longer.ptr[least] == '/');
}

static void add_secret(struct dossier *dossier, const struct finding *finding)
{
	if (finding->rule->sensitive)
		*vec_push(&dossier->secrets) = (struct secret_place){
			finding->kind, finding->id, finding->pointer};
}

void report_secrets(struct dossier *dossier)
{
	const struct report *report = dossier->report;
	const struct replay *replay = dossier->replay;

	for (size_t i = 0; i < report->finding_count; i++)
		add_secret(dossier, &report->findings[i]);
	for (size_t i = 0; replay && i < replay_count(replay); i++) {
		struct lifetime lifetime = replay_at(replay, i);

		add_secret(dossier, &lifetime.finding);
	}
}

bool report_hides(const struct dossier *dossier, str kind, str id, str pointer)
{
	for (size_t i = 0; i < dossier->secrets.count; i++) {
		const struct secret_place *secret = &dossier->secrets.at[i];

		if (str_equal(secret->kind, kind) &&
		    str_equal(secret->id, id) &&
		    overlap(secret->pointer, pointer))
			return true;
	}
	return false;
}

static bool node_hidden(const struct dossier *dossier,
			const struct record *record, const struct node *value)
{
	struct mask_values masks;
	struct buf pointer;
	bool hidden;

	buf_init(&pointer, SIZE_MAX);
	node_pointer(&pointer, record->root, value);
	hidden = report_hides(dossier, record->kind, record->id,
			      buf_str(&pointer));
	mask_values(&masks, dossier->input->policy, record->kind,
		    buf_str(&pointer), value, dossier->arena);
	hidden = hidden || mask_hides(&masks, value);
	buf_done(&pointer);
	return hidden;
}

str report_node(const struct dossier *dossier, const struct record *record,
		const struct node *value)
{
	struct buf list;
	str kept;

	if (!value || value->kind == NODE_NULL)
		return (str){NULL, 0};
	if (node_hidden(dossier, record, value))
		return masked;
	if (value->kind == NODE_BOOL)
		return value->as.boolean ? STR("yes") : STR("no");
	if (value->kind != NODE_LIST)
		return value->text;
	buf_init(&list, SIZE_MAX);
	for (size_t i = 0; i < value->count; i++) {
		if (i)
			buf_add(&list, STR(", "));
		buf_add(&list,
			report_node(dossier, record, &value->as.children[i]));
	}
	kept = str_keep(dossier->arena, buf_str(&list));
	buf_done(&list);
	return kept;
}

str report_value(const struct dossier *dossier, const struct record *record,
		 str key)
{
	return report_node(dossier, record, node_find(record->root, key));
}

void report_record(const struct dossier *dossier, const struct record *record)
{
	str title = record->root ? report_value(dossier, record, STR("title"))
				 : (str){NULL, 0};

	if (title.len) {
		page_text(dossier->out, title);
		out_safe(dossier->out, SAFE("<br>"));
	}
	out_safe(dossier->out, SAFE("<span class=\"name\">"));
	page_text(dossier->out, record->id);
	out_safe(dossier->out, SAFE("</span>"));
}

str report_date(const struct dossier *dossier, struct instant at)
{
	char text[INSTANT_TEXT];

	return str_keep(
		dossier->arena,
		str_make(text,
			 date_format(text, clock_day(&dossier->clock, at))));
}

str report_time(const struct dossier *dossier, struct instant at)
{
	struct civil civil =
		civil_of(at, zone_offset_at(dossier->clock.zone, at.seconds));

	return str_format(dossier->arena, "%04lld-%02d-%02d %02d:%02d",
			  (long long)civil.year, civil.month, civil.day,
			  civil.hour, civil.minute);
}
