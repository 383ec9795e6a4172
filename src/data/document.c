/* SPDX-License-Identifier: Apache-2.0 */
#include "data/document.h"

#include "data/compose.h"
#include "data/frontmatter.h"
#include "data/json.h"
#include "data/scan.h"

enum format format_of_path(str path)
{
	static const struct {
		str ending;
		enum format format;
	} endings[] = {
		{STR_INIT(".yaml"), FORMAT_YAML},
		{STR_INIT(".yml"), FORMAT_YAML},
		{STR_INIT(".json"), FORMAT_JSON},
		{STR_INIT(".md"), FORMAT_MARKDOWN},
		{STR_INIT(".markdown"), FORMAT_MARKDOWN},
	};

	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		if (str_ends(path, endings[i].ending))
			return endings[i].format;
	}
	return FORMAT_NONE;
}

static bool parse_markdown(struct document *out, struct arena *arena,
			   const struct limits *limits, struct error *err)
{
	size_t start;
	str head;

	if (!scan_text(&start, out->text, limits, err) ||
	    !frontmatter_cut(&head, &out->body, out->text, start, err))
		return false;
	return !head.ptr || compose(out, arena, head, limits, err);
}

bool document_parse(struct document *out, struct arena *arena, str text,
		    enum format format, const struct limits *limits,
		    struct error *err)
{
	struct document document = {.text = text};
	bool fine = false;

	switch (format) {
	case FORMAT_YAML:
		fine = compose(&document, arena, text, limits, err);
		break;
	case FORMAT_JSON:
		fine = json_read(&document, arena, text, limits, err);
		break;
	case FORMAT_MARKDOWN:
		fine = parse_markdown(&document, arena, limits, err);
		break;
	case FORMAT_NONE:
		return error_set(err, ERROR_USAGE,
				 "neither YAML, JSON nor Markdown by its "
				 "name");
	}
	if (fine)
		*out = document;
	return fine;
}
