// What opens below a run when somebody presses Run or Edit: the program to change, what it prints, and its evidence.
import { faults, lacks } from "./judge.mjs";
import { limit, raised, untold } from "./limits.mjs";
import { line } from "./line.mjs";

const folder = new URL("./", import.meta.url).href;
const WAITS = 2000; // milliseconds that the editor waits for a run that prints nothing
const KEPT = 200_000; // characters of output; what comes after them is counted
const INTERRUPTED = -2; // how a program ends that Ctrl-C ended
const SOON = 1000; // milliseconds after a change until the page's address has it
const LONG = 6000; // milliseconds after which a program that runs is taken for one that waits
const READS = /\binput\s*\(|\(\s*input\b|\bstdin\b(?!\s*=)|\bopen\(0\b|\bgetpass\b/; // a program that wants to be typed to

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
/** Let one button be pressed in place of another, and let who was at that one by the keyboard be at this. */
function swap(one, other) {
  const isAt = document.activeElement === one;
  one.disabled = true;
  other.disabled = false;
  if (isAt) other.focus({ preventScroll: true });
}
const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** Return the texts of a run's files, by their names: Download has them whole. */
function texts(run) {
  const found = new Map();
  for (const link of run.querySelectorAll(".sk-get a[download$='.py']")) {
    if (!found.has(link.download)) found.set(link.download, decodeURIComponent(link.href.slice(link.href.indexOf(",") + 1)));
  }
  return found;
}

/** Return what a bench begins with: the texts of its files, and what starts. `live` says where that is: sitebuild/kit/live.py. */
function source(place, live) {
  if (live?.files) return { given: new Map(live.files), commands: live.programs };
  const run = live ? document.getElementById(live.of) : place;
  const given = texts(run);
  const told = run.querySelector("[data-programs]").dataset.programs; // nothing: its one file
  return { given, commands: told ? JSON.parse(told) : [[...given.keys()].slice(0, 1)] };
}

/** Return a text with an edit made. An edit is a list of changes, each as its first line, how many lines go, and what comes. */
function edited(text, edit) {
  const lines = text.split("\n");
  for (const [first, gone, ...come] of edit.toReversed()) lines.splice(first - 1, gone, ...come);
  return lines.join("\n");
}

/**
 * Begin a new line as deep as the last, deeper after a colon or a bracket, less deep after return and its like. The editor's
 * own grammar goes astray below a `with (` of several lines, as most programs here have.
 */
function newLine(view) {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const before = line.text.slice(0, head - line.from);
  const depth = before.match(/^ */)[0].length;
  const deeper = /[:([{]\s*(#.*)?$/.test(before) ? 4 : /^\s*(return|break|continue|raise|pass)\b/.test(before) ? -4 : 0;
  view.dispatch(view.state.replaceSelection(`\n${" ".repeat(Math.max(0, depth + deeper))}`), { scrollIntoView: true, userEvent: "input" });
  return true;
}

/** An editor of one file. */
class Editor {
  /** Load the editor, in two parts: between them the page may do what else there is. */
  static async parts() {
    const view = await import(`${folder}view.mjs`);
    await rest();
    return { ...view, ...(await import(`${folder}editor.mjs`)) };
  }

  static async in(place, name, text, onChange) {
    const {
      EditorState, EditorView, keymap, lineNumbers, highlightActiveLine, history, historyKeymap, defaultKeymap,
      indentUnit, bracketMatching, syntaxHighlighting, HighlightStyle, python, tags,
    } = await Editor.parts();
    await rest();
    const colours = HighlightStyle.define([
      { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword, tags.definitionKeyword, tags.moduleKeyword], color: "var(--listener)" },
      { tag: [tags.string, tags.special(tags.string)], color: "var(--str)" },
      { tag: tags.comment, color: "var(--soft)" },
    ]);
    const state = EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), history(), indentUnit.of("    "), bracketMatching(), highlightActiveLine(), python(),
        syntaxHighlighting(colours), keymap.of([{ key: "Enter", run: newLine }, { key: "Mod-Enter", run: () => true }, ...defaultKeymap, ...historyKeymap]), // the latter runs it, below
        EditorView.contentAttributes.of({ "aria-label": `${name}, to edit`, tabindex: "0" }),
        EditorView.updateListener.of((update) => update.docChanged && onChange()),
      ],
    });
    await rest();
    return new Editor(new EditorView({ parent: place, state }));
  }

  constructor(view) {
    this.view = view;
  }

  get text() {
    return this.view.state.doc.toString();
  }

  set text(words) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: words } });
  }

  focus() {
    this.view.focus();
  }
}

