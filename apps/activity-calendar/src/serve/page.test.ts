import { execFileSync } from 'node:child_process';
import type { Activity } from '@sluice/pipeline';
import { commitActivity, gitBatches } from '@sluice/vcs-events/batches';
import { describeWith, program, pythonModule, testWith } from '../../../../tools/testing/describe-with.ts';
import { GitRepository } from '../testing/git-repository.ts';
import { Scene } from '../testing/scene.ts';
import { describePage } from './testing/describe-page.ts';
import { madeActivities } from './testing/made-activities.ts';
import { cellOf, settled, titlesOf } from './testing/on-page.ts';
import { oneActivity } from './testing/one-activity.ts';

const made = madeActivities(1500);

describePage('the page', (pages) => {
  describeWith([program('git')], 'of a real Git repository', () => {
    let scene: Scene;
    let activities: Activity[];
    const attack = '<img src=x onerror="attacked=1"><script>attacked=1</script>';

    beforeEach(async () => {
      scene = new Scene();
      const repository = new GitRepository(scene, 'project');
      const ada = 'Ada <ada@example.org>';
      repository.commit({ author: ada, date: '2023-12-31T23:59:59 +0000', message: 'The year before' });
      repository.commit({ author: ada, date: '2024-03-12T23:30:00 +0100', message: 'Count the weeks\n\nFrom Monday.' });
      repository.commit({ date: '2024-03-12T09:05:00 -0730', message: `${attack}\n\n${attack}` });
      activities = [];
      for await (const batch of gitBatches(scene.path('project')))
        for (const commit of batch) activities.push(commitActivity(commit) as Activity);
    });

    afterEach(() => scene[Symbol.dispose]());

    test('shows each commit on the day and at the time of its author, with the offset in the title', async () => {
      const page = await pages.open(activities);
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
      const named = oneActivity('named', '2022-03-12T10:00:00Z', { author: { name: attack }, categories: [attack] });
      const page = await pages.open([...activities, named]);
      expect(await titlesOf(page)).toContain(attack);
      await page.locator('.activity').nth(1).locator('summary').click();
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

  describe('filters', () => {
    test('a click on a day lists it, a second one lists all', async () => {
      const page = await pages.open(made);
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
      const page = await pages.open(made);
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
      const page = await pages.open(made);
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
        const url = await pages.start(made, { token });
        const page = await pages.browser().open(url);
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
      const url = await pages.start(made, { token });
      const page = await pages.browser().open(url, { permissions: ['clipboard-read', 'clipboard-write'] });
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.locator('#copied', { hasText: 'Copied.' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${url}calendar.ics`);
    });
  });
});
