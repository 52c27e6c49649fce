// Looks a pasted message up in the table of errors, here in the browser: nothing of it is sent anywhere.
// Everything can be read without this script; it adds the field that needs it.
"use strict";
(() => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // -- what a message says --

  const flat = (text) => ` ${text.toLowerCase().replace(/[‘’]/g, "'").replace(/[“”„]/g, '"').replace(/\s+/g, " ")} `;

  // Words with * for anything that is not long. A word does not begin or end within another.
  const patternOf = (words) => {
    const parts = words.split("*").map((part) => part.trim().replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    const [begin, end] = [words[0], words.at(-1)].map((sign) => (/\w/.test(sign) ? "\\b" : ""));
    return new RegExp(begin + parts.join(".{0,90}?") + end);
  };

  // Numbers with a sign that says whose they are; of those without, only what no other list of numbers has.
  const SIGNED = [
    /(?:winerror|wsaerror|winsock error|os error|errno(?: is|:)?|errno=|system error)[ :=#([]{0,3}(-?\d+)/g,
    /\((\d+): [a-z]/g, /(?:error|timeout|exception|refused|pipe)\((-?\d+), ['"]/g, /\bcode: (\d+), kind:/g,
    /exception \((\d+)\)/g,
  ];
  const PLAIN = [/\b(?:error|err)(?: code)?[ :=#([]{1,3}(\d+)/g, /\((1[01]\d{3})\b/g];
  const HEX = /\b0x(?:8007)?(2[76][0-9a-f]{2}|2a[f][0-9a-f])\b/g;
  const LEAST = 20; // Small numbers without a sign are exit statuses and much else.
  const OTHERS = /winerror[ :=#([]{0,3}\d{1,4}\b/g; // Windows has numbers of its own below 10000: 2 is a missing file.
  const numbersOf = (text) => new Set([
    ...SIGNED.flatMap((sign) => [...text.matchAll(sign)].map(([, number]) => Number(number)))
      .map((number) => (number < -LEAST ? -number : number)), // Node.js and others give it a minus.
    ...PLAIN.flatMap((sign) => [...text.matchAll(sign)].map(([, number]) => Number(number)))
      .filter((number) => number > 97),
    ...[...text.matchAll(HEX)].map(([, number]) => parseInt(number, 16)),
  ]);
  const numbersIn = (text) => numbersOf(text.replace(OTHERS, " "));
  // Whether two words are one slip of a finger apart: a letter too many, too few, another, or two that changed places.
  const alike = (one, other) => {
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    const [own, theirs] = [one, other].map((word) => (from) => word.slice(at + from));
    return own(1) === theirs(1) || own(1) === theirs(0) || own(0) === theirs(1)
      || (own(2) === theirs(2) && one[at] === other[at + 1] && one[at + 1] === other[at]);
  };

  const namesIn = (text) => new Set(text.match(/\b[a-z][a-z0-9_]{3,}\b/g));

  /** Make a function from a message to the entries that it can be of, the best first; none for what is no such error.
   *
   * `entries` are the rules of blocks/errors.py, each with its `id`.
   */
  const finder = (entries) => {
    const rules = entries.map(({ id, errno = [], names = [], words = [], unless = [], wraps = false }) => ({
      id, errno, wraps,
      names: names.map((name) => name.toLowerCase()),
      words: words.map((some) => ({ pattern: patternOf(some), length: some.length })),
      unless: unless.map(patternOf),
    }));
    const known = new Set(entries.flatMap(({ words = [] }) => words).join(" ").match(/[a-z]{5,}/g));
    const spelled = (text) => text.replace(/[a-z]{5,}/g, (word) =>
      (known.has(word) ? word : [...known].find((right) => alike(word, right)) ?? word));
    const entriesFor = (text) => {
      const numbers = numbersIn(text);
      const names = namesIn(text);
      const worth = ({ errno, names: own, words, unless }) => {
        if (unless.some((pattern) => pattern.test(text))) return 0;
        const said = words.filter(({ pattern }) => pattern.test(text)).map(({ length }) => 100 + length);
        const named = own.some((name) => names.has(name) || names.has(`wsa${name}`)) ? 120 : 0;
        return Math.max(0, ...said) + named + (errno.some((number) => numbers.has(number)) ? 90 : 0);
      };
      const found = rules.map((rule) => ({ ...rule, worth: worth(rule) })).filter((rule) => rule.worth);
      const inside = found.filter(({ wraps }) => !wraps);
      return (inside.length ? inside : found).sort((one, other) => other.worth - one.worth).map(({ id }) => id);
    };
    return (message) => {
      const text = flat(message);
      const found = entriesFor(text);
      return found.length ? found : entriesFor(spelled(text)); // Who types by hand mistypes.
    };
  };

  const PORTS = [/(?:\.\d{1,3}|\]|:|\*|localhost):(\d{2,5})\b/, /', (\d{2,5})[,)]/, /\bport(?::? |=)(\d{2,5})\b/i];
  /** Return the port that a message names, or "". */
  const portIn = (message) => PORTS.map((sign) => message.match(sign)?.[1]).find(Boolean) ?? "";

  window.sockErrors = { finder, portIn };

  // -- the page --

  const setUp = (place) => {
    const rows = [...place.parentNode.querySelectorAll("tr[data-match]")];
    const entries = rows.map((row) => ({ id: row.id, ...JSON.parse(row.dataset.match) }));
    const find = finder(entries);
    window.sockErrors.find = find;
    const field = make("textarea", { id: "sk-message", rows: 4, spellcheck: false });
    field.setAttribute("autocapitalize", "none");
    field.placeholder = "OSError: [Errno 98] Address already in use";
    const label = make("label", { htmlFor: field.id, textContent: "The message, or what goes wrong in your own words" });
    const note = make("p", { className: "sk-note", textContent: "It stays here: the lookup is done by your browser." });
    const answer = make("div", { className: "sk-found" });
    const status = make("p", { className: "sk-vh" });
    status.setAttribute("role", "status");

    const copyOf = (element) => {
      const copy = element.cloneNode(true);
      copy.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
      return copy;
    };
    const linkTo = (id) => {
      const link = document.getElementById(id).querySelector("th a");
      return make("a", { href: link.href, textContent: link.textContent });
    };
    /** Return what to type on each system, for the port of the message if it names one. */
    const commandsOf = (row, port) => {
      if (!row.dataset.tell) return [];
      const told = JSON.parse(row.dataset.tell);
      const typed = (run) => (port && told.port ? run.replaceAll(told.port, port) : run);
      return [make("dl", { className: "sk-tell" }, ...Object.entries(told.run).flatMap(([system, run]) => [
        make("dt", { textContent: system }), make("dd", {}, make("code", { textContent: typed(run) })),
      ]))];
    };
    const searchFor = (text, words) => {
      const button = make("button", { type: "button", textContent: words });
      button.addEventListener("click", () => window.sockSearch.open(text));
      return button;
    };
    const show = () => {
      const text = field.value.trim();
      const [first, ...others] = text ? find(text) : [];
      answer.replaceChildren();
      status.textContent = "";
      if (!text) return;
      if (!first) {
        status.textContent = "No error that we know has these words.";
        const near = make("ol", { className: "sk-search-list" }, make("li", { textContent: "Looking \u2026" }));
        answer.append(make("h2", { textContent: "No error that we know has these words" }),
          make("p", { textContent: "In Python the last line names the error. If you said it in your own words, this comes close:" }),
          near, searchFor(text, "Search the whole site for it"));
        window.sockSearch.near(text).then((items) => near.replaceChildren(...items));
        return;
      }
      const row = document.getElementById(first);
      const [happened, doFirst, causes] = [...row.querySelectorAll("td > p, td ol")].map(copyOf);
      const link = linkTo(first);
      const whole = make("p", {}, make("a", {
        className: "sk-more-of-it", href: link.href,
        textContent: "How to tell which, what to do then, and a run of it",
      }));
      status.textContent = `Found: ${link.textContent}`;
      answer.append(make("h2", {}, link), happened, doFirst, ...commandsOf(row, portIn(text)), causes, whole);
      answer.append(searchFor(text, "Not this? Search the site"));
      if (others.length) {
        const list = make("p", { textContent: "It could also be " });
        others.slice(0, 2).forEach((id, at) => list.append(at ? " or " : "", linkTo(id)));
        answer.append(list);
      }
    };
    let timer;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, 150);
    });
    place.append(label, field, note, status, answer);
    // A form brings it in the query; a script, which need not tell a server, behind the hash.
    const asked = () => {
      const words = new URLSearchParams(location.hash.startsWith("#q=") ? location.hash.slice(1) : location.search);
      if (!words.get("q")) return;
      field.value = words.get("q");
      show();
    };
    addEventListener("hashchange", asked);
    asked();
  };
  document.querySelectorAll(".sk-look-up").forEach(setUp);

  addEventListener("submit", (event) => {
    if (!event.target.matches(".sk-paste")) return;
    event.preventDefault();
    const message = event.target.querySelector("input").value;
    location.href = `${event.target.action}#q=${encodeURIComponent(message)}`;
  });
})();
