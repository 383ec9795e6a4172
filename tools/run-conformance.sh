#!/bin/sh
# run-conformance - runs each suite runner. Suites are other people's work and
# not part of the project: ABIDE_SUITES names the folder that holds them.
# SPDX-License-Identifier: Apache-2.0
set -u
status=0
for program in "$@"; do
	"$program" "${ABIDE_SUITES:-../shared/suites}" || status=1
done
exit $status
