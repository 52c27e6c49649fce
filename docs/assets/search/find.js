// Finds the sections of the site that answer a question. It knows neither the page it runs on nor the network:
// sockSearch.finder(entries, errorsIn, asked) takes what either builder has indexed, what finds the sections about the
// error in a message, and what readers call a section; it makes a function from a question to answers.
// What it ranks with is minisearch.js: dist/umd/index.js of the package minisearch 7.2.0, as npm has it.
"use strict";
(() => {
  // A function that remembers: whoever types on asks again for most of the words.
  const once = (make) => {
    const made = new Map();
    return (key) => {
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key);
    };
  };

  // -- words --

  // What questions are made of, and what nearly every page has.
  const SMALL = new Set(`a about actually all am an and any anyone are as at basic be been beginner beginners best
    better between but by called can cannot cant could did didn didnt difference do does doesn doesnt doing don done
    dont each ever every exactly explain explained find for from get gets getting give got had has have he help her
    his how i if in into is isn isnt it its just know like look looks m make me mean meaning means my myself need
    needs not of off on only or our over out own please point properly python really s same say says see should show simple so
    some someone something sorry still such t take takes tell than thanks that the their them then there these they
    thing things this those to too tutorial until up us use used uses using ve very vs want was way we were what whatever
    when where whether which while who whose why will with without won wont work works would yet you your yours`.split(/\s+/));

  // Words of people who have not met ours yet. Those between two strokes stand for each other.
  const ALIKE = `plug connector / cable cord lead wire / crossover crossed / monitor display screen tv television telly / ethernet lan rj45 / wifi
    wlan / stuck hang freeze frozen block forever / stop kill free / truncated cut / piece part partial fragment
    half / missing lost / headphone headset earphone / charger power / email mail smtp / website http web / safe
    secure expose danger / ssl tls https encrypt encrypted encryption / friend outside internet home / friend roommate flatmate colleague
    classmate brother / phone laptop pc machine computer device host / people client user player caller /
    simultaneous concurrent once many multiple several / delay wait latency lag / app application program / receive recv
    read / whole entire complete full / reach reachable access / respond answer reply / old older ancient /
    image picture photo file / transfer send upload / big bigger biggest large larger largest size length long longest / udp datagram /
    packet segment frame / disconnect gone left vanish / slow slower slowest fast faster fastest speed rate quick / light led lamp / blink blinking flash flashing / timeout second deadline /
    send sent / reliable guarantee / bind bound / sniff capture wireshark tcpdump / 2 two / 3 three / 4 four / 5
    five / 6 six / 7 seven / 8 eight / 9 nine / pin contact / max maximum limit greatest highest / min minimum least lowest smallest / postgres postgresql /
    provider isp carrier / fake forge forged spoof spoofed lie / reboot restart boot / merge merged glue glued
    concatenate concatenated together / hacker attacker attack / umlaut accent emoji letter character / boundary
    edge / speak spoke spoken talk / run ran / write wrote written / break broke broken / choose chose chosen
    pick / unplug pull / notice detect / inuse taken occupied busy / typec usbc / javascript node / locally localhost /
    docker container / str string / int integer / num number / ubuntu debian linux / mic microphone / webcam camera /
    speaker loudspeaker sound audio / aux jack / gpu graphics / cpu processor / mobo motherboard board / psu supply /
    ram memory / ssd hdd disk drive / pendrive stick thumb flashdrive / dongle adapter converter / everyone everybody
    group / kick drop remove / quit exit leave / allow permit unblock / deny reject refuse / chat messenger / crash
    crashed die dies dead`;

  // What is written in one way here, and in others by many.
  const SPELT = new Map(Object.entries({
    color: "colour", gray: "grey", recognize: "recognise", unrecognized: "unrecognised", msg: "message", conn: "connection",
    addr: "address", cert: "certificate", pic: "picture", vid: "video", cmd: "command", param: "argument", k8s: "kubernetes",
    js: "javascript", nodejs: "node", win: "windows", cat5: "cat5e", db: "database",
  }));

  // Where it happens and why it is asked, which seldom is what is asked.
  const FAINT = `code script project problem issue exam question interview homework quiz`;

  // Who says one of these means a program: no plug answers that.
  const PROGRAMS = `program server client socket python connection code java node`;

  // Numbers, names, addresses, :: and b'' are one word each; so is what a hyphen or a stroke ties to a few letters: USB-C.
  const WORD = /(?<![\p{L}\p{N}])(?:b''|b""|::\d*)|[\p{L}\p{N}]+(?:[._:]+[\p{L}\p{N}]+)*/gu;
  const TIED = /(?<![\p{L}\p{N}])([\p{L}\p{N}]{1,4})[-/]([\p{L}\p{N}]{1,3})(?![\p{L}\p{N}])/gu;
  const IN_USE = /\b(?:(?:already |still )?(?:in use|being used)|(?:already|still) used|using (?=(?:(?:my|the) )?port\b))\b/gi;
  const JOINT = /[._:]+/;

  const MARKED = new RegExp([IN_USE, TIED, WORD].map(({ source }) => source).join("|"), "giu"); // as one

  const wordsOf = (text) => {
    const low = text.toLowerCase().replace(IN_USE, "inuse") // small words that count
      // The C of USB-C is no word of its own, as the language is.
      .replace(TIED, (_, one, other) => [one, other, one + other].filter((word) => word.length > 1).join(" "))
      .replace(/\bmac(?:book|s)?\b(?! (?:address|table|(?:vs|or|and) ip))(?<!ip (?:vs|or|and) mac)/g, "macos"); // the computer, not the number of an interface
    const words = low.match(WORD) ?? [];
    const parts = words.filter((word) => JOINT.test(word) && !/^[\d.:]+$/.test(word))
      .flatMap((word) => word.split(JOINT));
    return [...words, ...parts];
  };

  // So that "closing", "closed" and "closes" are one word. It need not be a word of English.
  const rootOf = once((spelt) => {
    const singular = spelt.replace(/(?<=\p{L}{2})s$/u, "");
    const word = SPELT.get(spelt) ?? SPELT.get(singular) ?? spelt;
    if (word.length < 4 || !/^\p{L}+$/u.test(word)) return word;
    return word
      .replace(/ies$/, "y").replace(/(ss|x|ch|sh)es$/, "$1").replace(/([^su])s$/, "$1").replace(/(.{6})ion$/, "$1")
      .replace(/([aeiouy].*[^e])(?:ing|ed)$/, "$1").replace(/([bdgklmnprt])\1$/, "$1").replace(/(..)e$/, "$1");
  });
  const rootsOf = (text) => wordsOf(text).filter((word) => !SMALL.has(word)).map(rootOf);
  const rootsOfWord = once(rootsOf);
  const [faint, programs] = [FAINT, PROGRAMS].map((list) => new Set(list.split(" ").map(rootOf)));
  const alike = ALIKE.split("/").map((line) => line.trim().split(/\s+/).map(rootOf));
  const spoken = new Set(alike.flat());

  // -- what there is to find --

  const SIGNS = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };
  const plain = (html) => html.replace(/\s+/g, " ").replace(/<\/?(?:p|li|ul|ol|pre)>/g, "\n").replace(/<[^>]+>/g, "")
    .replace(/&(?:amp|lt|gt|quot);/g, (sign) => SIGNS[sign]).replace(/\s*\n\s*/g, "\n").trim()
    .replace(/([^.?!:;,])\n/g, "$1 \u00b7 "); // The cells of a table and the items of a list run into each other.

  // Rows of two tables are answers of their own: the ports, and the numbers of errors on three systems.
  const PORT = /(?<![\w.])(\d+)\s+(TCP|UDP|SCTP)\s*<code>([^<]*)<\/code>\s*((?:<p>.*?<\/p>\s*)+)/g;
  const ERROR = /([A-Z][\w -]+?)\s*((?:<code>\w+<\/code>\s*)+)(\d+|none)\s+(\d+|none)\s+(\d+|none)/g;

  const ALSO = /Also under: (.*)/; // What else a word of the glossary is called.
  const LOOKS = /Words that find it\W*(.*)/; // What people call a port who do not know its name.

  const sectionsOf = (entries, asked) => {
    const titles = new Map(entries.filter(({ location }) => !location.includes("#"))
      .map(({ location, title }) => [location, plain(title)]));
    const sections = [];
    const add = (location, title, html, tags = [], row = false) => {
      const page = location.replace(/#.*/, "");
      const text = plain(html);
      const [named, looks] = [asked[location], text.match(LOOKS)?.[1]].map((list) => list?.split(", ") ?? []);
      sections.push({
        location, page, heading: plain(title), title: titles.get(page) ?? "", text, row,
        tags: location === page ? [...tags, ...named] : tags, // what a whole page is called says more
        also: location === page ? looks : [...named, ...looks],
      });
    };
    let opening; // of a page: what stands beside its h1. The h1 and the words below it are the next entry.
    for (const entry of entries) {
      const { location, title, text } = entry;
      if (!location.includes("#")) opening = entry;
      else if (opening) {
        add(opening.location, title, `${text} ${opening.text.replace(PORT, "")}`, opening.tags);
        opening = undefined;
      } else if (text) add(location, title, text.replace(PORT, ""), plain(text).match(ALSO)?.[1].split(", "));
      for (const [, number, transport, name, use] of text.matchAll(PORT)) {
        const kind = transport.toLowerCase();
        add(`${location.replace(/#.*/, "")}#port-${number}-${kind}`, `Port ${number}/${kind}: ${name}`, use,
          [`port ${number}`, `${kind} ${number}`], true);
      }
    }
    return sections;
  };

  // The words and names of an error by its number on any system; of two errors with one number, the words of both.
  const errorsOf = (entries) => {
    const errors = new Map();
    for (const { text } of entries)
      for (const [, words, names, ...numbers] of text.matchAll(ERROR))
        for (const number of new Set(numbers))
          errors.set(number, `${errors.get(number) ?? ""} ${words} ${plain(names.replaceAll("</code>", " "))}`);
    return errors;
  };

  // -- a question --

  // Of a pasted error message, what it says to everybody who meets it.
  const RAISED = /Traceback \(most recent.*?\b((?:\w+\.)*\w*(?:Error|Exception)\b.*)$/s;
  const MINE = [
    /\b\d{4}-\d\d-\d\d\b|\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g,
    /(?:\b[A-Za-z]:)?(?:[\\/][\w.-]+){2,}/g,
  ];
  const NUMBERED = /\b(?:win)?(?:errno|error)\b\W{0,3}(\d+)|\((\d+): /i;

  const FIELDS = { heading: 4, title: 2, lead: 1.5, text: 1, tags: 3, also: 1.4 };
  const SAID = Object.keys(FIELDS).filter((name) => name !== "also");
  const EACH = { k: 1.2, b: 0, d: 0.5 }; // What a section is called has no length: it's many names, each on its own.
  const LEAD = 240; // characters
  const DEFINES = /^\s*(?:what(?:'s|s| is| are| does)|define|meaning of)\b|\bmeaning\W*$/i;
  const STANDS = /\b(?:stands?|short) for\b/gi;
  const HERE = /(?<!works?) (?:on|in) (?:my|your|the|a) (?:computer|pc|machine|code|project)\W*$/i;
  const EXPLAINS = /^\s*(?:how|why|where|can)\b/i; // and no definition does
  // Lists and reference come after what explains; "#" is a section of the home page, which leads everywhere.
  const WEIGHTS = Object.entries({
    "#": 0.5, "reference/glossary/": 0.7, "reference/": 0.2, "contributing/": 0.4, "proof/": 0.5, "lab/": 0.5,
    "start/article/": 0.4, "start/my-program/": 0.7, "start/pytest/": 0.6, "ports/port-table/#": 0.7,
    "errors/asyncio/": 0.4, "errors/databases/": 0.4, "errors/websocket-closed/": 0.5, "errors/": 0.8,
  });
  const weightOf = once((location) => WEIGHTS.find(([start]) => location.startsWith(start))?.[1] ?? 1);
  const CHUNK = 50; // sections
  const MOST = 40; // words of a question: whole logs are pasted
  const AGAIN = 0.6; // the second of a page: who does not mean the one seldom means the other
  const COMMON = 5; // A heading that so many pages have says little.

  const exact = { tokenize: (text) => text.split(" "), processTerm: (term) => term };
  const count = (list, test) => list.reduce((found, one) => found + (test(one) ? 1 : 0), 0);
  const share = (some, all) => (all ? some / all : 0);

  const pause = () => new Promise((resume) => { setTimeout(resume); });

  sockSearch.finder = async (entries, errorsIn, asked = {}) => {
    const sections = sectionsOf(entries, asked);
    const errors = errorsOf(entries);
    const often = new Map();
    const headings = new Map();
    const pages = new Map();
    for (const [id, section] of sections.entries()) {
      if (id % CHUNK === 0) await pause(); // The reader types meanwhile.
      const heading = rootsOf(section.heading);
      const text = rootsOf(section.text);
      const tags = rootsOf(section.tags.join(" "));
      const also = rootsOf(section.also.join(" "));
      Object.assign(section, {
        names: [section.heading, ...section.tags, ...section.also]
          .map((name) => ({ roots: [...new Set(rootsOf(name))], words: new Set(wordsOf(name)) })),
        flat: ` ${[...heading, "", ...text].join(" ")} `,
        fields: {
          id, heading: heading.join(" "), text: text.join(" "), lead: rootsOf(section.text.slice(0, LEAD)).join(" "),
          title: rootsOf(section.title).join(" "), tags: tags.join(" "),
          also: [...new Set(also)].join(" "),
        },
      });
      headings.set(section.heading, (headings.get(section.heading) ?? 0) + 1);
      pages.set(section.page, `${pages.get(section.page) ?? ""} ${section.flat} ${section.fields.tags}`);
      for (const root of new Set([...heading, ...text, ...tags, ...also])) often.set(root, (often.get(root) ?? 0) + 1);
    }
    const index = new MiniSearch({ fields: Object.keys(FIELDS), ...exact });
    await index.addAllAsync(sections.map(({ fields }) => fields), { chunkSize: CHUNK });
    const whole = new MiniSearch({ fields: ["text"], ...exact });
    await whole.addAllAsync([...pages].map(([id, text]) => ({ id, text })), { chunkSize: CHUNK });

    // What no section is named by is part of the reader's story, more often than what is asked.
    const named = new Set(sections.flatMap(({ names }) => names.flatMap(({ roots: own }) => own)));
    const rarity = once((root) =>
      (faint.has(root) ? 0.4 : named.has(root) ? 1 : 0.6) * Math.log(1 + sections.length / (1 + (often.get(root) ?? 0))));
    const sum = (list) => list.reduce((total, root) => total + rarity(root), 0);
    for (const name of sections.flatMap(({ names }) => names)) name.weight = sum(name.roots);

    // The sections and the pages that have a word, sought in one of these ways. Whoever mistypes a word has its first
    // letter right; "inherit" is not the "Einheit" of a German socket.
    const WAYS = { whole: {}, begun: { prefix: true }, mistyped: { fuzzy: 0.25, prefix: true } };
    const having = once((way) => once((term) => {
      const begun = ({ terms }) => terms.some((one) => one[0] === term[0]);
      const search = (where, more) => where.search(term, { ...more, ...exact, ...WAYS[way] }).filter(begun);
      const inSections = new Map();
      for (const where of [{ fields: SAID }, { fields: ["also"], bm25: EACH }]) {
        for (const { id, score, terms } of search(index, { boost: FIELDS, ...where })) {
          const before = inSections.get(id) ?? { id, score: 0, terms: [] };
          inSections.set(id, { id, score: before.score + score, terms: [...before.terms, ...terms] });
        }
      }
      return { inSections: [...inSections.values()], onPages: search(whole) };
    }));

    const told = (asked) => {
      const message = asked.match(RAISED)?.[1] ?? asked;
      const words = MINE.reduce((text, mine) => text.replace(mine, " "), message).trim() || message; // A path alone is wanted.
      const number = words.match(NUMBERED);
      return number ? `${words} ${errors.get(number[1] ?? number[2]) ?? ""}` : words;
    };

    // Which roots are asked for: all but the small words, and two that a space parts though we write them as one.
    const wantedIn = (words) => {
      const plainly = words.toLowerCase().match(WORD) ?? [];
      const joined = plainly.slice(1).map((word, n) => rootOf(plainly[n] + word))
        .filter((word) => often.has(word) || spoken.has(word));
      // A letter counts where it is a name, as C and ssh -L are; not as a number's, nor in "type c".
      const counts = (letter) => named.has(letter) && !joined.some((word) => word.endsWith(letter));
      const all = rootsOf(words).filter((root, _, { length }) => length === 1 || !/^\p{L}$/u.test(root) || counts(root));
      return [...new Set([...(all.length ? all : plainly.map(rootOf)), ...joined])]
        .flatMap((root) => (often.has(root) ? [root] : partsOf(root) ?? [root])).slice(0, MOST);
    };

    // What is written in one here and in two words elsewhere: "wsl2", "portforwarding".
    const partsOf = (word) => {
      const numbered = word.match(/^(\p{L}{2,}|\d+)(\d+|\p{L}+)$/u)?.slice(1);
      const splits = /^\p{L}{7,}$/u.test(word) ? [...word].slice(6).map((_, n) => [word.slice(0, n + 3), word.slice(n + 3)]) : [];
      return [numbered ?? [], ...splits].map((parts) => parts.map(rootOf))
        .filter((parts) => parts.length && parts.every((part) => often.has(part)))
        .sort((one, other) => sum(one) - sum(other))[0];
    };

    const excerptOf = ({ text }, wanted, length = 190) => {
      const hits = [...text.matchAll(MARKED)]
        .map((match) => ({ at: match.index, word: match[0], roots: rootsOfWord(match[0]) }))
        .filter(({ roots: own }) => own.some((root) => wanted.has(root)));
      // Where a sentence begins, or a cell or an item: what begins small after a stop or a colon is the rest of one.
      const starts = [0, ...[...text.matchAll(/[.?!:]["')]* (?!\p{Ll})|\u00b7 |\n/gu)].map((match) => match.index + match[0].length)];
      const worth = (start) => sum([...new Set(hits.filter(({ at }) => at >= start && at < start + length)
        .flatMap(({ roots: own }) => own.filter((root) => wanted.has(root))))]);
      const best = (all) => all.reduce((one, other) => (worth(other) > worth(one) ? other : one), 0);
      const whole = best(starts);
      // A sentence too long for an excerpt is begun inside, and says so.
      const start = worth(whole) ? whole : best([...text.matchAll(/[,;:] /g)].map(({ index }) => index + 2));
      const parts = start === whole ? [] : [["\u2026 ", false]];
      let at = start;
      for (const hit of hits.filter(({ at: place }) => place >= start && place < start + length)) {
        parts.push([text.slice(at, hit.at), false], [hit.word, true]);
        at = hit.at + hit.word.length;
      }
      return [...parts, [text.slice(at, Math.max(at, start + length + 40)), false]];
    };

    /** Answer a question with at most so many sections, the best first, and at most two of a page.
     *
     * `typing` says that the last word may not be complete.
     */
    return (asked, { most = 12, typing = false } = {}) => {
      const words = told(asked).replace(STANDS, " ").replace(HERE, "");
      const wanted = wantedIn(words);
      const last = typing && /[\p{L}\p{N}]$/u.test(asked) ? wanted.at(-1) : "";
      const found = new Map(); // of a section, what each root is worth to it
      const onPage = new Map();
      const met = new Set(); // the words that are marked
      const keep = (into, id, root, worth) => {
        if (!into.has(id)) into.set(id, new Map());
        into.get(id).set(root, Math.max(into.get(id).get(root) ?? 0, worth));
      };
      let sure = false; // "qwerty" alone is no "query": of a short word, two other letters make another word.
      const look = (term, root, worth, way) => {
        const { inSections, onPages } = having(way)(term);
        for (const { id, score, terms } of inSections) {
          keep(found, id, root, score * worth);
          terms.forEach((one) => met.add(one));
          sure ||= way !== "mistyped" || term.length > 7 || terms.some((one) => sockErrors.alike(one, term));
        }
        for (const { id, score } of onPages) keep(onPage, id, root, score * worth);
      };
      for (const root of wanted) {
        look(root, root, 1, root === last && !/\d/.test(root) ? "begun" : "whole");
        const others = alike.filter((line) => line.includes(root)).flat().filter((word) => word !== root);
        for (const word of others) look(word, root, 0.6, "whole");
        if (!often.has(root) && root.length > 3) look(root, root, 0.5, "mistyped");
      }

      const [error] = errorsIn(asked);
      if (!sure && !error) return [];
      const known = wanted.filter((root) => [...found.values()].some((worths) => worths.has(root)));
      const all = sum(known);
      const isProgram = wanted.some((root) => programs.has(root));
      const pairs = known.slice(1).map((root, n) => [known[n], root]);
      const asWords = wordsOf(words);
      const glossary = DEFINES.test(asked) ? 2 : EXPLAINS.test(asked) ? 0.4 : 1;
      // What has most of what is asked counts for more than what has one word of it often.
      const total = (worths) =>
        [...worths.values()].reduce((one, other) => one + other, 0) * share(sum([...worths.keys()]), all) ** 2;
      const totalOn = once((page) => total(onPage.get(page) ?? new Map()));
      const score = (section, worths) => {
        // How much of a name is asked for, and of what is asked the name has; small words too, for "why" is one.
        const apt = Math.max(...section.names.map(({ roots: own, weight }) => {
          const hit = sum(own.filter((root) => worths.has(root)));
          return share(hit, weight) * share(hit, all);
        }));
        const like = Math.max(...section.names.map(({ words: own }) =>
          share(2 * count(asWords, (word) => own.has(word)), asWords.length + own.size)));
        const beside = ([one, other]) => worths.has(one) && worths.has(other) && section.flat.includes(` ${one} ${other} `);
        const near = share(count(pairs, beside), pairs.length);
        return (total(worths) + 0.3 * totalOn(section.page))
          * (1 + 3 * apt) * (1 + near / 2) * (1 + like) * weightOf(section.location)
          * (section.page === "reference/glossary/" ? glossary : 1)
          * (section.row && known.some((root) => !worths.has(root)) ? 0.4 : 1) // It says whose a number is, and no more.
          * (isProgram && section.page.startsWith("hardware/") ? 0.6 : 1)
          * (headings.get(section.heading) < COMMON ? 1 : 0.6);
      };
      // What is about the very error comes first, whoever else has its words.
      const about = sections.find(({ location }) => location === error);
      if (about && !found.has(about.fields.id)) found.set(about.fields.id, new Map());
      const best = (all) => all
        .sort((one, other) => (other.section === about) - (one.section === about) || other.score - one.score);
      const ranked = best([...found].map(([id, worths]) => ({ section: sections[id], score: score(sections[id], worths) })));
      const taken = new Map(); // how often a page
      const answers = best(ranked.flatMap(({ section, score: worth }) => {
        const before = taken.get(section.page) ?? 0;
        taken.set(section.page, before + 1);
        return before < 2 ? [{ section, score: before ? AGAIN * worth : worth }] : [];
      }));
      return answers.slice(0, most).map(({ section, score: worth }) => ({
        location: section.location, heading: section.heading, title: section.title,
        excerpt: excerptOf(section, met), score: worth,
      }));
    };
  };
})();
