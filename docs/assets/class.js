// A run alone, for a class that is to say what comes next. The style sheet beside this hides the rest, and so that nobody
// sees it before, the page waits for both.
"use strict";
{
  const root = document.documentElement;
  root.classList.add("sk-in-class");
  document.write(`<link rel="stylesheet" href="${document.currentScript.src.replace(/js$/, "css")}">`);
  addEventListener("DOMContentLoaded", () => {
    const run = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".sk-run");
    if (!run) return root.classList.remove("sk-in-class");
    const back = location.hash;
    run.prepend(Object.assign(document.createElement("a"), {
      className: "sk-whole-page", href: location.pathname + back, textContent: "Show the whole page",
    }));
    // The keyboard, or what a speaker holds in the hand, goes on.
    const ready = () => run.querySelector(".sk-forth")?.focus({ preventScroll: true });
    addEventListener("load", ready); // going to the run takes the focus to it
    const fold = run.querySelector(".sk-later:not([open])");
    if (!fold) return;
    fold.addEventListener("toggle", () => {
      const slider = run.querySelector(".sk-track input"); // which plays once it is opened; a class begins at the beginning
      slider.value = 0;
      slider.dispatchEvent(new Event("input"));
      history.replaceState(history.state, "", back); // which step 0 takes the run's name from
      ready();
    }, { once: true });
    fold.open = true;
  });
}
