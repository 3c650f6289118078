#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the path of a real Python interpreter: the newest of 3.11 to 3.14, or with an argument ("3.12") that one.
# With "all", one line "VERSION PATH" for every version from 3.9 on, as ansible-test can use them.
#
# A name on PATH is not enough: pyenv puts scripts there which only say that the version isn't chosen, and Debian's
# Python may come without venv. So each one is asked, and answers with the interpreter behind it.
want=${1:-newest}

candidates() {
    for minor in 15 14 13 12 11 10 9; do
        command -v "python3.$minor"
    done
    command -v python3
    command -v python
    for path in "$HOME"/.pyenv/versions/*/bin/python3 "$HOME"/.local/share/uv/python/*/bin/python3 /usr/local/bin/python3.[0-9]* /usr/bin/python3.[0-9]*; do
        [ -x "$path" ] && echo "$path"
    done
}

candidates | sort -u | while read -r path; do
    "$path" -c '
import ensurepip, os, sys, venv
if sys.version_info.releaselevel == "final":
    print("%d.%d.%d" % sys.version_info[:3], os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable))
' 2>/dev/null </dev/null
done | sort -V -u | awk -v want="$want" '
    {
        split($1, part, ".")
        minor = part[2] + 0
        path = $0
        sub(/^[^ ]+ /, "", path)
        if (part[1] != 3 || minor < 9) next
        found[minor] = path
        if (minor >= 11 && minor <= 14) newest = path
    }
    END {
        if (want == "all") {
            for (minor = 9; minor < 30; minor++) if (minor in found) print "3." minor, found[minor]
            exit 0
        }
        if (want == "newest") answer = newest
        else { split(want, part, "."); answer = found[part[2] + 0] }
        if (answer == "") exit 1
        print answer
    }'
