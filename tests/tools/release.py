# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes everything that a release consists of, from the checkout as it is, into build/release/VERSION:

the archive, SHA256SUMS, a list of what it needs (CycloneDX), the change log, and with a GPG key the signature of the archive's MANIFEST.json.

The checkout stays as it is unless `--write` is given: then the change log made from the fragments and the version come into it, to be committed and tagged.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

import build
from steps import ROOT, copy_collection

TOOLS = pathlib.Path(__file__).resolve().parent
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?")
VERSION_LINE = re.compile(r"^version: (\S+)$", re.MULTILINE)


def version_of(source: pathlib.Path) -> str:
    found = VERSION_LINE.search((source / "galaxy.yml").read_text("utf-8"))
    assert found is not None
    return found.group(1)


def released(source: pathlib.Path) -> set[str]:
    """The versions that the change log of SOURCE knows."""
    return set(re.findall(r"^  ([0-9]\S*):$", (source / "changelogs/changelog.yaml").read_text("utf-8"), re.MULTILINE))


def next_version(source: pathlib.Path) -> str:
    """The version in galaxy.yml, or the one after it when that is released."""
    version = version_of(source)
    if version not in released(source):
        return version
    major, minor, patch = version.split("-")[0].split(".")
    return f"{major}.{minor}.{int(patch) + 1}"


def write_changelog(source: pathlib.Path, version: str) -> None:
    """Set the version of SOURCE and turn its fragments into the entry for it."""
    galaxy = source / "galaxy.yml"
    galaxy.write_text(VERSION_LINE.sub(f"version: {version}", galaxy.read_text("utf-8"), count=1), "utf-8")
    subprocess.run(["antsibull-changelog", "release", "--version", version], check=True, cwd=source, stdout=subprocess.DEVNULL)
    # Markdown's special characters are escaped there.
    if f"## v{version}" not in (source / "CHANGELOG.md").read_text("utf-8").replace("\\", ""):
        sys.exit(f"CHANGELOG.md has no entry for {version}")


def write_checksums(folder: pathlib.Path) -> None:
    """Write SHA256SUMS over all files of FOLDER, as `sha256sum --check` reads it."""
    names = sorted(path.name for path in folder.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")


def write_bill(source: pathlib.Path, target: pathlib.Path, version: str) -> None:
    """Write what SOURCE needs at run time (requirements.txt) as a CycloneDX file, about the collection in this version."""
    made = subprocess.run([sys.executable, "-m", "cyclonedx_py", "requirements", str(source / "requirements.txt"), "--output-reproducible"],
                          check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    bill = json.loads(made.stdout)
    bill.setdefault("metadata", {})["component"] = {
        "type": "library", "bom-ref": "kariz.panels", "group": "kariz", "name": "panels", "version": version,
        "licenses": [{"license": {"id": "GPL-3.0-or-later"}}]}
    bill["dependencies"] = [{"ref": "kariz.panels", "dependsOn": sorted(one["bom-ref"] for one in bill["components"])},
                            *({"ref": ref} for ref in sorted(one["bom-ref"] for one in bill["components"]))]
    target.write_text(json.dumps(bill, indent=2) + "\n", "utf-8")


def sign(archive: pathlib.Path, key: str) -> pathlib.Path:
    """Sign MANIFEST.json of the archive, as `ansible-galaxy collection install --signature` wants it, and look at the signature."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as tar:
            manifest = pathlib.Path(folder, "MANIFEST.json")
            inner = tar.extractfile("MANIFEST.json")
            assert inner is not None
            manifest.write_bytes(inner.read())
        signature = archive.with_name(archive.name.replace(".tar.gz", ".MANIFEST.json.asc"))
        subprocess.run(["gpg", "--batch", "--yes", "--local-user", key, "--armor", "--detach-sign", "--output", str(signature), str(manifest)], check=True)
        subprocess.run(["gpg", "--batch", "--verify", str(signature), str(manifest)], check=True, stderr=subprocess.DEVNULL)
    return signature


def make(version: str, target: pathlib.Path, key: str | None, whole: bool, write: bool) -> list[str]:
    """Make the release's files in TARGET and return their names."""
    with tempfile.TemporaryDirectory() as folder:
        source = copy_collection(folder)
        write_changelog(source, version)
        archive = build.build(source, target)
        print(build.look(archive, pathlib.Path(folder, "installed")))
        if whole:
            subprocess.run([sys.executable, str(TOOLS / "importer.py"), "--whole", str(archive)], check=True)
        write_bill(source, target / f"kariz-panels-{version}.cdx.json", version)
        shutil.copy(source / "CHANGELOG.md", target)
        if key:
            sign(archive, key)
        write_checksums(target)
        if write:
            for name in ("galaxy.yml", "CHANGELOG.md", "changelogs/changelog.yaml"):
                shutil.copy(source / name, ROOT / name)
            for path in (ROOT / "changelogs/fragments").glob("*.yml"):
                path.unlink()
    return sorted(path.name for path in target.iterdir())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("version", nargs="?", help="default: that of galaxy.yml, or the one after it")
    parser.add_argument("--key", help="GPG key that signs")
    parser.add_argument("--write", action="store_true", help="change log and version come into the checkout")
    parser.add_argument("--try", dest="only_try", action="store_true", help="into a temporary folder, without the importer")
    wanted = parser.parse_args()
    version = wanted.version or next_version(ROOT)
    if not VERSION.fullmatch(version):
        parser.error(f"{version} is no version such as 1.2.3")
    if version in released(ROOT):
        parser.error(f"{version} is released already; what changed since then is for a later one")
    if wanted.only_try:
        with tempfile.TemporaryDirectory() as folder:
            names = make(version, pathlib.Path(folder), wanted.key, False, False)
            subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], check=True, cwd=folder)
        print(f"a release {version} would be: {', '.join(names)}")
        return 0
    target = ROOT / "build" / "release" / version
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    print(*make(version, target, wanted.key, True, wanted.write), sep="\n")
    print(f"{target.relative_to(ROOT)}: ready")
    if wanted.write:
        print(f"next: git add -A && git commit -m 'Release {version}' && git tag {version}, then publish the archive (CONTRIBUTING.md)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
