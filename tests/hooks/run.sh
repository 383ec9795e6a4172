#!/bin/sh
# run - the hooks under git itself: real commits, pushes over the file
# transport, a server, and attempts to get past it.
#
#	tests/hooks/run.sh build/gcc/abide
#
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2016 # inner shells and hooks expand
set -u
. "$(dirname "$0")/../lib.sh"
begin hooks
as_ada
export LOGNAME=ada
program=$(absolute "$1")
on_path "$program"
here=$(cd "$(dirname "$0")/../.." && pwd)

silent() {
	expect "$1" 0 test ! -s "$folder/said"
}

head_of() {
	git -C "${2:-.}" rev-parse -q --verify "$1"
}

data=compliance/processing/payroll.yaml
people=compliance/people/people.yaml
supplier=compliance/suppliers/payroll-bureau.yaml

if command -v shellcheck > /dev/null; then
	for script in "$here"/hooks/* "$here/tools/action.sh"; do
		expect "shellcheck has nothing against ${script##*/}" 0 \
			shellcheck "$script"
	done
else
	skip 'shellcheck' 'there is none'
fi

# ---- a repository without findings

cd "$folder" && git init -q work && cd work || exit 2
expect 'a register to begin with' 0 abide init
git add -A && git commit -qm Start || exit 2
expect 'it has no findings' 0 abide check -qq

# ---- installing

expect 'no hook is there' 1 abide hook status
says 'status names each' 'pre-commit    absent'
expect 'hooks are installed' 0 abide hook install
says 'install says where' "$folder/work/.git/hooks"
expect 'they are there' 0 abide hook status
expect 'again changes nothing' 0 abide hook install
says 'again says so' 'pre-push      is there already'
expect 'what is installed is what the project holds' 0 sh -c '
	for name in pre-commit commit-msg pre-push; do
		abide hook show "$name" | cmp - ".git/hooks/$name" || exit 1
	done'
expect 'a hook that does not exist' 2 abide hook install pre-comit
says 'the nearest is named' "did you mean 'pre-commit'?"
expect 'doctor sees them' 0 abide doctor
says 'doctor names them' 'commit-msg runs abide'

printf '# another version\n' >> .git/hooks/pre-push
expect 'one of another version' 1 abide hook status
says 'status says that it is' 'not that of this version'
expect 'it is replaced' 0 abide hook install
says 'install says so' 'pre-push      replaced'
chmod -x .git/hooks/pre-push
expect 'one that may not be executed' 1 abide hook status
says 'status says that it may not' 'git passes it over'
expect 'it may be again' 0 abide hook install pre-push
expect 'and is' 0 test -x .git/hooks/pre-push

# An existing hook is kept and run first, and comes back.
expect 'hooks are removed' 0 abide hook uninstall
expect 'and gone' 0 test ! -e .git/hooks/pre-commit
script .git/hooks/pre-commit 'echo mine >> "$HOME/mine"; exit "${MINE:-0}"'
cp .git/hooks/pre-commit "$folder/mine-before"
expect 'beside a hook of mine' 0 abide hook install
says 'which is kept' 'pre-commit    installed; the one that was there runs first, as pre-commit.chained'
expect 'a commit runs both' 0 git commit -q --allow-empty -m Both
expect 'mine was run' 0 grep -q mine "$HOME/mine"
expect 'mine may refuse' 1 env MINE=3 git commit -q --allow-empty -m Both
expect 'removing brings it back' 0 abide hook uninstall
expect 'byte for byte' 0 cmp "$folder/mine-before" .git/hooks/pre-commit
expect 'and it may be executed' 0 test -x .git/hooks/pre-commit
echo taken > .git/hooks/pre-commit.chained
expect 'nothing is written over' 2 abide hook install
says 'both are named' 'pre-commit is not abide'\''s, and pre-commit.chained'
expect 'nothing at all was written' 0 test ! -e .git/hooks/pre-push
expect 'removing leaves mine alone' 0 abide hook uninstall
expect 'mine is untouched' 0 cmp "$folder/mine-before" .git/hooks/pre-commit
rm .git/hooks/pre-commit .git/hooks/pre-commit.chained
ln -s nowhere .git/hooks/pre-commit
expect 'a link is kept' 2 abide hook install
rm .git/hooks/pre-commit

# core.hooksPath
mkdir tracked-hooks && git config core.hooksPath tracked-hooks
expect 'core.hooksPath is where hooks go' 0 abide hook install pre-commit
expect 'and only there' 0 test -x tracked-hooks/pre-commit -a \
	! -e .git/hooks/pre-commit
