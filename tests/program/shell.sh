#!/bin/sh
# shell - what stands around the program: manual, completions in the real
# shells, pager and progress on a terminal, installing and its undoing.
#
#	tests/program/shell.sh build/gcc
#
# A tool that is not there is skipped by name.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$(dirname "$0")/../lib.sh"
begin shell
export LC_ALL=C.UTF-8 TERM=xterm
here=$(cd "$(dirname "$0")/../.." && pwd)
built=$(cd "$1" && pwd)
program=$built/abide
variant=$(basename "$built")

# has TOOL...: are they there? Else a line names the first that is not.
has() {
	for tool; do
		if ! command -v "$tool" > "$folder/where" 2>&1; then
			printf 'skipped: %s is not installed\n' "$tool"
			skipped=$((skipped + 1))
			return 1
		fi
	done
}

# terminal [-t TEXT]... COMMAND: on a terminal of its own.
terminal() {
	python3 "$here/tests/program/terminal.py" "$@"
}

# ---- installing writes what uninstalling removes

run_make() {
	make -C "$here" --no-print-directory VARIANT="$variant" \
		DESTDIR="$folder/root" "$@"
}

expect 'make install' 0 run_make PREFIX=/usr install
usr=$folder/root/usr
for file in bin/abide share/man/man1/abide.1 share/man/man1/abide-check.1 \
	share/man/man1/git-abide.1 share/man/man5/abide.yaml.5 \
	share/bash-completion/completions/abide \
	share/zsh/vendor-completions/_abide \
	share/fish/vendor_completions.d/abide.fish; do
	expect "$file is installed" 0 test -s "$usr/$file"
