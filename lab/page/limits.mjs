// What a program wanted that the machine has not. Python's own words, "No module named 'ssl'", do not say whose fault that is.
import { hardware } from "./hardware.mjs";

const MEMORY = `It needed more memory than there is: the machine has ${hardware.memory_size >> 20} MB, and a packet that is recorded takes some of it.`;
const KILLED = -9; // by the kernel, if nobody pressed Stop

const LIMITS = [
  [/^ModuleNotFoundError: No module named '([^']+)'/m, ([, name], files) => (files.includes(`${name.split(".")[0]}.py`) ? undefined : `This machine has no “${name}”: it has Python's own library without its larger parts, and nothing else.`)],
  [/unknown url type: https/, () => "This machine has no TLS, and so no https."],
  [/socket\.gaierror|\[Errno 101\]/, () => "This machine reaches no other: its network is 127.0.0.1, ::1 and localhost."],
  [/^\/bin\/sh: \d+: ([\w.-]+): not found$|subprocess\.py[^]*No such file or directory: '([^'/]+)'/m, ([, asked, started]) => `This machine has no “${asked ?? started}”: besides Python there are a shell and ss.`],
  [/^EOFError/m, (_, files, several) => several && "Of several programs only one can be typed to: the first that calls input()."],
  [/^MemoryError/m, () => MEMORY],
];

/**
 * Return what to say of a program that met one of the machine's limits; undefined if it met none.
 * @param errors What it wrote to its standard error.
 * @param files The names of the files beside it.
 * @param codes The exit codes of the programs.
 */
export function limit(errors, files, codes) {
  if (codes.includes(KILLED)) return MEMORY;
  for (const [pattern, words] of LIMITS) {
    const found = errors.match(pattern);
    const said = found && words(found, files, codes.length > 1);
    if (said) return said;
  }
}

/**
 * Return the line of the exception that ended a program; undefined if none did.
 * @param errors What it wrote to its standard error.
 */
export const raised = (errors) => errors.trimEnd().split("\n").slice(-1).find((last) => /^(?:\w+\.)*\w*(?:[Ee]rror|Exception|timeout): ./.test(last));

/** Return what to say of a run of which nothing was told: who watched it is gone too. */
export const untold = () => `${MEMORY} So nothing is left of this run to show.`;
