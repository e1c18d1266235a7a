import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Analysis } from '../../src/core/analysis.ts';
import type { Finding } from '../../src/core/report.ts';
import type { Session } from '../../src/core/sessions/session.ts';
import type { PageData } from '../../src/exporters/html/page-data.ts';
import { type PageBounds, PageSink, REPORT_BOUNDS } from '../../src/exporters/html/page-sink.ts';
import { html } from '../../src/exporters/html.ts';
import { makeExchange, makeFinding, makeOptions, makeSession, makeTotals, makeTransfer } from '../exporters/made.ts';
import { executable, Stage } from './browser.ts';

/** What axe-core reports. */
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

const root = path.resolve(import.meta.dirname, '../..');
const stage = new Stage();

describe.skipIf(executable === null)('a report', { timeout: 180_000 }, () => {
  let seedReport = '';

  beforeAll(async () => {
    await stage.open();
    seedReport = path.join(stage.folder, 'seed.html');
    writeFileSync(seedReport, reportOf('fixtures/seed/curl-verbose.txt', 'fixtures/seed/filezilla-server.log'));
  }, 180_000);
  afterAll(() => stage.close());
  afterEach(() => expect(stage.complaints.splice(0)).toEqual([]));

  it('tells the verdict, and leads from a finding to its line', async () => {
    const page = await stage.show(seedReport);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^1 of 2 transfers was aborted/);
    await page.getByRole('link', { name: 'filezilla-server.log:30' }).first().click();
    await page.locator('.is-goal').waitFor();
    expect(page.url()).toContain('#session=s1-4&line=30');
    expect(await page.locator('.is-goal').textContent()).toContain('426 Connection closed');
  });

  it.each(['light', 'dark'] as const)('is accessible in %s', async (colorScheme) => {
    const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
    for (const [file, hash] of [
      [stage.pageFile, '#new'],
      [seedReport, '#overview'],
      [seedReport, '#sessions'],
      [seedReport, '#session=s1-4'],
      [seedReport, '#session=s0-1'],
      [seedReport, '#pairs'],
      [seedReport, '#pair=p1'],
    ] as const) {
      const page = await stage.show(file, hash, { colorScheme });
      await page.getByRole('heading', { level: 1 }).waitFor();
      await openEverything(page);
      await page.evaluate(axe);
      const { violations } = (await page.evaluate('axe.run()')) as { violations: Violation[] };
      const faults = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
      expect(faults, hash).toEqual([]);
    }
  });

  it('shows what strangers typed as text', async () => {
    const names = [
      '<img src=x onerror=alert(1)>',
      '</script><script>alert(1)</script>',
      '=cmd()',
      'a\u202eb\x1b[2J\x00',
    ];
    const session = makeSession({
      user: names[0]!,
      verdict: `The download of "${names.join()}" was aborted.`,
      exchanges: names.map((name, i) => makeExchange(i * 2 + 1, 'RETR', name, [i * 2 + 2, 550, `${name}: gone`])),
      dataConnections: [],
      transfers: [makeTransfer({ path: names[0]!, dataConnection: null, exchange: 0 })],
    });
    const file = path.join(stage.folder, 'hostile.html');
    const finding = makeFinding({ message: names.join(), evidence: [{ input: 0, line: 1, text: names.join() }] });
    writeFileSync(file, embed(dataOf(REPORT_BOUNDS, [[session, [finding]]], { verdict: names.join() })));
    for (const hash of ['#overview', '#sessions', '#session=s0-1']) {
      const page = await stage.show(file, hash);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const text = (await page.locator('main').textContent())!;
      expect(text).toContain(names[0]!);
      expect(text).not.toMatch(/[\u202e\x1b\x00]/);
      expect(await page.locator('main img, main script').count()).toBe(0);
      if (hash === '#session=s0-1') expect(text).toContain('RETR a\\u202eb\\x1b[2J\\x00');
    }
  });

  it('can be read by keyboard', async () => {
    const page = await stage.show(seedReport, '#sessions');
    await page.locator('.session-row a').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-index="1"] a:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.ladder').waitFor();
  });

  it('says so when its data is damaged or of another version', async () => {
    const report = readFileSync(seedReport, 'utf8');
    const damaged = path.join(stage.folder, 'damaged.html');
    writeFileSync(damaged, report.replace('"verdict":', '"verdict'));
    const foreign = path.join(stage.folder, 'foreign.html');
    writeFileSync(foreign, report.replace('ftplens.page/1', 'ftplens.page/999'));
    for (const file of [damaged, foreign]) {
      const page = await stage.show(file);
      await page.getByRole('heading', { name: 'This report cannot be shown' }).waitFor();
    }
  });

  it('stays small and opens at once however much was found', async () => {
    const file = path.join(stage.folder, 'large.html');
    writeFileSync(file, embed(manySessions(12_000)));
    expect(statSync(file).size).toBeLessThan(5_000_000);
    const { page, busyMs } = await stage.time(file, '#sessions', '.session-row a');
    expect(busyMs).toBeLessThan(2_000);
    expect(await page.locator('.filter-count').textContent()).toMatch(/10,000 shown, 2,000 left out/);
  });

  it('sorts and scrolls through a hundred thousand sessions', async () => {
    const file = path.join(stage.folder, 'live.html');
    writeFileSync(file, embed(repeated(100_000)));
    const { page } = await stage.time(file, '#sessions', '.session-row a');
    await page.getByRole('button', { name: 'User' }).click();
    await page.evaluate("document.querySelector('.session-scroller').scrollTop = 2_000_000");
    await page.locator('[data-index="50010"]').waitFor();
    expect(await page.locator('.session-row').count()).toBeLessThan(100);
    await page.getByLabel('Search sessions').fill('user 77');
    await page.getByText(/^\d,\d+ of 100,000 shown/).waitFor();
  });
});

