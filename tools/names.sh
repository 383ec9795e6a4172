#!/bin/sh
# names - no two objects define the same external name. The linker takes one
# from an archive without a word, and a caller gets the other one's meaning.
# SPDX-License-Identifier: Apache-2.0
set -eu
nm -A --defined-only "$@" | awk '
	NF > 2 && $(NF - 1) ~ /^[TDRBVW]$/ {
		name = $NF
		object = $1
		sub(/:[0-9a-f]*$/, "", object)
		if (name in where) {
			printf "%s is defined in %s and in %s\n", name,
			       where[name], object
			faults++
		}
		where[name] = object
	}
	END {
		if (faults) {
			printf "names: %d faults\n", faults
			exit 1
		}
	}'
