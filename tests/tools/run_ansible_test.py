# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs ansible-test for the collection in the current folder, without containers and without downloads beyond Python packages.

Sanity looks at what users get: the collection is built, and checked where its archive was installed. What is only here (the tests) is for ruff and mypy.

Two things need preparing:
- ansible-test looks for python3.9, python3.10, ... on PATH and believes what it finds. pyenv puts scripts of these names
  there that only exit with an error, so a folder with links to real interpreters comes first.
- ansible-test makes its virtual environments without pip and downloads a script that installs it. Python brings pip along
  (ensurepip), so a small script in the place of the downloaded one does the same without the download.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from build import build, look

#: Pythons of managed hosts on which `sanity` alone imports what runs there. Those of controllers, where each plugin is imported, take minutes:
#: `make matrix` has each with an ansible-core of its own.
HOSTS = ("3.9", "3.10")
HOME = pathlib.Path.home() / ".ansible" / "test"
GET_PIP = """\
import subprocess
import sys

# ensurepip in a process of its own: in this one it would switch off the user's pip configuration
subprocess.check_call([sys.executable, "-m", "ensurepip", "--upgrade"], stdout=subprocess.DEVNULL)
wanted = [argument for argument in sys.argv[1:] if argument.startswith("pip==")]
subprocess.check_call([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted])
"""
# What pip says when nothing is wrong, hundreds of lines on the first run
PIP_TALK = re.compile(
    r"\s*$|Collecting |Processing |Requirement already |Looking in |WARNING: Location |Using cached pip "
    r"|Installing (?:collected|requirements) |Successfully (?:un)?installed "
    r"|  (?:Attempting|Downloading|Found existing|Successfully uninstalled|Uninstalling|Using cached) |     \S"
)


def place_get_pip() -> None:
    """Write the stand-in under the name that this ansible-test looks for, which holds the pip version it pins."""
    (HOME / "cache").mkdir(parents=True, exist_ok=True)
    spec = importlib.util.find_spec("ansible_test")
    if spec is None or spec.origin is None:
        sys.exit("ansible-test is not installed beside this Python")
    source = pathlib.Path(spec.origin).parent / "_internal" / "python_requirements.py"
    version = re.search(r"pip='([0-9.]+)'", source.read_text("utf-8"))
    if version is None:
        print("WARNING: the pip version of this ansible-test was not found; it will try to download pip")
        return
    script = HOME / "cache" / f"get_pip_{version[1].replace('.', '_')}.py"
    if not script.exists():
        script.write_text(GET_PIP, "utf-8")


def link_interpreters(folder: str) -> list[str]:
    """Put a link named pythonX.Y to every real interpreter into the folder, and return their versions."""
    versions = []
    finder = pathlib.Path(__file__).with_name("find_python.sh")
    for line in subprocess.run(["sh", str(finder), "all"], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines():
        version, path = line.split(" ", 1)
        os.symlink(path, os.path.join(folder, f"python{version}"))
        versions.append(version)
    return versions


def installed(folder: pathlib.Path) -> pathlib.Path:
    """Build the collection, install its archive below FOLDER and return where it is."""
    print(look(build(pathlib.Path.cwd(), folder), folder / "installed"), flush=True)
    return folder / "installed" / "ansible_collections" / "kariz" / "panels"


def runs(arguments: list[str], versions: list[str]) -> list[list[str]]:
    """Return the arguments of each ansible-test that is to run."""
    if arguments != ["sanity"]:
        return [arguments]
    for version in HOSTS:
        if version not in versions:
            print(f"WARNING: not imported on Python {version}, which is not here")
    imports = [["sanity", "--test", "import", "--python", version] for version in HOSTS if version in versions]
    return [["sanity", "--skip-test", "import"], *imports]


def run(command: list[str], path: str, where: pathlib.Path | None) -> int:
    """Run a command, print what it says but for the talk of pip, and return its exit code."""
    process = subprocess.Popen(command, env={**os.environ, "PATH": path}, cwd=where, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout or ():
        if not PIP_TALK.match(line):
            print(line, end="", flush=True)
    return process.wait()


def main() -> int:
    place_get_pip()
    command = os.path.join(os.path.dirname(sys.executable), "ansible-test")
    with tempfile.TemporaryDirectory(prefix="kariz-python-") as folder, open(HOME / "kariz.lock", "w", encoding="utf-8") as lock:
        versions = link_interpreters(folder)
        # ansible-test keeps its environments in one place for all versions and does not expect company while it makes them
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("waiting for another ansible-test to end", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        # its own Python comes first, so that it is the one it runs with
        path = os.pathsep.join([os.path.dirname(sys.executable), folder, os.environ["PATH"]])
        where = installed(pathlib.Path(folder)) if sys.argv[1:2] == ["sanity"] else None
        # All are run, so that one look shows everything.
        return max([run([command, *arguments, "--color", "no"], path, where) for arguments in runs(sys.argv[1:], versions)])


if __name__ == "__main__":
    sys.exit(main())
