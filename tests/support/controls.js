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
  const BETWEEN = [0.1, 0.5, 0.9];
  const uncovered = (element) => [...element.getClientRects()].some(({ x, y, width, height }) =>
    BETWEEN.some((across) => BETWEEN.some((down) => element.contains(document.elementFromPoint(x + across * width, y + down * height)))));
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

  // What a control is to a reader who meets many of its like: a link in a row of a ladder, the copy button of a block.
  const kind = (one) => [one, one.parentElement].map(({ localName, classList }) => `${localName}.${classList[0]}`).join(" ");

  // The closed <details> whose content nothing shows at this width, be it a style.
  const folds = () => [...document.querySelectorAll("details:not([open])")]
    .filter((one) => one.checkVisibility() && getComputedStyle(one, "::details-content").contentVisibility === "hidden");

  let folded;
  let walked;
  const faces = (one) => [one, ...(one.labels ?? [])];

  // Radio buttons of one group are one stop; the arrow keys do the rest.
  const stop = (one) => (one.type === "radio" ? one.name : one);

  const layout = (without) =>
    [...document.body.querySelectorAll("*")]
      .filter((element) => !without.has(element) && element.checkVisibility())
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

    // Say which links of a list lie so near each other that a finger meets two (WCAG 2.5.8: 24 px). axe, which knows, is
    // asked of few of those that are alike.
    crowded() {
      const whole = (row) => row?.childElementCount === 1 && row.querySelector(":scope > a")?.textContent === row.textContent && shown(row);
      const middle = (row) => { const { top, bottom } = box(row.firstElementChild); return (top + bottom) / 2; };
      return [...document.querySelectorAll("article li + li")]
        .filter((row) => whole(row) && whole(row.previousElementSibling) && box(row).left === box(row.previousElementSibling).left)
        .filter((row) => Math.abs(middle(row) - middle(row.previousElementSibling)) < 24)
        .map((row) => `too near the link above it: ${describe(row.firstElementChild)}`);
    },

    // Say which words of a drawing run over its edge, where they are cut off.
    cut() {
      const over = (text) => {
        const [inside, edge] = [box(text), box(text.ownerSVGElement)];
        return inside.left < edge.left - 1 || inside.right > edge.right + 1 || inside.bottom > edge.bottom + 1;
      };
      return [...document.querySelectorAll("figure svg text")].filter((text) => shown(text) && over(text))
        .map((text) => `cut off at the edge of a drawing: "${text.textContent}"`);
    },

    // Say which headings stay in the window while what they would lie over scrolls by.
    over() {
      const shares = (one, other) => one.left < other.right && other.left < one.right;
      const placed = (one) => getComputedStyle(one).display === "contents" ? [...one.children].flatMap(placed) : [one];
      const after = (head) => [...head.parentElement.children].filter((one) => head.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING).flatMap(placed);
      return [...document.querySelectorAll("article h2")]
        .filter((head) => head.checkVisibility() && getComputedStyle(head).position === "sticky")
        .filter((head) => after(head).some((one) => shares(box(head), box(one))))
        .map((head) => `stays over what follows it: ${describe(head)}`);
    },

    // List the controls at this width, and note what is folded; a box that scrolls at one width only does not count as one.
    present() {
      folded = folds().filter((one) => !folded || folded.includes(one));
      return [...document.querySelectorAll(CANDIDATES)].filter((one) => isControl(one) && !one.matches("[role=group]")).map(describe).join("\n");
    },

    // Say which controls have nothing to be read out. A box that scrolls needs a name; what it holds is none.
    nameless() {
      const label = (one) => one.getAttribute("aria-label")?.trim() ||
        one.getAttribute("aria-labelledby")?.split(" ").some((id) => document.getElementById(id)?.textContent.trim());
      const worded = (one) => one.textContent.trim() || one.title || one.querySelector("img[alt]:not([alt=''])");
      const named = (one) => label(one) ||
        (one.matches("input, select, textarea") ? [...(one.labels ?? [])].some(worded) || one.title
          : one.matches("a, button, summary, label, code") && worded(one));
      return [...document.querySelectorAll(CANDIDATES)].filter((one) => isControl(one) && !named(one))
        .map((one) => `control without a name: ${describe(one)}`);
    },

    // Say where a heading is more than one level below the last one, and which ids are there twice.
    disordered() {
      const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((one) => one.checkVisibility());
      const level = (one) => Number(one?.localName[1] ?? 0);
      const ids = Map.groupBy(document.querySelectorAll("[id]"), ({ id }) => id);
      return [
        ...headings.filter((one, at) => level(one) > level(headings[at - 1]) + 1).map((one) => `level left out: ${describe(one)}`),
        ...[...ids].filter(([, all]) => all.length > 1).map(([id]) => `two of one id: #${id}`),
      ];
    },

    // Leave code without the colours of its words.
    uncolour() {
      document.querySelectorAll("pre code").forEach((code) => { code.textContent = code.textContent; });
    },

    // Leave of neighbours of one kind, as rows of a table are, the first two, the last, and each that holds a kind of
    // element that is not left yet; what is named by another element stays with it. Of what was folded at each width
    // nothing else is left: nobody meets it, and axe passes over it.
    thin() {
      const NAMING = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"];
      const CONTENT = ":scope > :not(summary)";
      const inFolds = new Set(folded?.flatMap((one) => [...one.querySelectorAll(`${CONTENT}, ${CONTENT} *`)]));
      const named = new Set([...document.querySelectorAll(NAMING.map((name) => `[${name}]`))]
        .filter((one) => !inFolds.has(one))
        .flatMap((one) => NAMING.flatMap((name) => one.getAttribute(name)?.split(" ") ?? [])));
      const own = (one) => `${one.localName} ${one.getAttribute("role") ?? ""} ${one.classList[0] ?? ""}`;
      const left = new Set();
      const needed = (one) => [one, ...one.querySelectorAll("*")].some((inner) => named.has(inner.id) || !left.has(own(inner)));
      const isNamed = (one) => [one, ...one.querySelectorAll("*")].some(({ id }) => named.has(id));
      inFolds.forEach((one) => { if (one.isConnected && !isNamed(one)) one.remove(); });
      const visit = (parent) => {
        for (const alike of Map.groupBy(parent.children, own).values())
          for (const [at, one] of alike.entries()) {
            if (at > 1 && one !== alike.at(-1) && !needed(one)) {
              one.remove();
              continue;
            }
            left.add(own(one));
            if (one.localName !== "svg") visit(one);
            else one.querySelectorAll("*").forEach((inner) => left.add(own(inner))); // a drawing stays whole
          }
      };
      visit(document.querySelector("main") ?? document.body);
    },

    // Pick what a narrow window shows that a wide one does not: drawings have twins, the header folds its menu.
    narrow() {
      const found = [...document.querySelectorAll(".figure, .scene, .sk-top")];
      return found.length ? found : [document.documentElement];
    },

    // Begin a walk by Tab to the first two and the last control of each kind that is not known, and return the kinds.
    // Each press tells where the last one led, and then leads on from before the next control. A box that scrolls is a
    // stop too, so up to five presses may lead to one.
    walk(known) {
      const order = [...document.querySelectorAll(CANDIDATES)].filter(isControl);
      const kinds = [...Map.groupBy(order.keys(), (number) => kind(order[number]))].filter(([name]) => !known.includes(name));
      const left = [...new Set(kinds.flatMap(([, all]) => [all[0], all[1] ?? all[0], all.at(-1)]))].sort((a, b) => a - b);
      const found = [];
      let presses = 0;
      const standBefore = (number) => {
        const from = order.slice(0, number).findLast((one) => one.tabIndex >= 0 && stop(one) !== stop(order[number]));
        document.activeElement.blur();
        if (from) return from.focus();
        const start = Object.assign(document.createElement("span"), { tabIndex: -1 });
        document.body.prepend(start);
        start.focus();
        start.remove();
      };
      const look = () => {
        if (!presses) return;
        const [wanted, focused] = [order[left[0]], document.activeElement];
        if (stop(focused) === stop(wanted)) {
          if (!faces(focused).some(onScreen)) found.push(`reached by Tab but not in sight: ${describe(wanted)}`);
          else if (!faces(focused).some(uncovered)) found.push(`reached by Tab but covered or cut off: ${describe(wanted)}`);
        } else {
          const ahead = focused.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_FOLLOWING;
          if (ahead && presses < 5) return;
          found.push(`not reached by Tab: ${describe(wanted)}`);
        }
        left.shift();
        presses = 0;
      };
      const press = () => {
        look();
        if (!presses) standBefore(left[0]);
        presses += 1;
      };
      addEventListener("keydown", press, { capture: true });
      walked = () => {
        look();
        if (!left.length) removeEventListener("keydown", press, { capture: true });
        return { left: left.length, found };
      };
      return kinds.map(([name]) => name);
    },

    // Say how many controls are left to walk to, and what was found.
    walked: () => walked(),

    // Say which text of the article cannot be seen. What a closed <details> holds is one click away, as is what a choice
    // among radio buttons shows; a sheet is for paper.
    unreadable() {
      const article = document.querySelector("main article");
      if (!article || article.innerText.trim().length < 100) return ["the article has no text"];
      const blocks = article.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, th, td, pre, figcaption, svg");
      const folded = (block) => block.closest("details:not([open]) > :not(summary)");
      // A drawing for wide screens has a twin for narrow ones.
      const twin = (block) => block.localName === "svg" && [...block.parentElement.querySelectorAll("svg")].some(shown);
      let unseen = [...blocks].filter(
        (block) => block.textContent.trim() && !shown(block) && !folded(block) && !twin(block) && !block.closest("nav, [aria-hidden=true]"),
      );
      const chosen = (choice, look) => {
        const before = [...document.getElementsByName(choice.name)].find((one) => one.checked && one.form === choice.form);
        choice.click();
        look();
        if (before) before.click();
        else choice.checked = false;
      };
      const look = () => { unseen = unseen.filter((block) => !shown(block) && !folded(block)); };
      for (const choice of article.querySelectorAll("input[type=radio]")) {
        if (!unseen.length) break;
        const others = [...(choice.closest(".sk-two-ways")?.querySelectorAll("input[type=radio]") ?? [])];
        chosen(choice, () => {
          look();
          others.filter((other) => other.name > choice.name).forEach((other) => chosen(other, look));
        });
      }
      return unseen.map((block) => `not readable: ${describe(block)}`);
    },

    // Say which control changes nothing. Links, <summary> and forms need no script; the others must move something.
    idle() {
      const controls = [...document.querySelectorAll(CANDIDATES)].filter(
        (one) => isControl(one) && onScreen(one) && !one.matches("a, summary, form[action] :is(input, button), [tabindex]:not(button, input, label)"),
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
