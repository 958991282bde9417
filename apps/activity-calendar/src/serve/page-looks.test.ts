import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describePage } from './testing/describe-page.ts';
import { madeActivities } from './testing/made-activities.ts';
import { oneActivity } from './testing/one-activity.ts';

const contrast = readFileSync(new URL('./testing/contrast.js', import.meta.url), 'utf8');
const made = madeActivities(1500);

describePage('the looks of the page', (pages) => {
  for (const colorScheme of ['light', 'dark'] as const)
    test(`every text of the ${colorScheme} page stands out from what is behind it by 4.5 : 1`, async () => {
      const page = await pages.open(made, { colorScheme });
      await page.locator('.activity summary').first().click();
      await page.getByText('As a table').click();
      await page.locator('#days-table td').first().waitFor();
      await page.evaluate(`document.getElementById('problems').hidden = false;
          document.getElementById('problems').textContent = 'a problem'`);
      await page.screenshot({ path: path.join(pages.browser().screenshots, `${colorScheme}.png`), fullPage: true });
      const { count, tooLow } = await page.evaluate<{ count: number; tooLow: unknown[] }>(contrast);
      expect(count).toBeGreaterThan(150);
      expect(tooLow).toEqual([]);
      const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      const isDark = Number(ground.match(/\d+/)?.[0]) < 64;
      expect(isDark).toBe(colorScheme === 'dark');
    });

  test.each([320, 1280])('a screen of %i pixels needs no scrolling sideways', async (width) => {
    const page = await pages.open(
      [...made, oneActivity('x'.repeat(500), '2024-11-01T10:00:00Z', { author: { name: 'y'.repeat(300) } })],
      {
        viewport: { width, height: 700 },
      },
    );
    await page.screenshot({ path: path.join(pages.browser().screenshots, `${width}.png`), fullPage: true });
    expect(await page.evaluate('document.scrollingElement.scrollWidth')).toBe(width);
    // The last day that has something is in view, also where the year is wider than the screen.
    const box = await page.locator('[role=gridcell][tabindex="0"]').boundingBox();
    expect(box?.x).toBeGreaterThan(40);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(width);
  });

  test('nothing moves while it is loading', async () => {
    const page = await pages.open(made);
    await page.waitForTimeout(100);
    expect(await page.evaluate('shift')).toBeLessThan(0.01);
  });

  test('nothing is animated for those who do not want it', async () => {
    const durations =
      'new Set([...document.querySelectorAll("*")].map((e) => getComputedStyle(e).transitionDuration)).size';
    expect(await (await pages.open(made, { reducedMotion: 'reduce' })).evaluate(durations)).toBe(1);
    expect(await (await pages.open(made)).evaluate(durations)).toBe(2);
  });
});
