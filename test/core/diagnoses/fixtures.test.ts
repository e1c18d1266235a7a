import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Analysis, isAtLeast } from '../../../src/core/analysis.ts';
import { copyFinding } from '../../../src/core/diagnoses/copy-finding.ts';
import { diagnoses, observers } from '../../../src/core/diagnoses/index.ts';
import { diagnose, Plan } from '../../../src/core/diagnoses/run.ts';
import type { Finding } from '../../../src/core/report.ts';
import type { Session } from '../../../src/core/sessions/session.ts';

const FOLDER = new URL('../../../fixtures/diagnoses/', import.meta.url);
const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const settings = { passiveRange: { from: 50000, to: 50100 } };

/** Every finding of a fixture, and the sessions as they went by. */
function findingsOf(id: string, name: string, look: (session: Session) => void = () => {}): Finding[] {
  const found: Finding[] = [];
  const analysis = new Analysis(settings, {
    session(session, findings) {
      found.push(...findings.map(copyFinding));
      look(session);
    },
    end() {},
  });
  analysis.open({ path: name, sizeBytes: null, compression: null });
  analysis.push(readFileSync(new URL(`${id}/${name}`, FOLDER)));
  analysis.close();
  found.push(...analysis.end().findings);
  return found;
}

describe.each(folders.map(({ name }) => name))('%s', (id) => {
  const files = readdirSync(new URL(`${id}/`, FOLDER));

  test.each(files.filter((name) => name.startsWith('hit-')))('is found in %s', (name) => {
    const finding = findingsOf(id, name).find((found) => found.id === id);
    expect(finding?.id).toBe(id);
    expect(finding!.evidence.length).toBeGreaterThan(0);
    for (const { line, text } of finding!.evidence) expect([line > 0, text !== '']).toEqual([true, true]);
    expect(finding!.message).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test.each(files.filter((name) => name.startsWith('miss-')))('is not found in %s', (name) => {
    expect(findingsOf(id, name).map((found) => found.id)).not.toContain(id);
  });
});

test('every diagnosis has fixtures that show it and fixtures that only look like it', () => {
  const without = [...diagnoses, ...observers].flatMap(({ id }) => {
    const files = folders.some(({ name }) => name === id) ? readdirSync(new URL(`${id}/`, FOLDER)) : [];
    const missing = ['hit-', 'miss-'].filter((kind) => !files.some((name) => name.startsWith(kind)));
    return missing.map((kind) => `${id}: ${kind}`);
  });
  expect(without).toEqual([]);
});

test('triggers change no finding', () => {
  const triggered = new Plan(diagnoses, settings);
  const untriggered = new Plan(
    diagnoses.map((diagnosis) => {
      const { triggers: _, ...rest } = diagnosis;
      return rest;
    }),
    settings,
  );
  for (const { name: id } of folders)
    for (const name of readdirSync(new URL(`${id}/`, FOLDER)))
      findingsOf(id, name, (session) => {
        expect(diagnose(session, triggered).map(copyFinding), `${id}/${name}`).toEqual(
          diagnose(session, untriggered).map(copyFinding),
        );
      });
}, 60_000);

test('no finding is graver than its diagnosis says that it may be', () => {
  for (const { name: id } of folders)
    for (const name of readdirSync(new URL(`${id}/`, FOLDER)))
      for (const { id: found, severity } of findingsOf(id, name)) {
        const diagnosis = diagnoses.find((one) => one.id === found);
        if (diagnosis === undefined) continue;
        const gravest = diagnosis.gravest ?? diagnosis.severity;
        expect(isAtLeast(gravest, severity), `${found} in ${id}/${name}`).toBe(true);
      }
}, 60_000);

test('tables count the warnings and errors that a report shows', () => {
  for (const { name: id } of folders)
    for (const name of readdirSync(new URL(`${id}/`, FOLDER))) {
      const bytes = readFileSync(new URL(`${id}/${name}`, FOLDER));
      expect(alarmsIn(bytes, 'tallies'), `${id}/${name}`).toEqual(alarmsIn(bytes));
    }
}, 60_000);

/** How many findings that alarm each session has; what is told of whole inputs is left out, as tables leave it out. */
function alarmsIn(bytes: Uint8Array, needs?: 'tallies'): string[] {
  const alarms: string[] = [];
  const analysis = new Analysis(
    {},
    {
      ...(needs === undefined ? {} : { needs }),
      session({ id }, findings) {
        const loud = findings.filter((finding) => isAtLeast(finding.severity, 'warning') && !isPerInput(finding.id));
        alarms.push(`${id}: ${loud.map((finding) => finding.id).sort()}`);
      },
      end: () => undefined,
    },
  );
  analysis.open({ path: 'log', sizeBytes: bytes.length, compression: null, last: true });
  analysis.push(new Uint8Array(bytes));
  analysis.close();
  analysis.end();
  return alarms;
}

function isPerInput(id: string): boolean {
  return diagnoses.some((diagnosis) => diagnosis.id === id && diagnosis.perInput === true);
}
