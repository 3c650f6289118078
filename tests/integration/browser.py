# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a page in headless Chromium, as a reader would, and gives back what the browser complains about."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile

from playing import ROOT

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--hide-scrollbars", "--enable-logging=stderr", "--v=0", "--host-resolver-rules=MAP * ~NOTFOUND")


def find():
    """Return the path of Chromium, installed first where that is possible; None where it is not."""
    for _time in range(2):
        for name in ("chromium", "chromium-browser", "google-chrome"):
            if shutil.which(name):
                return shutil.which(name)
        subprocess.run(["sh", str(ROOT / "tests/tools/system.sh"), "chromium"], check=False, timeout=600)
    return None


def opened(browser, page, *flags, size="1240,1600"):
    """Open a file; return the page's text as the browser rendered it, and the lines of its console."""
    with tempfile.TemporaryDirectory(prefix="kariz-browser-", ignore_cleanup_errors=True) as profile:
        done = subprocess.run([browser, *FLAGS, "--user-data-dir=" + profile, "--window-size=" + size, *flags, "--dump-dom", page.as_uri()],
                              capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, re.findall(r"^.*CONSOLE.*$", done.stderr, re.MULTILINE)
