// The machine's own thread: fetches it, restores it, and hands on what the page asks for and what the machine tells.
import { Machine } from "./machine.mjs";

let machine;
const tasks = new Map();
const post = (kind, rest = {}, move = []) => self.postMessage({ kind, ...rest }, move);

/** Fetch a file, and tell how much of it has come. */
async function fetched(url, come) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${new URL(url).pathname}: ${answer.status}`);
  const pieces = [];
  let size = 0;
  for (const reader = answer.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    size += value.length;
    come(value.length);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole.buffer;
}

async function load(folder) {
  let came = 0;
  const come = (size) => post("came", { came: (came += size) });
  const [{ V86 }, wasm, state] = await Promise.all([
    import(`${folder}libv86.mjs`),
    fetched(`${folder}v86.wasm`, come).then((data) => WebAssembly.compile(data)),
    fetched(`${folder}state.zst`, come),
  ]);
  machine = await Machine.restored(V86, wasm, state);
  post("ready");
}

function run(id, request) {
  const task = machine.run(request, {
    output: (data, { program, error }) => post("output", { id, program, error, data: data.slice() }),
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

self.onmessage = async ({ data }) => {
  const { kind, id } = data;
  try {
    if (kind === "load") await load(data.folder);
    else if (kind === "run") run(id, data.request);
    else if (kind === "type") tasks.get(id)?.type(data.words);
    else if (kind === "end") tasks.get(id)?.end();
    else if (kind === "stop") tasks.get(id)?.stop();
    else if (kind === "refresh") {
      await machine.refresh();
      post("ready");
    }
  } catch (error) {
    post("broken", { why: error.message });
  }
};
self.addEventListener("unhandledrejection", (event) => post("broken", { why: String(event.reason?.message ?? event.reason) }));
