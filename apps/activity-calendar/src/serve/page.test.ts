import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Activity } from '@sluice/pipeline';
import { commitActivity, gitBatches } from '@sluice/vcs-events';
import type { Page } from 'playwright-core';
import { describeWith, program, pythonModule, testWith } from '../../../../tools/testing/describe-with.ts';
import { WatchedBrowser } from './testing/browser.ts';
import { GitRepository } from './testing/git-repository.ts';
import { madeActivities } from './testing/made-activities.ts';
import { type Served, serve } from './testing/serve.ts';

const chromium = program('chromium');
const contrast = readFileSync(new URL('./testing/contrast.js', import.meta.url), 'utf8');
const made = madeActivities(1500);

describeWith([chromium], 'the page', () => {
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

  const start = async (...args: Parameters<typeof serve>): Promise<string> => {
    const served = await serve(...args);
    running.push(served);
    return served.url;
  };

  const open = async (
    activities: readonly Activity[],
    options: Parameters<WatchedBrowser['open']>[1] = {},
  ): Promise<Page> => browser.open(await start(activities), options);

  const titlesOf = (page: Page): Promise<string[]> => page.locator('.title').allTextContents();
  const focusedLabel = (page: Page): Promise<string | null> => page.locator(':focus').getAttribute('aria-label');
  const cellOf = (page: Page, day: string): ReturnType<Page['locator']> => page.locator(`[data-day="${day}"]`);
  const settled = (page: Page, text: string): Promise<void> =>
    page.locator('#shown', { hasText: text }).waitFor({ state: 'visible' });

  const one = (uid: string, at: string, more: Partial<Activity> = {}): Activity => ({
    uid,
    source: { kind: 'git', id: 'git', label: 'sluice' },
    startMs: Date.parse(at),
    title: uid,
    ...more,
  });

  describeWith([program('git')], 'of a real Git repository', () => {
    let repository: GitRepository;
    const attack = '<img src=x onerror="attacked=1"><script>attacked=1</script>';

    beforeEach(() => {
      repository = new GitRepository([
        { name: 'Ada', date: '2024-03-12T23:30:00+0100', message: 'Count the weeks\n\nThey begin on Monday.' },
        { name: attack, date: '2024-03-12T09:05:00-0730', message: `${attack}\n\n${attack}` },
        { name: 'Ada', date: '2023-12-31T23:59:59+0000', message: 'The year before' },
      ]);
    });

    afterEach(() => repository.remove());

    const read = async (signal?: AbortSignal): Promise<Activity[]> => {
      const activities: Activity[] = [];
      for await (const batch of gitBatches(repository.folder, signal === undefined ? {} : { signal }))
        for (const commit of batch) activities.push(commitActivity(commit) as Activity);
      return activities;
    };

    test('shows each commit on the day and at the time of its author, with the offset in the title', async () => {
      const page = await open(await read());
      expect(await page.locator('.date h3').allTextContents()).toEqual([
        'Tuesday, 12 March 2024',
        'Sunday, 31 December 2023',
      ]);
      const times = page.locator('.activity time');
      expect(await times.allTextContents()).toEqual(['23:30', '09:05', '23:59']);
      expect(await page.evaluate('[...document.querySelectorAll(".activity time")].map(({ title }) => title)')).toEqual(
        ['23:30 UTC+01:00, 22:30 UTC', '09:05 UTC−07:30, 16:35 UTC', '23:59 UTC+00:00'],
      );
      expect(await cellOf(page, '2024-03-12').getAttribute('aria-label')).toBe('2 activities on 12 March 2024');
      expect(await page.locator('#summary').textContent()).toBe('3 activities, 31 December 2023 to 12 March 2024');
    });

    test('shows messages and names that are HTML as the text that they are', async () => {
      const named = one('named', '2022-03-12T10:00:00Z', { author: { name: attack }, categories: [attack] });
      const page = await open([...(await read()), named]);
      expect(await titlesOf(page)).toContain(attack);
      await page.locator('.activity summary').last().click();
      expect(await page.locator('.text').textContent()).toContain(attack);
      for (const select of ['#author', '#category'])
        expect(await page.locator(`${select} option`).allTextContents()).toContain(`${attack} (1)`);
      expect(await page.locator('.tag').allTextContents()).toContain(attack);
      expect(await page.evaluate('[typeof attacked, document.images.length, document.scripts.length]')).toEqual([
        'undefined',
        0,
        1,
      ]);
    });
  });

  describe('by keyboard', () => {
    test('walks through the days, lists one with Enter and all with Escape', async () => {
      const page = await open([
        one('new year', '2024-01-01T10:00:00Z'),
        one('leap day', '2024-02-29T10:00:00Z'),
        one('leap day again', '2024-02-29T11:00:00Z'),
        one('the last', '2024-03-31T10:00:00Z'),
      ]);
      await page.locator('#year').focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      expect(await focusedLabel(page)).toBe('1 activity on 31 March 2024');
      for (const [key, label] of [
        ['PageUp', '2 activities on 29 February 2024'],
        ['ArrowDown', 'No activities on 1 March 2024'],
        ['ArrowRight', 'No activities on 8 March 2024'],
        ['ArrowLeft', 'No activities on 1 March 2024'],
        ['Home', '1 activity on 1 January 2024'],
        ['ArrowLeft', '1 activity on 1 January 2024'],
        ['ArrowUp', '1 activity on 1 January 2024'],
        ['End', 'No activities on 31 December 2024'],
        ['ArrowDown', 'No activities on 31 December 2024'],
        ['Home', '1 activity on 1 January 2024'],
        ['PageDown', 'No activities on 1 February 2024'],
      ] as const) {
        await page.keyboard.press(key);
        expect([key, await focusedLabel(page)]).toEqual([key, label]);
        expect(await page.locator('#readout').textContent()).toBe(label);
      }
      for (let n = 0; n < 4; n += 1) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await settled(page, '2 activities on 29 February 2024 listed');
      expect(await titlesOf(page)).toEqual(['leap day again', 'leap day']);
      expect(await page.locator('[aria-selected="true"]').getAttribute('data-day')).toBe('2024-02-29');
      await page.keyboard.press('Escape');
      await settled(page, '4 activities listed');
      expect(await page.locator('[aria-selected="true"]').count()).toBe(0);
      expect(await focusedLabel(page)).toBe('2 activities on 29 February 2024');
    });

    test('begins with a way to skip to the list, and shows where the focus is', async () => {
      const page = await open(made);
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').textContent()).toBe('Skip to the list of activities');
      await page.keyboard.press('Enter');
      expect(await page.locator(':focus').getAttribute('id')).toBe('activities');
      for (const selector of ['#year', '#copy', '#search', '[role=gridcell][tabindex="0"]', '.title']) {
        await page.locator(selector).first().focus();
        await page.keyboard.press('Shift');
        expect([selector, await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')]).toEqual([
          selector,
          'solid',
        ]);
      }
    });

    test('loads more until the end, and the focus goes on in the list', async () => {
      const page = await open(made.slice(0, 120));
      await page.locator('#more').focus();
      await page.keyboard.press('Enter');
      await settled(page, '100 activities listed');
      expect(await page.locator(':focus').getAttribute('id')).toBe('more');
      await page.keyboard.press('Enter');
      await settled(page, '120 activities listed');
      expect(await page.locator('#more').isHidden()).toBe(true);
      expect(await page.evaluate('[...document.querySelectorAll(".activity")].indexOf(document.activeElement)')).toBe(
        100,
      );
      expect(
        new Set(await page.evaluate<string[]>('[...document.querySelectorAll(".title")].map(({ href }) => href)')).size,
      ).toBe(120);
    });
  });

  describe('for those who hear it', () => {
    test('the days are a grid of seven rows, one of them is in the order of Tab, and a table says the same', async () => {
      const page = await open(made);
      expect(await page.getByRole('grid', { name: 'Activities by day in 2024' }).count()).toBe(1);
      expect(await page.getByRole('grid').getByRole('row').count()).toBe(7);
      expect(await page.getByRole('rowheader', { name: 'Monday' }).count()).toBe(2);
      expect(await page.getByRole('gridcell').count()).toBe(366);
      expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
      await page.getByText('As a table').click();
      const counts = await page.locator('#days-table td').allTextContents();
      const expected = made.filter(({ startMs, tzMinutes = 0 }) => startMs + tzMinutes * 60_000 >= Date.UTC(2024));
      expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(expected.length);
    });

    test('hours are a table with numbers in it', async () => {
      const page = await open([one('a', '2024-03-12T14:05:00Z'), one('b', '2024-03-19T14:59:59Z')]);
      const cells = await page.locator('#hours tbody tr').nth(1).locator('td').allTextContents();
      expect(cells).toEqual(Array.from({ length: 24 }, (_, hour) => (hour === 14 ? '2' : '0')));
    });

    test('every control has a name', async () => {
      const page = await open(made);
      for (const name of ['Earlier year', 'Later year', 'Copy', 'Load more'])
        expect([name, await page.getByRole('button', { name, exact: true }).count()]).toEqual([name, 1]);
      for (const name of ['Year', 'Author', 'Category'])
        expect([name, await page.getByRole('combobox', { name }).count()]).toEqual([name, 1]);
      expect(await page.getByRole('searchbox', { name: 'Search' }).count()).toBe(1);
      expect(await page.getByRole('textbox', { name: 'Address of the calendar' }).count()).toBe(1);
    });
  });

  describe('filters', () => {
    test('a click on a day lists it, a second one lists all', async () => {
      const page = await open(made);
      const day = made[0] as Activity;
      const key = new Date(day.startMs + (day.tzMinutes ?? 0) * 60_000).toISOString().slice(0, 10);
      await page.locator('#year').selectOption(key.slice(0, 4));
      const label = (await cellOf(page, key).getAttribute('aria-label')) ?? '';
      await cellOf(page, key).click();
      await settled(page, `${label} listed`);
      expect(await page.locator('.activity').count()).toBe(Number.parseInt(label, 10));
      expect(await page.locator('.date').count()).toBe(1);
      await page.locator('#clear-day').click();
      await settled(page, '50 activities listed');
      expect(await page.locator('#clear-day').isHidden()).toBe(true);
    });

    test('words, an author and a category narrow the list and the numbers', async () => {
      const page = await open(made);
      await page.locator('#search').fill('mend SCANNER');
      await page.locator('#author').selectOption('Grace Hopper');
      await page.locator('#category').selectOption('notes');
      const expected = made.filter(
        ({ title, author, categories }) =>
          title === 'Mend the scanner' && author?.name === 'Grace Hopper' && categories?.[0] === 'notes',
      ).length;
      expect(expected).toBeGreaterThan(1);
      await page.locator('#summary', { hasText: `${expected} activities, ` }).waitFor();
      await settled(page, `${expected} activities listed`);
      expect(new Set(await titlesOf(page))).toEqual(new Set(['Mend the scanner']));
      await page.locator('#search').fill('nothing has these words');
      await page.locator('#nothing', { hasText: 'Nothing matches.' }).waitFor();
      await page.locator('#summary', { hasText: 'No activities' }).waitFor();
    });

    test('another year has its own days', async () => {
      const page = await open(made);
      await page.getByRole('button', { name: 'Earlier year' }).click();
      expect(await page.locator('#year').inputValue()).toBe('2023');
      expect(await page.getByRole('gridcell').count()).toBe(365);
      await page.getByRole('button', { name: 'Earlier year' }).click();
      await page.getByRole('button', { name: 'Earlier year' }).click({ force: true });
      expect(await page.locator('#year').inputValue()).toBe('2022');
      expect(await page.locator('#earlier').getAttribute('aria-disabled')).toBe('true');
    });
  });

  describe('subscribing', () => {
    const token = 'a-secret-of-32-characters-or-so_';

    testWith(
      [pythonModule('vobject', 'python3-vobject')],
      'its address is a calendar with every activity',
      async () => {
        const url = await start(made, { token });
        const page = await browser.open(url);
        const address = await page.locator('#address').inputValue();
        expect(address).toBe(`${url}calendar.ics`);
        expect(await page.locator('#webcal').getAttribute('href')).toBe(address.replace('http:', 'webcal:'));
        const calendar = await (
          await fetch(await page.evaluate<string>('document.getElementById("download").href'))
        ).text();
        const script = 'import sys, vobject; print(len(vobject.readOne(sys.stdin.read()).vevent_list))';
        const python = execFileSync('/usr/bin/python3', ['-c', script], { input: calendar, encoding: 'utf8' });
        expect(Number(python)).toBe(made.length);
      },
    );

    test('a button copies the address', async () => {
      const url = await start(made, { token });
      const page = await browser.open(url, { permissions: ['clipboard-read', 'clipboard-write'] });
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.locator('#copied', { hasText: 'Copied.' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${url}calendar.ics`);
    });
  });

  describe('its looks', () => {
    for (const colorScheme of ['light', 'dark'] as const)
      test(`every text of the ${colorScheme} page stands out from what is behind it by 4.5 : 1`, async () => {
        const page = await open(made, { colorScheme });
        await page.locator('.activity summary').first().click();
        await page.getByText('As a table').click();
        await page.evaluate(`document.getElementById('problems').hidden = false;
          document.getElementById('problems').textContent = 'a problem'`);
        await page.screenshot({ path: path.join(browser.screenshots, `${colorScheme}.png`), fullPage: true });
        const { count, tooLow } = await page.evaluate<{ count: number; tooLow: unknown[] }>(contrast);
        expect(count).toBeGreaterThan(150);
        expect(tooLow).toEqual([]);
        const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
        const isDark = Number(ground.match(/\d+/)?.[0]) < 64;
        expect(isDark).toBe(colorScheme === 'dark');
      });

    test.each([320, 375, 768, 1280])('a screen of %i pixels needs no scrolling sideways', async (width) => {
      const page = await open(
        [...made, one('x'.repeat(500), '2024-11-01T10:00:00Z', { author: { name: 'y'.repeat(300) } })],
        {
          viewport: { width, height: 700 },
        },
      );
      await page.screenshot({ path: path.join(browser.screenshots, `${width}.png`), fullPage: true });
      expect(await page.evaluate('document.scrollingElement.scrollWidth')).toBe(width);
      // The last day that has something is in view, also where the year is wider than the screen.
      const box = await page.locator('[role=gridcell][tabindex="0"]').boundingBox();
      expect(box?.x).toBeGreaterThan(40);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(width);
    });

    test('nothing moves while it is loading', async () => {
      const page = await open(made);
      await page.waitForTimeout(100);
      expect(await page.evaluate('shift')).toBeLessThan(0.01);
    });

    test('nothing is animated for those who do not want it', async () => {
      const durations =
        'new Set([...document.querySelectorAll("*")].map((e) => getComputedStyle(e).transitionDuration)).size';
      expect(await (await open(made, { reducedMotion: 'reduce' })).evaluate(durations)).toBe(1);
      expect(await (await open(made)).evaluate(durations)).toBe(2);
    });
  });

  describe('in other states', () => {
    test('80,000 activities: the list is a piece, a day is found, and the page stays small', async () => {
      const many = madeActivities(80_000);
      const page = await open(many);
      await page.locator('#summary', { hasText: '80,000 activities' }).waitFor();
      await page.locator('#more').click();
      await settled(page, '100 activities listed');
      expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(3000);
      await page.locator('#search').fill('number 79999.');
      await settled(page, '1 activity listed');
    });

    test('without activities it says so', async () => {
      const page = await open([]);
      expect(await page.locator('#nothing').textContent()).toBe('There are no activities.');
      expect(await page.locator('#summary').textContent()).toBe('No activities');
      expect(await page.locator('[role=gridcell]').count()).toBeGreaterThan(364);
    });

    test('what a source says when it fails is shown as text', async () => {
      async function* failing(): AsyncGenerator<readonly Activity[]> {
        yield made.slice(0, 5);
        throw new Error('cannot read <b>the repository</b>');
      }
      const page = await browser.open(await start(failing()));
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').textContent()).toBe('cannot read <b>the repository</b>');
      expect(await page.locator('.activity').count()).toBe(5);
    });

    test('what happens later comes by itself, and does not disturb one who has read on', async () => {
      const later: ((batch: readonly Activity[]) => void)[] = [];
      async function* follow(): AsyncGenerator<readonly Activity[]> {
        yield made.slice(0, 60);
        for (;;) yield await new Promise<readonly Activity[]>((resolve) => later.push(resolve));
      }
      const page = await browser.open(await start(follow()));
      await page.locator('#summary', { hasText: '60 activities' }).waitFor();
      later.shift()?.([one('the first that came', '2024-12-01T10:00:00Z')]);
      await page.locator('.title', { hasText: 'the first that came' }).waitFor();
      expect(await page.locator('#summary').textContent()).toContain('61 activities');
      await page.locator('#more').click();
      await settled(page, '61 activities listed');
      later.shift()?.([one('the second that came', '2024-12-02T10:00:00Z')]);
      await page.locator('#refresh').waitFor({ state: 'visible' });
      expect(await titlesOf(page)).toHaveLength(61);
      await page.locator('#refresh').click();
      await page.locator('.title', { hasText: 'the second that came' }).waitFor();
    });

    test('a server that went away is told of, and what was there stays', async () => {
      const served = await serve(made);
      const page = await browser.open(served.url);
      await served.stop();
      await page.locator('#search').fill('scanner');
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').textContent()).toMatch(/^Cannot load: /);
      expect(await page.locator('.activity').count()).toBe(50);
      expect(browser.complaints().every((text) => text.includes('ERR_CONNECTION_REFUSED'))).toBe(true);
    });
  });
});
