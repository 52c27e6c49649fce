// The machine's own thread: fetches it, restores it, and hands on what the page asks for and what the machine tells.
const image = new URL("../lab-image/", import.meta.url).href;
const LENGTH_AT = 8; // where a saved state says how many bytes it has
const ENOUGH = 4; // pieces in a row that are unpacked to nothing: it goes on like that when it does not know how to go on
const OFTEN = 200; // milliseconds between two words on how much has come
const [JIT_OFF, JIT_PAGES] = [0, 1]; // what v86's set_jit_config calls them
const HOT = 6e8; // instructions that are interpreted at first: five short runs and their evidence

const tasks = new Map();
let cool; // lets the emulator only interpret again
const post = (kind, rest = {}, move = []) => self.postMessage({ kind, ...rest }, move);
const mark = (name) => performance.mark(name);

async function answered(name) {
  const answer = await fetch(image + name);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer;
}

/** Compile the emulator as it comes, whatever the server calls it. */
async function compiled(name) {
  let answer = await answered(name);
  if (answer.headers.get("content-type") !== "application/wasm") answer = new Response(answer.body, { headers: { "content-type": "application/wasm" } });
  const made = await WebAssembly.compileStreaming(answer);
  mark("emulator");
  return made;
}

async function unpacker() {
  const { ZSTDDecoder } = await import("./unpack.mjs");
  const decoder = new ZSTDDecoder();
  await decoder.init();
  return decoder;
}

/** Fetch the saved state, unpack it as it comes, and tell how much of it has come. */
async function fetched(name) {
  const [answer, decoder] = await Promise.all([answered(name), unpacker()]);
  const total = answer.headers.get("content-encoding") ? 0 : +answer.headers.get("content-length"); // 0: nobody knows
  const waiting = [];
  const pieces = { [Symbol.iterator]: () => ({ next: () => ({ done: !waiting.length, value: waiting.shift() }) }) };
  const unpacked = decoder.decodeStreaming(pieces);
  let state, came = 0, filled = 0, told = 0, vain = 0;
  const take = (piece) => {
    vain = piece.length ? 0 : vain + 1;
    if (vain > ENOUGH) throw new Error(`${name} is damaged`);
    if (vain) return;
    state ??= new Uint8Array(new DataView(piece.buffer).getUint32(LENGTH_AT, true));
    state.set(piece, filled);
    filled += piece.length;
  };
  for (const reader = answer.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    waiting.push(value);
    came += value.length;
    while (waiting.length) take(unpacked.next().value); // it takes one piece at most each time, and ends if it finds none
    if (performance.now() - told < OFTEN) continue;
    told = performance.now();
    post("came", { came, total });
  }
  try {
    for (const piece of unpacked) take(piece);
  } catch {
    filled = -1; // it ends too early
  }
  if (filled !== state?.length) throw new Error(`${name} is damaged`);
  post("came", { came, total: came });
  mark("state");
  return state.buffer;
}

/**
 * Let the emulator give way to what else there is to do without leaving this thread: it does so every millisecond, and
 * by itself asks another worker, which it makes of a blob, to call it back.
 *
 * And let it only interpret what the machine executes, at first. It would compile that, and a browser compiles the outcome
 * a second time, better, and for longer than a few runs take.
 */
function drive(emulator) {
  const { v86 } = emulator;
  const { port1, port2 } = new MessageChannel();
  let isCold;
  port1.onmessage = ({ data }) => v86.yield_callback(data);
  v86.yield = (pause, tick) => {
    if (pause < 1) port2.postMessage(tick);
    else setTimeout(() => port2.postMessage(tick), pause); // not from the timer itself: nested, it would wait for 4 ms
    if (!isCold || emulator.get_instruction_counter() < HOT) return;
    isCold = false;
    v86.cpu.set_jit_config(JIT_OFF, 0);
  };
  cool = () => {
    isCold = true;
    v86.cpu.set_jit_config(JIT_OFF, 1);
  };
  cool();
  v86.cpu.set_jit_config(JIT_PAGES, 1); // small units: a browser's time for one grows faster than its size
}

async function load() {
  self.Worker = undefined; // see drive
  const [{ Machine }, { V86 }, wasm, state] = await Promise.all([
    import("./machine.mjs"),
    import(`${image}libv86.mjs`),
    compiled("v86.wasm"),
    fetched("state.zst"),
  ]);
  mark("all");
  const made = await Machine.restored(V86, wasm, state);
  drive(made.emulator);
  mark("restored");
  post("restored");
  made.awake.then(() => {
    mark("awake");
    post("ready");
  });
  return made;
}

function run(machine, { id, request }) {
  if (request.beside) request.beside = tasks.get(request.beside)?.number ?? -1; // the machine has numbers of its own
  const task = machine.run(request, {
    output(data, { program, error }) {
      const own = data.slice();
      post("output", { id, program, error, data: own }, [own.buffer]);
    },
    exit: ({ codes }) => post("exit", { id, codes }),
    evidence: (evidence) => post("evidence", { id, evidence }),
    failed: (why) => post("failed", { id, why }),
  });
  tasks.set(id, task);
  task.done.then(
    () => post("done", { id }),
    (error) => post("done", { id, why: error.message }),
  ).finally(() => tasks.delete(id));
}

const jobs = {
  run,
  type: (_, { id, words }) => tasks.get(id)?.type(words),
  end: (_, { id }) => tasks.get(id)?.end(),
  stop: (_, { id }) => tasks.get(id)?.stop(),
  async refresh(machine) {
    cool(); // what was compiled goes with the old state, and its instructions are counted anew
    await machine.refresh();
    post("ready");
  },
};

const broken = (error) => post("broken", { why: String(error?.message ?? error) });
let turn = load(); // one thing after the other: a run must not begin on a machine that is being put back
turn.catch(broken);
self.onmessage = ({ data }) => {
  turn = turn.then(async (machine) => {
    await jobs[data.kind](machine, data);
    return machine;
  });
  turn.catch(broken);
};
self.addEventListener("unhandledrejection", (event) => broken(event.reason));
