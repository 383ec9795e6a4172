/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include <inttypes.h>

#include "record/trail.h"
#include "value_fixture.h"

/* A repository's history and trails, and one text of all of it. */
struct reading {
	struct repo *repo;
	struct history *history;
	struct trails *trails;
	struct buf shown;
};

static void put(struct fixture *fixture, const char *path, const char *text)
{
	char name[128];

	(void)snprintf(name, sizeof(name), "r/%s", path);
	if (text)
		fixture_write(fixture, name, text);
	else
		assert_int_equal(remove(fixture_path(fixture, name)), 0);
}

static void land(struct fixture *fixture)
{
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "commit", "-q", "--allow-empty", "-m", "landing");
}

static void begin(struct fixture *fixture)
{
	assert_int_equal(mkdir(fixture_path(fixture, "r"), 0755), 0);
	GIT(fixture, "r", "init", "-q");
}

static void read_trails(struct reading *reading, struct fixture *fixture,
			unsigned jobs)
{
	struct history_plan plan = {.jobs = jobs};

	*reading = (struct reading){.repo = fixture_open(fixture, "r")};
	buf_init(&reading->shown, SIZE_MAX);
	if (!revision_commit(&plan.tip, reading->repo, STR("HEAD"),
			     &fixture->err) ||
	    !history_read(&reading->history, reading->repo, &plan,
			  &fixture->err) ||
	    !trails_read(&reading->trails,
			 &(struct trails_plan){
				 .history = reading->history,
				 .repo = reading->repo,
				 .limits = &limits_default,
				 .jobs = jobs,
			 },
			 &fixture->err))
		fail_msg("%s", fixture->err.text);
}

static void let_go(struct reading *reading)
{
	trails_free(reading->trails);
	history_free(reading->history);
	repo_close(reading->repo);
	buf_done(&reading->shown);
}

static void show_value(struct buf *out, const struct node *node)
{
	if (!node)
		buf_byte(out, '-');
	else if (node->kind == NODE_LIST || node->kind == NODE_MAP)
		buf_format(out, "%s(%u)", node_kind_name(node->kind),
			   (unsigned)node->count);
	else if (node->kind == NODE_INT)
		buf_format(out, "%" PRId64, node->as.integer);
	else if (node->kind == NODE_FLOAT)
		buf_format(out, "%g", node->as.number);
	else
		buf_add(out, node->text);
}

static void show_change(struct buf *out, const struct change *change)
{
	static const char *const words[] = {
		[CHANGE_ADDED] = "added",
		[CHANGE_CHANGED] = "changed",
		[CHANGE_MOVED] = "moved",
		[CHANGE_REMOVED] = "removed",
	};

	buf_format(out, "\n  %zu %s", change->number, words[change->kind]);
	if (change->path_before.ptr &&
	    !str_equal(change->path, change->path_before))
		buf_format(out, " from " STR_FMT, STR_ARG(change->path_before));
	if (change->path.ptr && !str_equal(change->path, change->path_before))
		buf_format(out, " to " STR_FMT, STR_ARG(change->path));
	buf_format(out, "%s%s", change->material ? "" : " immaterial",
		   change->reviewed ? " reviewed" : "");
	for (size_t i = 0; i < change->field_count; i++) {
		buf_format(out, " " STR_FMT ":",
			   STR_ARG(change->fields[i].pointer));
		show_value(out, change->fields[i].before);
		buf_byte(out, '>');
		show_value(out, change->fields[i].after);
	}
}

static const char *show(struct reading *reading)
{
	struct buf *out = &reading->shown;
	size_t count;
	const struct trail_gap *gaps = trails_gaps(&count, reading->trails);

	buf_clear(out);
	for (size_t i = 0; i < trails_count(reading->trails); i++) {
		const struct trail *trail = trails_at(reading->trails, i);

		buf_format(out, "%s" STR_FMT "/" STR_FMT, i ? "\n" : "",
			   STR_ARG(trail->kind), STR_ARG(trail->id));
		for (size_t k = 0; k < trail->count; k++) {
			assert_ptr_equal(trail->changes[k].trail, trail);
			assert_ptr_equal(
				trail->changes[k].landing,
				history_landing(reading->history,
						trail->changes[k].number));
			show_change(out, &trail->changes[k]);
		}
	}
	for (size_t i = 0; i < count; i++)
		buf_format(out, "\ngap %zu " STR_FMT ": " STR_FMT,
			   gaps[i].landing, STR_ARG(gaps[i].path),
			   STR_ARG(gaps[i].reason));
	buf_byte(out, '\0');
	return out->ptr;
}

