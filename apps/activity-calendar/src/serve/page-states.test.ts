import type { Activity } from '@sluice/pipeline';
import { describePage } from './testing/describe-page.ts';
import { madeActivities } from './testing/made-activities.ts';
import { settled, titlesOf } from './testing/on-page.ts';
import { oneActivity } from './testing/one-activity.ts';
import { serve } from './testing/serve.ts';

const made = madeActivities(1500);

describePage('the page in other states', (pages) => {
  test('80,000 activities: the list is a piece, a day is found, and the page stays small', async () => {
    const many = madeActivities(80_000);
    const page = await pages.open(many);
    await page.locator('#summary', { hasText: '80,000 activities' }).waitFor();
    await page.locator('#more').click();
    await settled(page, '100 activities listed');
    expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(3000);
    await page.locator('#search').fill('number 79999.');
    await settled(page, '1 activity listed');
  });

  test('without activities it says so', async () => {
    const page = await pages.open([]);
    expect(await page.locator('#nothing').textContent()).toBe('There are no activities.');
    expect(await page.locator('#summary').textContent()).toBe('No activities');
    expect(await page.locator('[role=gridcell]').count()).toBeGreaterThan(364);
  });

  test('what a source says when it fails is shown as text', async () => {
    async function* failing(): AsyncGenerator<readonly Activity[]> {
      yield made.slice(0, 5);
      throw new Error('cannot read <b>the repository</b>');
    }
    const page = await pages.browser().open(await pages.start(failing()));
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
    const page = await pages.browser().open(await pages.start(follow()));
    await page.locator('#summary', { hasText: '60 activities' }).waitFor();
    later.shift()?.([oneActivity('the first that came', '2024-12-01T10:00:00Z')]);
    await page.locator('.title', { hasText: 'the first that came' }).waitFor();
    expect(await page.locator('#summary').textContent()).toContain('61 activities');
    await page.locator('#more').click();
    await settled(page, '61 activities listed');
    later.shift()?.([oneActivity('the second that came', '2024-12-02T10:00:00Z')]);
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await page.locator('#refresh').waitFor({ state: 'visible' });
    expect(await titlesOf(page)).toHaveLength(61);
    await page.locator('#refresh').click();
    await page.locator('.title', { hasText: 'the second that came' }).waitFor();
  });

  test('a server that went away is told of, and what was there stays', async () => {
    const served = await serve(made);
    const page = await pages.browser().open(served.url);
    await served.stop();
    await page.locator('#search').fill('scanner');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/^Cannot load: /);
    expect(await page.locator('.activity').count()).toBe(50);
    expect(
      pages
        .browser()
        .complaints()
        .every((text) => text.includes('ERR_CONNECTION_REFUSED')),
    ).toBe(true);
  });
});
