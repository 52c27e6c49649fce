// Makes a worksheet of a run: its later steps are blank. On paper stands nothing else of the page.
"use strict";
window.sockSheet = (() => {
  const LINES = 5; // sentences to write: more nobody writes in a lesson
  const STYLE = `
    @media screen { .sk-sheet-head { display: none; } }
    @media print {
      .sk-sheet-only body :not(:has(.sk-worksheet)):not(.sk-worksheet, .sk-worksheet *), .sk-worksheet :is(.sk-prints, .sk-socks, .sk-recorded, .sk-note, .sk-alike, .sk-claim, [data-n="1"]:has(.t)) { display: none !important; }
      .sk-sheet-head p { margin: 0 0 3mm; font-size: 13px; line-height: 1.45; }
      .sk-sheet-head strong { display: block; margin-bottom: 3mm; font: 700 20px/1.2 var(--show); }
      .sk-sheet-name { display: flex; gap: 4mm; align-items: end; height: 9mm; margin-bottom: 5mm !important; }
      .sk-sheet-name i { flex: 1; border-bottom: 1px solid; } .sk-sheet-name i + b + i { flex: none; width: 34mm; }
      .sk-sheet-name b { font-weight: 400; }
      .sk-worksheet .sk-row.sk-row { display: grid !important; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
      .sk-worksheet .sk-heads.sk-heads { width: 50%; }
      .sk-worksheet .sk-blank.sk-row { height: 8.5mm; }
      .sk-worksheet .sk-blank > td:first-child { height: 8.5mm; padding-top: 1.2mm; }
      .sk-worksheet .sk-blank :is(.sk-what > *, .sk-st, .sk-sentence > *, .sk-terminal > :not(.sk-cmd)) { display: none; }
      .sk-worksheet .sk-blank :is(.sk-sentence, .sk-remark) { visibility: hidden; font-size: 0; }
      .sk-worksheet .sk-blank .sk-chip.sk-chip { font-size: 0; }
      .sk-worksheet .sk-blank .sk-what::after { content: ""; display: inline-block; width: min(34mm, 54mm / max(1, var(--n) - 1)); height: 5.8mm; border-bottom: 1px solid var(--rail); }
      .sk-worksheet .sk-blank .sk-chip.sk-chip { width: min(30mm, 48mm / max(1, var(--n) - 1)); min-height: 6.2mm; background: var(--card); }
      .sk-worksheet .sk-call.sk-blank > td > :is(.sk-ring, .sk-disc, .sk-diamond) { top: 3mm; }
      .sk-worksheet .sk-blank .sk-path.sk-path { inset: 50% 0 auto; }
      .sk-worksheet .sk-write { break-after: avoid; }
      .sk-worksheet .sk-write .sk-sentence.sk-sentence { padding-block: 0; }
      .sk-write .sk-sentence::before, .sk-write .sk-sentence::after { content: ""; display: block; visibility: visible; height: 8.5mm; box-sizing: border-box; border-bottom: 1px solid var(--rail); }
      .sk-worksheet .sk-card.sk-blank { height: auto; }
      .sk-worksheet .sk-blank .sk-terminal { min-height: 32mm; }
    }
  `;
  const make = (tag, className, ...children) => {
    const element = Object.assign(document.createElement(tag), { className });
    element.append(...children);
    return element;
  };
  let dressed = false;

  // What a step is about: the words on its packet, or the function that was called.
  const about = (row) => row.querySelector(".sk-chip, .sk-what code")?.textContent.split("(")[0].replace(/.*: /, "");

  // The steps of which a sentence is worth writing: each the first of its kind, as far from each other as they can be.
  const worth = (rows) => {
    const kinds = new Set();
    const firsts = rows.filter((row, at) => at < rows.length - 1 && about(row) && !kinds.has(about(row)) && kinds.add(about(row)));
    const apart = [];
    for (const row of firsts) if (rows.indexOf(row) !== rows.indexOf(apart.at(-1)) + 1 || !apart.length) apart.push(row);
    const step = Math.max(1, apart.length / LINES);
    return apart.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step)).slice(0, LINES);
  };

  return (run, rows, given) => {
    if (!dressed) document.head.append(make("style", "", STYLE));
    dressed = true;
    const blank = rows.slice(given);
    blank.forEach((row) => row.classList.add("sk-blank"));
    worth(blank).forEach((row) => row.classList.add("sk-write"));
    const title = document.querySelector("h1").firstChild.textContent;
    const says = [
      "The first steps are filled in.",
      blank.some((row) => row.matches(".sk-pkt")) && "In each box, write what the packet carries: its words, or what it stands for, such as SYN.",
      blank.some((row) => row.matches(".sk-call")) && "On a short line, write the function that the program calls there, from the code above.",
      blank.some((row) => row.matches(".sk-card")) && "In each frame, write what the command prints.",
      blank.some((row) => row.matches(".sk-write")) && "On two long lines, say in a sentence what happens there, and why.",
    ].filter(Boolean).join(" ");
    const head = make("div", "sk-sheet-head",
      make("p", "sk-sheet-name", make("b", "", "Name"), make("i", ""), make("b", "", "Date"), make("i", "")),
      make("strong", "", blank.length ? `${title}: what happens next?` : `${title}: the key`), blank.length ? make("p", "", says) : "");
    run.prepend(head);
    run.classList.add("sk-worksheet");
    document.documentElement.classList.add("sk-sheet-only");
    addEventListener("afterprint", () => {
      rows.forEach((row) => row.classList.remove("sk-blank", "sk-write"));
      run.classList.remove("sk-worksheet");
      document.documentElement.classList.remove("sk-sheet-only");
      head.remove();
    }, { once: true });
    print();
  };
})();
