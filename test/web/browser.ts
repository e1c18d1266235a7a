import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser that the tests drive; null where there is none. */
export const executable = PLACES.find((place) => place !== undefined && existsSync(place)) ?? null;
if (executable === null) {
  const message = 'test/web needs Chromium: apt-get install chromium, or CHROMIUM=path';
  if (process.env['CI']) throw new Error(message);
  console.warn(`skipped: ${message}`);
}

/** A browser with a freshly built page. */
export class Stage {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'ftplens-web-'));
  readonly pageFile = path.join(this.folder, 'page.html');
  /** What pages said on their consoles, and what they asked of any network. */
  readonly complaints: string[] = [];
  private browser: Browser | null = null;

  /** Builds the page and starts the browser. */
  async open(): Promise<void> {
    execFileSync(process.execPath, [path.join(root, 'src/web/build.mjs'), this.pageFile]);
    this.browser = await chromium.launch({ executablePath: executable!, args: FLAGS });
  }

  async close(): Promise<void> {
    await this.browser?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Opens a file in a new window. `hash` with its `#`. */
  async show(file: string, hash = '', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser!.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      const isPage = request.isNavigationRequest() && url.startsWith('file:');
      if (!isPage && !/^(?:blob|data):/.test(url)) this.complaints.push(`request: ${url}`);
    });
    await page.goto(pathToFileURL(file).href + hash);
    return page;
  }

  /** Opens a file and waits for `selector`. `busyMs`: the page's own work, whatever else the machine was doing. */
  async time(file: string, hash: string, selector: string): Promise<{ page: Page; busyMs: number }> {
    const page = await this.show(this.pageFile);
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('Performance.enable', { timeDomain: 'threadTicks' });
    const read = async () => {
      const { metrics } = await protocol.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1_000;
    };
    const before = await read();
    await page.goto(pathToFileURL(file).href + hash);
    await page.locator(selector).first().waitFor();
    return { page, busyMs: (await read()) - before };
  }
}
