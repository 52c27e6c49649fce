// What stands around the programs on the lab's own page: the network between them, and a look at its sockets.
import { line } from "./line.mjs";

const LOOKS = [
  ["ss -tanp", "TCP, with the program"],
  ["ss -tan", "TCP"],
  ["ss -uan", "UDP"],
  ["ss -xan", "Unix-domain"],
];
const IDLE = "Press Look now while they run. Too quick?\nWrite input() where one should wait.";
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** A field for a number. */
const field = (name, most) => make("input", { type: "number", name, min: 0, max: most, step: 1, value: 0, size: 5 });

export class Around {
  #run; // that is going on

  /** @param changed What to call when the reader has changed something. */
  constructor(changed) {
    this.delay = field("delay", 5000);
    this.loss = field("loss", 100);
    for (const one of [this.delay, this.loss]) one.addEventListener("change", changed);
    this.wire = make("fieldset", { className: "sk-lab-wire" },
      make("legend", { textContent: "The wire between them" }),
      make("label", {}, "Each packet takes ", this.delay, " ms"),
      make("label", {}, "and of a hundred ", this.loss, " are lost"),
    );
    this.which = make("select", { name: "command" }, ...LOOKS.map(([command, what]) => make("option", { value: command, textContent: `${command}: ${what}` })));
    this.look = make("button", { type: "button", textContent: "Look now", disabled: true, onclick: () => this.#look() });
    this.shown = make("pre", { className: "sk-out", tabIndex: 0, textContent: IDLE });
    this.shown.setAttribute("role", "log");
    this.shown.setAttribute("aria-label", "What ss shows");
    this.beside = make("div", { className: "sk-lab-beside" },
      make("p", { className: "sk-lab-ask" }, make("label", {}, "Show their sockets ", this.which), this.look),
      this.shown,
    );
  }

  /** What the reader wants of the network, as a run asks for it; undefined for an ordinary one. */
  get network() {
    const [delay, loss] = [this.delay, this.loss].map(({ value, max }) => Math.min(Math.max(+value || 0, 0), +max));
    return delay || loss ? { delay, loss } : undefined;
  }

  set network(told) {
    this.delay.value = +told?.delay || 0;
    this.loss.value = +told?.loss || 0;
  }

  /** A run has begun. */
  begins(run) {
    this.#run = run;
    this.look.disabled = false;
    this.shown.textContent = IDLE; // and not what was there in a run before
  }

  ends() {
    this.#run = undefined;
    this.look.disabled = true;
  }

  #look() {
    const command = this.which.value;
    const decoder = new TextDecoder();
    let words = "";
    this.look.disabled = true;
    line.run({ command: command.split(" "), beside: this.#run.id }, {
      output: ({ data }) => (words += decoder.decode(data, { stream: true })),
      done: ({ why }) => {
        this.shown.textContent = `$ ${command}\n${why ? `(${why})` : words.trimEnd() || "(no such socket)"}`;
        this.look.disabled = !this.#run;
      },
    });
  }
}
