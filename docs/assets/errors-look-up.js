// Looks a message up in the table of errors, and says what it names: errors.js and the search ask it. Pure, but for the
// file of what others say.
"use strict";
window.sockErrors = (() => {
  // -- what a message says --

  const flat = (text) => ` ${text.normalize("NFC").toLowerCase().replace(/[‘’]/g, "'").replace(/[“”„]/g, '"').replace(/\s+/g, " ")} `;

  // Words with * for anything that is not long, # for a digit, {name} for a name without a dot, and & between those of
  // which all must occur. None begins or ends within another; \b knows English letters only.
  const NAME = "(?!localhost)[a-z0-9][\\w-]*(?![\\w-]|\\.\\w)";
  const patternOf = (words) => {
    const parts = words.split("*").map((part) => part.trim().replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    const [begin, end] = [words[0], words.at(-1)].map((sign, last) =>
      (sign === "#" ? ["(?<!\\d)", "(?!\\d)"][last] : /\w/.test(sign) ? "\\b" : ""));
    const inside = parts.join(".{0,90}?").replaceAll("\\{name\\}", NAME).replaceAll("#", "\\d");
    return new RegExp(begin + inside + end);
  };
  const patternsOf = (words) => words.split(" & ").map(patternOf);
  const occurs = (patterns, text) => patterns.every((pattern) => pattern.test(text));

  // Names of one word, as ConnectionRefused and NS_ERROR_UNKNOWN_HOST are, by the words in them.
  const parted = (text) => text.replace(/websocket/gi, "websocket").replace(/([a-z])(?=[A-Z])|_/g, "$1 ");

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

  // Of an address and the one that it calls, the second is the server's: 127.0.0.1:50312->127.0.0.1:8080. A caller's is none
  // either, as in "error from 10.1.2.3:51422", nor lines of a program, as in Client.java:42, those of a stack, node:events:497,
  // and the address of a manual.
  const called = (message) => message.replace(new RegExp([
    "\\S+->", "^\\s+at .*$", "\\bnode:[\\w/]+:\\d+(?::\\d+)?",
    "\\.(?:java|kt|scala|[cm]?[jt]sx?|rb|rs|go|php|pyx?|dart|c(?:c|pp|s)?|exs?|erl|swift|conf|ya?ml):\\d+(?::\\d+)?",
    "\\b(?:(?:error|connection|connect|request|accepted) from|client:?) [[(]?\\d[\\d.]+\\d\\]?:\\d+",
    "\\b(?:see|visit|docs|documentation|information|read more|help)(?: at|:)? https?:\\S+",
  ].join("|"), "gim"), "");
  const first = (signs, message) => signs.map((sign) => called(message).match(sign)?.[1]).find(Boolean) ?? "";
  const PORT = "([1-9]\\d{1,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])";
  const PORTS = [`(?:\\.\\d{1,3}|\\]|:|\\*|>|:1|tcp |localhost|[a-z]):${PORT}\\b`, `', ${PORT}[,)]`, `\\b(?:port|Port|PORT)(?::? | ?= ?)${PORT}\\b`]
    .map((sign) => new RegExp(sign));
  // "connect to the server" names none, and "connect to tcp://db:5432" another than "tcp".
  const NONE = "(?!(?:the|an?|any|all|this|that|your|my|its?|remote|server|host|address|database|broker|upstream|node|proxy|peer|port|daemon"
    + "|docker|socket|unix|url|uri|endpoint|service|client|cluster|backend|network)\\b(?![.:-]?\\w))";
  const HOST = "(?:\\w+://)?(?:[\\w-]+(?::[^@\\s]*)?@)?([a-z\\d](?:[\\w.-]*[a-z\\d])?)";
  const CALL = "connect(?:ing|ion)? to (?:(?:host|server(?: on)?|MySQL server on|Redis at) )?";
  const HOSTS = [
    `upstream: "\\w+://${HOST}`, `host=['"]${HOST}`, `resolve (?:host address |host(?:name)?:? )?['"]?${HOST}`, `host name "${HOST}"`,
    `(?:ENOTFOUND|EAI_AGAIN) ${HOST}`, `lookup ${HOST}(?: on|:)`, `UnknownHostException: ${HOST}`, `server at "${HOST}"`,
    `(?:can't find|getaddrinfo for) ${HOST}`,
    `${CALL}['"/]${HOST}`, `${CALL}${NONE}${HOST}`, `\\('${HOST}', \\d+[,)]`, `\\b\\w+://${HOST}`,
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
  const groupOf = (kinds) => (group) => {
    const own = group.replace(/^ *!/, "");
    const words = own.split("|").map((word) => word.trim()).flatMap((word) => {
      if (word.startsWith("@") && !(word in kinds)) throw new Error(`${word} in "${group}" is no kind of words`);
      return word in kinds ? kinds[word].split("|") : [word];
    }).map((word) => (word === "~" ? DENIES : patternOf(word).source)).join("|");
    return new RegExp(own === group ? words : `^(?!.*(?:${words}))`);
  };

  // An error at the begin of a line, unless it speaks of a network.
  const RAISED = /^\W*(?:exception in thread "[^"]*" |uncaught |unhandled |caused by: |fatal error: )?((?:[\w$]+[.:/\\]+)*[a-z]\w*(?:error|exception|warning|fault))\b/gim;
  const MODULED = /^\W*((?:[a-z_]\w*\.)+[A-Z]\w+)(?=:|\s*$)/gm; // such as django.core.exceptions.ImproperlyConfigured
  const MESSAGE = /^\W*(?:\w+:? )?(?:fatal|error|panic|abort\w*|traceback|conflict|failed)\b.{0,30}[:!]/im;
  const SAID_BY = /^\W*[\w./-]+: \S/m; // a line that begins with the program, as ping's do
  const SIGNS = /[[\]{}<>=;]|\b0x\d|(?:\/\w+){2,}|\w::\w|\berrno\b|\w_\w/g; // no reader writes many of them
  const TOOL = /^\W*(?:npm (?:err|warn)|e: |[a-z][\w.+-]*: (?:\*{3}|\[|(?:cannot|could not|unable|unexpected|no)\b))/im;
  const NETWORKED = /connect|contact|socket|time(?:d )?-?out|network|\bhost|\bport\b|ssl|tls|certificate|name resol|\bdns\b|proxy|by peer|unreachable|address|handshake|packet|broken pipe/i;

  const raisedIn = (message) => [...message.matchAll(RAISED), ...message.matchAll(MODULED)].at(-1)?.[1];
  // Of what errors-meaning.js says that an answer is worth: enough for a sure answer; its share by which it is before the next if it
  // is the likely one; enough for any answer, and for each that may be meant beside it.
  const [SURE, AHEAD, PERHAPS, BESIDE] = [0.9, 0.2, 0.45, 0.35];
  const OTHER = ["topic", "else"]; // of readers' sentences: what has no answer
  /** Make a function from what is asked, and the error in it, to the answers by their ids, the best first, and whether that is
   * surely or likely meant; `other` says which kind of text it is that has none. `kinds` are of words, by their signs, and `meaning`
   * is what errors-meaning.js makes. An answer that is `general` is no cause of an error.
   */
  const answerer = (answers, kinds, meaning) => {
    const others = answers.flatMap(({ id, words = [], last }) =>
      words.map((some) => ({ id, last, patterns: patternsOf(some), worth: some.length })));
    const causes = answers.flatMap(({ id, said = [], of }) =>
      said.map((some) => ({ id, of, patterns: some.split(" & ").map(groupOf(kinds)) })));
    const byPattern = (id, error) => causes.some((one) => one.id === id && one.of.includes(error));
    const general = new Set(answers.filter((one) => one.general).map(({ id }) => id));
    const ids = (...every) => [...new Set(every.flat().map(({ id }) => id))];
    const meant = (asked) => {
      const [best, next, ...more] = meaning(asked);
      const likely = (best.worth - next.worth) / best.worth >= AHEAD;
      const near = [best, next, ...more].filter(({ worth }) => best.worth >= PERHAPS && worth >= Math.max(BESIDE, best.worth / 2));
      return { sure: likely && best.worth >= SURE, likely, near: near.filter(({ id }) => !OTHER.includes(id)), other: OTHER.find((id) => id === best.id) };
    };
    return (asked, error) => {
      const text = flat(asked);
      const printed = raisedIn(asked) || MESSAGE.test(asked) || (asked.match(SIGNS) ?? []).length > 2;
      if (error) {
        // An address that is named says nothing of what goes wrong; "web-1 |" begins the lines of a container.
        const heard = text.replace(/https?:\/\//g, "").replace(/[-_]\d+ +\|/g, " container ");
        const worth = (pattern) => (pattern.source.startsWith("^") ? 0 : 20 + heard.match(pattern)[0].length);
        const met = ({ patterns }) => patterns.reduce((sum, pattern) => sum + worth(pattern), 0);
        const fitting = causes.filter(({ patterns, of }) => of.includes(error) && occurs(patterns, heard))
          .sort((one, two) => met(two) - met(one));
        if (fitting.length || printed || SAID_BY.test(asked)) return { ids: ids(fitting), sure: true };
        const { likely, near: [cause], other } = meant(asked);
        const fits = likely && cause && !other && !general.has(cause.id) && !byPattern(cause.id, error);
        return { ids: fits ? [cause.id] : [], sure: true };
      }
      const said = others.filter(({ patterns }) => occurs(patterns, text)).sort((one, two) => two.worth - one.worth);
      const first = said.filter(({ last }) => !last);
      if (printed || first.length) return { ids: ids(first, said), sure: true };
      const { sure, likely, near, other } = meant(asked);
      return other ? { ids: [], sure, other } : { ids: ids(near, said), sure, likely };
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

  const src = document.currentScript.src.replace("errors-look-up.js", "errors-translated.js");
  /** Fetch what others say; it is much, and most messages do without. */
  const others = async () => window.sockTranslated ?? new Promise((resolve) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: resolve }));
  });
  let read; // What others say is read once, when it has come: who types asks with each letter.
  /** Return a message with what it says in the words of the table. */
  const inEnglish = (message) => {
    if (!window.sockTranslated) return message;
    read ??= Object.entries(window.sockTranslated).flatMap(([english, every]) =>
      every.map((words) => ({ english, patterns: patternsOf(words), length: words.length })));
    const text = flat(message) + flat(parted(message));
    const [said] = read.filter(({ patterns }) => occurs(patterns, text)).sort((one, two) => two.length - one.length);
    return said ? `${message}\n${said.english}` : message;
  };

  return {
    alike, ruleOf, finder, portIn, hostIn, systemOf, answerer, strangerIn, others, inEnglish, listed, flat, patternsOf, occurs, NETWORKED,
  };
})();
