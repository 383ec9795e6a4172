/*
 * waive - exception records keep findings from counting, never from sight.
 *
 * An exception holds for the rules and records it names, from the day it was
 * approved to the last day it names (UTC), and no longer than the parameter
 * exception.max_duration after its approval, whatever it says; never for a
 * rule that may not be waived, and never when the one who asked for it is the
 * one who approved it. In a pull request the exceptions of the trusted
 * revision are the ones that count.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_WAIVE_H
#define LINT_WAIVE_H

#include "base/error.h"
#include "base/stretch.h"
#include "lint/finding.h"
#include "policy/policy.h"
#include "record/corpus.h"

struct waiver {
	const struct record *record; /* the exception */
	str reason;
	str approved_by;
	str approved_on;
	str expires_on;
	size_t uses;
};

struct waiver_set;

/* From when to when an exception record holds, whether or not its status has
 * ended since. False: it says no days, or its asker approved it. */
bool waiver_term(struct stretch *out, const struct record *exception,
		 const struct policy *policy);

/* Does an exception record name the finding's rule and record? */
bool waiver_names(const struct record *exception,
		  const struct finding *finding);

/* The exceptions of a corpus that hold at `now`. */
struct waiver_set *waiver_set_new(const struct corpus *corpus,
				  const struct policy *policy,
				  struct instant now);
void waiver_set_free(struct waiver_set *set);

/* The exception that covers a finding, or NULL; counts its use. */
const struct waiver *waiver_find(struct waiver_set *set,
				 const struct finding *finding);

/* How many findings an exception record covers; it holds only when *holds. */
size_t waiver_uses(const struct waiver_set *set, str id, bool *holds);

#endif