static void a_record_is_followed_through_layout_files_and_formats(void **state)
{
	struct fixture *fixture = *state;
	struct reading reading;

	begin(fixture);
	put(fixture, "a.yaml", "kind: asset\nid: crm\nperiod: P36M\n");
	put(fixture, "README.md", "# no record\n");
	land(fixture);
	put(fixture, "a.yaml",
	    "# comment\n{id: 'crm', period: \"P36M\", kind: asset}\n");
	land(fixture);
	GIT(fixture, "r", "mv", "a.yaml", "b.yml");
	land(fixture);
	put(fixture, "b.yml", NULL);
	put(fixture, "d/c.json",
	    "{\"kind\": \"asset\", \"period\": \"P36M\", \"id\": \"crm\"}");
	land(fixture);
	put(fixture, "d/c.json",
	    "{\"kind\": \"asset\", \"period\": \"P60M\", \"id\": \"crm\"}");
	put(fixture, "README.md", "# still none\n");
	land(fixture);
	put(fixture, "d/c.json", NULL);
	put(fixture, "two.yaml",
	    "kind: asset\nid: crm\nperiod: P24M\nreviewed_on: 2026-01-01\n"
	    "---\nkind: asset\nid: erp\n");
	land(fixture);
	put(fixture, "two.yaml", "kind: asset\nid: erp\n");
	put(fixture, "page.md",
	    "---\nkind: asset\nid: crm\nperiod: P24M\nnotes: n\n"
	    "reviewed_on: 2026-02-01\n---\nText.\n");
	land(fixture);
	put(fixture, "page.md", NULL);
	land(fixture);
	read_trails(&reading, fixture, 2);
	assert_string_equal(
		show(&reading),
		"asset/crm\n"
		"  7 removed from page.md\n"
		"  6 changed from two.yaml to page.md immaterial reviewed"
		" /notes:->n /reviewed_on:2026-01-01>2026-02-01\n"
		"  5 changed from d/c.json to two.yaml reviewed"
		" /period:P60M>P24M /reviewed_on:->2026-01-01\n"
		"  4 changed /period:P36M>P60M\n"
		"  3 moved from b.yml to d/c.json immaterial\n"
		"  2 moved from a.yaml to b.yml immaterial\n"
		"  0 added to a.yaml\n"
		"asset/erp\n"
		"  5 added to two.yaml");
	let_go(&reading);
}

static void what_cannot_be_read_is_a_gap_and_no_change(void **state)
{
	struct fixture *fixture = *state;
	struct reading reading;

	begin(fixture);
	put(fixture, "a.yaml", "kind: asset\nid: a\nv: 1\n");
	put(fixture, "b.yaml", "kind: asset\nid: b\nv: 1\n");
	land(fixture);
	put(fixture, "a.yaml", "kind: asset\nid: a\nv: [\n");
	put(fixture, "b.yaml",
	    "version https://git-lfs.github.com/spec/v1\noid sha256:1\n");
	put(fixture, "broken.yaml", "no record: [\n");
	land(fixture);
	put(fixture, "a.yaml", "kind: asset\nid: a\nv: 1 # again\n");
	put(fixture, "b.yaml", "kind: asset\nid: b\nv: 2\n");
	land(fixture);
	put(fixture, "b.yaml", "id: b\nkind: [\n");
	land(fixture);
	put(fixture, "b.yaml", NULL);
	assert_int_equal(remove(fixture_path(fixture, "r/a.yaml")), 0);
	assert_int_equal(symlink("b.yaml", fixture_path(fixture, "r/a.yaml")),
			 0);
	land(fixture);
	read_trails(&reading, fixture, 1);
	assert_string_equal(
		show(&reading),
		"asset/a\n"
		"  4 removed from a.yaml\n"
		"  0 added to a.yaml\n"
		"asset/b\n"
		"  4 removed from b.yaml\n"
		"  2 changed /v:1>2\n"
		"  0 added to b.yaml\n"
		"gap 1 a.yaml: line 4: a value is missing or cannot begin "
		"here\n"
		"gap 1 b.yaml: is a Git LFS pointer, its content is elsewhere\n"
		"gap 3 b.yaml: line 3: a value is missing or cannot begin "
		"here");
	let_go(&reading);
}

