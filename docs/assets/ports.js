// Searches the table of ports.
// Everything can be read without this script; it adds the controls that need it.
"use strict";
(() => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const setUpPorts = (place) => {
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

  document.querySelectorAll(".sk-find").forEach(setUpPorts);
})();