/** A file of a bench. */
class File {
  constructor(name, text, { starts, words = "" }) {
    Object.assign(this, { name, given: text, starts, words });
  }

  get text() {
    return this.editor?.text ?? this.begun ?? this.given;
  }

  /** Give it another text than the one that Undo brings back. */
  set text(words) {
    if (this.editor) this.editor.text = words;
    else this.begun = this.plain.textContent = words;
  }

  get isChanged() {
    return this.text !== this.given;
  }
}

/** What stands below one run. */
class Bench {
  constructor(place, panel, live, Around) {
    this.place = place;
    this.panel = panel;
    this.isFree = !!place.closest(".sk-free"); // whether files may be added, and what is written may be passed on
    const asked = place.closest("[data-wanted]")?.dataset; // by a task, or by a hunt, whose program is to be mended
    this.asked = asked && { wanted: JSON.parse(asked.wanted), shows: JSON.parse(asked.shows ?? "[]"), isTask: place.matches(".sk-task") };
    const { given, commands } = source(place, live);
    this.given = given;
    this.files = [...given].map(([name, text]) => {
      const [, ...words] = commands.find(([file]) => file === name) ?? [];
      return new File(name, text, { starts: commands.some(([file]) => file === name), words: words.join(" ") });
    });
    const order = commands.map(([file]) => file);
    this.order = (file) => (order.includes(file.name) ? order.indexOf(file.name) : order.length);
    if (this.isFree) this.files.sort((one, other) => this.order(one) - this.order(other));
    this.around = Around && new Around(() => this.changed());
    this.task = undefined;
    this.build();
  }

  /** What starts, in order. */
  get programs() {
    const starting = this.files.filter((file) => file.starts);
    if (!this.isFree) starting.sort((one, other) => this.order(one) - this.order(other));
    return starting.map(({ name, words }) => ({ file: name, arguments: words.split(" ").filter(Boolean) }));
  }