expect 'below a folder too' 0 sh -c 'cd compliance && abide hook status pre-commit'
rm -r tracked-hooks
expect 'a folder that is not there' 2 abide hook install
git config --unset core.hooksPath
git config --global core.hooksPath "$folder/shared"
mkdir "$folder/shared"
expect 'a place of all repositories is left alone' 2 abide hook install
says 'and why' 'would judge all of them'
git config --global --unset core.hooksPath
rm -rf .git/hooks
expect 'without a folder for hooks' 0 abide hook install
expect 'all are there' 0 abide hook status

# ---- pre-commit

sed -i 's/^owner: hr$/owner: nobody/' $data
grep -q '^owner: nobody' $data || exit 2
finding="$data:"
expect 'commit FILE is refused' 1 git commit -qm x $data
says 'and shows the finding' 'reference/unknown'
says 'and where' "$finding"
says 'and that the commit is refused' 'abide: the commit is refused (exit 1)'
expect 'commit -a is refused' 1 git commit -qam x
git add $data
expect 'the index is refused' 1 git commit -qm x
git restore $data
expect 'whatever the work tree holds' 1 git commit -qm x
expect 'the index is as it was' 1 git diff --cached --quiet
git restore --staged $data
expect 'a commit without findings goes in' 0 git commit -q --allow-empty -m Fine
git rm -q $supplier
expect 'a deletion that leaves references behind is refused' 1 \
	git commit -qm 'Delete the bureau'
says 'the reference is named' 'reference/unknown'
git reset -q --hard
expect '--no-verify passes over' 0 sh -c "
	sed -i 's/^owner: hr$/owner: nobody/' $data && git commit -nqam Old"
echo >> $people
expect 'what HEAD had does not refuse' 0 git commit -qam 'Another thing'
git reset -q --hard HEAD~2
git worktree add -q -b side ../linked || exit 2
sed -i 's/^owner: hr$/owner: nobody/' ../linked/$data
expect 'a linked worktree' 1 git -C ../linked commit -qam x
git worktree remove --force ../linked && git branch -qD side
expect 'a program that is not found' 1 \
	env ABIDE=no-such-abide git commit -q --allow-empty -m x
says 'is named' "does not find 'no-such-abide'"
sed -i 's/^kind: /kind : : /' $people
expect 'a record that cannot be read is refused' 1 git commit -qam x
says 'as incomplete' '(exit 2)'
git reset -q --hard
git checkout -q --orphan fresh
expect 'a branch without a commit' 0 git commit -qm First
git checkout -q main && git branch -qD fresh

# ---- commit-msg

digest() {
	printf %s "$1" | sha256sum | cut -d ' ' -f 1
}
cat >> $people << PEOPLE
---
kind: person
id: p-4ada
status: active
git_identities: [{type: email-sha256, value: $(digest ada@example.org)}]
employment: employee
department: Finance
joined_on: 2020-01-01
---
kind: person
id: p-5bo7
status: active
git_identities: [{type: email-sha256, value: $(digest bo@example.org)}]
employment: employee
department: Finance
joined_on: 2020-01-01
---
kind: person
id: p-6gon
status: left
git_identities: [{type: email-sha256, value: $(digest gone@example.org)}]
employment: employee
department: Finance
joined_on: 2020-01-01
left_at: 2021-01-01T00:00:00Z
PEOPLE
expect 'people are added' 0 git commit -qam 'Add people'
sed -i "s/^title: .*/title: Salaries of everybody/" $data
message() {
	git commit -qam "Change what is paid

$1"
}
expect 'nobody that is known approves' 1 message 'Approved-by: X <x@example.org>'
says 'and why' 'no person record has this identity'
expect 'somebody who left approves' 1 message 'Reviewed-by: G <gone@example.org>'
says 'and that they left' 'this person has left'
expect 'the author approves' 1 message 'Approved-by: Ada <ada@example.org>'
says 'and that this is none' 'does not approve it'
expect 'a record that is not there is amended' 1 message 'Amends: incident/inc-9 a date'
says 'and the form' 'KIND/ID REASON'
expect 'a reason is missing' 1 message 'Amends: person/p-5bo7'
says 'and what' 'gives no reason'
expect 'comments of git are no message' 1 git -c core.editor="$folder/edit" commit -qa --amend
script "$folder/edit" 'printf "Title\n\nApproved-by: X <x@example.org>\n# comment\n" > "$1"'
expect 'a message from an editor' 1 env GIT_EDITOR="$folder/edit" git commit -qa
says 'is judged without its comments' 'no person record has this identity'
expect 'another person approves' 0 message 'Approved-by: Bo <bo@example.org>'
hides 'and no more is said' 'abide: '
echo '# a comment' >> $data
expect 'what changes no value needs nobody' 0 message 'Approved-by: X <x@example.org>'
expect 'nor does what is no record' 0 sh -c '
	echo text > README && git add README &&
	git commit -qm "Write