describe('the data of a page', () => {
  it('holds nothing that ends a script element, and no acting character', () => {
    const hostile = '</script><!--<script>\u202e\x1b\x00\u2028';
    const session = makeSession({ user: hostile, verdict: hostile });
    const json = dataOf(REPORT_BOUNDS, [[session, [makeFinding({ message: hostile })]]], { verdict: hostile });
    expect(json).not.toMatch(/[<\x00-\x09\x0b-\x1f\u202e\u2028]/);
    expect(JSON.parse(json).verdict).toBe('</script><!--<script>\\u202e\\x1b\\x00\\u2028');
  });

  it('keeps an example of every finding before anything else', () => {
    const bounds = { ...REPORT_BOUNDS, rows: 50, ladders: 30_000 };
    const sessions: [Session, Finding[]][] = Array.from({ length: 500 }, (_item, i) => [
      makeSession({ id: `s0-${i + 1}`, firstLine: i + 1 }),
      [makeFinding(i === 499 ? { id: 'rare', severity: 'notice' } : { severity: 'error' })],
    ]);
    const data = JSON.parse(dataOf(bounds, sessions));
    expect(data.sessions.id).toContain('s0-500');
    expect(data.ladders.map(({ id }: Session) => id)).toContain('s0-500');
    expect(data.leftOut.sessions).toBe(450);
  });
});

function reportOf(...files: readonly string[]): string {
  let text = '';
  const page = readFileSync(stage.pageFile, 'utf8');
  const sink = html.create(
    (chunk) => {
      text += chunk;
    },
    makeOptions({ page: () => page }),
  );
  const analysis = new Analysis({}, sink);
  for (const file of files) {
    const bytes = readFileSync(path.join(root, file));
    analysis.open({ path: file, sizeBytes: bytes.length, compression: null });
    analysis.push(bytes);
    analysis.close();
  }
  analysis.end();
  return text;
}

function embed(json: string): string {
  const page = readFileSync(stage.pageFile, 'utf8');
  return page.replace('id="report"></script>', () => `id="report">${json}</script>`);
}

function dataOf(
  bounds: PageBounds,
  sessions: readonly (readonly [Session, readonly Finding[]])[],
  totals = {},
): string {
  let text = '';
  const sink = new PageSink((chunk) => {
    text += chunk;
  }, bounds);
  for (const [session, findings] of sessions) sink.session(session, findings);
  sink.end(makeTotals(totals));
  return text;
}

function manySessions(count: number): string {
  const sessions = Array.from({ length: count }, (_item, i): [Session, Finding[]] => [
    makeSession({ id: `s0-${i + 1}`, firstLine: i + 1, user: `user ${i % 1_000}` }),
    i % 3 === 0 ? [makeFinding({ key: `s0-${i + 1}.1`, session: `s0-${i + 1}` })] : [],
  ]);
  const { summary } = makeTotals();
  return dataOf(REPORT_BOUNDS, sessions, { summary: { ...summary, sessions: count } });
}

/** Data with many rows, all like the first one but for their ids and users. */
function repeated(count: number): string {
  const data: PageData = JSON.parse(dataOf(REPORT_BOUNDS, [[makeSession(), [makeFinding()]]]));
  const places = Array.from({ length: count }, (_item, i) => i);
  const columns = Object.entries(data.sessions).map(([name, [first]]) => [name, places.map(() => first)]);
  const names = places.slice(0, 1_000).map((i) => `user ${i}`);
  const own = { id: places.map((i) => `s0-${i + 1}`), user: places.map((i) => i % names.length), names };
  return JSON.stringify({ ...data, sessions: { ...Object.fromEntries(columns), ...own } });
}

async function openEverything(page: Page): Promise<void> {
  await page.evaluate("for (const details of document.querySelectorAll('main details')) details.open = true");
}
