// npm run fuzz -- --minutes N [--seed N]
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!(minutes > 0) || !Number.isInteger(seed)) throw new RangeError('usage: npm run fuzz -- --minutes N [--seed N]');

const { outputFiles } = await build({
  stdin: { contents: "export { fuzz } from './fuzz.ts';", resolveDir: import.meta.dirname },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  write: false,
  // All modules become one, as if it lay where fixture-files.ts lies.
  define: { 'import.meta.dirname': JSON.stringify(path.resolve(import.meta.dirname, '..')) },
  banner: {
    js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(import.meta.url)});`,
  },
});
const { fuzz } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
console.log(`seed ${seed}, ${minutes} min`);
const { tried, failed } = await fuzz(minutes, seed);
for (const failure of failed) console.log(failure);
console.log(`${tried} mutations tried, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
