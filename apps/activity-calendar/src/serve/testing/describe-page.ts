import type { Activity } from '@sluice/pipeline';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describeWith, program } from '../../../../../tools/testing/describe-with.ts';
import { WatchedBrowser } from './browser.ts';
import { type Served, serve } from './serve.ts';

/** Starts servers and opens their pages; both end with each test. */
export interface Pages {
  readonly browser: () => WatchedBrowser;
  /** Serves as `serve` does; gives the address. */
  start(...args: Parameters<typeof serve>): Promise<string>;
  open(activities: readonly Activity[], options?: BrowserContextOptions): Promise<Page>;
}

/** Tests in headless Chromium. One fails too when a page complains: an error in its console, a violation of the policy. */
export function describePage(title: string, tests: (pages: Pages) => void): void {
  describeWith([program('chromium')], title, () => {
    let browser: WatchedBrowser;
    const running: Served[] = [];

    beforeAll(async () => {
      browser = await WatchedBrowser.launch();
    });

    afterEach(async () => {
      await browser.closePages();
      await Promise.all(running.splice(0).map((served) => served.stop()));
      expect(browser.complaints()).toEqual([]);
    });

    afterAll(() => browser.close());

    const start: Pages['start'] = async (...args) => {
      const served = await serve(...args);
      running.push(served);
      return served.url;
    };
    const open: Pages['open'] = async (activities, options = {}) => browser.open(await start(activities), options);
    tests({ browser: () => browser, start, open });
  });
}
