/*
 * rule - one thing that must hold: data, read from a pack.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_RULE_H
#define POLICY_RULE_H

#include "base/span.h"
#include "data/node.h"
#include "policy/check.h"
#include "policy/severity.h"

/* A provision a rule rests on. */
struct citation {
	str framework; /* "gdpr" */
	str name;      /* "gdpr:art-5-2" */
};

/* What a rule with expressions judges. */
enum rule_subject {
	SUBJECT_RECORD,
	SUBJECT_TEXT,	/* each text of a record */
	SUBJECT_REPO,	/* once */
	SUBJECT_CHANGE, /* each change of a record in history */
	SUBJECT_COMMIT, /* each commit of history that changes records */
	SUBJECT_MAPPING_ENTRY,
	SUBJECT_FILE, /* these two are judged by checks in C alone */
	SUBJECT_DOCUMENT,
};

struct cel_type;
struct rule_code;

struct rule {
	str id;	   /* "reference/unknown": names the problem */
	str code;  /* "REF-001", the catalogue's; may be absent */
	str title; /* one fixed sentence */
	str why;
	str fix;
	enum severity severity; /* as configured for this run */
	enum severity shipped;	/* as the pack has it */
	bool waivable;
	bool sensitive;	  /* what it finds is shown to nobody */
	const str *kinds; /* it applies to; none: all */
	size_t kind_count;
	const struct citation *cites;
	size_t cite_count;
	const struct node *params; /* of the rule, or NULL */
	enum rule_subject subject;
	const struct cel_type *self;	     /* of the subject, or NULL: none */
	const struct check *check;	     /* what judges it: a check, */
	const struct rule_code *expressions; /* or these */
	str pack;			     /* path of its file */
	struct span place;		     /* of its id there */
	const struct node *source;	     /* the whole entry */
};

#endif
