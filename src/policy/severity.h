/* severity - note, warning, error: SARIF's levels. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_SEVERITY_H
#define POLICY_SEVERITY_H

#include "base/str.h"

enum severity {
	SEVERITY_OFF, /* in configuration only: the rule is not run */
	SEVERITY_NOTE,
	SEVERITY_WARNING,
	SEVERITY_ERROR,
};

/* "off", "note", "warning", "error". */
const char *severity_name(enum severity severity);

/* Reads such a name. False: it is none. */
MUST_USE bool severity_parse(enum severity *out, str name);

#endif
