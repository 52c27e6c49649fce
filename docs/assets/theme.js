// Brings the theme's scripts when the reader first turns to what they serve, and adds what they lack.
// They are a third of a first visit, and the index that they fetch is six times as much; reading needs neither.
"use strict";
(() => {
  const find = (selector) => document.querySelector(selector);

  // -- the theme's scripts --

  const asked = new AbortController();
  const here = new AbortController();

  const bring = () => {
    if (asked.signal.aborted) return;
    asked.abort();
    const { content } = find("#theme-scripts");
    content.lastElementChild.onload = () => {
      document.dispatchEvent(new Event("DOMContentLoaded")); // the theme begins at this event, which is over
      here.abort();
    };
    document.body.append(content);
  };

  // The keyboard, the menus, and code, on which they put a button that copies it.
  const onServed = ({ target }) => target.closest(".md-header, .md-sidebar, .md-typeset pre") && bring();
  addEventListener("pointerover", onServed, { signal: asked.signal });
  for (const type of ["focusin", "keydown"]) addEventListener(type, bring, { signal: asked.signal });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", bring, { signal: asked.signal });
  // A page that was found by searching has its words marked, and a closed part that is led to opens.
  if (location.search || find("details:not([open]) :target")) bring();

  // What is asked of them while they are on their way, they are told when they are here.
  const early = (selector) => ({ target, type }) => {
    if (!target.closest(selector)) return;
    here.signal.addEventListener("abort", () => target.dispatchEvent(new Event(type, { bubbles: true })));
  };
  addEventListener("change", early("[data-md-component=palette]"), { signal: here.signal });
  addEventListener("click", early(".md-search__button"), { signal: here.signal });
  const slash = (event) => {
    if (event.key !== "/" || event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    find(".md-search__input")?.focus();
    find(".md-search__button")?.click();
  };
  addEventListener("keydown", slash, { signal: here.signal });

  // They show which colours come next; so does this before.
  const { index } = __md_get("__palette") ?? { index: 0 };
  find(`#__palette_${index}`).nextElementSibling.hidden = false;

  // They scroll the menu to the page that is open; so does this before.
  const open = find(".md-sidebar--primary .md-nav__link--active");
  const menu = open?.closest(".md-sidebar__scrollwrap");
  menu?.scrollTo({ top: open.offsetTop - menu.offsetTop - menu.offsetHeight / 2 });

  // -- what they lack --

  for (const button of document.querySelectorAll("[data-site-switch]")) {
    const box = document.getElementById(button.dataset.siteSwitch);
    const show = () => button.setAttribute("aria-expanded", box.checked);
    button.addEventListener("click", () => box.click());
    box.addEventListener("change", show);
    show();
  }
  find(".md-search")?.setAttribute("aria-label", "Search");
  find(".md-search [type=reset]")?.removeAttribute("tabindex");
  find(".md-search__scrollwrap")?.setAttribute("aria-label", "Search results");

  // What is wider than the screen scrolls; the keyboard must be able to scroll it too. Theirs for code is that of ours.
  const named = [["role", "group"], ["aria-label", "Table, scrolls sideways"]];
  const wide = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const scrolls = target.scrollWidth > target.clientWidth;
    for (const [name, value] of [["tabindex", "0"], ...(target.matches("div") ? named : [])])
      if (scrolls) target.setAttribute(name, value);
      else target.removeAttribute(name);
  }));
  // They put a table into a box, and around each button that copies a landmark without a name.
  const tend = () => {
    document.querySelectorAll(".md-typeset__scrollwrap").forEach((box) => wide.observe(box));
    document.querySelectorAll(".md-code__nav:not([role])").forEach((nav) => nav.setAttribute("role", "none"));
  };
  document.querySelectorAll(".md-typeset pre > code, .md-typeset table:not([class])").forEach((part) => wide.observe(part));
  new MutationObserver(tend).observe(find("main"), { childList: true, subtree: true });
})();
