// Adds the field that looks a pasted message up in the table of errors. Nothing of it is sent anywhere.
"use strict";
(() => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // -- what a message says --

  const flat = (text) => ` ${text.normalize("NFC").toLowerCase().replace(/[‘’]/g, "'").replace(/[“”„]/g, '"').replace(/\s+/g, " ")} `;

  // Words with * for anything that is not long, # for a digit, {name} for a name without a dot, and & between those of
  // which all must occur. None begins or ends within another; \b knows English letters only.
  const NAME = "(?!localhost)[a-z0-9][\\w-]*(?![\\w-]|\\.\\w)";
  const patternOf = (words) => {
    const parts = words.split("*").map((part) => part.trim().replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    const [begin, end] = [words[0], words.at(-1)].map((sign) => (/\w/.test(sign) ? "\\b" : ""));
    const inside = parts.join(".{0,90}?").replaceAll("\\{name\\}", NAME).replaceAll("#", "\\d");
    return new RegExp(begin + inside + end);
  };
  const patternsOf = (words) => words.split(" & ").map(patternOf);
  const occurs = (patterns, text) => patterns.every((pattern) => pattern.test(text));

  // Names of one word, as NS_ERROR_UNKNOWN_HOST, by its words.
  const parted = (text) => text.replace(/([a-z])(?=[A-Z])|_/g, "$1 ");

  // Numbers with a sign that says whose they are; of those without, only what no other list of numbers has.
  const SIGNED = [
    /(?:winerror|wsaerror|winsock error|os error|errno(?: is|:)?|errno=|system error)[ :=#([]{0,3}(-?\d+)/g,
    /\((\d+): [a-z]/g, /(?:error|timeout|exception|refused|pipe)\((-?\d+), ['"]/g, /\bcode: (\d+), kind:/g,
    /exception \((\d+)\)/g,
  ];
  const PLAIN = [/\b(?:error|err)(?: code)?[ :=#([]{1,3}(\d+)/g, /\((1[01]\d{3})\b/g, /\b(?:wsa|fail|socket)[^\d\n]{0,30}\b(1[01]0\d\d)\b/g];
  const HEX = /\b0x(?:8007)?(2[76][0-9a-f]{2}|2a[f][0-9a-f])\b/g;
  const LEAST = 20; // Small numbers without a sign are exit statuses and much else.
  const OTHERS = /winerror[ :=#([]{0,3}\d{1,4}\b|system error \d+ has/g; // Windows' own, below 10000: 2 is a missing file.
  const numbersOf = (text) => new Set([
    ...SIGNED.flatMap((sign) => [...text.matchAll(sign)].map(([, number]) => Number(number)))
      .map((number) => (number < -LEAST ? -number : number)), // Node.js and others give it a minus.
    ...PLAIN.flatMap((sign) => [...text.matchAll(sign)].map(([, number]) => Number(number)))
      .filter((number) => number > 97),
    ...[...text.matchAll(HEX)].map(([, number]) => parseInt(number, 16)),
  ]);
  const numbersIn = (text) => numbersOf(text.replace(OTHERS, " "));
  // Whether two words are one slip of a finger apart.
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
   * `entries` are what `ruleOf` returns; their `id` may be another.
   */
  const finder = (entries) => {
    const rules = entries.map(({ id, key, errno, names, words, unless, wraps, narrows }) => ({
      id, key, wraps, narrows,
      errno: Object.values(errno).flat(),
      names: names.map((name) => name.toLowerCase()),
      words: words.map((some) => ({ patterns: patternsOf(some), length: some.length })),
      unless: unless.map(patternOf),
    }));
    const known = new Set(entries.flatMap(({ words }) => words).join(" ").match(/[a-z]{5,}/g));
    const spelled = (text) => text.replace(/(?<![$.\w])[a-z]{5,}/g, (word) =>
      (known.has(word) ? word : [...known].find((right) => alike(word, right)) ?? word));
    const entriesFor = (text) => {
      const numbers = numbersIn(text);
      const names = namesIn(text);
      const worth = ({ errno, names: own, words, unless }) => {
        if (unless.some((pattern) => pattern.test(text))) return 0;
        const said = words.filter(({ patterns }) => occurs(patterns, text)).map(({ length }) => 100 + length);
        const named = own.some((name) => names.has(name) || names.has(`wsa${name}`)) ? 120 : 0;
        return Math.max(0, ...said) + named + (errno.some((number) => numbers.has(number)) ? 90 : 0);
      };
      const found = rules.map((rule) => ({ ...rule, worth: worth(rule) })).filter((rule) => rule.worth);
      // A special case comes before what it is a case of.
      const rank = ({ worth: own, narrows }) =>
        Math.max(own, ...found.filter(({ key }) => narrows.includes(key)).map(({ worth: theirs }) => theirs + 1));
      const inside = found.filter(({ wraps }) => !wraps);
      return (inside.length ? inside : found).sort((one, other) => rank(other) - rank(one)).map(({ id }) => id);
    };
    return (message) => {
      const text = flat(message);
      // Who types by hand mistypes.
      return [text, text + flat(parted(message)), spelled(text)].reduce((found, said) => (found.length ? found : entriesFor(said)), []);
    };
  };

  // -- what a message names --

  // Of an address and the one that it calls, the second is the server's: 127.0.0.1:50312->127.0.0.1:8080. Lines of a
  // program, as in Client.java:42, and those of a stack are no ports.
  const called = (message) => message.replace(/\S+->|^\s+at .*$|\.(?:java|kt|scala|[cm]?[jt]sx?|rb|rs|go|php|pyx?|dart|c(?:c|pp|s)?|exs?|erl|swift|conf|ya?ml):\d+(?::\d+)?/gm, "");
  const first = (signs, message) => signs.map((sign) => called(message).match(sign)?.[1]).find(Boolean) ?? "";
  const PORT = "([1-9]\\d{1,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])";
  const PORTS = [`(?:\\.\\d{1,3}|\\]|:|\\*|>|:1|tcp |localhost|[a-z]):${PORT}\\b`, `', ${PORT}[,)]`, `\\b(?:port|Port|PORT)(?::? | ?= ?)${PORT}\\b`]
    .map((sign) => new RegExp(sign));
  const HOST = "([a-z\\d](?:[\\w.-]*[a-z\\d])?)";
  const HOSTS = [
    `upstream: "\\w+://${HOST}`, `host=['"]${HOST}`, `resolve (?:host(?:name)?:? )?['"]?${HOST}`, `host name "${HOST}"`,
    `(?:ENOTFOUND|EAI_AGAIN) ${HOST}`, `lookup ${HOST}(?: on|:)`, `UnknownHostException: ${HOST}`, `server at "${HOST}"`,
    `connect(?:ing|ion)? to (?:host |server on |MySQL server on )?'?${HOST}`, `\\('${HOST}', \\d+[,)]`, `://${HOST}`,
    "(?<![\\w.])(\\d{1,3}(?:\\.\\d{1,3}){3})(?![\\w.])",
  ].map((sign) => new RegExp(sign, "i"));
  /** Return the port that a message names, or "". */
  const portIn = (message) => first(PORTS, message);
  /** Return the server that a message names, or "". */
  const hostIn = (message) => first(HOSTS, message);

  const SYSTEMS = {
    Windows: /winerror|\bwsa[a-z]|connectex:|\b[a-z]:\\|only one usage of each|actively refused|0x8007|powershell|\[errno 1[01]\d{3}\]|\((?:0x\w+, )?1[01]\d{3}\)|at line:\d|tcp connect to \(|\bping(?:ing| request)|invoke-|remote name could|no such host is known|forcibly closed|host machine|did not properly respond|access permissions|system lacked sufficient|: (?:jvm_)?bind$|refused: (?:connect$|no further)|reset by peer: socket|\bschannel\b|\.exe\b/im,
    macOS: /\/users\/|\/opt\/homebrew|nodename nor servname|can't assign requested|airplay|\bsendto: no route|nsurl|safari/i,
    Linux: /\/home\/|\/usr\/lib\/|systemd|kubelet|\bname or service not known|temporary failure in name/i,
  };
  // What the C library says elsewhere than on Windows, in capitals or as Go has it; Node.js has words of its own for all.
  const POSIX = /\b(?:Connection refused|Address already in use|Connection reset by peer|Broken pipe|No route to host)|(?:dial|listen|read|write) (?:tcp|udp|unix)/;
  const HERE = { Windows: /win/i, macOS: /mac|iphone|ipad/i };
  /** Return the system that a message comes from, by its words or else by its number; the reader's own if none tells. */
  const systemOf = (message, errno = {}) => {
    const numbers = numbersIn(flat(message));
    const numbered = Object.keys(errno).filter((system) => errno[system].some((number) => numbers.has(number)));
    const said = Object.keys(SYSTEMS).find((system) => SYSTEMS[system].test(message));
    const here = Object.keys(HERE).find((system) => HERE[system].test(navigator.platform)) ?? "Linux";
    return said ?? (numbered.length === 1 ? numbered[0] : here === "Windows" && POSIX.test(message) ? "Linux" : here);
  };

  // -- what is no message of a connection --

  const DENIES = "(?:\\b(?:not|no|nothing|nobody|never|none|cannot|cant|wont|doesnt|dont|isnt|without|fail|fails|failed|refuse|refuses"
    + "|refused|unable|unreachable|impossible)\\b|n't\\b)";
  const groupOf = (group) => {
    const own = group.replace(/^ *!/, "");
    const words = own.split("|").map((word) => word.trim())
      .map((word) => (word === "~" ? DENIES : patternOf(word).source)).join("|");
    return new RegExp(own === group ? words : `^(?!.*(?:${words}))`);
  };

  // An error at the begin of a line, unless it speaks of a network.
  const RAISED = /^\W*(?:exception in thread "[^"]*" |uncaught |unhandled |caused by: |fatal error: )?((?:[\w$]+[.:/\\]+)*[a-z]\w*(?:error|exception|warning|fault))\b/gim;
  const MODULED = /^\W*((?:[a-z_]\w*\.)+[A-Z]\w+)(?=:|\s*$)/gm; // such as django.core.exceptions.ImproperlyConfigured
  const MESSAGE = /^\W*(?:\w+:? )?(?:fatal|error|panic|abort\w*|traceback|conflict|failed)\b.{0,30}[:!]/im;
  const TOOL = /^\W*(?:npm (?:err|warn)|e: |[a-z][\w.+-]*: (?:\*{3}|\[|(?:cannot|could not|unable|unexpected|no)\b))/im;
  const NETWORKED = /connect|socket|time(?:d )?-?out|network|\bhost|\bport\b|ssl|tls|certificate|name resol|\bdns\b|proxy|by peer|unreachable|address|handshake|packet|broken pipe/i;

  const raisedIn = (message) => [...message.matchAll(RAISED), ...message.matchAll(MODULED)].at(-1)?.[1];
  /** Make a function from what is asked, and the error in it, to an answer of docs/data/answers.toml, by its id. */
  const answerer = (answers) => {
    const others = answers.flatMap(({ id, words }) => words.map((some) => ({ id, patterns: patternsOf(some), worth: some.length })));
    const own = answers.flatMap(({ id, said, of }) => said.map((some) => ({ id, of, patterns: some.split(" & ").map(groupOf) })));
    return (asked, error) => {
      const text = flat(asked);
      if (!error) {
        const [other] = others.filter(({ patterns }) => occurs(patterns, text)).sort((one, two) => two.worth - one.worth);
        if (other) return other.id;
        if (raisedIn(asked) || MESSAGE.test(asked)) return undefined; // A program says it, and no reader.
      }
      // An address that is named says nothing of what goes wrong; "web-1 |" begins the lines of a container.
      const said = text.replace(/https?:\/\//g, "").replace(/[-_]\d+ +\|/g, " container ");
      const met = ({ patterns }) => patterns.reduce((sum, pattern) => sum + 20 + (said.match(pattern)?.[0].length ?? 0), 0);
      return own.filter(({ patterns, of }) => (!error || of.includes(error)) && occurs(patterns, said)).sort((one, two) => met(two) - met(one))[0]?.id;
    };
  };
  /** Return the name of an error that we do not know and that says nothing of a network, or "This"; "" if there is none. */
  const strangerIn = (message) => {
    if (NETWORKED.test(message)) return "";
    return raisedIn(message) ?? (MESSAGE.test(message) || TOOL.test(message) ? "This" : "");
  };

  const listed = (words) => words?.split(";") ?? [];
  /** Return the rule of an entry, from its row in the table of errors; its names and numbers are in sight there. */
  const ruleOf = (row) => {
    const { words, unless, wraps, narrows } = row.dataset;
    const note = row.querySelector(".sk-note");
    return {
      id: row.id, key: row.id, wraps, words: listed(words), unless: listed(unless), narrows: listed(narrows),
      names: [...note?.querySelectorAll("code") ?? []].map(({ textContent }) => textContent),
      errno: Object.fromEntries([...(note?.textContent ?? "").matchAll(/(-?\d[-\d or]*) on (\w+)/g)]
        .map(([, every, system]) => [system, every.split(" or ").map(Number)])),
    };
  };

  // -- what others say, in other languages or in words of their own --

  const src = document.currentScript.src.replace("errors.js", "errors-translated.js");
  /** Fetch what others say; it is much, and most messages do without. */
  const others = async () => window.sockTranslated ?? new Promise((resolve) => {
    document.head.append(make("script", { src, onload: resolve, onerror: resolve }));
  });
  /** Return a message with what it says in the words of the table. */
  const inEnglish = (message) => {
    const text = flat(message);
    const [said] = Object.entries(window.sockTranslated ?? {}).flatMap(([english, every]) =>
      every.filter((words) => occurs(patternsOf(words), text)).map(({ length }) => ({ english, length })))
      .sort((one, two) => two.length - one.length);
    return said ? `${message}\n${said.english}` : message;
  };

  window.sockErrors = { alike, ruleOf, finder, portIn, hostIn, systemOf, answerer, strangerIn, others, inEnglish };

  // -- the page --

  const setUp = (place) => {
    const find = finder([...place.parentNode.querySelectorAll("tbody tr")].map(ruleOf));
    const answerFor = answerer([...document.querySelectorAll(".sk-answered tbody tr")]
      .map(({ id, dataset }) => ({ id, said: listed(dataset.said), words: listed(dataset.other), of: listed(dataset.of) })));
    const answerRow = (text, error) => document.getElementById(answerFor(text, error) ?? "");
    Object.assign(window.sockErrors, { find, answerFor });
    // What the reader may enter into the commands; an answer that has none of it leaves it out.
    const own = Object.fromEntries(["port", "host"].map((name) => [name, place.querySelector(`.sk-own-${name}`)]));
    Object.values(own).forEach((entered) => entered.remove());
    const field = make("textarea", { id: "sk-message", rows: 3, spellcheck: false });
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
    const linkTo = (id, words) => {
      const link = document.getElementById(id).querySelector("th a");
      return make("a", { href: link.href, textContent: words ?? link.textContent });
    };
    // Its title without its kind and number.
    const shortOf = (id) => document.getElementById(id).querySelector("th a").textContent
      .replace(/^(?:[^([]*\[[^\]]*\] |\w*(?:Error|Exception): |(?:\w+\.)+\w+: )(?=.)/, "");
    const LONG = 160;
    /** Return the line of a message that says it. */
    const lineOf = (text, id) => {
      const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
      const says = (line) => find(line)[0] === id;
      const line = lines.findLast(says) ?? lines.at(-1);
      if (line.length <= LONG) return line;
      return says(line.slice(0, LONG)) ? `${line.slice(0, LONG)} \u2026` : `\u2026 ${line.slice(-LONG)}`;
    };
    /** Return what to type on each system, the reader's own first; the reader's port and server are put in by own.js. */
    const commandsOf = (row, text) => {
      if (!row.dataset.tell) return [];
      const told = JSON.parse(row.dataset.tell);
      const marks = Object.keys(own).filter((name) => told[name]);
      marks.forEach((name) => { own[name].lastChild.value = told[name]; });
      const parts = (words) => {
        const mark = marks.find((name) => words.includes(told[name]));
        if (!mark) return [words];
        const [before, ...after] = words.split(told[mark]);
        const part = make("span", { className: `sk-your-${mark}`, textContent: told[mark] });
        return [...parts(before), part, ...parts(after.join(told[mark]))];
      };
      const typed = (run) => (portIn(text) === "443" ? run.replace("http:", "https:") : run).split(/(\S*[-/]\S*)/)
        .flatMap((words, at) => (at % 2 ? [make("span", { className: "sk-option" }, ...parts(words))] : parts(words)));
      const system = systemOf(text, ruleOf(row).errno);
      const runs = Object.entries(told.run).sort(([one], [other]) => (other === system) - (one === system));
      return [...marks.map((name) => own[name]), make("dl", { className: "sk-tell" }, ...runs.flatMap(([name, run]) => [
        make("dt", { textContent: name }), make("dd", {}, make("code", {}, ...typed(run)),
          make("button", { type: "button", className: "sk-copy", textContent: "Copy" })),
      ]))];
    };
    const searchFor = (text, words) => {
      const button = make("button", { type: "button", textContent: words });
      button.addEventListener("click", () => window.sockSearch.open(text));
      return button;
    };
    const head = (words, ...more) => {
      status.textContent = words;
      return make("h2", {}, ...(more.length ? more : [words]));
    };
    const tell = (words) => make("p", { textContent: words });

    const saidBy = ({ cells: [name, says] }) => make("p", {}, make("strong", {}, ...copyOf(name).childNodes), ". ", ...copyOf(says).childNodes);
    const answered = (text, [id, ...others]) => {
      const row = document.getElementById(id);
      const [happened, doFirst, causes] = [...row.querySelectorAll("td > p, td ol")].map(copyOf);
      happened.prepend(make("strong", {}, linkTo(id, shortOf(id))), ". ");
      const cures = [...row.querySelectorAll(".sk-cures li")]
        .filter(({ dataset }) => listed(dataset.words).some((words) => occurs(patternsOf(words), flat(text))))
        .slice(0, 1).map((cure) => make("p", {}, ...copyOf(cure).childNodes));
      const whole = make("p", {}, make("a", {
        className: "sk-more-of-it", href: linkTo(id).href,
        textContent: "How to tell which, what to do then, and a run of it",
      }));
      const likely = answerRow(text, id);
      const said = !likely && answerRow(text)?.querySelector("th a");
      const also = [...others.slice(0, 2).map((other) => linkTo(other)), ...(said ? [copyOf(said)] : [])];
      const list = make("p", {}, ...also.flatMap((link, at) => [at ? " or " : "It could also be ", link]));
      return [
        head(`Found: ${shortOf(id)}`, make("code", { textContent: lineOf(text, id) })), ...(likely ? [saidBy(likely)] : []), happened, doFirst,
        ...commandsOf(row, text), ...cures, causes, whole, ...(also.length ? [list] : []), searchFor(text, "Not this? Search the site"),
      ];
    };
    const inOwnWords = (text, row) => {
      const [name, says] = row.cells;
      const link = name.querySelector("a");
      if (!link) return [head(`No error of a connection: ${name.textContent}`, "No error of a connection"),
        make("p", {}, make("strong", { textContent: `${name.textContent}. ` }), ...copyOf(says).childNodes)];
      return [head(name.textContent), make("p", {}, ...copyOf(says).childNodes),
        make("p", {}, make("a", { className: "sk-more-of-it", href: link.href, textContent: "Read on: how to tell, and what to do" })),
        searchFor(text, "Not this? Search the site")];
    };
    const unknown = async (text) => {
      const stranger = strangerIn(text);
      if (stranger) return [head("No error of a connection"),
        tell(`Nothing in this message speaks of a connection, a host or a port. ${stranger} is an error of the program, or of what it uses: the line with that name says what, and the lines around it say where.`),
        searchFor(text, "Search the site all the same")];
      const near = await window.sockSearch.near(text);
      if (!near.length) return [head("Nothing found"),
        tell("The site has nothing with these words. Is there a number in the message, such as 111 or 10061? Put that in, with the word errno: errno 111. It is the same in every language.")];
      const message = NETWORKED.test(text) && /error|exception|failed|errno/i.test(text);
      return [head(message ? "No error that we know has these words" : "What comes closest to your words"),
        tell(message ? "In Python the last line names the error, in Java the last that begins with Caused by. This comes close:" : "No error message is in it, so here is what the site says of it:"),
        make("ol", { className: "sk-search-list" }, ...near), searchFor(text, "Search the whole site for it")];
    };
    const known = (text) => {
      const found = find(text);
      const row = answerRow(text);
      return found.length ? answered(text, found) : row && inOwnWords(text, row);
    };
    // With an answer in sight the lists are in the way.
    const lists = make("button", { type: "button", className: "sk-lists", textContent: "Show the list of all errors" });
    const fold = (folded) => { document.documentElement.classList.toggle("sk-asked", folded); };
    lists.addEventListener("click", () => fold(false));
    let shown;
    const show = async () => {
      const text = shown = field.value.trim();
      fold(Boolean(text));
      status.textContent = "";
      let parts = [];
      if (text) {
        if (!find(text).length) await others();
        parts = known(find(text).length ? text : inEnglish(text)) ?? await unknown(text);
      }
      if (text !== shown) return; // what is asked by now is another thing
      answer.replaceChildren(...parts, ...(text ? [lists] : []));
      window.sockOwn("port", portIn(text));
      window.sockOwn("host", find(text).length ? hostIn(text) : ""); // "connect to the host" names none
    };
    // To what was pasted here or on another page, which may be long: its answer would be below the window.
    const goThere = () => place.scrollIntoView();
    let timer;
    field.addEventListener("input", ({ inputType }) => {
      clearTimeout(timer);
      timer = setTimeout(() => show().then(() => inputType === "insertFromPaste" && goThere()), 150);
    });
    place.append(label, field, note, status, answer);
    // A form brings it in the query, a script behind the hash.
    const asked = () => {
      if (document.getElementById(location.hash.slice(1))) fold(false);
      const words = new URLSearchParams(location.hash.startsWith("#q=") ? location.hash.slice(1) : location.search);
      if (!words.get("q")) return;
      field.value = words.get("q");
      show().then(goThere);
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
