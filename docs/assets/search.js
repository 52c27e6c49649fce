// Opens the search: by its button, by / and Ctrl+K, and for a form that asks it. What searches comes when first used.
"use strict";
window.sockSearch = (() => {
  const script = document.currentScript;
  const folder = new URL("search/", script.src);
  const site = new URL("..", script.src);
  const parts = Object.fromEntries(script.dataset.parts.split(";").map((part) => part.split(/[/].*=/)));

  const bring = (name) => new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), {
      src: new URL(name, folder), onload: resolve, onerror: () => reject(new Error(`${name} did not come`)),
    }));
  });
  const dress = () => new Promise((resolve) => {
    document.head.append(Object.assign(document.createElement("link"), {
      rel: "stylesheet", href: new URL("search.css", folder), onload: resolve, onerror: resolve,
    }));
  });

  let dialog;
  const ready = () => {
    const errors = window.sockErrors ?? bring("../errors-look-up.js"); // A page may have it already.
    dialog ??= Promise.all([dress(), errors, bring("minisearch.js"), bring("find.js"), bring("dialog.js")])
      .then(() => window.sockSearch.dialog(site, parts));
    return dialog;
  };
  let typed; // while it comes
  const open = async (text) => {
    typed ??= "";
    try {
      return (await ready()).open(typed || text, typed);
    } finally {
      typed = undefined;
    }
  };
  const near = async (text) => (await ready()).near(text);

  for (const button of document.querySelectorAll(".sk-search-open")) {
    button.addEventListener("click", () => open());
    for (const type of ["pointerenter", "focus"]) button.addEventListener(type, ready, { once: true });
  }
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    const command = event.ctrlKey || event.metaKey;
    if (typed !== undefined && !typing && !command && event.key.length === 1) {
      typed += event.key;
      event.preventDefault();
    }
    const asked = command ? event.key.toLowerCase() === "k" && !event.shiftKey : event.key === "/" && !typing && typed === undefined;
    if (!asked || event.altKey) return;
    event.preventDefault();
    open();
  });
  // A field on a page hands its text on. Without scripts its form leads to a page.
  addEventListener("submit", (event) => {
    if (!event.target.matches(".sk-ask")) return;
    event.preventDefault();
    open(event.target.querySelector("input, textarea").value);
  });

  return { open, near };
})();