  build() {
    const button = (words, job, properties = {}) => make("button", { type: "button", textContent: words, onclick: job, ...properties });
    this.start = button("Run", () => this.go(), { className: "sk-lab-go" });
    this.stop = button("Stop", () => this.task?.stop(), { disabled: true });
    this.undo = button("Undo my changes", () => this.restore(), { disabled: true });
    const others = [button("Restart machine", () => this.renew(), { title: "For a machine on which nothing has run" }), button("Close", () => this.close())];
    if (this.isFree) others.unshift(button("Copy a link to it", () => this.share()));
    this.words = make("p", { className: "sk-lab-asked", hidden: true });
    this.status = make("div", { className: "sk-lab-says", role: "status" });
    this.places = make("div", { className: "sk-lab-files" });
    this.outputs = make("div", { className: "sk-lab-outputs" });
    this.input = make("input", { name: "line", autocomplete: "off", spellcheck: false, disabled: true });
    this.whom = make("span");
    this.eof = button("End of input", () => this.task?.end(), { title: "As Ctrl+D does in a terminal" });
    this.typed = make("form", { className: "sk-lab-type", hidden: true }, make("label", {}, make("span", {}, "Type a line for ", this.whom), this.input), make("button", { textContent: "Send" }), this.eof);
    this.typed.addEventListener("submit", (event) => {
      event.preventDefault();
      this.type(`${this.input.value}\n`);
      this.input.value = "";
    });
    this.evidence = make("div", { className: "sk-lab-evidence" });
    const left = make("div", {}, this.places);
    if (this.isFree) left.append(button("Add a file", () => this.add(), { className: "sk-lab-add" }), this.around.wire);
    this.content = [
      make("div", { className: "in" },
        make("div", { className: "sk-lab-bar" }, make("strong", { textContent: "Live, in this tab" }), this.start, this.stop, this.undo, ...others),
        this.words,
        this.status,
        make("div", { className: "sk-lab-cols" }, left, make("div", {}, this.outputs, this.typed, ...(this.around ? [this.around.beside] : []))),
      ),
      this.evidence,
    ];
    for (const file of this.files) this.show(file);
    this.clear();
    this.panel.setAttribute("aria-label", `Live: ${this.files.map((file) => file.name).join(" and ")}`);
    this.panel.addEventListener("sk-run-again", ({ detail }) => (this.asks(), this.make(detail.edit), this.go(), this.panel.scrollIntoView({ block: "nearest" })));
    this.panel.addEventListener("sk-edit", ({ detail }) => this.edit(detail.file));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.go();
      }
    });
  }

  /** Repeat the question or the task, whose place on the screen the editor takes, and the case of a what-if. */
  asks() {
    const asked = this.place.matches(".sk-run") ? this.place.closest(".sk-bug")?.querySelector("p") : this.place.querySelector(".sk-ask, legend");
    if (!asked) return;
    const words = [...asked.cloneNode(true).childNodes];
    const shown = [...this.place.querySelectorAll(".sk-case")].find((one) => one.checkVisibility());
    if (shown) words.push(" ", make("strong", { textContent: shown.querySelector(".sk-case-name").textContent }));
    if (this.asked?.isTask) words.push(" Done when it prints ", make("code", { textContent: this.asked.wanted.join("\n") }));
    this.words.replaceChildren(...words);
    this.words.hidden = false;
  }

  /** Make an empty place for what each program prints. */
  clear() {
    const programs = this.programs;
    this.printed = programs.map(({ file }) => {
      const place = make("pre", { className: "sk-out", tabIndex: 0 });
      const name = programs.length > 1 ? `${file} prints` : "It prints";
      place.setAttribute("role", "log");
      place.setAttribute("aria-label", name);
      return { file, name, place, decoders: [new TextDecoder(), new TextDecoder()], words: "", errors: "", shown: [0, 0], left: 0 };
    });
    this.outputs.replaceChildren(...this.printed.flatMap(({ name, place }) => [make("p", { className: "sk-title", textContent: name }), place]));
    this.evidence.replaceChildren();
    this.panel.classList.remove("sk-mended");
  }

  /** Show what a program has printed. */
  print({ data, program, error }) {
    const one = this.printed[program];
    const words = one.decoders[+error].decode(data, { stream: true });
    if (error) one.errors = (one.errors + words).slice(-KEPT);
    else one.words += words;
    const shown = words.slice(0, KEPT - one.shown[+error]); // an error comes last and is wanted most: it has room of its own
    one.shown[+error] += shown.length;
    one.left += words.length - shown.length;
    if (shown) one.place.append(error ? make("span", { className: "sk-lab-error", textContent: shown }) : shown);
  }

  /** Let a reader type, or not. */
  lets(types) {
    for (const one of this.typed.elements) one.disabled = !types;
  }

  /** Type something for the program that reads, and show it where a terminal would. */
  type(words) {
    if (!this.task) return;
    this.task.type(words);
    this.printed.at(this.reader).place.append(make("span", { className: "sk-lab-typed", textContent: words }));
  }

  /** Show a file's text, until its editor is there. */
  show(file) {
    const head = this.isFree ? this.head(file) : make("p", { className: "sk-title", textContent: file.name });
    file.plain = make("pre", { className: "sk-lab-plain", textContent: file.text, onclick: () => this.ready().then(() => file.editor.focus()) });
    file.place = make("div", { className: "sk-lab-file" }, head, file.plain);
    this.places.append(file.place);
  }

  /** Make the editors, once. A run does not wait for them. */
  ready() {
    return (this.editors = (this.editors ?? Promise.resolve()).then(async () => {
      for (const file of this.files) {
        if (file.editor) continue;
        file.editor = await Editor.in(file.place, file.name, file.text, () => this.changed());
        file.plain.remove();
      }
    }));
  }

  /** What of a file can be changed besides its text. */
  head(file) {
    const name = make("input", { value: file.name, spellcheck: false, size: 14, onchange: () => this.rename(file, name) });
    const words = make("input", { value: file.words, spellcheck: false, size: 8, onchange: () => (file.words = words.value) });
    const starts = make("input", { type: "checkbox", checked: file.starts, onchange: () => ((file.starts = starts.checked), this.clear()) });
    const away = make("button", { type: "button", textContent: "Remove", ariaLabel: `Remove ${file.name}`, onclick: () => this.remove(file) });
    return make("div", { className: "sk-lab-head" },
      make("label", {}, "File ", name), make("label", { title: "Without the tick it is there to be imported" }, starts, " start it"), make("label", { title: "What comes after its name on the command line: sys.argv" }, "arguments ", words), away);
  }

  async add() {
    const names = new Set(this.files.map((file) => file.name));
    let number = this.files.length + 1;
    while (names.has(`file${number}.py`)) number += 1;
    const file = new File(`file${number}.py`, "import socket\n", { starts: false });
    this.files.push(file);
    this.show(file);
    await this.ready();
    file.editor.focus();
    this.clear();
    this.changed();
  }

  /** Call a file as its field says, unless another is called so. */
  rename(file, field) {
    const name = field.value.trim();
    const isTaken = this.files.some((one) => one !== file && one.name === name);
    if (isTaken) this.say(`There is a ${name} already.`);
    if (name && !isTaken) file.name = name;
    field.value = file.name;
    this.clear();
    this.changed();
  }

  remove(file) {
    this.files = this.files.filter((one) => one !== file);
    file.place.remove();
    this.clear();
    this.changed();
    (this.files[0]?.editor ?? this.start).focus();
  }

  /** Put what is written into the page's address, from which it comes back if the page is loaded again. */
  async keep() {
    clearTimeout(this.keeping);
    const files = this.files.map(({ name, text, starts, words }) => [name, text, starts, words]);
    const told = JSON.stringify({ files, network: this.around.network });
    const address = new URL(`#lab=${await packed(told)}`, location.href).href;
    history.replaceState({ ...history.state, isMine: true }, "", address);
    return address;
  }

  async share() {
    const address = await this.keep();
    const isCopied = await navigator.clipboard?.writeText(address).then(() => true, () => false); // the browser may forbid it
    this.say(`A link to what you wrote is ${isCopied ? "copied, and it is " : ""}this page's address now. The program is in the link itself.`);
  }

  /** Let a reader write, in the file of that name. */
  async edit(name) {
    const told = location.hash.match(/^#lab=(.+)$/)?.[1];
    let lost = "";
    if (this.isFree && told && !this.editors) {
      try {
        const { files, network } = JSON.parse(await unpacked(told));
        const before = history.state?.isMine ? this.given : new Map(); // what Undo brings back: of a link, what came with it
        this.files = files.map(([name, text, starts, words]) => Object.assign(new File(name, before.get(name) ?? text, { starts, words }), { begun: text }));
        this.around.network = network;
        this.places.replaceChildren();
        for (const file of this.files) this.show(file);
        this.clear();
        this.undo.disabled = !this.files.some((file) => file.isChanged);
      } catch {
        lost = "The link has lost a part of its program on the way; here is the one to begin with. ";
      }
    }
    await this.ready();
    (this.files.find((file) => file.name === name) ?? this.files[0])?.editor.focus();
    this.panel.scrollIntoView();
    line.watch = () => this.fetching();
    line.ready().then(() => this.task || this.say(`${lost}Change what you like, then press Run, or Ctrl and Enter.`), (error) => this.refused(error.message));
  }

  /** Make an edit of the first file, as it was given. */
  make(edit) {
    if (!edit || this.task) return;
    this.files[0].text = edited(this.files[0].given, edit);
    this.changed();
  }

  changed() {
    this.undo.disabled = !this.files.some((file) => file.isChanged);
    if (!this.isFree) return;
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), SOON);
  }

  restore() {
    for (const file of this.files) file.text = file.given;
    if (this.task) return;
    this.clear(); // what the other program did
    this.say("It is as it was given. Press Run to see what it does.");
  }

  /** Say how it stands, and what socktrace found: what was wrong, and in the lines after it what to do. */
  say(words, found = []) {
    const written = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", { textContent: part }) : part));
    const item = (text) => {
      const [wrong, ...cure] = text.split("\n");
      return make("li", {}, ...written(wrong), ...(cure.length ? [" ", make("p", {}, ...written(cure.map((line) => line.trim()).join(" ")))] : []));
    };
    this.status.replaceChildren(make("p", {}, ...written(words)), ...(found.length ? [" ", make("ul", {}, ...found.map(item))] : []));
  }

  fetching() {
    const of = line.total ? ` of ${(line.total / 1e6).toFixed(1)}` : "";
    if (line.came !== line.total) this.say(`Fetching the machine, once: ${(line.came / 1e6).toFixed(1)}${of} MB.`);
    else this.say("Starting the machine …");
  }

  refused(why) {
    this.say(`The machine could not be started: ${why}. What is shown above was recorded.`);
  }

  async renew() {
    this.say("Putting the saved machine back …");
    try {
      await line.refresh();
      this.say("A fresh machine: nothing has run on it.");
    } catch (error) {
      this.refused(error.message);
    }
  }

  go() {
    if (this.task) return;
    if (!this.programs.length) return this.say("Nothing is to start: tick a file.");
    swap(this.start, this.stop);
    this.clear();
    const files = Object.fromEntries(this.files.map((file) => [file.name, file.text]));
    let said = "It ended";
    this.isStopped = false;
    let isTold = false;
    let waits;
    this.say("One moment …");
    line.watch = () => this.fetching();
    const begins = () => {
      if (this.task) {
        this.say("It runs.");
        if (reads && document.activeElement === this.stop) this.input.focus({ preventScroll: true });
        const words = reads ? "Perhaps it waits for a line from you: type it below what it prints." : "Stop ends it, and draws what it did until then.";
        waits = setTimeout(() => this.say(`It still runs. ${words}`), LONG);
      }
      setTimeout(() => this.ready(), WAITS);
    };
    line.ready().then(begins, () => {});
    const reads = READS.test(Object.values(files).join("\n"));
    this.reader = this.programs.findIndex(({ file }) => READS.test(files[file])); // -1: the last
    this.whom.textContent = this.programs.length > 1 ? this.programs.at(this.reader).file : "it";
    this.typed.hidden = !reads;
    this.lets(reads);
    this.task = line.run({ files, programs: this.programs, reads: this.reader, want: this.asked?.shows.length ? ["ladder", "recording"] : ["ladder"], network: this.around?.network }, {
      output: (piece) => {
        this.print(piece);
        this.ready();
      },
      exit: ({ codes }) => {
        this.ready();
        clearTimeout(waits);
        const isLeft = (code) => code === INTERRUPTED && codes.length > 1; // it would have waited for ever
        const wrong = codes.filter((code) => code && !isLeft(code)).map((code) => (code < 0 ? `by signal ${-code}` : `with exit status ${code}`));
        const left = this.printed.find((_, number) => isLeft(codes[number]));
        const ended = [
          codes.includes(null) ? "Not all of it was started: the file on top begins, each other one when the one before it listens" : [wrong[0]?.startsWith("by") ? "It was ended" : "It ended", wrong.join(" and ")].join(" ").trim(),
          left && `${left.file} still waited when nobody was left to call it, and was interrupted`,
        ].filter(Boolean).join(". ");
        said = this.isStopped ? "It was stopped" : ended;
        const errors = this.printed.map((one) => one.errors);
        this.limit = this.isStopped ? undefined : limit(errors.join("\n"), Object.keys(files), codes);
        this.raised = this.isStopped || this.limit ? undefined : errors.map(raised).find(Boolean);
        this.say(`${said}. Its run is being drawn …`);
      },
      evidence: ({ evidence }) => {
        isTold = true;
        this.tell(evidence);
      },
      failed: ({ why }) => {
        isTold = true;
        said = `It could not be watched: ${why.trim().split("\n").at(-1)}`;
      },
      done: ({ why, hasBegun }) => {
        this.ready();
        clearTimeout(waits);
        for (const { place, left } of this.printed) {
          if (left) place.append(`\n(${count(left, "more character")} not shown)`);
          if (!why && !place.firstChild) place.append(make("span", { className: "sk-lab-typed", textContent: "(nothing)" }));
        }
        if (why && this.isStopped) this.say("It was stopped.");
        else if (why && !hasBegun) this.refused(why);
        else if (why) this.say(`The run was lost: ${why}. The next one gets a fresh machine.`);
        else if (!isTold) this.say(this.isStopped ? "It was stopped, and had told nothing until then." : `It ended. ${untold()}`);
        else this.say([`${said}.`, this.limit, this.judged].filter(Boolean).join(" "), this.wrong);
        if (this.raised && !why) {
          // In a tab of its own: what was written here is nowhere else.
          const href = new URL(`../../errors/#q=${encodeURIComponent(this.raised)}`, import.meta.url).href;
          this.status.append(" ", make("a", { href, target: "_blank", rel: "noopener", textContent: "What does this error mean?" }));
        }
        if (this.drawn && !why) this.status.append(" ", make("button", { type: "button", textContent: "See the run", onclick: () => this.see() }));
        this.around?.ends();
        this.task = undefined;
        this.judged = this.limit = this.raised = this.wrong = this.drawn = undefined;
        swap(this.stop, this.start);
        this.lets(false);
      },
    });
    this.around?.begins(this.task);
    const { stop } = this.task;
    this.task.stop = () => {
      this.isStopped = true;
      clearTimeout(waits);
      this.say("Stopping it …");
      stop();
    };
    if (!reads) this.task.end();
  }

  /** Show what socktrace says, and the run, which plays like any other of the page. It is much: the page has a rest between. */
  async tell({ findings, ladder, recording }) {
    const wrong = faults(findings);
    const printed = this.printed.flatMap(({ words }) => words.split("\n"));
    const lacking = this.asked && lacks(this.asked, printed, recording && JSON.parse(recording));
    this.wrong = wrong.map((finding) => finding.text);
    if (wrong.length) this.judged = "socktrace says:";
    else if (lacking) this.judged = `socktrace finds nothing wrong, but ${lacking}.`;
    else if (this.asked) this.judged = `${this.asked.isTask ? "Done" : "Mended"}: it does what it was meant to do, and socktrace finds nothing wrong.`;
    else if (this.isStopped) this.judged = "socktrace finds nothing wrong until then. Its run, below, ends where each program waited.";
    else this.judged = "socktrace finds nothing wrong: it watched every call and every packet.";
    this.drawn = true;
    if (this.asked) this.panel.classList.toggle("sk-mended", !wrong.length && !lacking);
    const { task } = this;
    const run = await harmless(ladder);
    await rest();
    if (this.task && this.task !== task) return; // the next one runs already
    this.evidence.replaceChildren(run);
    await rest();
    this.evidence.dispatchEvent(new CustomEvent("sk-added", { bubbles: true }));
  }

  /** Bring the drawn run into sight: it is below what the programs print. */
  see() {
    this.evidence.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
  }

  close() {
    this.task?.stop();
    this.panel.remove();
    closed.set(this.place, this.panel);
    [...this.place.querySelectorAll(".sk-live")].find((button) => button.checkVisibility())?.focus();
  }
}

