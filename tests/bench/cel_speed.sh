#!/bin/sh
# cel_speed - evaluates CEL with abide and, where npm can be asked for them,
# with the engines of npm, in one run. They go to tests/bench/node_modules.
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")/../.."
make --no-print-directory build/gcc/libabide.a
${CC:-gcc} -O2 -std=c17 -D_GNU_SOURCE -Isrc -o build/gcc/cel_speed \
	tests/bench/cel_speed.c build/gcc/libabide.a \
	-lyaml -lpcre2-8 -lidn2 -lutf8proc -lsodium -lz -lm
build/gcc/cel_speed tests/bench/cel_speed.json | tee build/gcc/cel_speed.txt
if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
	echo "@marcbachmann/cel-js: skipped (npm is absent)"
	echo "@bufbuild/cel: skipped (npm is absent)"
	exit 0
fi
[ -d tests/bench/node_modules/@bufbuild/cel ] ||
	npm install --prefix tests/bench --no-save --no-package-lock --silent \
		@marcbachmann/cel-js@8.0.0 @bufbuild/cel@0.6.1 ||
	echo "npm: the engines cannot be fetched"
node tests/bench/cel_peers.mjs tests/bench/cel_speed.json \
	build/gcc/cel_speed.txt