done
expect 'git finds it' 0 env PATH="$usr/bin:$PATH" git abide version
says 'and it is abide' 'abide '
for command in $("$program" help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
	if "$program" help "$command" | grep -q '^usage:'; then
		expect "$command has its page" 0 \
			test -s "$usr/share/man/man1/abide-$command.1"
	fi
done
expect 'what is for scripts alone has no page' 0 \
	test ! -e "$usr/share/man/man1/abide-__complete.1"
cp -R "$usr/share" "$folder/share"
expect 'make uninstall' 0 run_make PREFIX=/usr uninstall
expect 'and nothing is left' 0 \
	test -z "$(find "$folder/root" ! -type d)"

# ---- short help is one screen

for command in $("$program" help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
	"$program" "$command" -h > "$folder/short" 2> "$folder/short.err" ||
		continue # a topic
	expect "$command -h has at most 23 lines" 0 \
		test "$(wc -l < "$folder/short")" -le 23
	expect "$command -h fits 80 columns" 1 grep -E '.{80}' "$folder/short"
done

# ---- the manual

if has mandoc; then
	for page in "$folder"/share/man/man?/*; do
		# That a page it names is not in this machine's index is no fault.
		mandoc -Tlint "$page" 2>&1 |
			grep -v -e 'referenced manual not found' \
				-e 'outdated mandoc.db' > "$folder/lint"
		expect "mandoc has nothing against $(basename "$page")" 1 \
			test -s "$folder/lint"
		[ ! -s "$folder/lint" ] || cat "$folder/lint"
	done
fi
"$program" check --help | sed -n 's/^  .* --\([a-z-]*\).*/\1/p' \
	> "$folder/options"
while read -r option; do
	expect "the page of check has --$option" 0 \
		grep -q -E -e "Fl Fl $option( |\$)" "$folder/share/man/man1/abide-check.1"
done < "$folder/options"
for page in "$folder"/share/man/man1/*; do
	sed -n 's/^\.Xr \([^ ]*\) \([0-9]\).*/\1.\2/p' "$page"
done | sort -u | grep -v '^git\.1$' > "$folder/named"
while read -r page; do
	expect "$page, which others name, is there" 0 \
		test -s "$folder/share/man/man${page##*.}/$page"
done < "$folder/named"

# ---- completions, typed into the real shells

# In place of the program stands one that shows what it was given.
mkdir -p "$folder/bin" "$folder/work" && cd "$folder/work" || exit 2
cat > "$folder/bin/abide" << EOF
#!/bin/sh
[ "\${1:-}" = __complete ] && exec '$program' "\$@"
printf GOT
for word; do printf ' [%s]' "\$word"; done
echo
EOF
chmod +x "$folder/bin/abide"
git -c init.defaultBranch=main init -q . && touch some-file.yaml
git add . && git -c user.name=A -c user.email=a@example.org commit -qm x
# shellcheck disable=SC2016 # the name of a branch that a shell must not run
git branch 'x$(touch${IFS}pwned)'
PATH=$folder/bin:$PATH
export PATH PS1='> '

# What is typed, with ~ for a space, before tab and return; what abide is to
# be given then.
cat > "$folder/typed" << 'EOF'
ret [retention]
check~--fail-on~nev [check]~[--fail-on]~[never]
check~--fail-on=nev [check]~[--fail-on=never]
check~--stag [check]~[--staged]
check~--at~HE [check]~[--at]~[HEAD]
check~--format=nd [check]~[--format=ndjson
check~--format=json=some [check]~[--format=json=some-file.yaml]
check~some [check]~[some-file.yaml]
check~--only~REF-001 [check]~[--only]~[REF-001]
due~--format~ic [due]~[--format]~[ics]
explain~gdpr:art-33 [explain]~[gdpr:art-33]
explain~reference/unk [explain]~[reference/unknown]
help~environ [help]~[environment]
rules~--framework~gd [rules]~[--framework]~[gdpr]
schema~data-c [schema]~[data-category]
check~--at~x [check]~[--at]~[x
EOF

# type_all SETTING SHELL...: types all of it into one shell.
type_all() {
	setting=$1
	shift
	while read -r what _; do
		set -- -t "abide $(printf '%s' "$what" | tr '~' ' ')\\t\\r" "$@"
	done << EOF
$(tac "$folder/typed")
EOF
	terminal -q 0.5 -t "$setting\\r" "$@"
}

# type_into SHELL SETTING SHELL-COMMAND...
type_into() {
	has python3 "$1" || return
	shell=$1
	shift
	expect "$shell takes it all" 0 type_all "$@"
	while read -r what hope; do
		says "$shell completes $what" "GOT $(printf '%s' "$hope" | tr '~' ' ')"
	done < "$folder/typed"
}

type_into bash ". $folder/share/bash-completion/completions/abide" \
	-t 'exit\r' bash --norc --noprofile -i
type_into zsh "fpath=($folder/share/zsh/vendor-completions \$fpath); autoload -Uz compinit; compinit -u -D" \
	-t 'exit\r' zsh -f -i
if has fish; then
	while read -r what hope; do
		what=$(printf '%s' "$what" | tr '~' ' ')
		expect "fish takes: $what" 0 fish -N -c \
			". $folder/share/fish/vendor_completions.d/abide.fish; complete -C 'abide $what'"
		says "fish offers $hope" "$hope"
	done << 'EOF'
ret retention
check~--fail-on~ never
check~--fail-on=nev --fail-on=never
check~--stag --staged
check~--at~HE HEAD
check~--format~nd ndjson
check~som some-file.yaml
due~--format~ ics
explain~gdpr:art-33 gdpr:art-33
help~environ environment
rules~--framework~gd gdpr
schema~data-c data-category
EOF
	expect 'fish takes a severity' 0 fish -N -c \
		". $folder/share/fish/vendor_completions.d/abide.fish; complete -C 'abide check --fail-on '"
	hides 'fish offers no file as a severity' some-file
fi
expect 'no shell ran what a branch is called' 0 test ! -e pwned

# ---- the pager: of the environment alone, for reading, on a terminal

# on_terminal TITLE STATUS VARIABLES... -- WORDS...
on_terminal() {
	title=$1
	status=$2
	shift 2
	expect "$title" "$status" terminal env "$@"
}

if has python3; then
	on_terminal 'help is paged' 0 ABIDE_PAGER='sed s/^/paged:/' \
		"$program" help exit-codes
	says 'the pager had it' 'paged:exit-codes'
	on_terminal 'rules are paged' 0 PAGER='head -1' "$program" rules
	expect 'and the pager may end early' 0 test \
		"$(wc -l < "$folder/said")" -eq 1
	on_terminal 'the first variable wins' 0 ABIDE_PAGER='sed s/^/1:/' \
		GIT_PAGER='sed s/^/2:/' PAGER='sed s/^/3:/' "$program" version
	hides 'what judges or says one line is not paged' '1:'
	on_terminal 'the first variable wins' 0 GIT_PAGER='sed s/^/2:/' \
		PAGER='sed s/^/3:/' "$program" schema
	says 'GIT_PAGER is before PAGER' '2:asset'
	on_terminal 'an empty variable is an answer' 0 ABIDE_PAGER= \
		PAGER='sed s/^/3:/' "$program" schema
	hides 'and no other is asked' '3:'
	on_terminal '--no-pager' 0 PAGER='sed s/^/3:/' "$program" schema --no-pager
	hides 'is heeded' '3:'
	on_terminal 'on a dumb terminal' 0 TERM=dumb PAGER='sed s/^/3:/' \
		"$program" schema
	hides 'there is no pager' '3:'
	# shellcheck disable=SC2016 # the pager's shell expands
	on_terminal 'LESS is set where it is not' 0 PAGER='echo "$LESS" #' \
		"$program" schema
	says 'as git does' FRX
	on_terminal 'a pager that is not there' 0 PAGER=no-such-pager \
		"$program" schema
	says 'is done without' 'data-category'
	git config core.pager 'touch paged-by-config; cat'
	on_terminal 'configuration of the repository' 0 -u PAGER "$program" rules
	expect 'names no program' 0 test ! -e paged-by-config
	expect 'not on a terminal' 0 env PAGER='sed s/^/3:/' "$program" schema
	hides 'nothing is paged' '3:'
fi
if has python3 less; then
	expect 'less ends where we end it' 0 terminal -t q \
		env PAGER=less "$program" rules
fi

# ---- progress: long work, a terminal, and nobody who keeps a log

mkdir "$folder/long" && cd "$folder/long" && git init -q . || exit 2
awk 'BEGIN { for (f = 0; f < 96; f++) for (i = 0; i < 600; i++)
	printf "---\nkind: role\nid: r-%d-%d\ntitle: IT\nstatus: active\nduty: it-responsible\nmandate: Runs it\nholders: []\n",
		f, i > (f ".yaml") }' && git add . || exit 2
judge="$program check --jobs 1 --max-findings 0 --exit-zero"
# shellcheck disable=SC2086 # words
if has python3; then
	expect 'long work' 0 env RAW=1 python3 "$here/tests/program/terminal.py" $judge
	says 'shows how far it is' 'reading files: '
	says 'and erases it' "$(printf '\r\033[K')"
	for setting in CI=1 PRE_COMMIT=1 TERM=dumb; do
		expect "with $setting" 0 env RAW=1 "$setting" \
			python3 "$here/tests/program/terminal.py" $judge
		hides 'nothing is shown' 'reading files: '
	done
	expect 'with -q' 0 env RAW=1 python3 "$here/tests/program/terminal.py" \
		$judge -q
	hides 'nothing is shown' 'reading files: '
fi
# shellcheck disable=SC2086 # words
expect 'without a terminal' 0 $judge
hides 'nothing is shown' 'reading files: '

finish
