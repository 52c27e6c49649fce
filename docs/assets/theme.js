// Colours, the question that is being read, copying code. All can be read and reached without this script.
"use strict";
(() => {
  const root = document.documentElement;
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const { src } = document.currentScript;
  const come = (name, onload) =>
    document.head.append(make("script", { src: src.replace("theme", name), onload, onerror: onload }));

  // -- colours: a choice that is the system's own is none --

  const KEY = "sk-scheme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const scheme = document.querySelector(".sk-scheme");
  const dark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
  const show = () => scheme.setAttribute("aria-pressed", dark());
  const remember = (chosen) => {
    try {
      if (chosen) localStorage.setItem(KEY, chosen);
      else localStorage.removeItem(KEY);
    } catch { /* a browser that keeps nothing */ }
  };
  scheme.addEventListener("click", () => {
    const next = !dark();
    root.dataset.scheme = next === system.matches ? "" : next ? "dark" : "light";
    remember(root.dataset.scheme);
    show();
  });
  system.addEventListener("change", show);
  show();

  // -- the question that is being read --

  const article = document.querySelector("main article");
  const questions = [...article.querySelectorAll(".qa > h2, .sk-deeper h2")];
  const words = (heading) => [...heading.childNodes].filter(({ className }) => !["headerlink", "sk-back"].includes(className))
    .map((node) => node.textContent).join("").trim();
  const title = article.querySelector("h1");
  if (questions.length && title) {
    const question = make("span");
    const bar = make("div", { className: "sk-here" },
      make("div", { className: "in" }, make("b", { textContent: words(title) }), question,
        make("a", { href: "#__skip", textContent: "To the top" })));
    bar.dataset.searchExclude = "";
    article.append(bar);
    let due = false;
    const look = () => {
      due = false;
      // The bar of a run has that place. One that is folded has none, but a box, which takes a layout.
      const run = [...article.querySelectorAll(".sk-run")].some((one) => {
        if (!one.checkVisibility()) return false;
        const { top, bottom } = one.getBoundingClientRect();
        return top <= 40 && bottom > 40;
      });
      const read = questions.findLast((heading) => {
        const fold = heading.closest("details"); // which a link leads further above
        return (fold ?? heading.parentElement).getBoundingClientRect().top <= (fold ? 120 : 60);
      });
      bar.classList.toggle("sk-on", !run && title.getBoundingClientRect().bottom < 0);
      question.textContent = read ? words(read) : "";
    };
    const later = () => {
      if (!due) requestAnimationFrame(look);
      due = true;
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later);
    look();
  }

  // -- a number says which source that is, and the source leads back to its line --

  let came;
  for (const link of article.querySelectorAll(".sk-cite a")) {
    link.ariaLabel = `Source ${link.textContent}: ${words(document.getElementById(link.hash.slice(1)))}`;
    link.addEventListener("click", () => {
      if (came) came.className = "";
      came = article.querySelector(`.sk-back [href="#${link.id}"]`);
      came.className = "sk-came";
      came.onclick = (event) => {
        if (location.hash !== link.hash) return;
        event.preventDefault();
        addEventListener("popstate", () => link.focus({ preventScroll: true }), { once: true });
        history.back();
      };
    });
  }

  // -- the road: who chose a station is led on --

  const DOOR = "door";
  const doors = document.querySelector(".sk-doors");
  article.addEventListener("click", ({ target }) => {
    const at = target.closest("a, button");
    const section = at?.closest("[data-door]");
    const door = section?.dataset.door ?? (doors && at?.closest(".sk-pages")?.closest(".qa").querySelector("h2").id);
    if (door) sessionStorage.setItem(DOOR, door);
  });
  const door = sessionStorage.getItem(DOOR);
  if (door && article.querySelector(`.sk-way-on[data-door="${CSS.escape(door)}"]`)) come("road");

  // -- a word of the glossary says what it means --

  article.addEventListener("click", function bring(event) {
    const word = event.target.closest("a.sk-term");
    if (!word || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    article.removeEventListener("click", bring);
    const onload = () => word.click();
    come("term", onload);
  });

  // -- copying code --

  for (const code of article.querySelectorAll(".highlight pre > code"))
    code.closest(".highlight").append(make("button", { type: "button", className: "sk-copy", textContent: "Copy" }));
  article.addEventListener("click", async ({ target }) => {
    if (!target.matches(".sk-copy")) return;
    await navigator.clipboard.writeText(target.parentElement.querySelector("code").textContent.trimEnd());
    target.textContent = "Copied";
    setTimeout(() => { target.textContent = "Copy"; }, 2000);
  });

  // -- the keyboard must scroll what is wider than the screen --

  const wide = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const scrolls = target.scrollWidth > target.clientWidth;
    const named = target.localName === "div" ? { role: "group", "aria-label": "Table, scrolls sideways" } : {};
    for (const [name, value] of Object.entries({ tabindex: "0", ...named }))
      if (scrolls) target.setAttribute(name, value);
      else target.removeAttribute(name);
  }));
  article.querySelectorAll("pre > code, .sk-scroll").forEach((part) => wide.observe(part));

  // -- the list of the part's pages lies over the page until it is put away --

  const listed = document.querySelector(".sk-part-pages");
  addEventListener("click", ({ target }) => { if (listed && !listed.contains(target)) listed.open = false; });
  listed?.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    listed.open = false;
    listed.firstElementChild.focus();
  });

  // -- a closed part that is led to opens --

  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = [];
    for (let part = target?.closest("details:not([open])"); part; part = part.parentElement.closest("details:not([open])"))
      closed.push(part);
    closed.forEach((part) => { part.open = true; });
    if (closed.length) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
})();
