// Boots the kernel in v86, waits until the machine's first process is ready, and saves the state.
// usage: node boot.mjs V86_FOLDER BIOS KERNEL STATE
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { hardware } from "./hardware.mjs";
import { Machine } from "./machine.mjs";

const LIMIT = 300_000; // milliseconds
const SETTLED = 2_000; // milliseconds that the machine is left alone before its state is saved
const [folder, bios, kernel, state] = process.argv.slice(2);
const file = (path) => ({ buffer: new Uint8Array(readFileSync(path)).buffer });
const { V86 } = await import(pathToFileURL(resolve(folder, "libv86.mjs")));

const emulator = new V86({
  ...hardware,
  wasm_path: resolve(folder, "v86.wasm"),
  bios: file(bios),
  bzimage: file(kernel),
  // SeaBIOS says that the last 16 MB are taken: exactmap says what there is
  cmdline:
    "console=ttyS0 quiet tsc=reliable panic=1 random.trust_cpu=on rdinit=/init " +
    "memmap=exactmap memmap=639K@0 memmap=127M@1M",
});
let said = "";
emulator.add_listener("serial0-output-byte", (byte) => {
  said += String.fromCharCode(byte);
  process.stderr.write(String.fromCharCode(byte));
});
const late = setTimeout(() => {
  console.error("the machine did not get ready");
  process.exit(1);
}, LIMIT);
emulator.add_listener("emulator-ready", async () => {
  const machine = new Machine(emulator);
  const began = performance.now();
  emulator.run();
  await machine.heard("H");
  console.error(`ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await new Promise((resolve) => setTimeout(resolve, SETTLED));
  await emulator.stop();
  writeFileSync(state, new Uint8Array(await emulator.save_state()));
  clearTimeout(late);
  process.exit(0);
});