Approved-by: X <x@example.org>"'
expect 'a message that is not there' 2 abide hook message nowhere

# ---- a server

cd "$folder" && git init -q --bare server.git || exit 2
expect 'a server has its own hooks' 0 abide hook install -C server.git
says 'pre-receive and post-receive' 'post-receive  installed'
cd work || exit 2
abide hook uninstall > /dev/null || exit 2
git remote add origin "file://$folder/server.git"
expect 'the first push is judged by its own policy' 0 git push -q origin main
says 'and says so' 'the protected branch has no commit yet'
expect 'it is there' 0 test "$(head_of main ../server.git)" = "$(head_of main)"

receipt() {
	git -C ../server.git notes --ref=refs/notes/abide/receipts show "${1:-main}"
}
expect 'a receipt is written' 0 receipt
says 'in its form' 'abide-receipt 1'
says 'with the ref' 'ref: refs/heads/main'
says 'with what was pushed' "new: $(head_of main)"
says 'with who pushed' 'pusher: ada'
expect 'its first line begins it' 0 sh -c "
	git -C ../server.git notes --ref=refs/notes/abide/receipts show main |
		head -1 | grep -qx 'abide-receipt 1'"
expect 'receipts are fetched' 0 git fetch -q origin \
	refs/notes/abide/receipts:refs/notes/abide/receipts
expect 'a date has tier T3 then' 0 abide when person/p-5bo7 --field joined_on \
	--format json
says 'by the receipt' '"tier": "T3"'
says 'of the pusher' '"pusher": "ada"'

switch_off() {
	sed -i 's|^rules:|&\n  transparency/notice-missing: {severity: "off", reason: Not at this time}|' abide.yaml
}
start=$(head_of main)
refused() {
	expect "$1" 1 git push -q origin "$2"
	says "$1: the server says so" "$3"
	cp "$folder/said" "$folder/heard"
	expect "$1: nothing moved" 0 \
		test "$(head_of main ../server.git)" = "$start"
	cp "$folder/heard" "$folder/said"
}

sed -i 's/^owner: hr$/owner: nobody/' $data && git commit -qam Bad || exit 2
refused 'a finding' main 'reference/unknown'
says 'the ref is named' 'refs/heads/main is refused (exit 1)'
expect 'what was refused did not stay' 1 \
	git -C ../server.git cat-file -e "$(head_of main)"
expect 'nor does it have a receipt' 1 receipt "$(head_of main)"
refused 'a new branch with a finding' main:refs/heads/topic 'reference/unknown'
git tag bad
refused 'a tag with a finding' bad 'reference/unknown'
git tag -d bad > /dev/null

# The rules are switched off in the same push.
git reset -q --hard "$start"
unnoticed='/^notices:/d'
sed -i "$unnoticed" $data && switch_off
git commit -qam 'Switch the rule off' || exit 2
expect 'the rule is off here' 0 abide check -qq
refused 'a push that switches the rule off' main 'transparency/notice-missing'
says 'the edit is told' 'this change edits 1 policy file, not in force for it: abide.yaml'
git reset -q --hard "$start"
sed -i "$unnoticed" $data && echo 'fail-on: never' >> abide.yaml
git commit -qam 'Never fail' || exit 2
refused 'a push that lets nothing fail' main 'transparency/notice-missing'
git reset -q --hard "$start"
sed -i "$unnoticed" $data && git rm -q abide.yaml
git commit -qam 'Without a configuration' || exit 2
refused 'a push that removes the configuration' main 'transparency/notice-missing'
git reset -q --hard "$start"
sed -i 's/^abide: 1/abide: one/' abide.yaml
git commit -qam 'Break the configuration' || exit 2
refused 'a push that breaks the configuration' main 'its own policy cannot be read'
git reset -q --hard "$start"
sed -i "$unnoticed" $data
sed -i 's/^records:.*/records: ["none*"]/' abide.yaml
echo 'overrides: [{paths: ["compliance/**"], rules: {transparency/notice-missing: {severity: "off", reason: Not at this time}}}]' >> abide.yaml
git commit -qam 'Look elsewhere' || exit 2
refused 'a push that looks elsewhere' main 'transparency/notice-missing'
git reset -q --hard "$start"
sed -i "$unnoticed" $data
cat > compliance/exceptions.yaml << EXCEPTION
kind: exception
id: ex-notice
title: The notice is written later
status: active
owner: privacy-officer
rules: [transparency/notice-missing]
records: [processing-activity/pa-payroll]
reason: The notice is being written and will be there next month
requested_by: p-7it1
approved_by: p-4kd2
approved_on: $(date -u +%Y-%m-%d)
expires_on: $(date -u -d '+60 days' +%Y-%m-%d)
EXCEPTION
git add -A && git commit -qm 'Excuse it' || exit 2
expect 'it is excused here' 0 abide check --format concise
refused 'a push that brings its own exception' main 'transparency/notice-missing'
git reset -q --hard "$start"

