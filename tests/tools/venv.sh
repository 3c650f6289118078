#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: venv.sh FOLDER [PYTHON]
# Makes the virtual environment, or makes it anew when its interpreter is gone, is another than the one asked for, or the
# checkout was moved (the scripts inside hold absolute paths). FOLDER/.python says what it was made from; make compares
# its age with that of the requirement stamps.
set -eu
folder=$1
python=${2:-}
here=$(dirname "$0")

# The interpreter behind a name: the name may be a script, or lead into the very folder that is made anew.
if [ -n "$python" ]; then
    python=$("$python" -c '
import os, sys
if sys.version_info < (3, 11):
    sys.exit("Python %d.%d is too old" % sys.version_info[:2])
print(os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable))') || {
        echo "PYTHON=$2 is no Python 3.11 or newer that runs." >&2
        exit 1
    }
fi
if [ -f "$folder/.python" ] && "$folder/bin/python" -c '' 2>/dev/null; then
    if [ -z "$python" ]; then
        python=$(sed -n 1p "$folder/.python")
    fi
    if [ "$(cat "$folder/.python")" = "$python
$PWD" ]; then
        exit 0
    fi
fi

if [ -z "$python" ] && ! python=$(sh "$here/find_python.sh"); then
    # Debian's Python without its venv part is the common case of nothing found
    sh "$here/system.sh" python3-venv
    python=$(sh "$here/find_python.sh") || {
        echo "No Python 3.11 to 3.14 with venv was found. Install one, or name it: make PYTHON=/path/to/python" >&2
        exit 1
    }
fi
echo "$folder: made with $("$python" --version) ($python)"
rm -rf "$folder"
"$python" -m venv "$folder"
printf '%s\n%s\n' "$python" "$PWD" >"$folder/.python"
