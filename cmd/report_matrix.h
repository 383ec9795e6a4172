/*
 * report_matrix - provisions of the law by the controls that help to meet them,
 * in one picture: where something is in place, where it is lacking.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_REPORT_MATRIX_H
#define CMD_REPORT_MATRIX_H

#include "cmd/report.h"

/* Writes the picture of dossier->law; nothing where no mapping names a
 * control. */
void report_matrix(const struct dossier *dossier);

/* "in place", "in place in part", "not in place", ... */
struct safe report_state(enum control_state state);

#endif