expect 'a receipt cannot be pushed' 1 \
	git push -q origin refs/notes/abide/receipts:refs/notes/abide/receipts-mine
says 'and why' 'the server alone writes receipts'
expect 'other refs are not judged' 0 git push -q origin HEAD:refs/meta/x
says 'and that is said' 'refs/meta/x is no branch and no tag: not judged'
expect 'a tag of no commit' 0 sh -c '
	git tag blob $(git hash-object -w README) && git push -q origin blob'
says 'has nothing to judge' 'refs/tags/blob names no commit'
sed -i 's/^kind: /kind : : /' $people && git commit -qam Broken || exit 2
refused 'what cannot be read' main '(exit 2)'
git reset -q --hard "$start"
git checkout -q --orphan other && git commit -qm Other
expect 'unrelated and without findings' 0 git push -q origin other
sed -i 's/^owner: hr$/owner: nobody/' $data && git commit -qam Bad
refused 'unrelated with findings is judged whole' +other 'reference/unknown'
git checkout -q -f main

# Several at once: all are taken or none, and the worst is told.
git branch good && git checkout -q good && git commit -q --allow-empty -m Good
git checkout -q -b bad-one && sed -i 's/^owner: hr$/owner: nobody/' $data &&
	git commit -qam Bad && git checkout -q main
expect 'one of two is bad' 1 git push -q origin good bad-one
says 'it is named' 'refs/heads/bad-one is refused'
expect 'the other is not taken in either' 1 head_of good ../server.git
expect 'alone it is' 0 git push -q origin good
expect 'with a receipt' 0 receipt good
expect 'and goes again' 0 git push -q origin :good
silent 'which needs no judging'
git tag -a v1 -m One good
expect 'an annotated tag' 0 git push -q origin v1
expect 'has a receipt on its commit' 0 receipt "$(head_of good)"
says 'that names the tag' "new: $(git rev-parse v1)"
expect 'a second receipt stands behind the first' 0 sh -c '
	test "$(git -C ../server.git notes --ref=refs/notes/abide/receipts \
		show "$0" | grep -c "^abide-receipt 1$")" -eq 2' "$(head_of good)"

# A pusher's name is one line, whatever it is.
git commit -q --allow-empty -m More
expect 'a name of two lines' 0 env \
	GL_USERNAME="x
received: 2001-01-01T00:00:00Z" git push -q origin main
expect 'forges nothing' 1 sh -c "
	git -C ../server.git notes --ref=refs/notes/abide/receipts show main |
		grep '^received: 2001'"
start=$(head_of main)

# Two pushes at a time lose no receipt.
for i in 1 2 3 4; do
	git branch "at-once-$i" "$(git commit-tree -p main -m "$i" 'main^{tree}')"
done
for i in 1 2 3 4; do
	git push -q origin "at-once-$i" 2> "$folder/push-$i" &
done
wait
for i in 1 2 3 4; do
	expect "receipt $i of four at once" 0 receipt "at-once-$i"
done
mkdir ../server.git/abide-receipts.lock
git commit -q --allow-empty -m Locked
expect 'a lock that stays' 0 git push -q origin main
says 'is told' 'no receipt was written'
rmdir ../server.git/abide-receipts.lock
start=$(head_of main)
expect 'a server that does not find abide' 1 \
	env ABIDE=no-such-abide git push -q origin main~1:refs/heads/late
says 'refuses' 'nothing was judged'
script ../server.git/hooks/pre-receive.chained \
	'cat > seen; test -z "${MINE:-}" || exit 4'
