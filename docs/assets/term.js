// Shows what a word of the glossary means beside it, with the way to its entry. It comes when the first word is pressed;
// if it does not, the word is a link.
"use strict";
(() => {
  const style = Object.assign(document.createElement("link"), {
    rel: "stylesheet", href: document.currentScript.src.replace(/js$/, "css"),
  });
  const dressed = new Promise((resolve) => { style.onload = style.onerror = resolve; });
  document.head.append(style);

  // One for all words: what closes it, and who has the focus then, the browser knows.
  const bubble = Object.assign(document.createElement("span"), { className: "sk-says", role: "dialog", popover: "auto" });
  const says = Object.assign(document.createElement("span"), { id: "sk-says" });
  const entry = Object.assign(document.createElement("a"), { textContent: "In the glossary", autofocus: true });
  bubble.setAttribute("aria-describedby", says.id);
  bubble.append(says, " ", entry);

  let word;
  bubble.addEventListener("toggle", ({ newState }) => word.setAttribute("aria-expanded", newState === "open"));
  document.querySelector("main").addEventListener("click", async (event) => {
    const pressed = event.target.closest("a.sk-term");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await dressed;
    if (bubble.matches(":popover-open")) bubble.hidePopover();
    word?.removeAttribute("aria-expanded");
    word = pressed;
    bubble.ariaLabel = word.textContent;
    says.textContent = word.title;
    entry.href = word.href;
    // Beside the word, where the Tab key goes on; outside of what would take a press on it for its own.
    (word.closest("label, summary, h1, h2, h3") ?? word).after(bubble);
    bubble.showPopover({ source: word });
  });
})();
