// What opens below a run when somebody presses Run or Edit: the program to change, what it prints, and its evidence.
import { line } from "./line.mjs";

const folder = new URL("./", import.meta.url).href;
const KEPT = 200_000; // characters of output; what comes after them is counted

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** Return the texts of a run's files, by their names: Download has them whole. */
function texts(run) {
  const found = new Map();
  for (const link of run.querySelectorAll(".sk-get a[download$='.py']")) {
    if (!found.has(link.download)) found.set(link.download, decodeURIComponent(link.href.slice(link.href.indexOf(",") + 1)));
  }
  return found;
}

/** An editor of one file. */
class Editor {
  static #parts;

  static async in(place, name, text, onChange) {
    const parts = await (Editor.#parts ??= import(`${folder}editor.mjs`));
    const {
      EditorState, EditorView, keymap, lineNumbers, highlightActiveLine, history, historyKeymap, defaultKeymap, indentOnInput,
      indentUnit, bracketMatching, syntaxHighlighting, HighlightStyle, python, tags,
    } = parts;
    const colours = HighlightStyle.define([
      { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword, tags.definitionKeyword, tags.moduleKeyword], color: "var(--listener)" },
      { tag: [tags.string, tags.special(tags.string)], color: "var(--str)" },
      { tag: tags.comment, color: "var(--soft)" },
    ]);
    const view = new EditorView({
      parent: place,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(), history(), indentOnInput(), indentUnit.of("    "), bracketMatching(), highlightActiveLine(), python(),
          syntaxHighlighting(colours), keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({ "aria-label": `${name}, to edit` }),
          EditorView.updateListener.of((update) => update.docChanged && onChange()),
        ],
      }),
    });
    return new Editor(view);
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

/** What stands below one run. */
class Bench {
  constructor(run, panel) {
    this.run = run;
    this.panel = panel;
    this.given = texts(run);
    const commands = JSON.parse(run.querySelector("[data-programs]").dataset.programs);
    this.programs = commands.map(([file, ...given]) => ({ file, arguments: given }));
    this.editors = new Map();
    this.task = undefined;
    const hunt = run.closest("[data-wanted]");
    this.wanted = hunt && JSON.parse(hunt.dataset.wanted); // what a program prints when its bug is mended
    this.build();
  }