const closed = new WeakMap(); // by their places: panels with what was written there, for who opens them again

/** Return words as they can stand in an address, packed. */
async function packed(words) {
  const stream = new Blob([words]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const data = new Uint8Array(await new Response(stream).arrayBuffer());
  return btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Return the words again. */
function unpacked(text) {
  const data = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

const TAGS = "a b br button caption code details div i input label li p pre small span strong summary table tbody td th thead tr ul wbr";
const ATTRIBUTES = "class colspan disabled href id role scope style tabindex title type";
const HARMLESS = { href: /^#/, style: /^(--[a-z]: ?-?[\w.]+(; ?|$))*$/ };

/**
 * Return HTML as nodes that can do nothing, and ask for nothing. It comes from the machine, where the program is root and
 * may have written it: somebody else's program, if the reader was sent a link. What may stay is what a drawn run has.
 */
async function harmless(html) {
  const { default: purify } = await import(`${folder}purify.mjs`);
  purify.removeAllHooks();
  purify.addHook("uponSanitizeAttribute", (_, attribute) => {
    if (HARMLESS[attribute.attrName]?.test(attribute.attrValue) === false) attribute.keepAttr = false;
  });
  return purify.sanitize(html, { RETURN_DOM_FRAGMENT: true, ALLOWED_TAGS: TAGS.split(" "), ALLOWED_ATTR: ATTRIBUTES.split(" ") });
}

/** Let the page do what waits. */
const rest = () => new Promise((resolve) => setTimeout(resolve));

const styled = new Promise((resolve) => document.head.append(make("link", { rel: "stylesheet", href: `${folder}bench.css`, onload: resolve, onerror: resolve })));

/**
 * Do what one of a run's buttons asks for: on its bench, which opens below it.
 * @param place What it belongs to: the block of the run, or what tries an edit of it.
 * @param isRun Whether to run it at once, rather than to edit it.
 * @param live What is tried, if the place is not the run itself: see sitebuild/kit/live.py.
 * @param head The head of the file that is to be edited.
 */
export async function press(place, isRun, live, head) {
  const file = head?.querySelector("[download]").download;
  if (closed.has(place)) place.after(closed.get(place));
  closed.delete(place);
  let panel = place.nextElementSibling;
  if (panel?.matches("section.sk-lab")) {
    const detail = { edit: live && (live.edit ?? []), file };
    return panel.dispatchEvent(new CustomEvent(isRun ? "sk-run-again" : "sk-edit", { detail }));
  }
  panel = make("section", { className: "band sk-lab", tabIndex: -1 }, make("p", { className: "in", role: "status", textContent: "One moment …" }));
  if (place.nextElementSibling?.matches(".sk-lab")) place.nextElementSibling.remove(); // what was said when it failed
  place.after(panel);
  const { Around } = place.closest(".sk-free") ? await import("./around.mjs") : {};
  const bench = new Bench(place, panel, live, Around);
  bench.make(live?.edit);
  bench.asks();
  if (isRun) bench.go(); // at once: the style comes beside it
  await styled;
  panel.replaceChildren(...bench.content);
  panel.focus({ preventScroll: true }); // so that the next Tab leads into it
  panel.scrollIntoView(); // at once: to draw each step of the way takes the processor from the machine
  if (!isRun) await bench.edit(file);
}
