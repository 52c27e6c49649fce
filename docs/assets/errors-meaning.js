// Tells which answer a reader's own words ask for, by the sentences in errors-said.js. Pure: words in, answers out.
"use strict";
/** Make a function from a text to the answers, the likeliest first, each with its worth: how well what readers say fits it.
 *
 * `kinds` are words that mean alike, by a name for them; `said` are the sentences of each answer, one a line. A word counts
 * the more, the fewer answers have it; so does each pair of words, in any order, because "server" and "again" mean more together.
 */
window.sockMeaning = ({ kinds, none, said, alike }) => {
  const [WORD, KIND, PAIR] = [1, 0.8, 0.4]; // what each is worth beside the others
  const UNKNOWN = 0.8; // and a word that no sentence has, beside the rarest
  const without = new Set(none.split(" "));
  const stem = (word) => (word.length > 4 ? word.replace(/(?:ing|ed|ies|es|s|ly)$/, "") : word.replace(/s$/, ""));
  const kindsOf = new Map();
  const put = (word, kind) => kindsOf.set(word, [...kindsOf.get(word) ?? [], kind]);
  Object.entries(kinds).forEach(([kind, words]) => words.split(" ").forEach((word) => put(word, kind)));

  const wordsIn = (text) => text.toLowerCase().replace(/[‘’]/g, "'").replace(/https?:\/\//g, "")
    .replace(/(?:\d{1,3}\.){3}\d{1,3}/g, (address) => ({ "127.0.0.1": "loopback", "0.0.0.0": "anyaddress" })[address] ?? "number")
    .replace(/\b(?:usb|type)[- ]?c\b/g, "usbc").replace(/\b(?:ctrl|control)[-+ ]+c\b/g, "ctrlc").replace(/\bwi-fi\b/g, "wifi")
    .replace(/\bwhat(?:'s| is| are| does)\b/g, "whatis").replace(/\bhow (?:do|does) (?!i\b|you\b|we\b)/g, "howdoes ").replace(/\bwhy (?:do|does|are|is) /g, "whydo ")
    .replace(/\bcom\d+\b/g, "comport").replace(/\btty(usb|acm)\d\b/g, "tty$1")
    .match(/b''|[a-z](?:[\w'+]*[\w+])?|\d[\w+]+/g) ?? [];
  /** Return what a text has, each with its share. */
  const partsOf = (words) => {
    const parts = new Map();
    const ideas = new Set();
    words.filter((word) => !without.has(word)).forEach((word) => {
      const own = kindsOf.get(word) ?? kindsOf.get(stem(word)) ?? [];
      parts.set(stem(word), WORD);
      own.forEach((kind) => parts.set(kind, KIND));
      (own.length ? own : [stem(word)]).forEach((idea) => ideas.add(idea));
    });
    const sorted = [...ideas].sort();
    sorted.forEach((one, at) => sorted.slice(at + 1).forEach((other) => parts.set(`${one}+${other}`, PAIR)));
    return parts;
  };

  const answers = Object.entries(said).map(([id, lines]) => {
    const sentences = lines.trim().split("\n").map((line) => partsOf(wordsIn(line)));
    const counts = new Map();
    sentences.forEach((parts) => parts.forEach((_, part) => counts.set(part, (counts.get(part) ?? 0) + 1)));
    return { id, sentences, counts };
  });
  const having = new Map();
  answers.forEach(({ counts }) => counts.forEach((_, part) => having.set(part, (having.get(part) ?? 0) + 1)));
  const rare = (part) => (having.has(part) ? Math.log(1 + answers.length / having.get(part)) : 0);
  const total = (parts, least = 0) => [...parts].reduce((sum, [part, share]) => sum + share * Math.max(rare(part), least), 0);
  const lengths = new Map(answers.flatMap(({ sentences }) => sentences.map((parts) => [parts, Math.sqrt(total(parts))])));

  const known = [...new Set([...having.keys(), ...kindsOf.keys(), ...without])].filter((word) => /^[a-z]{4,}$/.test(word));
  const knows = new Set(known);
  const spelled = (word) => (word.length < 5 || !/^[a-z]+$/.test(word) || knows.has(word) || knows.has(stem(word)) ? word
    : known.find((right) => right.length > 4 && alike(word, right)) ?? word);

  return (text) => {
    const parts = partsOf(wordsIn(text).map(spelled));
    const unknown = [...parts.keys()].filter((part) => !/[@+]/.test(part) && !having.has(part)).length;
    const length = Math.sqrt(total(parts) + unknown * UNKNOWN * Math.log(1 + answers.length)) || 1;
    const like = (sentence) => {
      const both = [...parts].filter(([part]) => sentence.has(part));
      return total(both) / (length * lengths.get(sentence));
    };
    return answers.map(({ id, sentences, counts }) => {
      const often = [...parts].filter(([part]) => counts.has(part))
        .map(([part, share]) => [part, share * Math.min(1, counts.get(part) / Math.sqrt(sentences.length))]);
      return { id, worth: Math.max(...sentences.map(like)) + total(often) / (length * length) };
    }).sort((one, other) => other.worth - one.worth);
  };
};
