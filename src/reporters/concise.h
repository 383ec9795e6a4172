/* concise - its lines, for formats that end in a log. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_CONCISE_H
#define REPORTERS_CONCISE_H

#include "base/encode.h"
#include "lint/report.h"

/* One line about a finding, with its line end. */
void concise_finding(struct out *out, const struct finding *finding);

/* What is no finding: reasons why the result is incomplete, remarks and, unless
 * `quiet`, what was judged and what came of it. */
void concise_rest(struct out *out, const struct report *report, bool quiet);

#endif
