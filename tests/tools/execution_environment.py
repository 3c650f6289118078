# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the execution environment of extensions/awx and runs a play in it, where a container engine starts; where none does, it says so.

No image is pulled: the base is Debian, made with debootstrap and kept for the next time. The collection is the one of this checkout.
"""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "roles" / "simulator" / "files"))

BASE = "localhost/kariz-panels-base:trixie"
IMAGE = "localhost/kariz-panels-ee:test"
#: A machine that is itself a container has neither the limits nor the control groups that the engine would ask for.
SETTINGS = """[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
netns = "host"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""
PLAY = """- hosts: localhost
  connection: local
  gather_facts: false
  vars: {ansible_python_interpreter: "{{ ansible_playbook_python }}"}
  tasks:
    - name: A label
      kariz.panels.alocom_label: {title: from-the-environment}
      register: made
    - name: The same in a module process
      kariz.panels.alocom_label: {title: from-the-environment}
      vars: {kariz_action: 0}
      register: again
    - name: Python of the journal, of queries and of days
      ansible.builtin.command: "{{ ansible_playbook_python }} -c 'import jdatetime, jmespath, psycopg, requests'"
      changed_when: false
    - name: Made once
      ansible.builtin.assert:
        that: [made is changed, again is not changed, made.account.vendor == 'alocom']
"""


def run(*words, **more):
    return subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)


def engine(folder):
    """Return the environment in which podman works, or a sentence that says why it does not."""
    if os.geteuid() != 0:
        return "only root may make the base image"
    subprocess.run(["sh", str(ROOT / "tests/tools/system.sh"), "podman", "runc", "debootstrap"], stdout=subprocess.DEVNULL, check=False)
    lacking = [name for name in ("podman", "runc", "debootstrap") if not shutil.which(name)]
    if lacking:
        return "%s cannot be installed here" % ", ".join(lacking)
    (folder / "containers.conf").write_text(SETTINGS, encoding="utf-8")
    surroundings = {**os.environ, "CONTAINERS_CONF": str(folder / "containers.conf")}
    done = run("podman", "info", env=surroundings)
    return surroundings if done.returncode == 0 else "podman does not start: %s" % done.stdout.strip()[-300:]


def base(folder, surroundings):
    """Make the base image when it is not there; return what went wrong, or None."""
    if run("podman", "image", "exists", BASE, env=surroundings).returncode == 0:
        return None
    sources = "".join(path.read_text("utf-8") for path in pathlib.Path("/etc/apt").rglob("*") if path.suffix in (".sources", ".list"))
    mirror = re.search(r"(?m)^(?:URIs:|deb(?: \[.*?\])?)\s+(https?://\S+)", sources)
    root = folder / "root"
    done = run("debootstrap", "--variant=minbase", "--include=python3,python3-venv,ca-certificates", "trixie", root, *([mirror[1]] if mirror else []))
    if done.returncode:
        return "debootstrap: %s" % done.stdout.strip()[-300:]
    # What lets pip and apt here reach their indexes does so there.
    for path in ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt"):
        if os.path.exists(path):
            shutil.copy(path, str(root) + path)
    user = pathlib.Path.home() / ".config/pip/pip.conf"
    if user.exists():
        shutil.copy(user, root / "etc/pip.conf")
    done = run("chroot", root, "python3", "-m", "venv", "/usr/local")
    if done.returncode:
        return "venv: %s" % done.stdout.strip()[-300:]
    with subprocess.Popen(["tar", "-C", str(root), "-c", "--exclude=./proc", "--exclude=./dev", "--exclude=./sys", "."], stdout=subprocess.PIPE) as tar:
        done = run("podman", "import", "-", BASE, env=surroundings, stdin=tar.stdout)
    return "podman import: %s" % done.stdout.strip()[-300:] if done.returncode else None


def context(folder):
    """Write the definition with the archive of this checkout in it, and return its path."""
    wanted = yaml.safe_load((ROOT / "extensions/awx/execution-environment.yml").read_text("utf-8"))
    made = run("ansible-galaxy", "collection", "build", "--output-path", folder / "archive", cwd=os.getcwd())
    (archive,) = (folder / "archive").glob("*.tar.gz") if made.returncode == 0 else (None,)
    wanted["dependencies"]["galaxy"] = {"collections": [{"name": "collections/%s" % archive.name, "type": "file"}]}
    wanted["additional_build_files"] = [{"src": str(archive), "dest": "collections"}]
    wanted["additional_build_steps"] = {"prepend_galaxy": ["COPY _build/collections /build/collections"]}
    path = folder / "execution-environment.yml"
    path.write_text(yaml.safe_dump(wanted), encoding="utf-8")
    return path


def main() -> int:
    from kariz_simulator.client import Simulator

    with tempfile.TemporaryDirectory(prefix="kariz-ee-") as name:
        folder = pathlib.Path(name)
        surroundings = engine(folder)
        trouble = surroundings if isinstance(surroundings, str) else base(folder, surroundings)
        if trouble:
            print("no container engine here, so the execution environment was not built: %s" % trouble)
            return 0
        done = run("ansible-builder", "build", "-f", context(folder), "-c", folder / "context", "--container-runtime", "podman", "-t", IMAGE,
                   "--build-arg", "EE_BASE_IMAGE=%s" % BASE, env=surroundings)
        if done.returncode:
            print(done.stdout[-4000:])
            return 1
        (folder / "play.yml").write_text(PLAY, encoding="utf-8")
        with Simulator.start(sys.executable, vendors=["alocom"]) as simulator:
            done = run("podman", "run", "--rm", "--network", "host", "-v", "%s:/runner/play.yml:ro" % (folder / "play.yml"),
                       "-e", "ALOCOM_API_URL=%s" % simulator.url("alocom"), "-e", "ALOCOM_API_USERNAME=kariz-demo", "-e", "ALOCOM_API_PASSWORD=kariz-demo-pass",
                       IMAGE, "ansible-playbook", "-i", "localhost,", "/runner/play.yml", env=surroundings)
    print(done.stdout[-4000:] if done.returncode else "execution environment: built, and a play ran in it")
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