static void of_two_with_one_name_the_first_is_taken_and_told(void **state)
{
	struct fixture *fixture = *state;
	struct reading reading;

	begin(fixture);
	put(fixture, "b.yaml", "kind: asset\nid: x\nv: 1\n");
	land(fixture);
	put(fixture, "a.yaml", "kind: asset\nid: x\nv: 2\n");
	land(fixture);
	put(fixture, "a.yaml", "kind: asset\nid: x\nv: 3\n");
	land(fixture);
	put(fixture, "b.yaml", NULL);
	land(fixture);
	put(fixture, "a.yaml",
	    "kind: asset\nid: x\nv: 4\n---\nkind: asset\nid: x\nv: 5\n");
	land(fixture);
	read_trails(&reading, fixture, 3);
	assert_string_equal(
		show(&reading),
		"asset/x\n"
		"  4 changed /v:3>4\n"
		"  3 changed from b.yaml to a.yaml /v:1>3\n"
		"  0 added to b.yaml\n"
		"gap 1 a.yaml: holds another asset/x, that of b.yaml is taken\n"
		"gap 2 a.yaml: holds another asset/x, that of b.yaml is taken\n"
		"gap 4 a.yaml: two records are called asset/x, the first is "
		"taken");
	let_go(&reading);
}

static void a_merge_lands_what_another_commit_made(void **state)
{
	struct fixture *fixture = *state;
	struct reading reading;
	const struct trail *trail;
	const struct change *const *landed;
	char *made;
	char hex[OID_HEX];
	size_t count;

	begin(fixture);
	put(fixture, "a.yaml", "kind: asset\nid: a\nv: 1\n");
	land(fixture);
	GIT(fixture, "r", "checkout", "-q", "-b", "side");
	put(fixture, "a.yaml", "kind: asset\nid: a\nv: 2\n");
	put(fixture, "b.yaml", "kind: asset\nid: b\n");
	land(fixture);
	made = GIT(fixture, "r", "rev-parse", "HEAD");
	put(fixture, "c.txt", "c");
	land(fixture);
	GIT(fixture, "r", "checkout", "-q", "main");
	GIT(fixture, "r", "merge", "-q", "--no-ff", "-m", "merge", "side");
	read_trails(&reading, fixture, 1);
	trail = trails_find(reading.trails, STR("asset"), STR("a"));
	assert_non_null(trail);
	assert_int_equal(trail->count, 2);
	oid_format(hex, &trail->changes[0].maker->oid);
	assert_memory_equal(hex, made, OID_HEX);
	assert_int_equal(trail->changes[0].landing->parent_count, 2);
	assert_ptr_equal(trail->changes[1].maker, trail->changes[1].landing);
	landed = trails_landing(&count, reading.trails, 1);
	assert_int_equal(count, 2);
	assert_ptr_equal(landed[0], &trail->changes[0]);
	assert_true(str_is(landed[1]->trail->id, "b"));
	assert_null(trails_find(reading.trails, STR("asset"), STR("c")));
	assert_null(trails_find(reading.trails, STR("role"), STR("a")));
	let_go(&reading);
}

static void the_trees_of_a_change_are_read_again(void **state)
{
	struct fixture *fixture = *state;
	struct reading reading;
	const struct trail *trail;
	const struct node *before;
	const struct node *after;
	struct odb_reader *reader;

	begin(fixture);
	put(fixture, "a.yaml",
	    "kind: asset\nid: o\n---\n"
	    "kind: asset\nid: a\nv: 1\n");
	land(fixture);
	put(fixture, "a.yaml", NULL);
	put(fixture, "a.json",
	    "{\"v\": 2, \"kind\": \"asset\", \"id\": \"a\"}");
	land(fixture);
	put(fixture, "a.json", NULL);
	land(fixture);
	read_trails(&reading, fixture, 1);
	reader = odb_reader_new(repo_odb(reading.repo));
	trail = trails_find(reading.trails, STR("asset"), STR("a"));
	assert_int_equal(trail->count, 3);
	for (size_t i = 0; i < 3; i++) {
		if (!change_trees(&before, &after, reading.trails, reader,
				  &trail->changes[i], &fixture->arena,
				  &fixture->err))
			fail_msg("%s", fixture->err.text);
		assert_int_equal(before != NULL, i != 2);
		assert_int_equal(after != NULL, i != 0);
		if (before)
			assert_true(node_find(before, STR("v"))->as.integer ==
				    (i == 0 ? 2 : 1));
		if (after)
			assert_true(node_find(after, STR("v"))->as.integer ==
				    (i == 1 ? 2 : 1));
	}
	assert_ptr_equal(trail_field(trail, STR("/v")), &trail->changes[1]);
	assert_ptr_equal(trail_field(trail, STR("/w")), &trail->changes[2]);
	odb_reader_free(reader);
	let_go(&reading);
}

