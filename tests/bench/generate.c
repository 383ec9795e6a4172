/*
 * generate - a folder of records with faults that are counted.
 *
 *	generate FOLDER RECORDS SEED
 *
 * One organisation, twenty roles, and the rest in equal parts of seven kinds
 * that refer to each other; one record a file, about 1 KB in the mean, two in
 * a hundred with one fault. The same arguments give the same bytes. What
 * abide must find is printed at the end, one line a rule: the measurements
 * count only when it did.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/attr.h"

enum {
	KINDS = 7,
	ROLES = 20,
	HEAD = 1 + ROLES,
	IN_FOLDER = 100,
	ONE_FAULT_IN = 50,
	RECORDS_LEAST = 1000,
};

enum kind { PERSON, ASSET, CATEGORY, RETENTION, ACTIVITY, SUPPLIER, CONTROL };

static const char *const kind_names[] = {
	[PERSON] = "person",
	[ASSET] = "asset",
	[CATEGORY] = "data-category",
	[RETENTION] = "retention-rule",
	[ACTIVITY] = "processing-activity",
	[SUPPLIER] = "supplier",
	[CONTROL] = "control",
};

static const char *const prefixes[] = {
	[PERSON] = "p",	    [ASSET] = "as",    [CATEGORY] = "dc",
	[RETENTION] = "rr", [ACTIVITY] = "pa", [SUPPLIER] = "sup",
	[CONTROL] = "soa",
};

enum fault {
	NO_FAULT,
	BAD_STATUS,
	UNKNOWN_REQUIREMENT,
	AMBIGUOUS,
	MISSING_EVIDENCE,
	UNKNOWN_OWNER, /* from here on not for persons */
	PLACEHOLDER,
	ENDED_SUPPLIER, /* assets alone */
	UNKNOWN_KIND,	/* activities alone: nobody refers to them */
	SAME_ID,	/* activities alone */
	FAULTS,
};

static const char *const fault_rules[] = {
	[NO_FAULT] = "none",
	[BAD_STATUS] = "record/invalid",
	[UNKNOWN_REQUIREMENT] = "requirement/unknown",
	[AMBIGUOUS] = "scalar/ambiguous",
	[MISSING_EVIDENCE] = "evidence/missing",
	[UNKNOWN_OWNER] = "reference/unknown",
	[PLACEHOLDER] = "text/placeholder",
	[ENDED_SUPPLIER] = "reference/ended",
	[UNKNOWN_KIND] = "record/unknown-kind",
	[SAME_ID] = "id/duplicate",
};

struct corpus {
	const char *folder;
	uint64_t seed;
	size_t each; /* ordinals that every kind has */
	size_t found[FAULTS];
	size_t bytes;
	size_t files;
};

struct record {
	FILE *file;
	const struct corpus *corpus;
	enum kind kind;
	size_t ordinal;
	enum fault fault;
	uint64_t state;
};

static _Noreturn void give_up(const char *what, const char *whose)
{
	(void)fprintf(stderr, "generate: %s %s\n", what, whose);
	exit(2);
}

/* Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014 (splitmix64). */
static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static size_t pick(struct record *record, size_t below)
{
	return (size_t)(next(&record->state) % below);
}

/* Ordinal 0 of each kind is special and referred to on purpose only. */
static size_t other(struct record *record)
{
	return 1 + pick(record, record->corpus->each - 1);
}

static enum fault fault_of(const struct corpus *corpus, enum kind kind,
			   size_t ordinal)
{
	uint64_t state = corpus->seed ^ (ordinal * KINDS + kind) << 20;
	uint64_t draw = next(&state);
	enum fault fault;

	if (ordinal == 0 || draw % ONE_FAULT_IN != 0)
		return NO_FAULT;
	draw = next(&state);
	if (kind == PERSON)
		return (enum fault)(1 + draw % (UNKNOWN_OWNER - 1));
	if (kind == ASSET)
		return (enum fault)(1 + draw % ENDED_SUPPLIER);
	if (kind != ACTIVITY)
		return (enum fault)(1 + draw % PLACEHOLDER);
	fault = (enum fault)(1 + draw % (FAULTS - 1));
	return fault == ENDED_SUPPLIER ? BAD_STATUS : fault;
}

static void words(struct record *record, size_t count)
{
	static const char *const list[] = {
		"register",   "customer",  "request",	"agreed",   "quarter",
		"deletion",   "export",	   "reviewed",	"archive",  "contract",
		"deadline",   "mailbox",   "warehouse", "payroll",  "invoice",
		"supplier",   "backup",	   "account",	"measured", "approved",
		"meeting",    "committee", "draft",	"office",   "terminal",
		"production", "monthly",   "annual",	"checked",  "written",
	};

	for (size_t i = 0; i < count; i++)
		(void)fprintf(record->file, "%s%s", i ? " " : "",
			      list[pick(record, ARRAY_SIZE(list))]);
}

