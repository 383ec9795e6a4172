#!/bin/sh
# action - what action.yml runs on GitHub: finds or builds abide, judges HEAD,
# and writes annotations, the job summary and SARIF.
#
# Everything comes in by the environment (INPUT_*, GITHUB_*). Nothing is fetched
# but the Debian packages of tools/setup.sh, and those only to build.
# SPDX-License-Identifier: Apache-2.0
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
abide=${INPUT_PROGRAM:-}
base=${INPUT_BASE:-}
sarif=${INPUT_SARIF:-abide.sarif}

# stop MESSAGE: there is no result.
stop() {
	echo "::error title=abide::$1"
	[ -z "${GITHUB_OUTPUT:-}" ] || echo status=2 >> "$GITHUB_OUTPUT"
	exit 2
}

if [ -z "$abide" ] && command -v abide > /dev/null; then
	abide=abide
elif [ -z "$abide" ]; then
	echo '::group::abide is built'
	{ "$here/tools/setup.sh" && make -C "$here" -j"$(nproc)"; } ||
		stop 'abide could not be built: it wants Debian 12'
	echo '::endgroup::'
	abide=$here/abide
fi
command -v "$abide" > /dev/null || stop "there is no program '$abide'"
cd "${INPUT_DIRECTORY:-.}" || stop 'the folder of the repository is not there'

set -- check --at HEAD --as-of "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
	--fail-on "${INPUT_FAIL_ON:-error}" --format github --format "sarif=$sarif"
case $base in
*[!0]*)
	# A branch that was pushed over has lost the commit it had: all of it
	# counts then. The base of a pull request is there, or the clone is cut.
	if [ "${GITHUB_EVENT_NAME:-}" = push ] &&
		! git cat-file -e "$base^{commit}" 2> /dev/null; then
		echo "::notice title=abide::the commit before this push is gone: all findings count"
	else
		set -- "$@" --base "$base" --policies-at "$base"
		# What would be the policy after it has to be one.
		said=$("$abide" rules --at HEAD 2>&1 > /dev/null) || {
			printf '%s\n' "$said"
			stop 'the policy of this commit cannot be read'
		}
	fi
	;;
esac
"$abide" "$@"
status=$?
if [ -n "${GITHUB_OUTPUT:-}" ]; then
	{
		echo "status=$status"
		[ ! -s "$sarif" ] || echo "sarif=$sarif"
	} >> "$GITHUB_OUTPUT"
fi
exit "$status"
