import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { executable, Stage } from './browser.ts';

const seed = path.resolve(import.meta.dirname, '../../fixtures/seed');
const client = readFileSync(path.join(seed, 'curl-verbose.txt'), 'utf8');
const server = readFileSync(path.join(seed, 'filezilla-server.log'), 'utf8');

const stage = new Stage();

describe.skipIf(executable === null)('the page', { timeout: 180_000 }, () => {
  beforeAll(() => stage.open(), 180_000);
  afterAll(() => stage.close());
  afterEach(() => expect(stage.complaints.splice(0)).toEqual([]));

  it('is small, and its policy allows only its own code', () => {
    expect(statSync(stage.pageFile).size).toBeLessThan(400_000);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(stage.pageFile, 'utf8'))!;
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('pairs two pasted transcripts and shows where 426 cut the data connection', async () => {
    const page = await readTexts(client, server);
    await expectNav(page, ['Overview', 'Sessions 2', 'Pairs 1']);
    await page.getByRole('link', { name: 'filezilla-server.log:30' }).or(page.getByText(':30')).first().waitFor();
    await page.evaluate("location.hash = '#session=s1-4&line=30'");
    await page.getByText('cut by 426 after 58 s').waitFor();
    expect(await page.locator('.lane-aborted .lane-cut').count()).toBe(1);
    expect(await page.getByText('EPSV · IPv4 · port 8007 · TLS').count()).toBe(1);
    expect(await page.evaluate('document.activeElement.dataset.line')).toBe('30');
    await page.getByRole('link', { name: 'Beside the client’s record' }).click();
    await page.getByText('reply never reached the client').waitFor();
  });

  it('keeps pasted texts and the place over a reload', async () => {
    const page = await readTexts(server);
    await page.evaluate("location.hash = '#session=s0-4'");
    await page.locator('.ladder').waitFor();
    await page.reload();
    await page.locator('.ladder').waitFor();
    expect(await page.locator('.ladder').textContent()).toContain('426 Connection closed');
  });

  it('reads several files, also compressed ones, and tells of one that is damaged', async () => {
    const page = await stage.show(stage.pageFile);
    const compressed = gzipSync(server);
    await page.locator('input[type=file]').setInputFiles([
      { name: 'curl.txt', mimeType: 'text/plain', buffer: Buffer.from(client) },
      { name: 'server.log.gz', mimeType: 'application/gzip', buffer: compressed },
      { name: 'cut.log.gz', mimeType: 'application/gzip', buffer: compressed.subarray(0, 300) },
    ]);
    const inputs = page.locator('.inputs');
    await inputs.waitFor();
    expect(await inputs.textContent()).toMatch(/server\.log\.gz.*gzip.*FileZilla Server 0\.9/);
    expect(await inputs.textContent()).toContain('the gzip file is damaged');
  });

  it('shows what it repaired', async () => {
    const joined = readFileSync(path.join(seed, '../repair/joined.txt'), 'utf8');
    const page = await readTexts(joined);
    expect(await page.locator('.repairs').first().textContent()).toContain('split lines that had been joined');
  });

  it('says what can be read when a text is no transcript', async () => {
    const page = await readTexts('Dear reader,\nthis is a letter and nothing else.\n');
    await page.getByRole('heading', { name: 'What can be read' }).waitFor();
    expect(await page.locator('.input-error').textContent()).not.toBe('');
    expect(await page.locator('.formats li').count()).toBeGreaterThan(10);
  });

  it('saves the report, the tables and everything as JSON', async () => {
    const page = await readTexts(client, server);
    const report = await save(page, 'Report (HTML)');
    const json = JSON.parse(readFileSync(await save(page, 'Everything (JSON)'), 'utf8'));
    expect(json.sessions).toHaveLength(2);
    expect(readFileSync(await save(page, 'Transfers (CSV)'), 'utf8')).toMatch(/^file,session,transfer,/);
    const again = await stage.show(report, '#session=s1-4');
    await again.getByText('cut by 426 after 58 s').waitFor();
  });

  it('redacts what is shown and what is saved', async () => {
    const page = await readTexts(client, server);
    await page.locator('.menu summary').click();
    await page.getByText('Redact before you share').click();
    await page.getByText('Save redacted').waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/5\.79\.\d|universalk9/);
    for (const title of ['Report (HTML)', 'Transfers (CSV)', 'Transcript 2 (redacted copy)']) {
      const saved = readFileSync(await save(page, title), 'utf8');
      expect(saved, title).not.toMatch(/5\.79\.(?:17|21)\.\d|universalk9/);
      expect(saved, title).toContain(title.startsWith('Transfers') ? 'aborted' : '426 Connection closed');
    }
  });

  it('reads a large file with many sessions', async () => {
    const file = path.join(stage.folder, 'large.log');
    const lines = server.split('\n').slice(3);
    const session = (id: number) => lines.join('\n').replaceAll('(000022)', `(${String(id).padStart(6, '0')})`);
    writeFileSync(file, Array.from({ length: 3_000 }, (_item, id) => session(id + 1)).join(''));
    const page = await stage.show(stage.pageFile);
    await page.locator('input[type=file]').setInputFiles(file);
    await expectNav(page, ['Overview', 'Sessions 3,000']);
  });
});

/** Pastes each text, the last one after the others were added, and has them read. */
async function readTexts(...texts: readonly string[]): Promise<Page> {
  const page = await stage.show(stage.pageFile);
  for (const [i, text] of texts.entries()) {
    if (i > 0) await page.getByRole('button', { name: 'Add another text' }).click();
    await page.getByLabel('Transcript').fill(text);
  }
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await page.locator('.inputs').waitFor();
  return page;
}

async function expectNav(page: Page, titles: readonly string[]): Promise<void> {
  await page
    .locator('.top nav a')
    .nth(titles.length - 1)
    .waitFor();
  const links = await page.locator('.top nav a').allTextContents();
  expect(links.map((text) => text.trim())).toEqual(titles);
}

async function save(page: Page, title: string): Promise<string> {
  await page.locator('.menu summary').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: title }).click(),
  ]);
  await page.locator('.menu:not([open])').waitFor();
  const place = path.join(stage.folder, download.suggestedFilename());
  await download.saveAs(place);
  return place;
}