PRINTF_LIKE(2, 3) static void say(struct record *record, const char *fmt, ...)
{
	va_list arguments;

	va_start(arguments, fmt);
	(void)vfprintf(record->file, fmt, arguments);
	va_end(arguments);
}

/* `key: words` */
static void sentence(struct record *record, const char *key, size_t count)
{
	say(record, "%s: ", key);
	words(record, count);
	say(record, "\n");
}

static void day(struct record *record, const char *key)
{
	say(record, "%s: 20%zu-%02zu-%02zu\n", key, 21 + pick(record, 5),
	    1 + pick(record, 12), 1 + pick(record, 28));
}

static void head(struct record *record, const char *status)
{
	const char *id = prefixes[record->kind];
	size_t ordinal = record->ordinal;

	say(record, "kind: %s%s\n", kind_names[record->kind],
	    record->fault == UNKNOWN_KIND ? "-of-old" : "");
	if (record->fault == SAME_ID)
		ordinal = 0;
	say(record, "id: %s-%06zu\n", id, ordinal);
	if (record->kind != PERSON && record->fault == PLACEHOLDER)
		say(record, "title: TODO\n");
	else if (record->kind != PERSON)
		sentence(record, "title", 4);
	say(record, "status: %s\n",
	    record->fault == BAD_STATUS ? "unheard-of" : status);
	if (record->kind != PERSON && record->fault == UNKNOWN_OWNER)
		say(record, "owner: no-role-%06zu\n", ordinal);
	else if (record->kind != PERSON)
		say(record, "owner: role-%02zu\n", pick(record, ROLES));
}

static void tail(struct record *record, size_t lines)
{
	static const char *const requirements[] = {
		"gdpr:art-30-1", "gdpr:art-32-1", "iso27001:A.5.9",
		"iso27001:A.8.10", "iso27001:cl-7.5.3"};
	bool satisfies = record->kind != PERSON;

	if (record->fault == UNKNOWN_REQUIREMENT)
		say(record, "satisfies: [\"gdpr:art-999\"]\n");
	else if (satisfies)
		say(record, "satisfies: [\"%s\"]\n",
		    requirements[pick(record, ARRAY_SIZE(requirements))]);
	say(record, "tags: [%s, office-%zu]\n",
	    record->fault == AMBIGUOUS ? "on" : "register", pick(record, 9));
	if (record->fault == MISSING_EVIDENCE)
		say(record,
		    "evidence:\n"
		    "  - type: file\n"
		    "    location: evidence/%06zu.pdf\n"
		    "    collected_on: 2026-02-03\n",
		    record->ordinal);
	say(record, "notes: |\n");
	for (size_t i = 0; i < lines; i++) {
		say(record, "  ");
		words(record, 8);
		say(record, ".\n");
	}
	day(record, "created_on");
	day(record, "reviewed_on");
}

static void write_person(struct record *record)
{
	head(record, pick(record, 8) ? "active" : "on-leave");
	say(record, "git_identities:\n");
	for (size_t i = 0; i < 2; i++)
		say(record,
		    "  - type: email-sha256\n"
		    "    value: %016llx%016llx%016llx%016llx\n",
		    (unsigned long long)next(&record->state),
		    (unsigned long long)next(&record->state),
		    (unsigned long long)next(&record->state),
		    (unsigned long long)next(&record->state));
	say(record, "employment: employee\n");
	sentence(record, "department", 2);
	day(record, "joined_on");
	tail(record, 7);
}

static void write_asset(struct record *record)
{
	head(record, "active");
	say(record, "custodian: role-%02zu\ntype: saas\n", pick(record, ROLES));
	say(record, "supplier: sup-%06zu\n",
	    record->fault == ENDED_SUPPLIER ? 0 : other(record));
	say(record, "environment: production\n"
		    "locations: [FI, SE]\n"
		    "classification: confidential\n"
		    "contains_personal_data: true\n"
		    "data_categories:\n");
	for (size_t i = 0; i < 3; i++)
		say(record,
		    "  - category: dc-%06zu\n"
		    "    configured_period: P%zuM\n"
		    "    deletion: automatic\n",
		    other(record), 1 + pick(record, 60));
	say(record,
	    "mfa: enforced\n"
	    "access_model: role-based\n"
	    "privileged_accounts: %zu\n"
	    "encryption_at_rest: true\n"
	    "encryption_in_transit: true\n"
	    "logging: central\n"
	    "log_retention: P12M\n"
	    "backup: {enabled: true, retention: P30D, restore_tested_on: "
	    "2026-05-18}\n"
	    "malware_protection: not-applicable\n"
	    "secure_configuration: baseline\n",
	    pick(record, 10));
	tail(record, 3);
}

