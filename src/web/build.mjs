// Builds the page: one HTML file that holds its styles, its scripts, and nothing that leads outside.
//
//     node src/web/build.mjs OUT.html
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const web = import.meta.dirname;
const root = path.resolve(web, '../..');
/** Packages whose code goes into the page; their licences ask to be named. */
const BUNDLED = ['preact', 'uplot', 'csv-stringify', 'ipaddr.js'];

/** Bundles one entry to a text. */
async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [path.join(web, entry)],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['es2022', 'chrome103', 'firefox113', 'safari16.4'],
    tsconfig: path.join(web, 'tsconfig.json'),
    loader: { '.log': 'text', '.txt': 'text' },
    inject: [path.join(web, 'no-buffer.ts')],
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'error',
  });
  return outputFiles[0].text.trim();
}

const compressed = (code) => gzipSync(code, { level: 9 }).toString('base64');
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** Code inside a script element must not end it. */
const inScript = (code) => code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

/** What may run and be loaded: the scripts of these very bytes, and the worker that they start. */
function policyOf(scripts, style) {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(' ')}`,
    `style-src ${hashOf(style)}`,
    'worker-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types ftplens',
  ].join('; ');
}

function noticeOf(name) {
  const folder = path.join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = ['LICENSE', 'LICENSE.md', 'LICENCE'].map((file) => path.join(folder, file)).find(exists);
  const holder = file === undefined ? '' : /^\s*(Copyright[^\n]*)/im.exec(readFileSync(file, 'utf8'))?.[1];
  return `${name} ${version} (${license}): ${holder ?? ''}`.trim();
}

function exists(file) {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}

/** Writes the page to `out`. */
export async function buildPage(out) {
  const [app, reader, boot, style] = await Promise.all([
    bundle('app.tsx').then(inScript),
    bundle('reader.ts'),
    bundle('boot.ts').then(inScript),
    bundle('look/index.css'),
  ]);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const mit = readFileSync(path.join(root, 'node_modules/preact/LICENSE'), 'utf8').replace(
    /^[\s\S]*?(?=Permission)/,
    '',
  );
  const parts = {
    version,
    notices: `It contains:\n${BUNDLED.map(noticeOf).join('\n')}\n\n${mit.trim()}`,
    policy: policyOf([boot, app], style),
    style: compressed(style),
    app: compressed(app),
    reader: compressed(reader),
  };
  const template = readFileSync(path.join(web, 'page.html'), 'utf8');
  const page = template
    .replaceAll(/\{\{(\w+)\}\}/g, (placeholder, name) => parts[name] ?? placeholder)
    // A placeholder inside a script element would be taken for code by those who look after the sources.
    .replace('<!-- {{boot}} -->', () => `<script>${boot}</script>`);
  mkdirSync(path.dirname(out), { recursive: true });
  writeFileSync(out, page);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildPage(path.resolve(process.argv[2]));