static void a_lost_object_is_an_error_with_its_path(void **state)
{
	struct fixture *fixture = *state;
	struct history_plan plan = {.jobs = 1};
	struct trails *trails = NULL;
	struct history *history;
	struct repo *repo;
	char *hex;

	begin(fixture);
	put(fixture, "d/a.yaml", "kind: asset\nid: a\n");
	land(fixture);
	put(fixture, "d/a.yaml", "kind: asset\nid: a\nv: 1\n");
	land(fixture);
	hex = GIT(fixture, "r", "rev-parse", "HEAD~1:d/a.yaml");
	fixture_lose(fixture, hex);
	repo = fixture_open(fixture, "r");
	assert_true(
		revision_commit(&plan.tip, repo, STR("HEAD"), &fixture->err));
	assert_true(history_read(&history, repo, &plan, &fixture->err));
	assert_false(trails_read(&trails,
				 &(struct trails_plan){
					 .history = history,
					 .repo = repo,
					 .limits = &limits_default,
					 .jobs = 1,
				 },
				 &fixture->err));
	assert_null(trails);
	assert_int_equal(fixture->err.kind, ERROR_GIT);
	assert_error(fixture, "d/a.yaml: ");
	assert_error(fixture, hex);
	history_free(history);
	repo_close(repo);
}

/* ---- a random history against what it was made of */

enum { MODEL_RECORDS = 12, MODEL_FILES = 9, MODEL_LANDINGS = 120 };

struct model_record {
	bool there;
	unsigned file;
	unsigned number; /* the value of /v */
	unsigned layout;
};

struct model {
	struct model_record now[MODEL_RECORDS];
	struct model_record before[MODEL_RECORDS];
	struct buf stream;
	struct buf trails[MODEL_RECORDS]; /* expected, newest first */
	struct chance luck;
};

/* Files 0 to 2 are JSON and hold one record, 3 and 4 Markdown, the others
 * YAML with any number. */
static bool holds_one(unsigned file)
{
	return file < 5;
}

static const char *file_name(char name[32], unsigned file)
{
	(void)snprintf(name, 32, "d%u/f%u.%s", file % 3, file,
		       file < 3	  ? "json"
		       : file < 5 ? "md"
				  : "yaml");
	return name;
}

static bool is_free(const struct model *model, unsigned file)
{
	for (size_t i = 0; holds_one(file) && i < MODEL_RECORDS; i++) {
		if (model->now[i].there && model->now[i].file == file)
			return false;
	}
	return true;
}

static void model_change(struct model *model)
{
	struct model_record *record =
		&model->now[chance(&model->luck, MODEL_RECORDS)];
	unsigned file = chance(&model->luck, MODEL_FILES);

	switch (chance(&model->luck, 6)) {
	case 0:
		record->there = false;
		break;
	case 1:
	case 2:
		if (!is_free(model, file))
			break;
		record->there = true;
		record->file = file;
		break;
	case 3:
	case 4:
		record->number++;
		break;
	default:
		record->layout++;
		break;
	}
}

static void write_record(struct buf *out, const struct model_record *record,
			 size_t id)
{
	if (record->file < 3)
		buf_format(out,
			   record->layout % 2
				   ? "{\"kind\": \"k\", \"id\": \"r%zu\","
				     " \"v\": %u, \"w\": [1, \"a\"]}"
				   : "{\"w\":[1,\"a\"],\"id\":\"r%zu\",\n"
				     "\"v\":%u,\"kind\":\"k\"}\n",
			   id, record->number);
	else
		switch (record->layout % 3) {
		case 0:
			buf_format(out, "kind: k\nid: r%zu\nv: %u\nw: [1, a]\n",
				   id, record->number);
			break;
		case 1:
			buf_format(out,
				   "# comment\nid: 'r%zu'\nv: %u.0\nkind: "
				   "\"k\"\nw:\n- 1\n- a\n",
				   id, record->number);
			break;
		default:
			buf_format(out,
				   "w: [1.0,\n  'a']\nkind: \"\\x6b\"\n"
				   "\"i\\x64\": r%zu\nv: 0x%x\n",
				   id, record->number);
		}
}

static void write_file(struct model *model, unsigned file)
{
	struct buf text;
	char name[32];
	bool any = false;

	buf_init(&text, SIZE_MAX);
	for (size_t i = 0; i < MODEL_RECORDS; i++) {
		if (!model->now[i].there || model->now[i].file != file)
			continue;
		if (any || (file >= 3 && file < 5))
			buf_format(&text, "---\n");
		write_record(&text, &model->now[i], i);
		if (file >= 3 && file < 5)
			buf_format(&text, "---\nText.\n");
		any = true;
	}
	if (any)
		buf_format(&model->stream,
			   "M 100644 inline %s\ndata %zu\n" STR_FMT "\n",
			   file_name(name, file), text.len,
			   STR_ARG(buf_str(&text)));
	buf_done(&text);
}

