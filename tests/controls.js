// What the browser tests ask of a page about its controls. Run inside the page; defines `controls`.
"use strict";
globalThis.controls = (() => {
  const CANDIDATES =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, label[for], audio[controls], video[controls], " +
    "[tabindex]:not([tabindex='-1']), [contenteditable]";

  const box = (element) => element.getBoundingClientRect();
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && box(element).width > 0 && box(element).height > 0;
  const onScreen = (element) => {
    const { left, right, top, bottom, width, height } = box(element);
    return width > 0 && height > 0 && right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
  };
  const describe = (element) => {
    const name = element.getAttribute("aria-label") || element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    const id = element.id ? `#${element.id}` : "";
    const kind = typeof element.className === "string" && element.className ? `.${element.className.split(" ")[0]}` : "";
    const aim = element.getAttribute("for") || element.getAttribute("href") || "";
    return `<${element.localName}${id}${kind} ${aim}> "${name}"`;
  };

  // A label is a control of its own only when what it labels is not there to be focused.
  const isControl = (element) =>
    shown(element) &&
    !element.disabled &&
    !element.closest("[inert]") &&
    getComputedStyle(element).pointerEvents !== "none" &&
    !(element.localName === "label" && element.control?.checkVisibility());

  let expected = [];
  let focused = new Set();
  let hidden = new Set();
  const note = ({ target }) => {
    focused.add(target);
    // The theme shows, for the chosen colours, the label that leads to the next ones.
    const faces = [target, ...(target.labels ?? []), target.matches(".md-option") && target.nextElementSibling].filter(Boolean);
    if (!faces.some(onScreen)) hidden.add(target);
  };

  // Radio buttons of one group are one stop; the arrow keys do the rest.
  const reached = (element) =>
    focused.has(element) ||
    (element.type === "radio" && [...focused].some((other) => other.type === "radio" && other.name === element.name));

  const layout = (without) =>
    [...document.body.querySelectorAll("*")]
      .filter((element) => !without.has(element))
      .map((element) => {
        const { x, y, width, height } = box(element);
        const { visibility, opacity, transform } = getComputedStyle(element);
        return [x, y + scrollY, width, height, visibility, opacity, transform].join(" ");
      })
      .join("\n");

  return {
    // Say what makes the page wider than the window.
    sideways() {
      const wide = document.scrollingElement.scrollWidth;
      if (wide <= innerWidth) return [];
      const guilty = [...document.body.querySelectorAll("*")].filter((element) => box(element).right > innerWidth + 1);
      return [`scrolls sideways (${wide} px): ${guilty.slice(0, 3).map(describe).join(", ")}`];
    },

    // List the controls within `scope` at this width; a box that scrolls at one width only does not count as one.
    present: (scope) =>
      [...document.querySelectorAll(CANDIDATES)]
        .filter((one) => one.closest(scope) && isControl(one) && !one.matches("[role=group]"))
        .map(describe)
        .join("\n"),

    // Pick one element of each look: what its text and all that lies behind it are painted with.
    looks() {
      const behind = new Map();
      const picked = new Map();
      for (const element of document.querySelectorAll("*")) {
        const style = getComputedStyle(element);
        const own = [style.backgroundColor, style.backgroundImage, style.opacity].join();
        const under = behind.get(element.parentElement) ?? "";
        behind.set(element, own === "rgba(0, 0, 0, 0),none,1" ? under : `${under} ${own}`);
        if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
        if (!shown(element)) continue;
        const { color, fontSize, fontWeight, textShadow } = style;
        const look = [behind.get(element), color, fontSize, fontWeight, textShadow].join("/");
        if (!picked.has(look)) picked.set(look, element);
      }
      return [...picked.values()];
    },

    // Start at the top of the page, and return how often Tab must be pressed to pass everything.
    watch() {
      focused = new Set();
      hidden = new Set();
      document.removeEventListener("focusin", note);
      document.addEventListener("focusin", note);
      document.activeElement.blur();
      getSelection().removeAllRanges();
      scrollTo(0, 0);
      // What is there now must be reached; a list that opens on the way has its own keys.
      expected = [...document.querySelectorAll(CANDIDATES)].filter(isControl);
      return document.querySelectorAll(`${CANDIDATES}, [tabindex]`).length + 5;
    },

    missed() {
      document.activeElement.blur();
      const missing = expected.filter((one) => !reached(one));
      return [
        ...missing.map((one) => `not reached by Tab: ${describe(one)}`),
        ...[...hidden].map((one) => `reached by Tab but not in sight: ${describe(one)}`),
      ];
    },

    // Say which text of the article cannot be seen. What a closed <details> holds is one click away.
    unreadable() {
      const article = document.querySelector("main article");
      if (!article || article.innerText.trim().length < 100) return ["the article has no text"];
      const blocks = article.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, th, td, pre, figcaption, svg");
      const folded = (block) => block.closest("details:not([open]) > :not(summary)");
      // A drawing for wide screens has a twin for narrow ones.
      const twin = (block) => block.localName === "svg" && [...block.parentElement.querySelectorAll("svg")].some(shown);
      const unseen = [...blocks].filter(
        (block) => block.textContent.trim() && !shown(block) && !folded(block) && !twin(block),
      );
      return unseen.map((block) => `not readable: ${describe(block)}`);
    },

    // Say which control changes nothing. Links and <summary> need no script; the others must move something.
    idle() {
      const controls = [...document.querySelectorAll(CANDIDATES)].filter(
        (one) => isControl(one) && onScreen(one) && !one.matches("a, summary, [tabindex]:not(button, input, label)"),
      );
      return controls
        .filter((one) => {
          const own = new Set([one, ...(one.labels ?? []), ...one.querySelectorAll("*")]);
          const before = layout(own);
          one.click();
          const after = layout(own);
          if (one.type !== "radio") one.click();
          return before === after;
        })
        .map((one) => `does nothing: ${describe(one)}`);
    },
  };
})();
