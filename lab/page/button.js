// Gives each run of a page two buttons. Nothing of the machine is fetched before one of them is pressed.
"use strict";
(() => {
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const FOLDER = "Browsers let no page in a folder on a disk fetch files. Serve the folder: python -m http.server";
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // live: see sitebuild/live.py
  const press = async (place, isRun, live) => {
    let panel = place.nextElementSibling;
    if (panel?.matches(".sk-lab")) return panel.dispatchEvent(new CustomEvent(isRun ? "sk-run-again" : "sk-edit", { detail: live && (live.edit ?? []) }));
    panel = make("section", { className: "band sk-lab" }, make("p", { className: "in", role: "status", textContent: "One moment …" }));
    place.after(panel);
    try {
      const [{ open }] = await Promise.all(["bench", "line"].map((name) => import(`${folder}${name}.mjs`))); // line has the machine fetched
      await open(place, panel, isRun, live);
    } catch (error) {
      const why = location.protocol === "file:" ? FOLDER : error.message;
      panel.firstChild.textContent = `The machine could not be fetched (${why}). What is shown above was recorded.`;
    }
  };

  const button = (textContent, onclick, more = "") =>
    make("button", { type: "button", className: `sk-live${more}`, textContent, onclick, title: "On a Linux kernel in this tab (9 MB, once)" });

  const start = () => {
    for (const get of document.querySelectorAll(".sk-get[data-programs]")) {
      const run = get.closest(".sk-run");
      if (!run || get.querySelector(".sk-live")) continue;
      get.prepend(button("Run", () => press(run, true)), button("Edit", () => press(run, false)));
    }
    for (const tried of document.querySelectorAll("[data-live]")) {
      if (tried.querySelector(".sk-try")) continue;
      const isTask = tried.matches(".sk-task");
      const open = () => press(tried.closest(".sk-what-if, .sk-turn") ?? tried, !isTask, JSON.parse(tried.dataset.live));
      (tried.querySelector(".sk-said, .sk-then") ?? tried).append(button(isTask ? "Do it here" : "Try it live", open, " sk-try"));
    }
    const free = location.hash.startsWith("#lab=") && document.querySelector(".sk-free .sk-run");
    if (free) press(free, false); // somebody has been sent a program
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
