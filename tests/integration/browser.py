# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens pages in headless Chromium, as readers would on a screen, a phone and paper: pictures, measures, and what the browser complains about.

It speaks the browser's own protocol over a pair of pipes, so nothing beside Chromium is needed.
"""

from __future__ import annotations

import base64
import json
import os
import re
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--hide-scrollbars", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe")
#: Width and height of a screen and of a phone, in CSS pixels.
SCREEN, PHONE = (1240, 1600), (375, 812)
PATIENCE = 120


def find():
    """Return the path of Chromium, installed first where that is possible; None where it is not."""
    for _time in range(2):
        for name in ("chromium", "chromium-browser", "google-chrome"):
            if shutil.which(name):
                return shutil.which(name)
        subprocess.run(["sh", str(ROOT / "tests/tools/system.sh"), "chromium"], check=False, timeout=600)
    return None


def pdf_tool(name):
    """Return the path of a program that looks into PDF files, installed first where that is possible; None where it is not."""
    if shutil.which(name) is None:
        subprocess.run(["sh", str(ROOT / "tests/tools/system.sh"), "poppler-utils"], check=False, timeout=600)
    return shutil.which(name)


class Browser:
    """A browser with one tab: ``with Browser(program) as browser: browser.open(page)``. ``console`` holds what it complained about."""

    def __init__(self, program):
        self.program = program
        self.console: list = []
        self._number = 0
        self._buffer = b""
        self._session = None

    def __enter__(self):
        self._profile = tempfile.TemporaryDirectory(prefix="kariz-browser-", ignore_cleanup_errors=True)
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()

        def ends():
            # The protocol's descriptors: commands on 3, answers on 4.
            high = [os.dup2(descriptor, 90 + place) for place, descriptor in enumerate((to_browser, from_browser))]
            for place, descriptor in enumerate(high):
                os.dup2(descriptor, 3 + place)
        self._process = subprocess.Popen([self.program, *FLAGS, "--user-data-dir=" + self._profile.name, "about:blank"], preexec_fn=ends, close_fds=False,
                                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        target = next(one for one in self._call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        self._session = self._call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._call(domain + ".enable")
        return self

    def __exit__(self, *_error):
        self._process.kill()
        self._process.wait()
        os.close(self._write)
        os.close(self._read)
        self._profile.cleanup()

    def _message(self):
        deadline = time.monotonic() + PATIENCE
        while b"\0" not in self._buffer:
            if not select.select([self._read], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError("the browser says nothing")
            more = os.read(self._read, 1 << 20)
            if not more:
                raise EOFError("the browser has ended")
            self._buffer += more
        text, _nul, self._buffer = self._buffer.partition(b"\0")
        return json.loads(text)

    def _heard(self, message):
        method, said = message.get("method"), message.get("params") or {}
        if method == "Log.entryAdded":
            self.console.append(said["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and said["type"] in ("error", "warning"):
            self.console.append(" ".join(str(part.get("value", part.get("description"))) for part in said["args"]))
        elif method == "Runtime.exceptionThrown":
            self.console.append(said["exceptionDetails"]["text"])
        return method

    def _call(self, method, **params):
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError("%s: %s" % (method, answer["error"]["message"]))
                return answer["result"]
            self._heard(answer)

    def open(self, page, size=SCREEN, dark=False, media="screen"):
        """Open a file as it looks on a screen of this size."""
        self.console = []
        self._call("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=size[0] < 600)
        self._call("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self._call("Page.navigate", url=Path(page).resolve().as_uri())
        while self._heard(self._message()) != "Page.loadEventFired":
            pass
        return self

    def evaluate(self, script):
        """Return the value of an expression of JavaScript."""
        made = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in made:
            raise RuntimeError(made["exceptionDetails"].get("exception", {}).get("description") or made["exceptionDetails"]["text"])
        return made["result"].get("value")

    def picture(self, path, most=None, scale=1):
        """Write the whole page, or its first ``most`` pixels, as PNG."""
        wide, high = self.evaluate("[innerWidth, Math.ceil(document.documentElement.getBoundingClientRect().height)]")
        made = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                          clip={"x": 0, "y": 0, "width": wide, "height": min(high, most or high), "scale": scale})
        Path(path).write_bytes(base64.b64decode(made["data"]))

    def paper(self, path):
        """Write the page as it prints, as PDF."""
        # Whatever medium was looked at before: paper is print.
        self._call("Emulation.setEmulatedMedia", media="", features=[])
        made = self._call("Page.printToPDF", printBackground=False, preferCSSPageSize=True)
        Path(path).write_bytes(base64.b64decode(made["data"]))


#: What a reader cannot read: returns ``{"small", "beyond", "pale"}``, each a list of sentences. Letters below 10 CSS pixels; what leaves its card, or
#: the page; text whose contrast to its ground is below that of WCAG 2.2, AA.
MEASURE = r"""
(() => {
  const found = {small: [], beyond: [], pale: []};
  const parts = text => (text.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * x + .7152 * y + .0722 * z; };
  const ground = element => { for (; element; element = element.parentElement) { const colour = parts(getComputedStyle(element).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour; } return [255, 255, 255]; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const text = node.data.trim(), element = node.parentElement, style = getComputedStyle(element);
    if (!text || ["STYLE", "title"].includes(element.tagName) || !element.getClientRects().length) continue;
    const drawn = element.namespaceURI.endsWith("svg");
    const size = parseFloat(style.fontSize) * (drawn ? element.getScreenCTM().a : 1);
    if (size < 10) found.small.push(text + ": " + size.toFixed(1));
    const [one, other] = [light(parts(drawn ? style.fill : style.color)), light(ground(drawn ? element.closest("svg").parentElement : element))];
    const ratio = (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 600);
    if (ratio < (large ? 3 : 4.5)) found.pale.push(text + ": " + ratio.toFixed(2));
  }
  for (const element of document.querySelectorAll(".tile, .card, .panel, li, h1, h2, header, footer, p, .chip")) {
    if (!element.classList.contains("scroll") && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display != "inline")
      found.beyond.push(element.className + " " + element.textContent.trim().slice(0, 60));
  }
  for (const text of document.querySelectorAll("svg.chart text")) {
    const box = text.getBoundingClientRect(), chart = text.closest("svg").getBoundingClientRect();
    if (box.width && (box.left < chart.left - 1 || box.right > chart.right + 1)) found.beyond.push("in a chart: " + text.textContent);
  }
  for (const chart of document.querySelectorAll("svg.chart")) {
    const boxes = [...chart.querySelectorAll("text[text-anchor]")].map(text => text.getBoundingClientRect()).filter(box => box.width);
    const meet = (box, other) => box.left < other.right && other.left < box.right && box.top + 2 < other.bottom && other.top + 2 < box.bottom;
    if (boxes.some((box, place) => boxes.slice(place + 1).some(other => meet(box, other)))) found.beyond.push("labels on each other");
  }
  if (document.documentElement.scrollWidth > innerWidth) found.beyond.push("the page is " + document.documentElement.scrollWidth + " wide");
  return found;
})()
"""


def lonely_headings(tool, paper, headings):
    """Return the headings that end a page of a PDF.

    :arg tool: the program ``pdftotext``.
    """
    said = subprocess.run([tool, "-layout", str(paper), "-"], capture_output=True, text=True, check=True, timeout=PATIENCE).stdout
    found = []
    for page in said.split("\f"):
        lines = [re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", line).strip() for line in page.splitlines() if line.strip()]
        found += [heading for heading in headings if lines and "".join(heading.split()) == "".join(lines[-1].split())]
    return found
