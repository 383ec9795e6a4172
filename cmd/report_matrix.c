/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/report_matrix.h"

#include "base/map.h"
#include "cmd/rule_facts.h"

/* In units of the picture. */
enum {
	CELL = 15,
	LEFT = 118, /* where the names of provisions end */
	TOP = 74,   /* where the names of controls end */
	DROP = 4,   /* from the middle of a letter to its line */
};

struct matrix {
	const struct dossier *dossier;
	struct map columns; /* name of a control -> its column, from 1 */
	str *names;
	size_t column_count;
	size_t row_count;
};

static void find_columns(struct matrix *matrix)
{
	const struct dossier *dossier = matrix->dossier;
	struct arena *arena = dossier->arena;
	size_t count;
	const str *names = framework_names(
		policy_frameworks(dossier->input->policy), &count);
	struct map used;

	map_init(&used);
	for (size_t i = 0; i < dossier->law.count; i++) {
		const struct mapped_requirement *one = &dossier->law.at[i];

		matrix->row_count += one->entry != NULL;
		for (size_t k = 0; k < one->control_count; k++)
			(void)map_put(&used, one->controls[k].name, one);
	}
	/* In the order of the framework. */
	matrix->names = arena_array(arena, str, used.count);
	for (size_t i = 0; i < count; i++) {
		if (!map_find(&used, names[i]))
			continue;
		matrix->names[matrix->column_count] = names[i];
		(void)map_put(&matrix->columns, names[i],
			      &matrix->names[matrix->column_count]);
		matrix->column_count++;
	}
	map_done(&used);
}

static void number(struct out *out, struct safe name, size_t value)
{
	out_safe(out, SAFE(" "));
	out_safe(out, name);
	out_safe(out, SAFE("=\""));
	out_size(out, value);
	out_safe(out, SAFE("\""));
}

static void write_columns(const struct matrix *matrix)
{
	struct out *out = matrix->dossier->out;
	size_t bottom = TOP + matrix->row_count * CELL;

	for (size_t i = 0; i < matrix->column_count; i++) {
		size_t x = LEFT + i * CELL + CELL / 2;

		out_safe(out, SAFE("<line class=\"rule\""));
		number(out, SAFE("x1"), x);
		number(out, SAFE("x2"), x);
		number(out, SAFE("y1"), TOP);
		number(out, SAFE("y2"), bottom);
		out_safe(out, SAFE("/><text transform=\"translate("));
		out_size(out, x + DROP);
		out_safe(out, SAFE(" "));
		out_size(out, TOP - 6);
		out_safe(out, SAFE(") rotate(-90)\">"));
		page_text(out, requirement_id(matrix->names[i]));
		out_safe(out, SAFE("</text>\n"));
	}
}

/* A disc, a half one, a ring, a dash: the shapes of the tables. */
static void write_shape(struct out *out, enum control_state state)
{
	switch (state) {
	case CONTROL_IMPLEMENTED:
		out_safe(out, SAFE("<circle class=\"there\" r=\"4.5\"/>"));
		break;
	case CONTROL_PARTIAL:
		out_safe(out, SAFE("<circle class=\"ring partial\" r=\"4\"/>"
				   "<path class=\"partial\" "
				   "d=\"M0 -4A4 4 0 0 0 0 4Z\"/>"));
		break;
	case CONTROL_EXCLUDED:
		out_safe(out, SAFE("<line class=\"ring excluded\" x1=\"-4\" "
				   "x2=\"4\" y1=\"0\" y2=\"0\"/>"));
		break;
	case CONTROL_MISSING:
	case CONTROL_NOT_STARTED:
		out_safe(out, SAFE("<circle class=\"ring absent\" r=\"4\"/>"));
		break;
	}
}

static void write_mark(const struct matrix *matrix, size_t row,
		       const struct mapped_control *control)
{
	const str *column = map_find(&matrix->columns, control->name);
	struct out *out = matrix->dossier->out;

	if (!column)
		return;
	out_safe(out, SAFE("<g class=\"mark\" transform=\"translate("));
	out_size(out,
		 LEFT + (size_t)(column - matrix->names) * CELL + CELL / 2);
	out_safe(out, SAFE(" "));
	out_size(out, TOP + row * CELL + CELL / 2);
	out_safe(out, SAFE(")\"><title>"));
	page_text(out, requirement_id(control->name));
	out_safe(out, SAFE(": "));
	out_safe(out, report_state(control->state));
	out_safe(out, SAFE("</title>"));
	write_shape(out, control->state);
	out_safe(out, SAFE("</g>\n"));
}

static void write_row(const struct matrix *matrix, size_t row,
		      const struct mapped_requirement *one)
{
	struct out *out = matrix->dossier->out;
	size_t y = TOP + row * CELL + CELL / 2;

	out_safe(out, SAFE("<line class=\"rule\""));
	number(out, SAFE("x1"), LEFT);
	number(out, SAFE("x2"), LEFT + matrix->column_count * CELL);
	number(out, SAFE("y1"), y);
	number(out, SAFE("y2"), y);
	out_safe(out, SAFE("/><text text-anchor=\"end\""));
	number(out, SAFE("x"), LEFT - 8);
	number(out, SAFE("y"), y + DROP);
	out_safe(out, SAFE(">"));
	write_citation(out, one->name, ENCODE_HTML);
	out_safe(out, SAFE("</text>\n"));
	for (size_t i = 0; i < one->control_count; i++)
		write_mark(matrix, row, &one->controls[i]);
}

static void write_picture(const struct matrix *matrix)
{
	const struct mapped *law = &matrix->dossier->law;
	struct out *out = matrix->dossier->out;
	size_t row = 0;

	out_safe(out,
		 SAFE("<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
		      "aria-label=\"Picture of the GDPR by Annex A\">\n"
		      "<svg class=\"chart matrix\" role=\"img\" "
		      "aria-labelledby=\"matrix-title matrix-desc\" "
		      "viewBox=\"0 0 "));
	out_size(out, LEFT + matrix->column_count * CELL + CELL);
	out_safe(out, SAFE(" "));
	out_size(out, TOP + matrix->row_count * CELL + CELL);
	out_safe(out, SAFE("\">\n<title id=\"matrix-title\">Provisions of the "
			   "GDPR by controls</title>\n"
			   "<desc id=\"matrix-desc\">"));
	out_size(out, matrix->row_count);
	out_safe(out, SAFE(" provisions as rows and "));
	out_size(out, matrix->column_count);
	out_safe(out, SAFE(" controls and clauses as columns; the two tables "
			   "below say the same.</desc>\n"));
	write_columns(matrix);
	for (size_t i = 0; i < law->count; i++) {
		if (law->at[i].entry)
			write_row(matrix, row++, &law->at[i]);
	}
	out_safe(out, SAFE("</svg>\n</div>\n"));
}

void report_matrix(const struct dossier *dossier)
{
	struct matrix matrix = {.dossier = dossier};

	map_init(&matrix.columns);
	find_columns(&matrix);
	if (matrix.column_count)
		write_picture(&matrix);
	map_done(&matrix.columns);
}
