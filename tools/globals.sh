#!/bin/sh
# globals - law 4: no object of the library keeps writable data.
# SPDX-License-Identifier: Apache-2.0
set -eu
objdump -t "$1" | awk '
	/^[^ ].*\.o: / { object = $1; sub(/:$/, "", object) }
	/ O \.(data|bss)/ && !/\.data\.rel\.ro/ {
		printf "%s keeps %s in %s\n", object, $NF, $(NF - 2)
		faults++
	}
	END {
		if (faults) {
			printf "globals: %d faults\n", faults
			exit 1
		}
	}'
