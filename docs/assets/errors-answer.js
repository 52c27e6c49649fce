// Makes the answer to a message, from the tables of the page. errors.js fetches it when a message first comes.
"use strict";
/** Make a function from a message to the elements of its answer.
 *
 * `own` are the fields for what the reader may enter into the commands; an answer that has none of it leaves them out. `put`
 * puts elements in the place of the answer, once a reader has chosen one.
 */
window.sockAnswers = (place, own, status, put) => {
  const { listed, flat, patternsOf, occurs, portIn, systemOf, strangerIn, ruleOf, NETWORKED, inEnglish, others: translated } = sockErrors;
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const find = sockErrors.finder([...place.parentNode.querySelectorAll("tbody tr")].map(ruleOf));
  const { kinds, answers } = sockAsked;
  const rowOf = (id) => document.getElementById(id ?? "");
  // What has a page of an error says no more than that error.
  const isGeneral = (id) => rowOf(id).querySelector("th a")?.pathname.startsWith(new URL(".", location).pathname);
  const meaning = sockMeaning({ ...sockSaid, alike: sockErrors.alike });
  const known = [...new Set([...Object.keys(answers), ...Object.keys(sockSaid.said)])].filter(rowOf);
  const answersFor = sockErrors.answerer(
    known.map((id) => ({ id, of: listed(rowOf(id).dataset.of), general: isGeneral(id), ...answers[id] })), kinds, meaning);
  const answerRow = (text, error) => rowOf(answersFor(text, error).ids[0]);

  const copyOf = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    return copy;
  };
  const linkTo = (id, words) => {
    const link = document.getElementById(id).querySelector("th a");
    return make("a", { href: link.href, textContent: words ?? link.textContent });
  };
  // Its title without its kind and number; of an entry for several messages, what fits this one.
  const shortOf = (id, text) => {
    const row = document.getElementById(id);
    const title = row.querySelector("th a").textContent
      .replace(/^(?:[^([]*\[[^\]]*\] |\w*(?:Error|Exception): |(?:\w+\.)+\w+: )(?=.)/, "");
    return flat(text).includes(flat(title).trim()) ? title : row.dataset.short ?? title;
  };
  const LONG = 160;
  const CHOICES = 3;
  const PROPERTY = /^\w+: \S+$/; // errno: -98, code: 'EADDRINUSE', as Node.js adds them to an error
  const NAMED = /\b\w*(?:Error|Exception): /;
  /** Return the line of a message that says it. */
  const lineOf = (text, id) => {
    const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
    const says = (line) => find(line)[0] === id;
    const said = lines.filter(says);
    let line = said.findLast((one) => !PROPERTY.test(one)) ?? said.at(-1) ?? lines.at(-1);
    // Where its line breaks are lost, what comes first is where it was thrown.
    const at = line.length > LONG ? line.search(NAMED) : -1;
    if (at > 0 && says(line.slice(at))) line = line.slice(at);
    if (line.length <= LONG) return line;
    const begin = line.slice(0, LONG).replace(/\s\S*$/, ""); // not within a word
    return says(begin) ? `${begin} \u2026` : `\u2026 ${line.slice(-LONG).replace(/^\S*\s/, "")}`;
  };
  /** Return what to type on each system, the reader's own first; the reader's port and server are put in by own.js. */
  const commandsOf = (row, text, system) => {
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

  const alsoOf = (links) => (links.length
    ? [make("p", {}, ...links.flatMap((link, at) => [at ? " or " : "It could also be ", link]))]
    : []);
  const saidBy = ({ cells: [name, says] }) => make("p", {}, make("strong", {}, ...copyOf(name).childNodes), ". ", ...copyOf(says).childNodes);
  // `text` is in English; `pasted` is what the reader knows again.
  const answered = (pasted, text, [id, ...others]) => {
    const row = document.getElementById(id);
    const system = systemOf(text, ruleOf(row).errno);
    const [happened, doFirst, causes] = [...row.querySelectorAll("td > p, td ol")].map(copyOf);
    happened.prepend(make("strong", {}, linkTo(id, shortOf(id, text))), ". ");
    const cures = [...row.querySelectorAll(".sk-cures li")]
      .filter(({ dataset }) => listed(dataset.words).some((words) => occurs(patternsOf(words), flat(text))))
      .slice(0, 1).map((cure) => make("p", {}, ...copyOf(cure).childNodes));
    const whole = make("p", {}, make("a", {
      className: "sk-more-of-it", href: linkTo(id).href,
      textContent: "How to tell which, what to do then, and a run of it",
    }));
    const likely = answerRow(text, id);
    const cause = likely ? [saidBy(likely)] : [];
    const isHere = (answers[likely?.id]?.on ?? system) === system;
    const said = !likely && answerRow(text)?.querySelector("th a");
    const also = [...others.slice(0, 2).map((other) => linkTo(other)), ...(said ? [copyOf(said)] : [])];
    return [
      head(`Found: ${shortOf(id, text)}`, make("code", { textContent: lineOf(pasted, id) })), ...(isHere ? cause : []), doFirst, happened,
      ...commandsOf(row, text, system), ...(isHere ? [] : cause), ...cures, causes, whole, ...alsoOf(also), searchFor(text, "Not this? Search the site"),
    ];
  };
  const inOwnWords = (text, row, others = [], sure = true) => {
    const [name, says] = row.cells;
    const link = name.querySelector("a");
    if (!link) return [head(`Not a connection error: ${name.textContent}`, "Not a connection error"),
      make("p", {}, make("strong", { textContent: `${name.textContent}. ` }), ...copyOf(says).childNodes)];
    const { asks } = answers[row.id] ?? {};
    const choices = asks ?? others;
    return [head(sure || asks ? name.textContent : `Perhaps: ${name.textContent}`), make("p", {}, ...copyOf(says).childNodes),
      make("p", {}, make("a", { className: "sk-more-of-it", href: link.href, textContent: "Read on: how to tell, and what to do" })),
      ...(choices.length ? [tell(asks ? "Which of these is it?" : "Or is it one of these?"), choicesOf(text, choices)] : []),
      searchFor(text, "Not this? Search the site")];
  };
  /** Return buttons with answers, of which the one that is pressed takes the place of them all. */
  const choicesOf = (text, ids) => make("ul", { className: "sk-choices" }, ...ids.map(rowOf).map((row) => {
    const [name, says] = row.cells;
    const button = make("button", { type: "button", textContent: name.textContent });
    button.addEventListener("click", () => {
      const [title, ...rest] = inOwnWords(text, row);
      title.tabIndex = -1;
      put([title, ...rest]);
      title.focus();
    });
    return make("li", {}, button, ` ${says.textContent.match(/^.*?[.?](?=\s|$)/)?.[0] ?? ""}`);
  }));
  const askBack = (text, ids) => [
    head("Which of these is it?"), tell("Your words fit more than one. Press what you see:"), choicesOf(text, ids),
    searchFor(text, "Something else? Search the site")];
  const notOurs = (text, sure) => [
    head(sure ? "Not about a connection or a plug" : "It doesn't sound like a connection or a plug"),
    tell("Look further down in what your program prints, or in its log, for a line with an error's name, and paste that. In these words nothing speaks of a connection, a port or a plug, and that's all this site knows."),
    searchFor(text, "Search the site all the same")];
  const unknown = async (text, topic) => {
    const stranger = strangerIn(text);
    if (stranger) return [head("Not a connection error"),
      tell(`Nothing in this message speaks of a connection, a host or a port. ${stranger} is an error of the program, or of what it uses: the line with that name says what, and the lines around it say where.`),
      searchFor(text, "Search the site all the same")];
    const near = await window.sockSearch.near(text);
    if (!near.length) return [head("Nothing found"),
      tell("The site has nothing with these words. Is there a number in the message, such as 111 or 10061? Put that in, with the word errno: errno 111. It is the same in every language.")];
    const message = NETWORKED.test(text) && /error|exception|failed|errno/i.test(text);
    return [head(message ? "No error that we know has these words" : "What comes closest to your words"),
      tell(message ? "In Python the last line names the error, in Java the last that begins with Caused by. This comes close:"
        : topic ? "That's not an error message. Here's what the site says about it:"
          : "Say who can't reach what, and what you see then: so far we don't know what is meant. These have some of your words:"),
      make("ol", { className: "sk-search-list" }, ...near), searchFor(text, "Search the whole site for it")];
  };
  /** Return a text with what it says in the words of the tables. */
  const understood = async (text) => {
    if (find(text).length) return text;
    await translated();
    return inEnglish(text);
  };
  /** Return the elements that answer a text. */
  const answer = async (text) => {
    const english = await understood(text);
    const found = find(english);
    if (found.length) return answered(text, english, found);
    const { ids, sure, likely, other } = answersFor(english);
    const [first, ...more] = ids.slice(0, CHOICES);
    if (!first) return other === "else" ? notOurs(text, sure) : unknown(text, other === "topic");
    if (sure || likely || answers[first]?.asks || !more.length) return inOwnWords(english, rowOf(first), more, sure);
    return askBack(english, [first, ...more]);
  };
  return { answer, find, answersFor, understood };
};
