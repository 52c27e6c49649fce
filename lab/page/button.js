// Gives each run of a page two buttons. Nothing of the machine is fetched before one of them is pressed.
"use strict";
(() => {
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const WHY_NOT = "This page lies in a folder on a disk, and browsers let no page fetch files from there. Serve the folder, with " +
    "python -m http.server for instance, and the machine starts. What is shown above was recorded.";
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /** Open the bench below a run, or below what tries an edit of it; `live` says what is tried: sitebuild/live.py. */
  const press = async (place, isRun, live) => {
    let panel = place.nextElementSibling;
    if (panel?.matches(".sk-lab")) return panel.dispatchEvent(new CustomEvent(isRun ? "sk-run-again" : "sk-edit", { detail: live && (live.edit ?? []) }));
    panel = make("section", { className: "band sk-lab" }, make("p", { className: "in", role: "status", textContent: "One moment …" }));
    place.after(panel);
    try {
      const { open } = await import(`${folder}bench.mjs`);
      await open(place, panel, isRun, live);
    } catch (error) {
      panel.firstChild.textContent = location.protocol === "file:" ? WHY_NOT : `The machine could not be fetched (${error.message}). What is shown above was recorded.`;
    }
  };

  const start = () => {
    for (const get of document.querySelectorAll(".sk-get[data-programs]")) {
      const run = get.closest(".sk-run");
      if (!run || get.querySelector(".sk-live")) continue;
      get.prepend(
        make("button", { type: "button", className: "sk-live", textContent: "Run", title: "Run it on a Linux kernel in this tab (9 MB, once)", onclick: () => press(run, true) }),
        make("button", { type: "button", className: "sk-live", textContent: "Edit", title: "Change it, and run it in this tab", onclick: () => press(run, false) }),
      );
    }
    for (const tried of document.querySelectorAll("[data-live]")) {
      if (tried.querySelector(".sk-try")) continue;
      const live = JSON.parse(tried.dataset.live);
      const place = tried.closest(".sk-what-if, .sk-turn") ?? tried;
      (tried.querySelector(".sk-said") ?? tried).append(
        make("button", { type: "button", className: "sk-live sk-try", textContent: "Try it live", title: "Run it on a Linux kernel in this tab (9 MB, once)", onclick: () => press(place, true, live) }),
      );
    }
    const free = location.hash.startsWith("#lab=") && document.querySelector(".sk-free .sk-run");
    if (free) press(free, false); // somebody has been sent a program
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
