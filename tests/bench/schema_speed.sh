#!/bin/sh
# schema_speed - validates records with abide and with ajv, in one run. Wants
# node and, in tests/bench or on NODE_PATH, ajv, ajv-formats and js-yaml.
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")/../.."
make --no-print-directory build/gcc/libabide.a
${CC:-gcc} -O2 -std=c17 -D_GNU_SOURCE -Isrc -o build/gcc/schema_speed \
	tests/bench/schema_speed.c build/gcc/libabide.a \
	-lyaml -lpcre2-8 -lidn2 -lutf8proc -lsodium -lz -lm
base=https://abide.dev/schema/
kind=${1:-processing-activity}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- examples/nordhavn/activities/orders.yaml
build/gcc/schema_speed schema $base $base"$kind".yaml "$@"
node tests/bench/schema_speed.js schema $base $base"$kind".yaml "$@"
