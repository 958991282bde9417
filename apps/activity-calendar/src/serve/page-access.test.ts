import { describePage } from './testing/describe-page.ts';
import { madeActivities } from './testing/made-activities.ts';
import { focusedLabel, settled, titlesOf } from './testing/on-page.ts';
import { oneActivity } from './testing/one-activity.ts';

const made = madeActivities(1500);

describePage('the page', (pages) => {
  describe('by keyboard', () => {
    test('walks through the days, lists one with Enter and all with Escape', async () => {
      const page = await pages.open([
        oneActivity('new year', '2024-01-01T10:00:00Z'),
        oneActivity('leap day', '2024-02-29T10:00:00Z'),
        oneActivity('leap day again', '2024-02-29T11:00:00Z'),
        oneActivity('the last', '2024-03-31T10:00:00Z'),
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
      const page = await pages.open(made);
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
      const page = await pages.open(made.slice(0, 120));
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
      const page = await pages.open(made);
      expect(await page.getByRole('grid', { name: 'Activities by day in 2024' }).count()).toBe(1);
      expect(await page.getByRole('grid').getByRole('row').count()).toBe(7);
      expect(await page.getByRole('rowheader', { name: 'Monday' }).count()).toBe(2);
      expect(await page.getByRole('gridcell').count()).toBe(366);
      expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
      await page.getByText('As a table').click();
      // The table is made when it is opened.
      await page.locator('#days-table td').first().waitFor();
      const counts = await page.locator('#days-table td').allTextContents();
      const expected = made.filter(({ startMs, tzMinutes = 0 }) => startMs + tzMinutes * 60_000 >= Date.UTC(2024));
      expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(expected.length);
    });

    test('hours are a table with numbers in it', async () => {
      const page = await pages.open([
        oneActivity('a', '2024-03-12T14:05:00Z'),
        oneActivity('b', '2024-03-19T14:59:59Z'),
      ]);
      const cells = await page.locator('#hours tbody tr').nth(1).locator('td').allTextContents();
      expect(cells).toEqual(Array.from({ length: 24 }, (_, hour) => (hour === 14 ? '2' : '0')));
    });

    test('every control has a name', async () => {
      const page = await pages.open(made);
      for (const name of ['Earlier year', 'Later year', 'Copy', 'Load more'])
        expect([name, await page.getByRole('button', { name, exact: true }).count()]).toEqual([name, 1]);
      for (const name of ['Year', 'Author', 'Category'])
        expect([name, await page.getByRole('combobox', { name }).count()]).toEqual([name, 1]);
      expect(await page.getByRole('searchbox', { name: 'Search' }).count()).toBe(1);
      expect(await page.getByRole('textbox', { name: 'Address of the calendar' }).count()).toBe(1);
    });
  });
});
