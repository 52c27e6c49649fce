// The window of the search: a field, and below it the answers as a list of links.
"use strict";
sockSearch.dialog = (site, parts) => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const NEAR = 4; // answers on a page that asks

  const field = make("input", {
    type: "search", name: "asked", placeholder: "An error message, a question, a plug",
    autocomplete: "off", spellcheck: false,
  });
  field.setAttribute("aria-label", "Search");
  field.setAttribute("autocapitalize", "none");
  field.setAttribute("enterkeyhint", "search");
  const close = make("button", { type: "button", className: "sk-search-close", textContent: "Close" });
  const said = make("p", { className: "sk-search-count", role: "status" });
  const list = make("ol", { className: "sk-search-list" });
  const form = make("form", {}, field, close);
  form.setAttribute("role", "search");
  const dialog = make("dialog", { className: "sk-search" }, form, said, list);
  dialog.setAttribute("aria-label", "Search");
  document.body.append(dialog);

  // -- the index, for which each builder has a name of its own, and the table of errors, which knows whole messages --

  const zensical = document.querySelector("meta[name=generator]")?.content.startsWith("zensical");
  const table = new URL("errors/", site);
  const fetched = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`What to search did not come: ${response.status} for ${address.pathname}`);
    return response;
  };
  const rulesIn = (html) =>
    [...new DOMParser().parseFromString(html, "text/html").querySelectorAll(".sk-errors tbody tr")].map((row) => ({
      ...sockErrors.ruleOf(row),
      id: new URL(row.querySelector("th a").getAttribute("href"), table).href.slice(site.href.length),
    }));
  const load = async () => {
    if (location.protocol === "file:") {
      throw new Error("A browser lets no page search files in a folder. In the folder of the site, run "
        + "python3 -m http.server 8000, then open http://127.0.0.1:8000/");
    }
    const [index, asked, errors] = await Promise.all([
      fetched(new URL(zensical ? "search.json" : "search/search_index.json", site)).then((answer) => answer.json()),
      fetched(new URL("assets/search/asked.json", site)).then((answer) => answer.json()),
      fetched(table).then((answer) => answer.text()),
      sockErrors.others(),
    ]);
    const known = sockErrors.finder(rulesIn(errors));
    const entries = (message) => {
      const own = known(message);
      return own.length ? own : known(sockErrors.inEnglish(message));
    };
    return sockSearch.finder(index.docs ?? index.items, entries, asked);
  };
  let find;
  let failure = "";
  const loaded = load().then((made) => { find = made; }, (error) => { failure = error.message; });

  // -- answers --

  const where = ({ location: place, heading, title }) => {
    const part = parts[place.split("/")[0]];
    return [part, title === heading ? "" : title].filter(Boolean).join(" \u203a ") || "This site";
  };
  const item = (answer) => make("li", {}, make("a", { href: new URL(answer.location, site).href },
    make("span", { className: "sk-search-place", textContent: where(answer) }),
    make("strong", { textContent: answer.heading }),
    make("span", { className: "sk-search-words" },
      ...answer.excerpt.map(([text, marked]) => (marked ? make("mark", { textContent: text }) : text)))));

  const show = () => {
    const asked = field.value.trim();
    const answers = asked && find ? find(field.value, { typing: true }) : [];
    list.replaceChildren(...answers.map(item));
    dialog.scrollTop = 0;
    if (failure) said.textContent = failure;
    else if (!find) said.textContent = "Looking \u2026";
    else if (!asked) said.textContent = "";
    else if (answers.length === 1) said.textContent = "1 answer";
    else if (answers.length) said.textContent = `${answers.length} answers, best first`;
    else said.textContent = "Nothing found. Try fewer words, or the name of the error.";
  };
  loaded.then(show);
  field.addEventListener("input", show);

  // -- keys and the pointer --

  const links = () => [...list.querySelectorAll("a")];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  const STEPS = { ArrowDown: 1, ArrowUp: -1 };
  dialog.addEventListener("keydown", (event) => {
    const stops = [field, ...links()];
    const step = STEPS[event.key];
    if (step && stops.length > 1) {
      event.preventDefault();
      stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
    } else if (event.key === "Escape") {
      event.preventDefault(); // else the first only empties the field
      dialog.close();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && document.activeElement.matches("a")) {
      field.focus(); // and the letter goes there
    }
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => {
    // Beside the box is the box itself; and an answer may be on the page that is open.
    if (target === dialog || target.closest("a")) dialog.close();
  });

  return {
    /** Open it, with what is asked, if anything; what was asked before is there, to be typed over. */
    open(text, isBegun) {
      if (text !== undefined) field.value = isBegun ? text : text.replace(/\s+/g, " ").trim();
      if (!dialog.open) dialog.showModal();
      field.focus();
      if (isBegun) field.setSelectionRange(text.length, text.length);
      else field.select();
      show();
      return loaded;
    },
    /** Give the best answers to a question as items of a list, for a page to show; none if what to search did not come. */
    async near(text) {
      await loaded;
      return find ? find(text, { most: NEAR }).map(item) : [];
    },
    dialog,
  };
};
