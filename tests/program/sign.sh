#!/bin/sh
# sign - real SSH signatures, as git and abide judge them: good, by an unknown
# key, none, by somebody else, under a key that has ended, altered.
#
#	tests/program/sign.sh build/gcc/abide
#
# SPDX-License-Identifier: Apache-2.0
set -u
. "$(dirname "$0")/../lib.sh"
begin sign
program=$(absolute "$1")
if ! command -v ssh-keygen > /dev/null; then
	skip 'all of it' 'there is no ssh-keygen'
	finish
	exit
fi
under=$PATH # what abide has for PATH
export TMPDIR="$folder/tmp"
mkdir "$folder/tmp" "$folder/empty" "$folder/work"
for name in ada bea cy mallory; do
	ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$folder/$name" || exit 2
done
cd "$folder/work" && git init -q || exit 2
git config gpg.format ssh

public() { cut -d ' ' -f 1,2 "$folder/$1.pub"; }
print() { ssh-keygen -lf "$folder/$1.pub" | cut -d ' ' -f 2; }
digest() { printf %s "$1@example.org" | sha256sum | cut -d ' ' -f 1; }

# commit KEY AUTHOR COMMITTER DATE MESSAGE: what is in the work tree, signed.
commit() {
	sign=-S
	[ "$1" = none ] && sign=--no-gpg-sign
	git add -A
	GIT_AUTHOR_NAME=$2 GIT_AUTHOR_EMAIL=$2@example.org \
		GIT_COMMITTER_NAME=$3 GIT_COMMITTER_EMAIL=$3@example.org \
		GIT_AUTHOR_DATE="$4T12:00:00Z" GIT_COMMITTER_DATE="$4T12:00:00Z" \
		git -c user.signingKey="$folder/$1.pub" commit -q $sign -m "$5" || exit 2
}

role() { # role TITLE
	printf 'kind: role\nid: role-r\ntitle: %s\nstatus: active\nduty: other\nmandate: Does what has to be done\nholders: []\n' \
		"$1" > role.yaml
}

# told WHAT STATUS TEXT ARGUMENT...: abide says the text and ends so.
told() {
	what=$1
	status=$2
	text=$3
	shift 3
	expect "$what" "$status" env PATH="$under" "$program" "$@"
	says "$what" "$text"
}

judge() { # judge WHAT STATUS TEXT [ARGUMENT...]: of the newest commit alone
	what=$1
	status=$2
	text=$3
	shift 3
	told "$what" "$status" "$text" check --only GIT-008 --fail-on warning \
		--as-of 2026-06-01 --base HEAD~1 --format concise "$@"
}

{
	printf 'abide: 1\nrecords: ["*.yaml", "!abide.yaml"]\nsigners: signers\n'
	printf 'params: {git.require_signature: verified, git.baseline_min_records: 1}\n'
} > abide.yaml
{
	printf 'ada@example.org %s\n' "$(public ada)"
	printf 'bea@example.org namespaces="git" %s\n' "$(public bea)"
	printf 'cy@example.org valid-before="20260301Z" %s\n' "$(public cy)"
} > signers
for name in ada bea cy; do
	printf -- '---\nkind: person\nid: p-%s\nstatus: active\nemployment: employee\ngit_identities:\n' $name
	printf '  - {type: email-sha256, value: %s}\n' "$(digest $name)"
	printf '  - {type: ssh-fingerprint, value: "%s"}\n' "$(print $name)"
done | sed 1d > people.yaml
role A
commit ada ada ada 2026-01-01 Start

role B
commit ada ada ada 2026-01-02 'Mine'
judge 'good, by the person' 0 '0 new'
told 'the log names the signer' 0 'signed (ssh), good: ada@example.org' \
	log role-r --verify-signatures
told 'without the option nothing is verified' 0 'signed (ssh), not verified' log role-r

