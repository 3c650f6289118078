// SPDX-License-Identifier: GPL-3.0-or-later
"use strict";
const button = document.querySelector("button.menu");
button.addEventListener("click", () => {
  const open = document.body.classList.toggle("open");
  button.setAttribute("aria-expanded", open);
});
const persian = document.documentElement.lang === "fa";
for (const block of document.querySelectorAll("div.highlight")) {
  // Without a clipboard (a page opened from a file in some browsers) there is nothing to offer.
  if (!navigator.clipboard) break;
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy";
  copy.textContent = persian ? "رونوشت" : "copy";
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("pre").textContent);
    copy.textContent = persian ? "شد" : "copied";
    setTimeout(() => { copy.textContent = persian ? "رونوشت" : "copy"; }, 1500);
  });
  block.append(copy);
}
document.querySelector("nav.contents .current > a.current")?.scrollIntoView({block: "nearest"});
