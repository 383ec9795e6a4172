#!/bin/sh
# faults - plants one fault for each law of the house in a copy of the project
# and demands that the law's target sees it, and says which file.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$(dirname "$0")/../lib.sh"
begin house
copy=$folder/copy
mkdir "$copy"
cp -R Makefile floors tools src checks cmd tests schema policies docs .clang-format "$copy"
# Objects are taken over with their times, so that little is built anew.
mkdir -p "$copy/build"
cp -R --preserve=timestamps build/gcc "$copy/build/gcc" 2> /dev/null || true
find "$copy" -path "$copy/build" -prune -o -type f -exec touch -d 2020-01-01 {} +
find "$copy/build" -type f -exec touch -d 2020-01-02 {} +
cd "$copy" || exit 2

# fault NAME TARGET FILE SAID: standard input is added to FILE; then TARGET
# must fail and say SAID. The file is put back.
fault() {
	name=$1
	target=$2
	file=$3
	said=$4
	existed=0
	[ -e "$file" ] && existed=1 && cp -p "$file" "$folder/kept"
	cat >> "$file"
	make --no-print-directory -j2 "$target" > "$folder/log" 2>&1
	status=$?
	if [ "$status" -ne 0 ] && grep -q "$said" "$folder/log"; then
		pass
	else
		fail "$name: make $target ended with $status and did not say: $said" \
			"$folder/log"
	fi
	rm -f "$file"
	[ "$existed" -eq 1 ] && cp -p "$folder/kept" "$file"
	return 0
}

fault 'an include that looks up' floors src/base/arena.c \
	'src/base/arena.c:.*may not look up to lint/lint.h' << 'END'
#include "lint/lint.h"
END
fault 'two rooms of one floor' floors src/data/node.c \
	'src/data/node.c:.*may not look up to git/repo.h' << 'END'
#include "git/repo.h"
END
fault 'a second door to a library' floors src/lint/lint.c \
	'yaml.h may only be included in src/data' << 'END'
#include <yaml.h>
END
fault 'a banned call' banned src/base/planted.c 'planted.o calls getenv' << 'END'
#include <stdlib.h>
const char *planted(void);
const char *planted(void)
{
	return getenv("HOME");
}
END
fault 'a clock of its own' banned src/git/planted.c 'planted.o calls time' << 'END'
#include <time.h>
time_t planted(void);
time_t planted(void)
{
	return time(NULL);
}
END
fault 'memory that is not asked of mem.c' banned src/data/planted.c \
	'planted.o calls malloc' << 'END'
#include <stdlib.h>
void *planted(void);
void *planted(void)
{
	return malloc(16);
}
END
fault 'a writable global' globals src/base/planted.c 'planted.o keeps planted_count' << 'END'
int planted(void);
static int planted_count = 1;
int planted(void)
{
	return planted_count++;
}
END
fault 'a name that is defined twice' names src/data/planted.c \
	'complain is defined in' << 'END'
int complain(void);
int complain(void)
{
	return 1;
}
END

# repeated LINE N
repeated() {
	i=0
	while [ "$i" -lt "$2" ]; do
		printf '%s\n' "$1"
		i=$((i + 1))
	done
}

{
	printf 'int planted(int x);\nint planted(int x)\n{\n'
	repeated '	x++;' 61
	printf '}\n'
} > "$folder/text"
fault 'a function that is too long' tails src/base/planted.c \
	'src/base/planted.c:3: a function of 61 lines' < "$folder/text"
repeated '/* line */' 801 > "$folder/text"
fault 'a file that is too long' tails src/base/planted.c \
	'src/base/planted.c: 801 lines' < "$folder/text"
repeated '/* line */' 121 > "$folder/text"
fault 'a header that is too long' tails src/base/planted.h \
	'src/base/planted.h: 121 lines' < "$folder/text"
fault 'a layout of its own' check-format src/base/planted.c \
	'src/base/planted.c:1.*code should be clang-formatted' << 'END'
int planted( int x );
END

page=docs/reference/coverage.md
fault 'a row that names no rule there is' coverage $page \
	"$page:.*there is no code ACC-099" << 'END'
| P99.1 | planted | `ACC-099` | `risk` | - | `abide check` | - |
END
fault 'a row that names no kind there is' coverage $page \
	"$page:.*there is no kind account" << 'END'
| P99.1 | planted | `ACC-001` | `account.name` | - | `abide check` | - |
END
fault 'a row that names no field there is' coverage $page \
	"$page:.*there is no field risk.likelyhood" << 'END'
| P99.1 | planted | `ACC-001` | `risk.likelyhood` | - | `abide check` | - |
END
fault 'a row that names no parameter there is' coverage $page \
	"$page:.*there is no parameter risk.key_most" << 'END'
| P99.1 | planted | `ACC-001` | `risk` | `risk.key_most` | `abide check` | - |
END
fault 'a number that is not the default' coverage $page \
	"$page:.*breach.notify_within is PT72H, not PT96H" << 'END'
| P99.1 | planted | `INC-005` | `incident` | `breach.notify_within: PT96H` | `abide check` | - |
END
fault 'a row that names no command there is' coverage $page \
	"$page:.*there is no command certify" << 'END'
| P99.1 | planted | `ACC-001` | `risk` | - | `abide certify` | - |
END
fault 'a rule that is called missing and is there' coverage $page \
	"$page:.*ACC-001 is called missing" << 'END'
| P99.1 | planted | - | `risk` | - | `abide check` | Missing: ACC-001 |
END
fault 'a row that claims nothing and admits nothing' coverage $page \
	"$page:.*P99.1 names no rule and does not say what is missing" << 'END'
| P99.1 | planted | - | `risk` | - | `abide check` | - |
END

# A rule gets another name, and the page does not follow.
sed -i.kept 's,access/review-overdue,access/review-late,' policies/access.yaml
fault 'a rule with another name' coverage $page \
	"$page:.*there is no rule access/review-overdue" < /dev/null
mv policies/access.yaml.kept policies/access.yaml
touch policies/access.yaml

# And without a fault each of them holds.
for target in floors banned globals names tails coverage check-format; do
	expect "$target holds without a fault" 0 \
		make --no-print-directory -j2 "$target"
done
finish
