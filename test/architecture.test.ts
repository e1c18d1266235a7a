import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnoses } from '../src/core/diagnoses/index.ts';
import { formats } from '../src/core/formats/index.ts';
import { FORMAT_IDS } from '../src/core/report.ts';
import { VERSION } from '../src/version.ts';

const root = path.resolve(import.meta.dirname, '..');
const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
  .map((file) => ({ file: file.replaceAll(path.sep, '/'), text: readFileSync(path.join(root, 'src', file), 'utf8') }));

/** The layer of a file below src/. */
function layerOf(file: string): string {
  return /^core\/[^/]+\//.exec(file)?.[0].slice(0, -1) ?? (file.startsWith('core/') ? 'core' : file.split('/')[0]!);
}

/** What a layer may import besides itself; its own contracts in core/*.ts are open to all. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'core/bytes': [],
  'core/ftp': ['core/bytes'],
  'core/formats': ['core/bytes', 'core/ftp'],
  'core/repair': ['core/bytes', 'core/formats', 'core/ftp'],
  'core/sessions': ['core/bytes', 'core/ftp'],
  'core/diagnoses': ['core/bytes', 'core/ftp', 'core/sessions', 'core/pairing'],
  'core/pairing': ['core/bytes', 'core/ftp', 'core/sessions', 'core/diagnoses'],
  'core/summary': ['core/bytes', 'core/ftp', 'core/sessions', 'core/diagnoses'],
  'core/redact': ['core/bytes', 'core/ftp', 'core/formats'],
};
/** The parts of core that only its own face may use. */
const PIPELINE = ['core/analysis.ts', 'core/reading.ts'];

function importsOf(text: string): string[] {
  return [
    ...text.matchAll(/^(?:import|export)\s[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm),
  ].map((match) => (match[1] ?? match[2] ?? match[3])!);
}

describe('layers', () => {
  it.each(sources)('$file imports downwards only', ({ file, text }) => {
    const allowed = MAY_IMPORT[layerOf(file)];
    for (const name of importsOf(text)) {
      if (!name.startsWith('.')) {
        if (file.startsWith('core/'))
          expect([file.startsWith('core/ftp/') ? 'ipaddr.js' : null], `${file}: ${name}`).toContain(name);
        continue;
      }
      const target = path.posix.join(path.posix.dirname(file), name);
      const layer = layerOf(target);
      if (file.startsWith('core/')) {
        expect(target, `${file} leaves the core`).toMatch(/^core\//);
        if (allowed !== undefined && layer !== layerOf(file) && layer !== 'core')
          expect(allowed, `${file} imports ${target}`).toContain(layer);
        if (allowed !== undefined && !/^import type/m.test(text)) expect(PIPELINE, file).not.toContain(target);
      }
      if (layerOf(file) === 'exporters')
        expect(['core', 'exporters', 'version.ts'], `${file}: ${target}`).toContain(layer.split('/')[0]);
      if (layerOf(file) === 'node') expect(layer, `${file}: ${target}`).not.toBe('cli');
    }
  });

  it.each(sources.filter(({ file }) => file.startsWith('core/')))('$file uses nothing of its host', ({ text }) => {
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''");
    expect(code).not.toMatch(
      /\bBuffer\b|\bconsole\.|\bprocess\.|\basync\b|\bawait\b|Date\.now|new Date\(\)|Math\.random/,
    );
  });

  it.each(sources.filter(({ file }) => /^core\/(bytes|sessions)\//.test(file)))(
    '$file never copies bytes by slice',
    ({ text }) => {
      expect(text).not.toMatch(/\bbytes\.slice\(/);
    },
  );

  it('has no drawer for odds and ends', () => {
    const drawers = sources.filter(({ file }) =>
      /(?:^|\/)(?:utils?|helpers?|common|misc|types)(?:\/|\.ts$)/.test(file),
    );
    expect(drawers.map(({ file }) => file)).toEqual([]);
  });
});

describe('lists', () => {
  it('hold every format once, in the order of the ids', () => {
    const ids = formats.map(({ id }) => id);
    expect(ids).toEqual(FORMAT_IDS.filter((id) => ids.includes(id)));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('hold every diagnosis in a file of its name, in a folder of its group', () => {
    const files = new Set(sources.map(({ file }) => file));
    for (const { id, group } of diagnoses) {
      const found = [`core/diagnoses/${group}/${id}.ts`, `core/diagnoses/observers/${id}.ts`].some((file) =>
        files.has(file),
      );
      expect(found, `${group}/${id}`).toBe(true);
      expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    }
    expect(new Set(diagnoses.map(({ id }) => id)).size).toBe(diagnoses.length);
  });

  it('name the version of package.json', () => {
    expect(VERSION).toBe(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version);
  });
});
