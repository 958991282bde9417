import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Activity } from '@sluice/pipeline';
import fc from 'fast-check';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { CalendarFileOptions } from '../options.ts';
import { anyActivity } from '../testing/any-activity.ts';
import { calendarFaults } from '../testing/calendar-faults.ts';
import { upsert, writeFile } from '../testing/write-file.ts';

const temp = tempFolder();

/** Every calendar file of the folder with its content; the folder is empty afterwards. */
function harvest(): Record<string, string> {
  const files = Object.fromEntries(readdirSync(temp()).map((name) => [name, readFileSync(temp(name), 'utf8')]));
  for (const name of Object.keys(files)) rmSync(path.join(temp(), name));
  return files;
}

/** Changes of some few uids: what they are at changes, or how often they did. */
const anyChange = (isSplit: boolean): fc.Arbitrary<Activity> =>
  fc.tuple(anyActivity, fc.nat(5)).map(([activity, chance]) => {
    const { sequence, ...rest } = activity;
    return { ...rest, ...(!isSplit && sequence !== undefined && { sequence }), ...(chance === 0 && { removed: true }) };
  });
const anyLayout: fc.Arbitrary<CalendarFileOptions> = fc.constantFrom<CalendarFileOptions>(
  {},
  { split: 'year' },
  { split: 'month' },
  { maxEvents: 2 },
  { maxBytes: 8192 },
  { split: 'year', maxEvents: 2, maxBytes: 8192 },
);

/** What a calendar holds after these changes, in the order of its events. */
function outcome(changes: readonly Activity[], { split }: CalendarFileOptions): Activity[] {
  const events = new Map<string, Activity>();
  const period = ({ startMs }: Activity) =>
    new Date(startMs).toISOString().slice(0, split === undefined ? 0 : split === 'year' ? 4 : 7);
  for (const change of changes) {
    const before = events.get(change.uid);
    if (!change.removed && (before?.sequence ?? 0) > (change.sequence ?? 0)) continue;
    if (change.removed || (before && period(before) !== period(change))) events.delete(change.uid);
    if (!change.removed) events.set(change.uid, change);
  }
  return [...events.values()];
}
/** Empty calendars stand where events were once. */
const withoutEmpty = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).filter(([, text]) => text.includes('BEGIN:VEVENT')));

const anyBatches = anyLayout.chain((layout) =>
  fc.tuple(
    fc.array(fc.array(anyChange(layout.split !== undefined), { maxLength: 8 }), { maxLength: 4 }),
    fc.constant(layout),
  ),
);

test('upserts in any batches give what one replacement by the outcome gives, however files are split', async () => {
  await fc.assert(
    fc.asyncProperty(anyBatches, async ([batches, layout]) => {
      for (const batch of batches) await upsert(temp('c.ics'), batch, layout);
      const inBatches = harvest();
      await upsert(temp('c.ics'), batches.flat(), layout);
      const atOnce = harvest();
      await writeFile(temp('c.ics'), outcome(batches.flat(), layout), layout);
      const replaced = harvest();
      expect(withoutEmpty(inBatches)).toEqual(withoutEmpty(replaced));
      expect(withoutEmpty(atOnce)).toEqual(withoutEmpty(replaced));
      for (const text of Object.values(inBatches)) expect(calendarFaults(text)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('an upsert that is done again changes nothing, when each uid comes once', async () => {
  const anyActivities = fc.uniqueArray(anyActivity, { maxLength: 10, selector: ({ uid }) => uid });
  await fc.assert(
    fc.asyncProperty(anyActivities, anyLayout, async (activities, layout) => {
      await upsert(temp('c.ics'), activities, layout);
      const { files } = await upsert(temp('c.ics'), activities, layout);
      expect(files.filter(({ changed }) => changed)).toEqual([]);
      harvest();
    }),
    { numRuns: 40 },
  );
});

test('a calendar that was damaged anyhow is read or refused, and never touched when it is refused', async () => {
  const anyDamage = fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      put: fc.constantFrom('', '\r\n', 'END:VEVENT\r\n', 'BEGIN:VEVENT\r\n', ' ', 'UID:x\r\n'),
    }),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyActivity, { minLength: 1, maxLength: 4 }), anyDamage, async (activities, damages) => {
      await writeFile(temp('c.ics'), activities);
      let text = readFileSync(temp('c.ics'), 'utf8');
      for (const { at, put } of damages) {
        const index = Math.floor(at * text.length);
        text = text.slice(0, index) + put + text.slice(index + 3);
      }
      writeFileSync(temp('c.ics'), text);
      const before = readFileSync(temp('c.ics'));
      const error: unknown = await upsert(temp('c.ics'), activities).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error !== undefined) {
        expect(error).toMatchObject({ code: expect.stringMatching(/FORMAT|TRUNCATED/) as string });
        expect(readFileSync(temp('c.ics'))).toEqual(before);
      }
      harvest();
    }),
    { numRuns: 100 },
  );
});