  build() {
    const button = (words, job, properties = {}) => make("button", { type: "button", textContent: words, onclick: job, ...properties });
    this.start = button("Run", () => this.go(), { className: "sk-lab-go" });
    this.stop = button("Stop", () => this.task?.stop(), { disabled: true });
    this.undo = button("Undo my changes", () => this.restore(), { disabled: true });
    this.fresh = button("Fresh machine", () => this.renew());
    const close = button("Close", () => this.close());
    this.status = make("p", { className: "sk-lab-says", role: "status" });
    this.files = make("div", { className: "sk-lab-files" });
    this.outputs = make("div", { className: "sk-lab-outputs" });
    this.input = make("input", { name: "line", autocomplete: "off", spellcheck: false, disabled: true });
    const typed = make("form", { className: "sk-lab-type" }, make("label", {}, "Type a line for it ", this.input), make("button", { textContent: "Send" }));
    typed.addEventListener("submit", (event) => {
      event.preventDefault();
      this.task?.type(`${this.input.value}\n`);
      this.input.value = "";
    });
    this.typed = typed;
    typed.hidden = true;
    this.evidence = make("div", { className: "sk-lab-evidence" });
    this.panel.replaceChildren(
      make("div", { className: "in" },
        make("div", { className: "sk-lab-bar" }, make("strong", { textContent: "Live, in this tab" }), this.start, this.stop, this.undo, this.fresh, close),
        this.status,
        make("div", { className: "sk-lab-cols" }, this.files, make("div", {}, this.outputs, typed)),
      ),
      this.evidence,
    );
    this.clear();
    this.panel.setAttribute("aria-label", `Live: ${[...this.given.keys()].join(" and ")}`);
    this.panel.addEventListener("sk-run-again", () => this.go());
    this.panel.addEventListener("sk-edit", () => this.edit());
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.go();
      }
    });
  }

  /** Make an empty place for what each program prints. */
  clear() {
    this.printed = this.programs.map(({ file }) => {
      const place = make("pre", { className: "sk-out", tabIndex: 0 });
      const name = this.programs.length > 1 ? `${file} prints` : "It prints";
      place.setAttribute("role", "log");
      place.setAttribute("aria-label", name);
      return { name, place, decoders: [new TextDecoder(), new TextDecoder()], words: "", left: 0 };
    });
    this.outputs.replaceChildren(...this.printed.flatMap(({ name, place }) => [make("p", { className: "sk-title", textContent: name }), place]));
    this.evidence.replaceChildren();
  }

  /** Show what a program has printed. */
  print({ data, program, error }) {
    const one = this.printed[program];
    const words = one.decoders[+error].decode(data, { stream: true });
    if (!error) one.words += words;
    const room = KEPT - one.place.textContent.length;
    if (words.length > room) one.left += words.length;
    else one.place.append(error ? make("span", { className: "sk-lab-error", textContent: words }) : words);
  }

  /** Make the editors, once. */
  async ready() {
    for (const [name, text] of this.given) {
      if (this.editors.has(name)) continue;
      const place = make("div", { className: "sk-lab-file" }, make("p", { className: "sk-title", textContent: name }));
      this.files.append(place);
      this.editors.set(name, await Editor.in(place, name, text, () => this.changed()));
    }
  }

  async edit() {
    await this.ready();
    this.editors.values().next().value.focus();
    line.watch = () => this.fetching();
    line.ready().then(() => this.task || this.say("Change what you like, then press Run, or Ctrl and Enter."), (error) => this.refused(error));
  }

  changed() {
    this.undo.disabled = [...this.editors].every(([name, editor]) => editor.text === this.given.get(name));
  }

  restore() {
    for (const [name, editor] of this.editors) editor.text = this.given.get(name);
  }

  say(words) {
    this.status.textContent = words;
  }

  fetching() {
    if (line.came < line.total) this.say(`Fetching the machine, once: ${(line.came / 1e6).toFixed(1)} of ${(line.total / 1e6).toFixed(1)} MB.`);
    else this.say("Starting the machine …");
  }

  refused(error) {
    this.start.disabled = false;
    this.say(`The machine could not be started: ${error.message}. What is shown above was recorded.`);
  }

  async renew() {
    this.say("Putting the saved machine back …");
    try {
      await line.refresh();
      this.say("A fresh machine: nothing has run on it.");
    } catch (error) {
      this.refused(error);
    }
  }

  async go() {
    if (this.task) return;
    this.task = { stop() {}, type() {} };
    this.start.disabled = true;
    this.say("One moment …");
    line.watch = () => this.fetching();
    try {
      await Promise.all([this.ready(), line.ready()]);
    } catch (error) {
      this.task = undefined;
      return this.refused(error);
    }
    this.clear();
    const began = performance.now();
    const files = Object.fromEntries([...this.editors].map(([name, editor]) => [name, editor.text]));
    let said = "It ended";
    this.say("It runs.");
    this.stop.disabled = false;
    const reads = /\binput\(|\bsys\.stdin\b/.test(Object.values(files).join("\n"));
    this.typed.hidden = !reads;
    this.input.disabled = !reads;
    this.task = await line.run({ files, programs: this.programs, want: ["ladder"] }, {
      output: (piece) => this.print(piece),
      exit: ({ codes }) => {
        said = codes.every((code) => code === 0) ? `It ended after ${seconds(began)}` : `It ended after ${seconds(began)}, with exit status ${codes.map((code) => code ?? "none: it was stopped").join(" and ")}`;
        this.say(`${said}. Its evidence is being drawn …`);
      },
      evidence: ({ evidence }) => this.tell(evidence),
      failed: ({ why }) => (said = `It could not be watched: ${why.trim().split("\n").at(-1)}`),
      done: ({ why }) => {
        for (const { place, left } of this.printed) if (left) place.append(`\n(${count(left, "more character")} not shown)`);
        if (why) this.say(`The run was lost: ${why}. The next one gets a fresh machine.`);
        else this.say(`${said}. ${this.judged ?? ""}`);
        this.task = undefined;
        this.judged = undefined;
        this.start.disabled = false;
        this.stop.disabled = this.input.disabled = true;
      },
    });
    if (!reads) this.task?.end();
  }

  /** Show what socktrace says, and the run, which plays like any other of the page. */
  tell({ findings, ladder }) {
    const printed = this.printed.flatMap(({ words }) => words.split("\n"));
    const wrong = findings.filter((finding) => !finding.note);
    const missing = this.wanted?.find((words) => !printed.includes(words));
    if (wrong.length) this.judged = `socktrace says: ${wrong.map((finding) => finding.text).join("; ")}`;
    else if (missing !== undefined) this.judged = `socktrace finds nothing wrong, but it did not print “${missing}”.`;
    else this.judged = this.wanted ? "Mended: it does what it was meant to do, and socktrace finds nothing wrong." : "socktrace finds nothing wrong.";
    if (this.wanted) this.panel.classList.toggle("sk-mended", !wrong.length && missing === undefined);
    this.evidence.innerHTML = ladder;
    for (const id of this.evidence.querySelectorAll("h2")) id.remove();
    this.evidence.dispatchEvent(new CustomEvent("sk-added", { bubbles: true }));
  }

  close() {
    this.task?.stop();
    this.panel.remove();
    this.run.querySelector(".sk-live")?.focus();
  }
}

/** Load the style, once. */
function styled() {
  if (document.querySelector("link[href$='bench.css']")) return undefined;
  return new Promise((resolve) => document.head.append(make("link", { rel: "stylesheet", href: `${folder}bench.css`, onload: resolve, onerror: resolve })));
}

/**
 * Open the bench of a run.
 * @param run Its block.
 * @param panel Where the bench stands.
 * @param isRun Whether to run it at once, rather than to edit it.
 */
export async function open(run, panel, isRun) {
  await styled();
  const bench = new Bench(run, panel);
  await (isRun ? bench.go() : bench.edit());
}
