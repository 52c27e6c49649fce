// Runs programs in the machine, in Node: one request a line on standard input, one answer a line on standard output.
// usage: node run.mjs IMAGE [SLOWER]
// A request is what a page asks for, with "id" and, if it is not 60,000, "limit" (ms). The machine's clock goes SLOWER
// times slower than ours, so that programs are not late because this host is busy.
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { Machine } from "./machine.mjs";

const image = resolve(process.argv[2]);
globalThis.crypto ??= webcrypto; // which Node 18 does not have there
const now = performance.now.bind(performance);
const slower = Number(process.argv[3] ?? 1);
// v86 takes this for the machine's clock when it is loaded
Object.defineProperty(performance, "now", { value: () => now() / slower });
const { V86 } = await import(pathToFileURL(resolve(image, "libv86.mjs")));
const wasm = await WebAssembly.compile(readFileSync(resolve(image, "v86.wasm")));
const state = new Uint8Array(readFileSync(resolve(image, "state.zst"))).buffer;
let machine;

async function answered({ id, limit = 60_000, ...request }) {
  const began = now();
  machine ??= await Machine.restored(V86, wasm, state);
  await machine.awake;
  const answer = { id, output: [], restored: now() - began };
  const decoders = new Map();
  const since = now();
  const used = process.cpuUsage();
  const passed = () => Math.round(now() - since);
  const task = machine.run(request, {
    output(data, { program, error }) {
      answer.first ??= passed();
      const key = `${program}${error}`;
      if (!decoders.has(key)) decoders.set(key, new TextDecoder());
      answer.output.push([program, error, decoders.get(key).decode(data, { stream: true })]);
    },
    exit: ({ codes }) => Object.assign(answer, { codes, ended: passed() }),
    evidence: (evidence) => Object.assign(answer, { evidence, told: passed() }),
    failed: (failed) => Object.assign(answer, { failed }),
  });
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, limit, "late")));
  if ((await Promise.race([task.done, late])) === "late") {
    answer.failed = `no end after ${limit} ms`;
    await machine.destroy();
    machine = undefined;
  }
  clearTimeout(timer);
  const { user, system } = process.cpuUsage(used);
  return { ...answer, done: passed(), processor: Math.round((user + system) / 1000) };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answered(JSON.parse(line)))}\n`);
}
process.exit(0);