static void write_category(struct record *record)
{
	static const char *const items[] = {"name",    "telephone", "company",
					    "address", "interest",  "history"};

	head(record, "active");
	say(record, "personal: true\n");
	sentence(record, "purpose_statement", 12);
	say(record, "data_subjects: [customer, prospect]\n"
		    "special_categories: []\n"
		    "criminal_offence: false\n"
		    "data_items:\n");
	for (size_t i = 0; i < ARRAY_SIZE(items); i++)
		say(record, "  - %s of the %s\n", items[i],
		    pick(record, 2) ? "customer" : "prospect");
	say(record, "source: data-subject\nclassification: confidential\n");
	tail(record, 6);
}

static void write_retention(struct record *record)
{
	head(record, "active");
	say(record,
	    "data_category: dc-%06zu\n"
	    "period: P%zuM\n"
	    "trigger: last-activity\n"
	    "basis: legitimate-need\n",
	    other(record), 1 + pick(record, 60));
	sentence(record, "justification", 14);
	say(record,
	    "disposal: {method: delete, automated: true, "
	    "backups_purged_within: P35D}\n"
	    "responsible: role-%02zu\n"
	    "execution_interval: P1M\n"
	    "systems: [as-%06zu]\n",
	    pick(record, ROLES), other(record));
	tail(record, 7);
}

static void write_purpose(struct record *record, const char *id)
{
	say(record, "  - id: %s\n", id);
	sentence(record, "    statement", 9);
	say(record,
	    "    lawful_basis: 6-1-c\n"
	    "    law: \"Accounting Act, chapter 2 section %zu\"\n",
	    1 + pick(record, 20));
}

static void write_activity(struct record *record)
{
	head(record, "active");
	say(record, "role: controller\n");
	sentence(record, "description", 12);
	say(record, "purposes:\n");
	write_purpose(record, "keeping");
	write_purpose(record, "reporting");
	say(record, "data_subjects: [customer, employee]\n"
		    "data_categories:\n");
	for (size_t i = 0; i < 2; i++) {
		say(record,
		    "  - category: dc-%06zu\n"
		    "    retention_rule: rr-%06zu\n",
		    other(record), other(record));
		sentence(record, "    necessity", 6);
	}
	say(record,
	    "recipients: [{type: processor, supplier: sup-%06zu}]\n"
	    "transfers: []\n"
	    "systems: [as-%06zu]\n"
	    "security_measures: [soa-%06zu]\n"
	    "source: data-subject\n"
	    "notices: []\n"
	    "occasional: false\n"
	    "risk_to_subjects: unlikely\n"
	    "screening: {screened_on: 2026-09-20, criteria: [], "
	    "public_area_monitoring: false}\n"
	    "started_on: 2024-04-02\n",
	    other(record), other(record), other(record));
	tail(record, 2);
}

static void write_supplier(struct record *record)
{
	bool ended = record->ordinal == 0;

	head(record, ended ? "terminated" : "active");
	sentence(record, "legal_name", 2);
	say(record, "country: FI\ngdpr_role: processor\n");
	sentence(record, "services", 8);
	say(record,
	    "cloud_service: true\n"
	    "critical: false\n"
	    "data_categories: [dc-%06zu]\n"
	    "processing_locations: [FI, DE]\n"
	    "in_use_since: 2022-01-01\n"
	    "%s"
	    "contract: {signed_on: 2021-11-20, security_requirements: true}\n"
	    "dpa:\n"
	    "  signed_on: 2021-11-20\n"
	    "  location: contracts/dpa-%06zu.pdf\n"
	    "  form: own\n"
	    "  clauses: [subject-and-duration, nature-and-purpose, "
	    "instructions, audit]\n"
	    "  sub_processor_authorisation: general\n"
	    "  breach_notice_within: PT24H\n"
	    "assessments: [{date: 2026-03-04, by: p-%06zu, method: "
	    "certificate-review, result: approved}]\n",
	    other(record),
	    ended ? "terminated_on: 2025-01-01\ndata_return: deleted\n" : "",
	    record->ordinal, other(record));
	tail(record, 4);
}

static void write_control(struct record *record)
{
	head(record, "active");
	say(record,
	    "requirement: iso27001:A.8.%zu\n"
	    "applicable: true\n",
	    1 + pick(record, 34));
	sentence(record, "justification", 12);
	say(record, "reasons: [risk, law]\n"
		    "implementation: implemented\n");
	sentence(record, "implementation_note", 14);
	say(record, "supports:\n"
		    "  - requirement: \"gdpr:art-17\"\n"
		    "    coverage: partial\n"
		    "  - requirement: \"gdpr:art-5-1-e\"\n"
		    "    coverage: partial\n"
		    "tested_on: 2026-08-25\n"
		    "test_result: effective\n");
	tail(record, 6);
}