static void expect(struct model *model, size_t landing)
{
	for (size_t i = 0; i < MODEL_RECORDS; i++) {
		const struct model_record *old = &model->before[i];
		const struct model_record *new = &model->now[i];
		bool moved = old->file != new->file;
		struct buf *out = &model->trails[i];
		struct buf line;
		char from[32];
		char to[32];

		(void)file_name(from, old->file);
		(void)file_name(to, new->file);
		buf_init(&line, SIZE_MAX);
		if (!old->there && new->there)
			buf_format(&line, "\n  %zu added to %s", landing, to);
		else if (old->there && !new->there)
			buf_format(&line, "\n  %zu removed from %s", landing,
				   from);
		else if (new->there && (moved || old->number != new->number))
			buf_format(&line, "\n  %zu %s%s%s%s%s%s", landing,
				   old->number == new->number ? "moved"
							      : "changed",
				   moved ? " from " : "", moved ? from : "",
				   moved ? " to " : "", moved ? to : "",
				   old->number == new->number ? " immaterial"
							      : "");
		if (new->there && old->there && old->number != new->number)
			buf_format(&line, " /v:%u>%u", old->number,
				   new->number);
		buf_add(&line, buf_str(out));
		buf_clear(out);
		buf_add(out, buf_str(&line));
		buf_done(&line);
	}
}

static void model_land(struct model *model, size_t landing)
{
	memcpy(model->before, model->now, sizeof(model->now));
	for (unsigned i = chance(&model->luck, 5); i-- > 0;)
		model_change(model);
	buf_format(&model->stream,
		   "commit refs/heads/main\ncommitter A <a@x> %zu +0000\n"
		   "data 1\nm\n%sdeleteall\n",
		   1700000000 + landing,
		   landing ? "" : "M 100644 inline README.md\ndata 1\nx\n");
	for (unsigned file = 0; file < MODEL_FILES; file++)
		write_file(model, file);
	expect(model, landing);
}

static void import(struct fixture *fixture, struct model *model)
{
	fixture_write_bytes(fixture, "stream", buf_str(&model->stream));
	/* fast-import reads a stream only. */
	GIT(fixture, "r", "-c",
	    "alias.import=!git fast-import --quiet <../stream", "import");
}

static void check_model(struct fixture *fixture, struct model *model)
{
	struct reading one;
	struct reading four;
	struct buf expected;
	bool any = false;

	buf_init(&expected, SIZE_MAX);
	for (size_t i = 0; i < MODEL_RECORDS; i++) {
		static const size_t by_name[MODEL_RECORDS] = {
			0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9};
		size_t id = by_name[i];

		if (model->trails[id].len == 0)
			continue;
		buf_format(&expected, "%sk/r%zu" STR_FMT, any ? "\n" : "", id,
			   STR_ARG(buf_str(&model->trails[id])));
		any = true;
	}
	buf_byte(&expected, '\0');
	read_trails(&one, fixture, 1);
	read_trails(&four, fixture, 4);
	assert_string_equal(show(&one), show(&four));
	assert_string_equal(one.shown.ptr, expected.ptr);
	let_go(&one);
	let_go(&four);
	buf_done(&expected);
}

static void a_random_history_gives_the_changes_it_was_made_of(void **state)
{
	struct fixture *fixture = *state;
	struct model model = {.luck = {4}};

	begin(fixture);
	buf_init(&model.stream, SIZE_MAX);
	for (size_t i = 0; i < MODEL_RECORDS; i++)
		buf_init(&model.trails[i], SIZE_MAX);
	for (size_t i = 0; i < MODEL_LANDINGS; i++)
		model_land(&model, i);
	import(fixture, &model);
	check_model(fixture, &model);
	buf_done(&model.stream);
	for (size_t i = 0; i < MODEL_RECORDS; i++)
		buf_done(&model.trails[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_record_is_followed_through_layout_files_and_formats,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			what_cannot_be_read_is_a_gap_and_no_change,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			of_two_with_one_name_the_first_is_taken_and_told,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_merge_lands_what_another_commit_made, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(
			the_trees_of_a_change_are_read_again, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_lost_object_is_an_error_with_its_path, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_random_history_gives_the_changes_it_was_made_of,
			fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
