// The page's line to the machine. There is one machine for a page; it is fetched when somebody first wants it, restored
// when it breaks, and gone when the page is left.

const PATIENCE = 4000; // milliseconds that a machine has to answer to Stop, before it is replaced

const page = new URL("./", import.meta.url).href;
const image = new URL("../lab-image/", import.meta.url).href;

export class Line {
  #worker;
  #ready;
  #runs = new Map();
  #last = 0;
  came = 0;
  total = 0;
  watch = () => {}; // called when more of the machine has come

  /** Wait until the machine can run something. */
  ready() {
    return (this.#ready ??= this.#load());
  }

  async #load() {
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") throw new Error("this browser has no WebAssembly or no workers");
    const answer = await fetch(`${image}manifest.json`);
    if (!answer.ok) throw new Error(`the machine's manifest: ${answer.status}`);
    const { files } = await answer.json();
    this.total = files["v86.wasm"].bytes + files["state.zst"].bytes;
    this.came = 0;
    const worker = (this.#worker = new Worker(`${page}worker.mjs`, { type: "module" }));
    await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if (data.kind === "ready") resolve();
        else if (data.kind === "broken") reject(new Error(data.why));
        else this.#take(data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || "the worker could not be started"));
        this.#break(event.message);
      };
      worker.postMessage({ kind: "load", folder: image });
    }).catch((error) => {
      this.close();
      throw error;
    });
  }

  #take({ kind, id, ...rest }) {
    if (kind === "came") {
      this.came = rest.came;
      this.watch();
    } else if (kind === "broken") this.#break(rest.why);
    else {
      this.#runs.get(id)?.[kind]?.(rest);
      if (kind === "done") this.#runs.delete(id);
    }
  }

  /** Give up on a machine: the next run gets a new one. */
  #break(why) {
    const left = [...this.#runs.values()];
    this.close();
    for (const run of left) run.done({ why: why || "the machine stopped" });
  }

  /**
   * Run something.
   * @param request See lab/README.md, "What a page asks for".
   * @param tell Functions: output({data, program, error}), exit({codes}), evidence({evidence}), failed({why}), done({why}).
   * @return What can be done to it: type(words), end(), stop().
   */
  async run(request, tell) {
    await this.ready();
    const id = ++this.#last;
    this.#runs.set(id, tell);
    this.#worker.postMessage({ kind: "run", id, request });
    const say = (kind, rest) => this.#runs.has(id) && this.#worker?.postMessage({ kind, id, ...rest });
    return {
      type: (words) => say("type", { words }),
      end: () => say("end"),
      stop: () => {
        say("stop");
        setTimeout(() => this.#runs.has(id) && this.#break("it did not answer to Stop"), PATIENCE);
      },
    };
  }

  /** Put the saved state back: a machine on which nothing has run. */
  async refresh() {
    this.#break("the machine was made anew");
    await this.ready();
  }

  /** End the machine. */
  close() {
    this.#worker?.terminate();
    this.#worker = this.#ready = undefined;
    this.#runs.clear();
  }
}

export const line = new Line();
addEventListener("pagehide", () => line.close());