static FILE *make_file(const struct corpus *corpus, const char *folder,
		       size_t number, const char *name)
{
	char path[512];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", corpus->folder, folder);
	(void)mkdir(path, 0777);
	(void)snprintf(path, sizeof(path), "%s/%s/%04zu", corpus->folder,
		       folder, number / IN_FOLDER);
	(void)mkdir(path, 0777);
	(void)snprintf(path, sizeof(path), "%s/%s/%04zu/%s-%06zu.yaml",
		       corpus->folder, folder, number / IN_FOLDER, name,
		       number);
	file = fopen(path, "w");
	if (!file)
		give_up("cannot write", path);
	return file;
}

static void close_file(struct corpus *corpus, FILE *file)
{
	long size = ftell(file);

	if (size < 0 || ferror(file) || fclose(file))
		give_up("cannot write in", corpus->folder);
	corpus->bytes += (size_t)size;
	corpus->files++;
}

static void write_record(struct corpus *corpus, enum kind kind, size_t ordinal)
{
	static void (*const writers[])(struct record *) = {
		[PERSON] = write_person,     [ASSET] = write_asset,
		[CATEGORY] = write_category, [RETENTION] = write_retention,
		[ACTIVITY] = write_activity, [SUPPLIER] = write_supplier,
		[CONTROL] = write_control,
	};
	struct record record = {
		.corpus = corpus,
		.kind = kind,
		.ordinal = ordinal,
		.fault = fault_of(corpus, kind, ordinal),
		.state = corpus->seed + (ordinal * KINDS + kind) * 1000003u,
	};

	record.file =
		make_file(corpus, kind_names[kind], ordinal, prefixes[kind]);
	writers[kind](&record);
	corpus->found[record.fault]++;
	close_file(corpus, record.file);
}

static void write_organisation(struct corpus *corpus)
{
	FILE *file = make_file(corpus, "organisation", 0, "organisation");

	(void)fputs("kind: organisation\n"
		    "id: bench\n"
		    "title: An organisation made up to be measured\n"
		    "status: active\n"
		    "legal_name: Bench Oy\n"
		    "country: FI\n"
		    "timezone: Europe/Helsinki\n"
		    "employee_count: 4000\n"
		    "is_public_authority: false\n"
		    "undertaking: {is_undertaking: true, "
		    "worldwide_annual_turnover_eur: 9400000, "
		    "financial_year_end: 2025-12-31}\n"
		    "gdpr_roles: [controller]\n"
		    "gdpr_scope: eu-establishment\n"
		    "supervisory_authority: Data Protection Ombudsman\n"
		    "dpo: {status: not-required, assessed_on: 2026-02-10, "
		    "rationale: none is needed}\n"
		    "frameworks: [{framework: gdpr, mode: binding-law, "
		    "certified: false}]\n"
		    "integration_structure: separate\n"
		    "management_cadence: quarterly\n",
		    file);
	close_file(corpus, file);
}

static void write_roles(struct corpus *corpus)
{
	for (size_t i = 0; i < ROLES; i++) {
		FILE *file = make_file(corpus, "role", i, "role");

		(void)fprintf(file,
			      "kind: role\n"
			      "id: role-%02zu\n"
			      "title: Role number %zu\n"
			      "status: active\n"
			      "duty: process-owner\n"
			      "mandate: Answers for its share of the records\n"
			      "holders: [{person: p-%06zu, from: "
			      "2021-01-01}]\n",
			      i, i, i + 1);
		close_file(corpus, file);
	}
}

/* The records that share an id are one finding less than there are of them,
 * or one each; ordinal 0 shares it with the faulty ones. */
static void print_counts(const struct corpus *corpus)
{
	for (size_t i = 1; i < FAULTS; i++)
		printf("%s %zu\n", fault_rules[i], corpus->found[i]);
	(void)fprintf(stderr, "generate: %zu records, %zu bytes in the mean\n",
		      corpus->files, corpus->bytes / corpus->files);
}

int main(int argc, char **argv)
{
	struct corpus corpus = {0};
	size_t count;

	if (argc != 4)
		give_up("usage: generate", "FOLDER RECORDS SEED");
	corpus.folder = argv[1];
	count = (size_t)strtoull(argv[2], NULL, 10);
	corpus.seed = strtoull(argv[3], NULL, 10) * 0x2545f4914f6cdd1du;
	if (count < RECORDS_LEAST)
		give_up("at least 1000 records, not", argv[2]);
	corpus.each = (count - HEAD) / KINDS;
	if (mkdir(corpus.folder, 0777))
		give_up("cannot make", corpus.folder);
	write_organisation(&corpus);
	write_roles(&corpus);
	for (size_t i = 0; i < count - HEAD; i++)
		write_record(&corpus, (enum kind)(i % KINDS), i / KINDS);
	print_counts(&corpus);
	return 0;
}
