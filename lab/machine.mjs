// The machine: a Linux kernel in v86, and the line to its first process. The same in a web worker and in Node.
// How they talk is said in guest/wire.py.
import { hardware } from "./hardware.mjs";

const HEAD = 7; // bytes: length, kind, number of the run
const PIECE = 2048; // bytes; the console loses what comes in longer ones, or faster than it is read
const REST = 1000; // milliseconds after a run before the machine is halted: idle, it would still use the processor

const bytes = (text) => new TextEncoder().encode(text);
const text = (data) => new TextDecoder().decode(data);

export function frame(kind, task, payload = new Uint8Array()) {
  const made = new Uint8Array(HEAD + payload.length);
  const view = new DataView(made.buffer);
  view.setUint32(0, payload.length, true);
  view.setUint8(4, kind.charCodeAt(0));
  view.setUint16(5, task, true);
  made.set(payload, HEAD);
  return made;
}

/** Puts frames together again from pieces. */
export class Frames {
  rest = new Uint8Array();

  add(data) {
    const all = new Uint8Array(this.rest.length + data.length);
    all.set(this.rest);
    all.set(data, this.rest.length);
    const view = new DataView(all.buffer);
    const found = [];
    let at = 0;
    while (all.length - at >= HEAD) {
      const end = at + HEAD + view.getUint32(at, true);
      if (end > all.length) break;
      const kind = String.fromCharCode(view.getUint8(at + 4));
      found.push({ kind, task: view.getUint16(at + 5, true), payload: all.slice(at + HEAD, end) });
      at = end;
    }
    this.rest = all.slice(at);
    return found;
  }
}

async function inflated(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/** A run that is going on. */
class Task {
  constructor(machine, number, tell) {
    Object.assign(this, { machine, number, tell });
    this.done = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    this.came = Promise.resolve(); // what was told before; unpacking takes a moment, and order matters
  }

  /** Type something; the program reads it from its standard input. */
  type(words) {
    this.machine.send(frame("I", this.number, bytes(words)));
  }

  /** End the standard input, as Ctrl-D does. */
  end() {
    this.machine.send(frame("E", this.number));
  }

  /** Press Ctrl-C; a second later the machine kills what has not ended. */
  stop() {
    this.machine.send(frame("S", this.number));
  }

  take(kind, payload) {
    const { tell } = this;
    if (kind === "O") {
      const stream = payload[0];
      tell.output?.(payload.subarray(1), { program: stream >> 1, error: (stream & 1) === 1 });
    } else if (kind === "X") tell.exit?.(JSON.parse(text(payload)));
    else if (kind === "V") this.came = inflated(payload).then((words) => tell.evidence?.(JSON.parse(words)));
    else if (kind === "F") tell.failed?.(text(payload));
    else if (kind === "D") this.came.then(() => this.resolve(JSON.parse(text(payload))), this.reject);
  }
}

export class Machine {
  #tasks = new Map();
  #number = 0;
  #frames = new Frames();
  #queue = [];
  #sent = 0;
  #taken = 0;
  #waiting = {};
  #pause = 0;
  #isRunning = false;

  /** @param emulator A V86 that is ready. */
  constructor(emulator) {
    this.emulator = emulator;
    emulator.add_listener("virtio-console0-output-bytes", (data) => this.#hear(data));
  }

  /**
   * Make a machine of its saved state. It can be told to run something at once; `awake` says when it has answered.
   * @param V86 The class.
   * @param wasm v86.wasm: a WebAssembly.Module.
   * @param state The saved state: an ArrayBuffer, packed or not.
   */
  static async restored(V86, wasm, state) {
    const emulator = new V86({
      ...hardware,
      wasm_fn: async (imports) => {
        const { exports } = await WebAssembly.instantiate(wasm, imports);
        let isNew = true; // nobody has written to the memory: it is zero, and to write that would make the browser provide all of it
        const zero_memory = (at, size) => (isNew ? (isNew = false) : exports.zero_memory(at, size));
        return { ...exports, zero_memory };
      },
      initial_state: { buffer: state },
    });
    await new Promise((resolve, reject) => {
      emulator.add_listener("emulator-ready", resolve);
      emulator.add_listener("download-error", reject);
    });
    const machine = new Machine(emulator);
    machine.state = state;
    machine.wake();
    return machine;
  }

  /** Put the saved state back in place of what is there: a fresh machine. */
  async refresh() {
    clearTimeout(this.#pause);
    if (this.#isRunning) await this.emulator.stop();
    this.#isRunning = false;
    for (const task of this.#tasks.values()) task.reject(new Error("the machine was made anew"));
    this.#tasks.clear();
    this.#waiting = {};
    this.#frames = new Frames();
    this.#queue = [];
    this.#sent = this.#taken = 0;
    await this.emulator.restore_state(this.state);
    await this.wake();
  }

  /** Wait for a frame of the machine's first process that is about no run. */
  heard(kind) {
    return new Promise((resolve) => (this.#waiting[kind] = resolve));
  }

  /** Tell the machine the time and numbers that nobody could guess: its saved state knows neither. */
  wake() {
    this.#go();
    this.awake = this.heard("A").then(() => this.#rest());
    const seed = crypto.getRandomValues(new Uint8Array(32));
    const hex = [...seed].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.send(frame("W", 0, bytes(JSON.stringify({ time: Date.now(), seed: hex }))));
    return this.awake;
  }

  /**
   * Run something.
   * @param request What to run: see README.md, "What a page asks for".
   * @param tell Functions: output(data, {program, error}), exit({codes}), evidence({findings, ladder}), failed(why).
   */
  run(request, tell = {}) {
    this.#number = (this.#number % 65535) + 1;
    const task = new Task(this, this.#number, tell);
    this.#tasks.set(task.number, task);
    this.#go();
    this.send(frame("R", task.number, bytes(JSON.stringify(request))));
    return task;
  }

  /** Send bytes to the machine's first process, as fast as it takes them. */
  send(data) {
    for (let at = 0; at < data.length; at += PIECE) this.#queue.push(data.subarray(at, at + PIECE));
    this.#feed();
  }

  #feed() {
    while (this.#queue.length && this.#sent - this.#taken + this.#queue[0].length <= 2 * PIECE) {
      const piece = this.#queue.shift();
      this.#sent += piece.length;
      this.emulator.bus.send("virtio-console0-input-bytes", piece);
    }
  }

  #hear(data) {
    for (const { kind, task, payload } of this.#frames.add(data)) {
      if (kind === "K") {
        this.#taken = new DataView(payload.buffer).getUint32(0, true);
        this.#feed();
      } else if (task) {
        this.#tasks.get(task)?.take(kind, payload);
        if (kind === "D") {
          this.#tasks.delete(task);
          this.#rest();
        }
      } else {
        this.#waiting[kind]?.();
        delete this.#waiting[kind];
      }
    }
  }

  #go() {
    clearTimeout(this.#pause);
    if (!this.#isRunning) this.emulator.run();
    this.#isRunning = true;
  }

  #rest() {
    clearTimeout(this.#pause);
    if (this.#tasks.size) return;
    this.#pause = setTimeout(async () => {
      this.#isRunning = false;
      await this.emulator.stop();
    }, REST);
  }

  /** Halt the machine for good. */
  async destroy() {
    clearTimeout(this.#pause);
    await this.emulator.destroy();
  }
}