git commit -q --allow-empty -m Chained
expect 'a hook of the server is run first' 1 env MINE=1 git push -q origin main
expect 'with the same lines' 0 grep -q refs/heads/main ../server.git/seen
expect 'and lets pass' 0 git push -q origin main
start=$(head_of main)

# ---- pre-push: the same verdict before it leaves

expect 'hooks at work again' 0 abide hook install pre-push
git fetch -q && git remote set-head origin main || exit 2
sed -i 's/^owner: hr$/owner: nobody/' $data && git commit -qam Bad || exit 2
mv ../server.git/hooks/pre-receive "$folder/pre-receive"
expect 'a finding does not leave' 1 git push -q origin main
says 'and why' 'the push of refs/heads/main is refused (exit 1)'
git reset -q --hard "$start"
sed -i "$unnoticed" $data && switch_off
git commit -qam 'Switch the rule off' || exit 2
expect 'nor with the rule switched off' 1 git push -q origin main
expect 'nor as a new branch' 1 git push -q origin main:refs/heads/new
git tag late
expect 'nor as a tag' 1 git push -q origin late
expect 'deleting a branch is no matter' 0 git push -q origin :at-once-1
expect 'the server has what it had' 0 test "$(head_of main ../server.git)" = "$start"
expect '--no-verify passes over' 0 git push -q --no-verify origin main:refs/heads/open
git reset -q --hard "$start"
git commit -q --allow-empty -m Fine
expect 'what has no findings leaves' 0 git push -q origin main
expect 'a URL in place of a remote' 0 git push -q "file://$folder/server.git" main:refs/heads/by-url

# ---- four eyes: what the message says, and what the server asks of history

cd "$folder" && git init -q eyes && cd eyes && abide init > /dev/null || exit 2
sed -i 's|^rules:|params: {git.baseline_min_records: 1}\n&\n  history/one-pair-of-eyes: error\n  history/closed-record-edited: error|' abide.yaml
cat >> $people << PEOPLE
---
kind: person
id: p-4ada
status: active
git_identities: [{type: email-sha256, value: $(digest ada@example.org)}]
employment: employee
---
kind: person
id: p-5bo7
status: active
git_identities: [{type: email-sha256, value: $(digest bo@example.org)}]
employment: employee
PEOPLE
cat >> compliance/people/roles.yaml << 'ROLE'
---
kind: role
id: dpo
title: Data protection officer
status: active
duty: dpo
mandate: Watches over what is done with personal data
holders: [{person: p-5bo7, from: 2020-01-01}]
ROLE
cat > compliance/review.yaml << 'REVIEW'
kind: review
id: rv-2026-1
title: Review of the records
status: completed
owner: management
REVIEW
git add -A && git commit -qm 'Begin the register' || exit 2
git init -q --bare ../eyes.git && abide hook install -C ../eyes.git > /dev/null &&
	git remote add origin "file://$folder/eyes.git" || exit 2
git push -qn origin main 2> /dev/null
git -C ../eyes.git fetch -q "$folder/eyes" main:main || exit 2
abide hook install commit-msg > /dev/null || exit 2
sed -i 's/^title: Payroll$/title: Salaries/' $data
expect 'a change without approval is told' 0 git commit -qam 'Rename'
says 'and what it waits for' 'note: processing-activity/pa-payroll wants the approval of another person'
expect 'and refused by the server' 1 git push -q origin main
says 'by the rule' 'history/one-pair-of-eyes'
git reset -q --soft HEAD~1
expect 'with an approval it is not told' 0 git commit -qm 'Rename

Approved-by: Bo <bo@example.org>'
hides 'nothing is said' 'wants the approval'
expect 'and the server takes it' 0 git push -q origin main
sed -i 's/^title: Review of the records/title: Review of all records/' compliance/review.yaml
expect 'a closed record' 1 git commit -qam 'Say all'
says 'is amended, not edited' "review/rv-2026-1 is closed, and what edits it says 'Amends: review/rv-2026-1 REASON'"
expect 'another record is none' 1 git commit -qam 'Say all

Amends: review/rv-2026-10 a reason'
expect 'with the reason it is taken' 0 git commit -qam 'Say all

Amends: review/rv-2026-1 it was all of them
Approved-by: Bo <bo@example.org>'
expect 'by the server too' 0 git push -q origin main
git rm -q compliance/review.yaml
expect 'removing it edits it too' 1 git commit -qm 'Remove the review'

finish