role C
commit mallory ada ada 2026-01-03 'By a key that nobody knows'
judge 'an unknown key' 1 'its signature is not verified: no signer is known with this key'
role D
commit none ada ada 2026-01-04 'Not signed'
judge 'no signature' 1 'and is not signed'
role E
commit bea ada ada 2026-01-05 'Under the name of ada'
judge 'a forged identity' 1 'is signed with a key that is not theirs'
sed -i 's/require_signature: verified/require_signature: present/' abide.yaml
git add -A
judge 'a forged identity where a signature has to be there' 1 \
	'is signed with the key of p-bea, who is not its committer' --verify-signatures
judge 'nothing is verified unless asked for' 0 '0 new'
told 'the log tells it' 0 "good: bea@example.org, not the committer's address" \
	log role-r --verify-signatures
git checkout -q HEAD abide.yaml

role F
commit cy cy cy 2026-02-10 'Dated before the end of the key'
judge 'a key that has ended, and no witness' 1 \
	'it is dated 2026-02-10 and signed with the key of p-cy, which has ended since'
git tag ended
role G
commit ada ada ada 2026-02-20 'Built on it before the end'
told 'a key that has ended, and a witness' 0 'no findings' check --only GIT-008 \
	--as-of 2026-06-01 --base ended~1 --fail-on warning --format concise
role H
commit cy cy cy 2026-03-10 'After the end of the key'
judge 'after its end' 1 'no signer is known with this key for this date'

role I
commit bea ada bea 2026-04-01 'Written by ada, committed and signed by bea'
told 'T4 before it is verified' 0 'T4 once verified' when role-r --field title
told 'T4' 0 'T4: verified' when role-r --field title --verify-signatures
told 'the tier' 0 '"tier": "T4"' when role-r --field title --verify-signatures --format json
told 'agreed by a verified signature' 0 'a verified signature' \
	approvals HEAD~1.. --verify-signatures

git checkout -q -b pull
printf 'ada@example.org %s\n' "$(public mallory)" >> signers
role J
commit mallory ada ada 2026-04-02 'A branch that adds its own signer'
told 'signers of the branch' 0 'signed (ssh), good: ada@example.org' \
	log role-r --verify-signatures --since HEAD~1
told 'signers of the trusted revision' 0 'signed (ssh), by no key that the signers list' \
	log role-r --verify-signatures --since HEAD~1 --policies-at main
git checkout -q main

git cat-file commit HEAD | sed 's/^Written by ada/Altered by eve/' > "$folder/altered"
git update-ref refs/heads/altered "$(git hash-object -w -t commit "$folder/altered")"
told 'an altered commit' 0 'signed (ssh), and it does not fit the commit' \
	log role-r --verify-signatures --at altered --since main~1
told 'an altered commit is found' 1 'its signature is not verified: it does not fit the commit' \
	check --at altered --only GIT-008 --fail-on warning --format concise

# Nothing of a configuration decides what is started or believed.
printf '#!/bin/sh\ntouch %s/started\nexit 0\n' "$folder" > "$folder/evil"
chmod +x "$folder/evil"
printf 'ada@example.org %s\n' "$(public mallory)" > "$folder/all"
git config --file "$folder/home/.gitconfig" gpg.ssh.allowedSignersFile "$folder/all"
git checkout -q main~8
git config gpg.ssh.program "$folder/evil"
git config core.fsmonitor "$folder/evil"
told 'a list of the user does not count' 0 'by no key that the signers list' \
	log role-r --verify-signatures --at main~6 --since main~7
told 'nor does a program of the configuration' 0 'good: ada@example.org' \
	log role-r --verify-signatures
git config --unset gpg.ssh.program
git config --unset core.fsmonitor
expect 'no program of the configuration was started' 1 test -e "$folder/started"
git checkout -q main

under=$folder/empty
told 'no git: the log' 2 'git is not in any absolute folder of PATH' \
	log role-r --verify-signatures
judge 'no git: the result is incomplete' 2 'the signatures are not verified'
under=$PATH
sed -i '/^signers/d' abide.yaml
git add -A
judge 'no signers: the result is incomplete' 2 'names no signers'
sed -i 's/^abide: 1/abide: 1\nsigners: gone/' abide.yaml
git add -A
judge 'signers that are not there' 2 'names gone, which is not in the work tree'
git checkout -q HEAD abide.yaml

expect 'no temporary file is left' 0 test -z "$(ls "$folder/tmp")"
finish
