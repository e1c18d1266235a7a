import { describe, expect, it } from 'vitest';
import { DATE_ORDERS } from '../../../src/core/bytes/date-order.ts';
import { filezillaServer09 } from '../../../src/core/formats/filezilla-server-0.9.ts';
import { filezillaServer1 } from '../../../src/core/formats/filezilla-server-1.ts';
import type { Format } from '../../../src/core/formats/format.ts';
import type { DateOrder } from '../../../src/core/report.ts';
import { fixtureFiles } from '../../fixture-files.ts';
import { describeFact, type ReferenceScanner } from './reference/dialogue.ts';
import { referenceOf09 } from './reference/filezilla-server-0.9.ts';
import { referenceOf1 } from './reference/filezilla-server-1.ts';
import { damage, type Invention, invent1, invent09, inventCopy } from './reference/inventions.ts';
import { scanText } from './scan-text.ts';

/** Logs invented for each format; a failure names its seed, which stands for the whole log. */
const INVENTED = 10_000;
const timeout = 120_000;

interface Subject {
  readonly format: Format;
  reference(order: DateOrder): ReferenceScanner;
}

const SUBJECTS: readonly Subject[] = [
  { format: filezillaServer09, reference: referenceOf09 },
  { format: filezillaServer1, reference: referenceOf1 },
];
const [OLD, NEW] = SUBJECTS as readonly [Subject, Subject];

/** The events of a text of one character a byte, and the numbers of lines that are not read. */
function readByReference({ reference }: Subject, text: string, order: DateOrder): string[] {
  const scanner = reference(order);
  const said: string[] = [];
  for (const [i, line] of text.replace(/\n$/, '').split('\n').entries()) {
    const facts = scanner.read(line);
    if (facts === null) said.push(`${i + 1} unread`);
    else for (const fact of facts) said.push(describeFact(i + 1, fact));
  }
  return said;
}

function readByScanner({ format }: Subject, text: string, order: DateOrder): string[] {
  const { events, unreadLines } = scanText(format, Buffer.from(text, 'latin1'), order);
  const said = [...events, ...unreadLines.map((line) => `${line} unread`)];
  return said.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

function expectSame(subject: Subject, text: string, order: DateOrder, seed: number | string): void {
  if (text === '') return;
  const scanned = readByScanner(subject, text, order);
  const expected = readByReference(subject, text, order);
  const at = scanned.findIndex((said, i) => said !== expected[i]);
  if (at < 0 && scanned.length === expected.length) return;
  const first = at < 0 ? scanned.length : at;
  const line = Number.parseInt(scanned[first] ?? expected[first]!, 10);
  const shown = JSON.stringify(text.split('\n')[line - 1]);
  expect({ scanned: scanned[first] }, `${subject.format.id}, seed ${seed}, line ${line}: ${shown}`).toEqual({
    scanned: expected[first],
  });
}

describe('a scanner sees what the reference sees', { timeout }, () => {
  const fixtures = fixtureFiles.filter(({ name }) => /^filezilla-server-(?:0\.9|1)\//.test(name));

  it.each(fixtures.filter(({ name }) => !name.endsWith('.curl.txt')))('in $name', ({ name, bytes }) => {
    const text = Buffer.from(bytes).toString('latin1');
    const subject = name.startsWith('filezilla-server-0.9') ? OLD : NEW;
    const orders: readonly DateOrder[] = subject === OLD ? DATE_ORDERS : [/deDE/.test(name) ? 'dmy' : 'mdy'];
    for (const order of orders) expectSame(subject, text, order, name);
  });

  it.each([
    ['0.9', OLD, invent09],
    ['1.x', NEW, invent1],
  ] as const)(`in ${INVENTED} invented and damaged logs of %s`, (_, subject, invent) => {
    for (let seed = 1; seed <= INVENTED; seed++) {
      const { text, order }: Invention = invent(seed);
      expectSame(subject, damage(text, seed), order, seed);
    }
  });

  it('in what the interface of 1.x copies, as long as that is whole', () => {
    for (let seed = 1; seed <= INVENTED / 10; seed++) {
      const { text, order } = inventCopy(seed);
      expectSame(NEW, text, order, seed);
    }
  });
});
