// Lets the key of hardware ports rank their drawings by what a reader sees, and their plate be set to life size.
// Everything can be read without this script; it adds the controls that need it.
"use strict";
(() => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // A port is as likely as it is common, times what each answer says for it. Beside them stands one that the guide does
  // not have: it is as rare as a port may be, and fits every answer half.
  const RARE = { 1: 1, 2: 2, 3: 4 };
  const UNKNOWN = { prior: 2, answer: 0.5 };
  const NAMED = [1, 6, 20, 60]; // times as likely is a port that people call by none, one, two or more of the words
  const UNMEASURED = 0.6; // times as likely is a port whose width has no source, whatever is said of it
  const OTHER = 0.7; // as likely is it that holes are those of a plug, and the port has pins
  const HINT = { weight: 0.4, most: 6, names: 3 };
  const COUNTED = { right: 4, wrong: 0.5 };
  const SURE = 0.8;
  const PROBABLE = 0.4;
  const SHOWN = 0.08; // of the likeliest
  const MOST = 5; // named

  // A plug with holes goes into a port with pins, and the port is what is asked for.
  const PLUG_HOLES = /\bholes (?=(?:in|on) (?:the|its|each) (?:plug|cable|cord|lead)\b)/g;
  const PLUG = / (?:plug|cable|wire)s? /;
  const OTHER_END = { pins: "holes", holes: "pins" };
  // What it only looks like it isn't: "like HDMI, but one corner is cut", "HDMI like but with a slanted side".
  // Nor is it what is beside it.
  const ALIKE = /\b(?:like|resembles|similar to) (?:an? |the )?[\p{L}\p{N}-]+(?: plug| cable| port| one)?(?=,? but\b)|[\p{L}\p{N}]+(?=[ -]like,? but\b)/gu;
  const BESIDE = /\b(?:next to|beside|near|right of|left of|above|below) (?:an? |the |my )?(?:usb|hdmi|ethernet|network|headphone|power)s?\b/g;
  const NOT = /\b(?:no|not|without|isn.?t|aren.?t)\s+(?:an?\s+|any\s+)?\S+/g;
  const VERB = /\b(?:is|are|was|were) /g; // "one corner is cut" is "one corner cut"
  // Words are compared by their stems: "magnetically" says "magnet", "charges" "charger", and "trapeze" "trapezoid".
  const END = /(?:s|es|ed|ing|er|ly|al|ic|ish|oid|ium|e|y)$/;
  const stem = (word) => {
    const short = word.replace(END, "");
    return short === word || short.length < 4 ? word.replace(/(..)s$/, "$1") : stem(short);
  };
  const split = (text) => text.trim().split(" ");
  const SMALL = new Set(split("a an and at for in is it my of on or the this to with"));
  const content = (text) => split(text).filter((word) => !SMALL.has(word));
  const stems = (words) => ` ${split(words).map(stem).join(" ")} `;
  // The words of a text in order, whatever people call a thing: a telly is a TV.
  const speaker = (same) => {
    const called = new Map(Object.entries(same).flatMap(([word, others]) => others.split(", ").map((other) => [other, word])));
    const any = new RegExp(`\\b(?:${[...called.keys()].toSorted((one, two) => two.length - one.length).join("|")})(?=s?\\b)`, "g");
    return (text) => ` ${text.toLowerCase().replace(any, (word) => called.get(word)).replace(VERB, "").match(/[\p{L}\p{N}]+/gu)?.join(" ") ?? ""} `;
  };
  const said = (words, list) => list.filter((word) => words.includes(word) || words.includes(`${word.trimEnd()}s `));
  const within = (word, all) => all.some((other) => other !== word && other.includes(word)); // "little" of "little holes" is no width
  // More words say more, and the number of a model says most: "iphone 11". In another order, or apart, they say less.
  const weightOf = (words, list) => {
    const exact = list.filter((phrase) => words.includes(phrase));
    const apart = list.map(content).filter((phrase) => phrase.length && phrase.every((word) => words.includes(` ${word} `)));
    const model = exact.some((word) => /[a-z].*\d/.test(word));
    return Math.max(new Set(exact.flatMap(split)).size + model, ...apart.map((phrase) => phrase.length - 1));
  };
  // People count pins: "15 pins", "three big holes".
  const NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
  const COUNT = new RegExp(` (\\d+|${NUMBERS.join("|")}) (?:\\w+ )?(?:pin|hole|contact|prong)s?(?= )`);
  const counted = (words) => {
    const number = words.match(COUNT)?.[1] ?? "";
    return Number(number) || NUMBERS.indexOf(number);
  };
  // A name alone, or with words that every plug has, is no description: whoever says it wants that plug.
  const ANY = /\b(?:an?|the|my|this|is|what|which|cables?|cords?|leads?|ports?|plugs?|sockets?|connectors?|jacks?|holes?|slots?|inlets?|type)\b/g;
  const bare = (text) => text.toLowerCase().replace(ANY, " ").match(/[\p{L}\p{N}]+/gu) ?? [];
  // "rj-45" is RJ45, and "usb micro" Micro-USB.
  const same = (one, other) => one.join("") === other.join("") || one.toSorted().join(" ") === other.toSorted().join(" ");
  const longest = (found) => Math.max(0, ...found.map((word) => word.length));

  const setUpKey = (place) => {
    const form = place.querySelector("template").content.firstElementChild.cloneNode(true);
    const faces = place.parentNode.querySelector(".sk-faces");
    const speak = speaker(JSON.parse(form.dataset.same));
    const ports = [...faces.children].map((item) => ({
      item,
      name: item.querySelector("span").textContent.replace(/, ([^()]+)$/, " ($1)"), // A list of names has commas of its own.
      names: item.dataset.names.split("|").map(bare),
      words: [...item.dataset.names.split("|"), ...item.dataset.words.split("|")].map((word) => stems(speak(word))),
      nicknames: item.dataset.words.split("|").map(bare),
      tells: JSON.parse(item.dataset.tells),
    }));
    const questions = [...form.querySelectorAll("fieldset")].map((group) => ({
      group,
      name: group.name,
      near: Number(group.dataset.near),
      miss: Number(group.dataset.miss),
      radios: [...group.querySelectorAll("input")].map((radio) => ({ radio, words: radio.dataset.words?.split(", ").map(speak) ?? [] })),
    }));
    // A word that few ports go by says more than one that many do, even where the phrase it stands in is not said.
    // One that answers a question is counted there.
    const looks = questions.filter(({ name }) => name !== "where").flatMap(({ radios }) => radios.flatMap(({ words }) => words.flatMap((word) => split(stems(word)))));
    for (const port of ports) port.vocabulary = new Set(port.words.flatMap(content).filter((word) => !looks.includes(word)));
    const among = (word) => ports.filter(({ vocabulary }) => vocabulary.has(word)).length;
    const hintOf = (words, { vocabulary }) => words.reduce((sum, word) => sum + (vocabulary.has(word) ? Math.log(ports.length / among(word)) : 0), 0);
    const elsewhere = form.dataset.elsewhere.split(", ").map(speak);
    const status = make("div", { className: "sk-found-port" });
    status.setAttribute("role", "status");
    const more = make("div", { className: "sk-tells" });

    // What words say of a question is chosen for the reader, until the reader chooses.
    const hear = () => {
      const words = speak(form.elements.words.value.toLowerCase().replace(PLUG_HOLES, "pins ").replace(ALIKE, "like").replace(BESIDE, " ").replace(NOT, " "));
      const all = questions.flatMap(({ radios }) => radios.flatMap(({ words: list }) => said(words, list)));
      for (const { group, radios } of questions) {
        if (group.dataset.chosen) continue;
        const heard = radios.map(({ radio, words: list }) => [longest(said(words, list).filter((word) => !within(word, all))), radio]);
        const [length, best] = heard.reduce((one, other) => (other[0] > one[0] ? other : one));
        (length ? best : radios.at(-1).radio).checked = true;
      }
      return words;
    };

    const fit = ({ name, near, miss }, radio, item, words) => {
      if (!item.dataset[name]) return UNMEASURED;
      const right = item.dataset[name].split(" ");
      if (right.includes(radio.value)) return 1;
      if (right.includes(OTHER_END[radio.value]) && PLUG.test(words)) return OTHER;
      return radio.dataset.near?.split(" ").some((one) => right.includes(one)) ? near : miss;
    };

    const weigh = () => {
      const words = hear();
      const answered = questions
        .map((question) => ({ question, radio: question.radios.find(({ radio }) => radio.checked).radio }))
        .filter(({ radio }) => radio.value);
      const count = counted(words);
      const spoken = [...new Set(content(stems(words)))];
      const missing = said(words, elsewhere).length > 0;
      const none = answered.some(({ radio }) => radio.value === "none") || missing;
      const called = questions.some(({ group }) => group.dataset.chosen) ? [] : bare(form.elements.words.value);
      const goesBy = (names) => called.length > 0 && names.some((name) => same(name, called));
      const byName = ports.filter((port) => goesBy(port.names));
      const seen = answered.some(({ question }) => question.name !== "where"); // "round charger" describes one
      for (const port of ports) {
        port.weight = RARE[port.item.dataset.common];
        const fits = answered.map(({ question, radio }) => fit(question, radio, port.item, words));
        port.weight *= fits.reduce((one, other) => one * other, 1);
        port.against = answered.some(({ question }, at) => question.name !== "where" && fits[at] < OTHER);
        port.named = Math.min(3, weightOf(stems(words), port.words));
        const hint = Math.min(HINT.most, hintOf(spoken, port));
        port.weight *= NAMED[port.named] * Math.exp(HINT.weight * hint);
        if (!port.named && hint >= HINT.names) port.named = 1;
        if (count > 0 && port.item.dataset.contacts) port.weight *= COUNTED[Number(port.item.dataset.contacts) === count ? "right" : "wrong"];
        port.called = byName.length ? byName.includes(port) : !seen && goesBy(port.nicknames);
      }
      const other = none ? 1000 : UNKNOWN.prior * UNKNOWN.answer ** answered.length;
      const total = ports.reduce((sum, { weight }) => sum + weight, other);
      const named = ports.some((port) => port.named || port.called);
      for (const port of ports) port.fits = !port.against && (port.named > 0 || !named);
      return { asked: answered.length + named + missing, other: other / total, ranked: ports.toSorted((one, two) => two.weight - one.weight), total, words };
    };

    const link = (port) => port.item.querySelector("a");
    const lead = (port) => make("a", { href: link(port).getAttribute("href"), textContent: port.name });
    const list = (all) => all.flatMap((port, at) => [at ? (at === all.length - 1 ? " or " : ", ") : "", lead(port)]);

    // How to tell the likeliest two apart: what the one's page says of the other, or else what each looks like.
    const tell = (one, two) => {
      const says = one.tells[two.item.dataset.id] ?? two.tells[one.item.dataset.id];
      if (says) return [make("p", {}, make("b", { textContent: `${one.name} or ${two.name}? ` }), says)];
      return [one, two].map(look);
    };
    const look = (port) => make("p", {}, make("b", { textContent: `${port.name}: ` }), `${port.item.dataset.looks.replace(/\.?$/, ".")}`);

    // The question that would part most of the likely ones.
    const open = (likely) => {
      const asks = questions.filter(({ radios }) => !radios.find(({ radio }) => radio.checked).radio.value);
      const answers = ({ item }, { name }) => item.dataset[name]?.split(" ") ?? [];
      const alike = (ask) => likely.reduce((sum, one) => {
        const own = answers(one, ask);
        return sum + likely.filter((other) => answers(other, ask).some((answer) => own.includes(answer))).length;
      }, 0);
      return asks.reduce((best, one) => (alike(one) < alike(best) ? one : best)).group.querySelector("legend").textContent;
    };
    const ask = (begins, likely) => make("p", {}, begins, make("b", { textContent: open(likely) }));

    const name = (begins, best, others, joined) =>
      make("p", {}, make("b", { textContent: begins }), ...list(best), ...(others.length ? [joined, ...list(others)] : []), ".");

    const show = () => {
      const { asked, other, ranked, total, words } = weigh();
      const [first, second] = ranked;
      const share = (port) => port.weight / total;
      const probable = asked > 1 && share(first) >= PROBABLE;
      const called = ranked.filter((port) => port.called);
      const near = called.length ? called : ranked.filter((port) => asked && port.weight >= first.weight * SHOWN);
      // As long as none stands out, what fits in everything comes before what is common and fits less.
      const fitting = probable ? near : near.filter((port) => port.fits);
      const likely = [...fitting, ...near.filter((port) => !fitting.includes(port))];
      faces.replaceChildren(...(asked ? [...likely, ...ranked.filter((port) => !likely.includes(port))] : ports).map(({ item }) => item));
      ports.forEach((port) => { port.item.hidden = asked > 0 && !likely.includes(port); });
      again.hidden = !asked;
      more.replaceChildren();
      if (!asked && words.trim()) status.replaceChildren(make("p", { textContent: "None of these words is known here. Say what shape it has, what is inside, or what it is on." }));
      else if (!asked) status.replaceChildren(make("p", { textContent: `Below are all ${ports.length} ports that this guide has, those that are met most first. Say what you see, and the likeliest come first.` }));
      else if (called.length) {
        status.replaceChildren(name("That's ", called, [], ""));
        more.replaceChildren(...(called.length > 1 ? tell(...called) : [look(called[0]), make("p", { textContent: "If yours looks otherwise, describe it: names get mixed up." })]));
      } else if (other > share(first)) {
        status.replaceChildren(make("p", {}, make("b", { textContent: "Perhaps none that this guide has. " }), "Nearest come ", ...list(near.slice(0, 3)), "."));
        more.replaceChildren(make("p", { textContent: "Search for the letters printed beside the port, or for the name and model of the device with the word “ports”." }));
      } else if (probable) {
        const rest = likely.slice(1, MOST);
        const sure = share(first) >= SURE && !first.against;
        status.replaceChildren(sure ? name("Most likely ", [first], rest, ", less likely ") : name("Probably ", [first], rest, ", or else "));
        more.replaceChildren(...(rest.length ? tell(first, second) : [look(first), make("p", { textContent: "If yours looks otherwise, this guide may not have it." })]));
      } else {
        const best = (fitting.length ? fitting : likely).slice(0, MOST);
        const begins = fitting.length > MOST ? `${fitting.length} ports fit. First ` : "It may be ";
        status.replaceChildren(name(begins, best, likely.slice(best.length, MOST), ", less likely "));
        if (asked > 1) more.replaceChildren(...(likely.length > 1 ? tell(likely[0], likely[1]) : [look(first)]));
        else if (likely.length > 1) more.replaceChildren(ask("One more answer narrows it down. Best of all: ", likely));
        else more.replaceChildren(look(first), ask("Yours looks otherwise? Then answer: ", ports));
      }
      if (asked) status.prepend((likely[0] ?? first).item.querySelector("svg").cloneNode(true));
    };

    const again = make("button", { type: "reset", textContent: "Begin again", hidden: true });
    form.onsubmit = (event) => event.preventDefault();
    form.oninput = ({ target }) => {
      if (target.type === "radio") target.closest("fieldset").dataset.chosen = "yes";
      show();
    };
    form.onreset = () => {
      for (const { group } of questions) delete group.dataset.chosen;
      setTimeout(show);
    };
    form.append(make("p", {}, again));
    place.replaceChildren(form, status, more);
    show();
  };

  const setUpLife = (place) => {
    const plate = place.parentNode;
    const scale = make("input", { type: "range", min: 2, max: 12, step: 0.05 });
    scale.value = parseFloat(getComputedStyle(plate).getPropertyValue("--mm"));
    scale.oninput = () => plate.style.setProperty("--mm", `${scale.value}px`);
    place.append(make("label", {}, "Life size: hold a coin of 1 euro against the ring, and move until it fits ", scale));
  };

  document.querySelectorAll(".sk-ask-port").forEach(setUpKey);
  document.querySelectorAll(".sk-life").forEach(setUpLife);
})();
