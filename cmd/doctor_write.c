/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "cmd/doctor.h"

enum { INDENT = 2, SCHEMA = 1 };

static const struct safe words[] = {
	[SYMPTOM_OK] = SAFE_INIT("ok"),
	[SYMPTOM_NOTE] = SAFE_INIT("note"),
	[SYMPTOM_WARNING] = SAFE_INIT("warning"),
	[SYMPTOM_FAULT] = SAFE_INIT("fault"),
};

enum symptom_level doctor_worst(const struct doctor *doctor)
{
	enum symptom_level worst = SYMPTOM_OK;

	for (size_t i = 0; i < doctor->symptoms.count; i++) {
		if (doctor->symptoms.at[i].level > worst)
			worst = doctor->symptoms.at[i].level;
	}
	return worst;
}

static size_t count_of(const struct doctor *doctor, enum symptom_level level)
{
	size_t count = 0;

	for (size_t i = 0; i < doctor->symptoms.count; i++)
		count += doctor->symptoms.at[i].level == level;
	return count;
}

void doctor_write_text(const struct doctor *doctor, struct out *out)
{
	enum { LEVEL = 9, AREA = 15 };

	for (size_t i = 0; i < doctor->symptoms.count; i++) {
		const struct symptom *symptom = &doctor->symptoms.at[i];
		str area = str_of(symptom->area);
		struct safe word = words[symptom->level];

		out_safe(out, word);
		out_repeat(out, SAFE(" "), LEVEL - word.text.len);
		out_text(out, area, ENCODE_TERMINAL);
		out_repeat(out, SAFE(" "),
			   area.len < AREA ? AREA - area.len : 1);
		out_text(out, symptom->text, ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
		if (!symptom->mend.ptr)
			continue;
		out_repeat(out, SAFE(" "), LEVEL + AREA);
		out_safe(out, SAFE("help: "));
		out_text(out, symptom->mend, ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
	out_safe(out, SAFE("\n"));
	for (size_t level = SYMPTOM_FAULT; level > SYMPTOM_OK; level--) {
		size_t count = count_of(doctor, (enum symptom_level)level);

		out_size(out, count);
		out_safe(out, SAFE(" "));
		out_safe(out, words[level]);
		if (count != 1)
			out_safe(out, SAFE("s"));
		out_safe(out, level > SYMPTOM_NOTE ? SAFE(", ") : SAFE("\n"));
	}
}

void doctor_write_json(const struct doctor *doctor, struct out *out)
{
	struct json json = json_start(out, INDENT);

	json_object(&json);
	json_key(&json, STR("schema"));
	json_int(&json, SCHEMA);
	json_key(&json, STR("version"));
	json_text(&json, STR(ABIDE_VERSION));
	json_key(&json, STR("worst"));
	json_text(&json, words[doctor_worst(doctor)].text);
	json_key(&json, STR("lines"));
	json_array(&json);
	for (size_t i = 0; i < doctor->symptoms.count; i++) {
		const struct symptom *symptom = &doctor->symptoms.at[i];

		json_object(&json);
		json_key(&json, STR("area"));
		json_text(&json, str_of(symptom->area));
		json_key(&json, STR("level"));
		json_text(&json, words[symptom->level].text);
		json_key(&json, STR("text"));
		json_text(&json, symptom->text);
		json_key(&json, STR("help"));
		if (symptom->mend.ptr)
			json_text(&json, symptom->mend);
		else
			json_null(&json);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	json_finish(&json);
}
