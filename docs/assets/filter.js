// Searches the table of ports, or the glossary.
// Everything can be read without this script; it adds the controls that need it.
"use strict";
(() => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const text = (parts) => parts.map((part) => part.textContent).join(" ").toLowerCase().replace(/[-_]/g, " ");

  // Each says how well an entry fits the words: the best come first, and what does not fit is not shown.
  const KINDS = {
    // A number finds the ports that begin with it, and a word all whose row has it.
    port: (row) => {
      const port = row.id.replace("port-", "").replace("-", "/"); // such as 443/tcp
      const said = text([...row.cells].slice(1, 5));
      const fits = (word) => port.startsWith(word) || (!/^\d+$/.test(word) && said.includes(word));
      return (words) => (words.every(fits) ? 1 : 0);
    },
    // First the term of that name, then those whose name begins so, those whose name has the words, and those whose
    // sentence has them. What else a term is called is its name too.
    term: (entry) => {
      const also = entry.querySelector(".sk-aliases")?.textContent.replace(/^.*?: /, "").split(", ") ?? [];
      const names = [entry.firstElementChild.firstChild.textContent, ...also].map((name) => text([{ textContent: name }]));
      const said = ` ${text([...entry.children])}`;
      return (words) => {
        const asked = words.join(" ");
        const ways = [
          (name) => name === asked, (name) => name.startsWith(asked),
          (name) => words.every((word) => ` ${name}`.includes(` ${word}`)), (name) => name.includes(asked),
        ];
        const best = ways.findIndex((way) => names.some(way));
        return best >= 0 ? ways.length + 1 - best : words.every((word) => said.includes(` ${word}`)) ? 1 : 0;
      };
    },
  };

  const setUp = (place) => {
    const { kind, asks } = place.dataset;
    const told = place.parentNode.querySelector("template.sk-none");
    const none = make("p", { className: "sk-none", hidden: true }, told.content);
    told.replaceWith(none);
    const rows = [...place.parentNode.querySelectorAll("tbody tr, .sk-entry")].map((row) => ({ row, fits: KINDS[kind](row) }));
    const field = make("input", { type: "search", autocomplete: "off", spellcheck: false });
    const count = make("span", { role: "status" });

    const find = () => {
      const words = field.value.toLowerCase().split(/[\s_-]+/).filter(Boolean);
      const ranked = rows.map((one) => ({ ...one, rank: words.length ? one.fits(words) : 1 }));
      ranked.sort((one, other) => other.rank - one.rank);
      for (const { row, rank } of ranked) {
        row.hidden = !rank;
        row.parentNode.append(row);
      }
      const found = ranked.filter(({ rank }) => rank).length;
      none.hidden = found > 0;
      place.classList.toggle("sk-asked", words.length > 0);
      count.textContent = `${found} of ${rows.length} shown`;
    };
    const remember = () => {
      const address = new URL(location);
      if (field.value) address.searchParams.set(kind, field.value);
      else address.searchParams.delete(kind);
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
    field.value = new URLSearchParams(location.search).get(kind) ?? "";
    find();
    place.append(make("label", {}, asks, field), count);
  };

  document.querySelectorAll(".sk-find").forEach(setUp);
})();
