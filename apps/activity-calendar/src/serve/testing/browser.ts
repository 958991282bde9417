import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Headless Chromium whose pages are watched: what they complain of is a failure. */
export class WatchedBrowser {
  readonly screenshots: string = mkdtempSync(path.join(tmpdir(), 'activity-calendar-page-'));
  readonly #browser: Browser;
  readonly #complaints: string[] = [];

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<WatchedBrowser> {
    const isRoot = process.getuid?.() === 0;
    const args = isRoot ? ['--no-sandbox'] : [];
    return new WatchedBrowser(await chromium.launch({ executablePath: '/usr/bin/chromium', args }));
  }

  /** Opens an address in a context of its own and waits until there is a list, or the word that there is none. */
  async open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.#browser.newPage({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.#complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.#complaints.push(String(error)));
    await page.addInitScript(
      `addEventListener('securitypolicyviolation', (event) => console.error('violation of ' + event.violatedDirective));
       shift = 0;
       new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shift += value; })
         .observe({ type: 'layout-shift', buffered: true });`,
    );
    await page.goto(url);
    await page.waitForSelector('.activity, #nothing:not([hidden])');
    return page;
  }

  /** Errors and warnings of the consoles, exceptions and violations of the policy since the last time. */
  complaints(): readonly string[] {
    return this.#complaints.splice(0);
  }

  /** Closes all pages. */
  async closePages(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    if (process.env['KEEP_SCREENSHOTS'] === undefined) rmSync(this.screenshots, { recursive: true, force: true });
  }
}
