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

  const press = async (run, isRun) => {
    let panel = run.nextElementSibling;
    if (panel?.matches(".sk-lab")) return panel.dispatchEvent(new CustomEvent(isRun ? "sk-run-again" : "sk-edit"));
    panel = make("section", { className: "band sk-lab" }, make("p", { className: "in", role: "status", textContent: "One moment …" }));
    run.after(panel);
    try {
      const [{ open }] = await Promise.all(["bench", "line"].map((name) => import(`${folder}${name}.mjs`))); // line has the machine fetched
      await open(run, panel, isRun);
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
    const free = location.hash.startsWith("#lab=") && document.querySelector(".sk-free .sk-run");
    if (free) press(free, false); // somebody has been sent a program
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
