#!/bin/sh
# docs-rules - writes docs/rules from the built-in packs; `docs-rules.sh PROGRAM
# check` only says whether that would change anything.
# SPDX-License-Identifier: Apache-2.0
set -eu
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
LC_ALL=C "$program" rules --isolated --docs "$folder" > "$folder/said" || {
	cat "$folder/said"
	exit 1
}
rm "$folder/said"
if [ "${2:-}" = check ]; then
	diff -r docs/rules "$folder" > /dev/null && exit 0
	printf 'docs-rules: docs/rules is not what the packs say; run: make docs-rules\n'
	diff -rq docs/rules "$folder" | sed "s|$folder|the packs|; 5q"
	exit 1
fi
mkdir -p docs/rules
rm -f docs/rules/*.md
cp "$folder"/*.md docs/rules/
