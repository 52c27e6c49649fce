// The search's worker: makes of a question the words that matter, and leaves the rest to the theme's worker.
"use strict";

const SMALL = new Set(`a an and are as at be by can do does for from has have how i if in is it its list mean means my
  need needs not of on or s so t than that the their there this to vs was we what when where which who why will with
  you`.split(/\s+/));

// People paste questions and error messages. The search would take their signs for commands, and every page has their
// small words. Whoever types quotation marks knows what to ask for.
const telling = (asked) => {
  if (asked.includes('"')) return asked;
  const all = asked.replace(/[^\p{L}\p{N}._]+|[.]+(?=\s|$)/gu, " ").trim().split(" ");
  const words = all.filter((word) => !SMALL.has(word.toLowerCase()));
  return (words.length ? words : all).join(" ");
};

// The theme's worker listens to the same messages, after this one.
const QUERY = 2;
addEventListener("message", ({ data: message }) => {
  if (message.type !== QUERY) return;
  if (typeof message.data === "string") message.data = telling(message.data); // Material
  else if (typeof message.data.input === "string") message.data.input = telling(message.data.input); // Zensical
});

importScripts(location.hash.slice(1)); // the theme's worker: a path on this site, for assets/theme.js made it one
