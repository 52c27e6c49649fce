// Steps through a ladder: a row of the figure and the line of code that led to it light up together.
// Searches the table of ports.
// Everything can be read without this script; it adds the controls that need it.
"use strict";
(() => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const setUp = (block) => {
    const title = block.querySelector(".sk-draw > .sk-title");
    const rows = [...block.querySelectorAll(".sk-ladder tbody tr")];
    if (!title || !rows.length || block.querySelector(".sk-steps")) return;
    block.classList.add("sk-js");
    let at = 0;
    let lit = [];

    const lineOf = (row) => document.getElementById(row.dataset.line || row.querySelector("a")?.hash.slice(1) || "");
    const sentence = (row) =>
      [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).filter(Boolean).join("; ");

    const count = make("span", { textContent: `${rows.length} steps` });
    const code = make("code", { className: "sk-now", ariaHidden: "true" });
    const words = make("span", { className: "sk-vh", role: "status" });
    const button = (text, name, by) => {
      const made = make("button", { type: "button", textContent: text, title: name, onclick: () => show(at + by, true) });
      made.setAttribute("aria-label", name);
      return made;
    };
    const back = button("\u25C0", "Previous step", -1);
    const next = button("\u25B6", "Next step", 1);
    const steps = make("span", { className: "sk-steps" }, count, back, next, words);
    steps.setAttribute("role", "group");
    steps.setAttribute("aria-label", "Step through");

    const show = (to, scroll) => {
      at = Math.min(Math.max(to, 0), rows.length);
      lit.forEach((element) => element.classList.remove("sk-on"));
      const row = rows[at - 1];
      lit = row ? [row, lineOf(row)].filter(Boolean) : [];
      lit.forEach((element) => element.classList.add("sk-on"));
      count.textContent = row ? `step ${at} of ${rows.length}` : `${rows.length} steps`;
      code.textContent = lit[1]?.textContent.trim() ?? "";
      words.textContent = row ? `Step ${at} of ${rows.length}: ${sentence(row)}` : "";
      back.setAttribute("aria-disabled", at === 0);
      next.setAttribute("aria-disabled", at === rows.length);
      if (row && scroll) row.scrollIntoView({ block: "nearest" });
    };

    steps.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      show(at + by, true);
    });
    const find = (element) => rows.indexOf(element) + 1;
    block.addEventListener("click", ({ target }) => {
      const number = target.closest("a.sk-no");
      const chosen = number ? find(document.getElementById(number.hash.slice(1))) : find(target.closest("tbody tr"));
      if (chosen) show(chosen);
    });
    title.append(steps, code);
    show(find(document.getElementById(decodeURIComponent(location.hash.slice(1)))));
  };

  const setUpPorts = (place) => {
    if (place.firstChild) return;
    const rows = [...place.parentNode.querySelectorAll("tbody tr")].map((row) => ({
      row,
      port: row.id.replace("port-", "").replace("-", "/"), // such as 443/tcp
      text: [...row.cells].slice(1, 5).map((cell) => cell.textContent).join(" ").toLowerCase(),
    }));
    const field = make("input", { type: "search", autocomplete: "off", spellcheck: false });
    const count = make("span", { role: "status" });

    // A number finds the ports that begin with it, and a word all whose row has it.
    const find = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      const found = rows.filter(({ row, port, text }) => {
        const fits = words.every((word) => port.startsWith(word) || (!/^\d+$/.test(word) && text.includes(word)));
        row.hidden = !fits;
        return fits;
      });
      count.textContent = `${found.length} of ${rows.length} shown`;
    };
    const remember = () => {
      const address = new URL(location);
      if (field.value) address.searchParams.set("port", field.value);
      else address.searchParams.delete("port");
      history.replaceState(history.state, "", address);
    };
    field.addEventListener("input", find);
    field.addEventListener("change", remember);
    field.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      field.value = "";
      find();
      remember();
    });
    field.value = new URLSearchParams(location.search).get("port") ?? "";
    find();
    place.append(make("label", {}, "Find a port by number, name or word", field), count);
  };

  const start = () => {
    document.querySelectorAll(".sk").forEach(setUp);
    document.querySelectorAll(".sk-find").forEach(setUpPorts);
  };
  start();
  // Material tells of the pages that it loads in place.
  window.document$?.subscribe(start);
})();
