// npm run fuzz -- --minutes N [--seed N]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!(minutes > 0) || !Number.isInteger(seed)) throw new RangeError('usage: npm run fuzz -- --minutes N [--seed N]');

const folder = mkdtempSync(path.join(tmpdir(), 'ftplens-fuzz-'));
const outfile = path.join(folder, 'fuzz.mjs');
await build({
  stdin: { contents: "export { fuzz } from './fuzz.ts';", resolveDir: import.meta.dirname },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  outfile,
  logLevel: 'warning',
  // All modules become one, as if it lay where fixture-files.ts lies.
  define: { 'import.meta.dirname': JSON.stringify(path.resolve(import.meta.dirname, '..')) },
  banner: {
    js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(${JSON.stringify(import.meta.url)});`,
  },
});
const { fuzz } = await import(pathToFileURL(outfile).href).finally(() => rmSync(folder, { recursive: true }));
console.log(`seed ${seed}, ${minutes} min`);
const { tried, failed } = await fuzz(minutes, seed);
for (const failure of failed) console.log(failure);
console.log(`${tried} mutations tried, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
