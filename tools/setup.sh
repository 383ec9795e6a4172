#!/bin/sh
# setup - installs the Debian 12 packages abide is built and tested with, and
# only those that are missing. Needs root or sudo for that, else nothing.
# SPDX-License-Identifier: Apache-2.0
set -eu
build='gcc make pkg-config libgit2-dev libyaml-dev libpcre2-dev libxxhash-dev
libutf8proc-dev libsodium-dev libidn2-dev zlib1g-dev git tzdata openssl
openssh-client'
tests='clang libclang-rt-14-dev llvm clang-format binutils libcmocka-dev libjansson-dev
libunistring-dev zsh fish mandoc pre-commit rsync curl shellcheck chromium
fonts-dejavu-core less libxml2-utils python3'
wanted=$build
[ "${1:-build}" = tests ] && wanted="$build $tests"
missing=
for package in $wanted; do
	dpkg-query -W -f '${Status}' "$package" 2> /dev/null |
		grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
root=
[ "$(id -u)" -eq 0 ] || root=sudo
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -q
# shellcheck disable=SC2086 # the list is words
$root apt-get install -q -y --no-install-recommends $missing
