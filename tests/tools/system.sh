#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: system.sh PACKAGE...
# Installs Debian packages that are missing, when that is possible here. It never fails: what needs them says so itself.
missing=
for package in "$@"; do
    case $package in
        python3-venv) python3 -c 'import ensurepip' 2>/dev/null || missing="$missing $package" ;;
        # Debian keeps the server's programs out of PATH
        postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing $package" ;;
        *) command -v "$package" >/dev/null || missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # a list of names
    { apt-get install -qq -y --no-install-recommends $missing || { apt-get update -qq && apt-get install -qq -y --no-install-recommends $missing; }; } \
        >/dev/null 2>&1 </dev/null && exit 0
fi
echo "not installed here:$missing (carrying on without)"
