// The page's line to the machine. There is one machine for a page; it is fetched when somebody first wants it, which is
// when this module is; replaced when it breaks; and gone when the page is left.

const PATIENCE = 20_000; // milliseconds that a machine has to end a run that is stopped, or to put its state back, before it is replaced
const SLOWEST = 30_000; // milliseconds that a machine which is restored has to begin

export class Line {
  #worker;
  #isReady = false;
  #ready;
  #settle = {};
  #slow = 0;
  #runs = new Map();
  #last = 0;
  came = 0;
  total = 0; // 0: not known
  watch = () => {}; // called when more of the machine has come

  /** Begin to fetch the machine, if nobody has; return a promise of it. */
  ready() {
    if (this.#worker) return this.#ready;
    this.#ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#ready.catch(() => {}); // who runs something is told anyway
    this.#isReady = false;
    this.came = this.total = 0;
    try {
      if (typeof WebAssembly !== "object" || typeof Worker !== "function") throw new Error("this browser has no WebAssembly or no workers");
      this.#worker = new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" });
    } catch (error) {
      this.#settle.reject(error);
      return this.#ready;
    }
    this.#worker.onmessage = ({ data }) => this.#take(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.end(event.message || "its worker could not be started");
    };
    return this.#ready;
  }

  #take({ kind, id, ...rest }) {
    if (kind === "came") {
      Object.assign(this, rest);
      this.watch();
    } else if (kind === "restored") this.#slow = setTimeout(() => this.end("it does not answer"), SLOWEST);
    else if (kind === "ready") {
      clearTimeout(this.#slow);
      this.#isReady = true;
      this.#settle.resolve();
    } else if (kind === "broken") this.end(rest.why);
    else {
      const tell = this.#runs.get(id);
      if (tell && kind === "exit") tell.hasEnded = true;
      tell?.[kind]?.(rest);
      if (kind === "done") this.#runs.delete(id);
    }
  }

  /** Give up the machine, and say why; the next run gets a new one. */
  end(why) {
    const left = [...this.#runs.values()];
    const hasBegun = this.#isReady;
    this.#settle.reject(new Error(why));
    this.#close();
    for (const run of left) run.done({ why, hasBegun });
  }

  /**
   * Run something, as soon as there is a machine.
   * @param request See lab/README.md, "What a page asks for".
   * @param tell Functions: output({data, program, error}), exit({codes}), evidence({evidence}), failed({why}), and
   *   done({why, hasBegun}), which says why if the machine is lost, and whether it ever ran anything.
   * @return Its number, by which another may run beside it, and what can be done to it: type(words), end(), stop().
   */
  run(request, tell) {
    const id = ++this.#last;
    this.#runs.set(id, tell);
    const lost = (error) => {
      if (this.#runs.delete(id)) tell.done({ why: error.message, hasBegun: false });
    };
    this.ready().catch(lost);
    const worker = this.#worker;
    const say = (kind, rest) => this.#runs.has(id) && worker?.postMessage({ kind, id, ...rest });
    say("run", { request });
    return {
      id,
      type: (words) => say("type", { words }),
      end: () => say("end"),
      stop: () => {
        if (!this.#isReady) return this.end("it was stopped before it began");
        say("stop");
        setTimeout(() => this.#runs.has(id) && !tell.hasEnded && this.end("it did not answer to Stop"), PATIENCE);
      },
    };
  }

  /** Put the saved state back: a machine on which nothing has run. */
  async refresh() {
    if (!this.#isReady) return this.ready();
    for (const run of this.#runs.values()) run.done({ why: "the machine was made anew", hasBegun: true });
    this.#runs.clear();
    this.#ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#worker.postMessage({ kind: "refresh" });
    const { resolve, reject } = this.#settle;
    this.#slow = setTimeout(() => {
      this.#close();
      this.ready().then(resolve, reject);
    }, PATIENCE);
    return this.#ready;
  }

  #close() {
    clearTimeout(this.#slow);
    this.#worker?.terminate();
    this.#worker = this.#ready = undefined;
    this.#isReady = false;
    this.#runs.clear();
  }
}

export const line = new Line();
line.ready();
addEventListener("pagehide", () => line.end("the page was left"));
