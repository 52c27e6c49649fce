// Whether a program does what a task or a hunt asks for. sitebuild/programs/judge.py decides the same of what is recorded.

const NUMBER = "<number>"; // in a wanted line: any number, for one that the kernel chooses
const LENIENT = new Set(["beyond-loopback", "wildcard", "fixed-port", "unwatched", "declaration"]); // no fault in a reader's program

/** Return the findings that tell of a fault. */
export const faults = (findings) => findings.filter(({ note, event }) => !note && !LENIENT.has(event));

/** Return what a run shows that a task can ask for. */
export function facts({ sockets, packets, calls }) {
  const same = (one, other) => one && other && one[0] === other[0] && one[1] === other[1];
  const listening = sockets.filter(({ role, local }) => role === "listener" && local).map(({ local }) => `listens at ${local[0]}`);
  const found = [`sockets: ${sockets.length}`, `connections: ${sockets.filter(({ origin }) => origin === "accept").length}`, ...new Set(listening)];
  const first = packets.find(({ flags }) => flags?.split(" ").includes("FIN"));
  const closer = first && sockets.find(({ local, role }) => same(local, first.source) && role !== "listener")?.role;
  if (closer === "client") found.push("the client closes first");
  if (closer === "accepted") found.push("the server closes first");
  const reads = (client) => calls.filter(({ name, socket, size }) => name === "recv" && socket === client.id && size).length;
  if (sockets.some((one) => one.role === "client" && reads(one) > 1)) found.push("the client reads more than once");
  return found;
}

/**
 * Return what a run that has no fault lacks; undefined if it lacks nothing.
 * @param wanted The lines that must be printed.
 * @param shows What the run must show besides.
 * @param lines The lines that were printed.
 * @param recording What was recorded; needed only if the run must show something.
 */
export function lacks({ wanted, shows }, lines, recording) {
  const missing = wanted.find((words) => {
    const pattern = words.split(NUMBER).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\d+");
    return !lines.some((line) => new RegExp(`^${pattern}$`).test(line));
  });
  if (missing !== undefined) return `it did not print “${missing}”`;
  const found = shows.length ? facts(recording) : [];
  const unseen = shows.find((one) => !found.includes(one));
  return unseen && `its run does not show “${unseen}”: it shows ${found.map((one) => `“${one}”`).join(", ")}`;
}
