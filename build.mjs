// Builds dist/: the command line, the library, the types, the page, and the JSON Schema of reports.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { buildPage } from './src/web/build.mjs';

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { index: 'src/index.ts', cli: 'src/cli/main.ts', 'row-thread': 'src/cli/threads/row-thread.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  alias: { 'node:child_process': './src/cli/no-child-process.ts' },
  // Less to parse at every start; names stay, so that a stack trace can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: false,
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
await buildPage('dist/page.html');
mkdirSync('dist/schema', { recursive: true });
writeFileSync('dist/schema/report.schema.json', execFileSync(process.execPath, ['dist/cli.js', 'schema']));
