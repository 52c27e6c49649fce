// Writes down the licence of each package that is bundled, from what esbuild says that it read.
// usage: node licences.mjs METAFILE TARGET
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const [metafile, target] = process.argv.slice(2);
const inputs = Object.keys(JSON.parse(readFileSync(metafile, "utf8")).inputs);
const folders = new Set(inputs.map((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean));
const texts = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file)).sort();
  if (!files.length) throw new Error(`${folder} has no licence`);
  return [`${name} ${version}: ${license}`, ...files.map((file) => readFileSync(`${folder}/${file}`, "utf8").trim())].join("\n\n");
});
writeFileSync(target, `${texts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`);
