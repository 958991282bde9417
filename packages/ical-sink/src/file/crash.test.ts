import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { killChildren, spawnChild } from '../../../../tools/testing/child.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { calendarFaults } from '../testing/calendar-faults.ts';
import { commits } from '../testing/commit.ts';
import { readEvents } from '../testing/read-events.ts';
import { upsert } from '../testing/write-file.ts';

const temp = tempFolder();
afterEach(killChildren);

test.each(['upsert-child', 'replace-child'])('kill -9 at any moment leaves a whole calendar (%s)', async (program) => {
  await upsert(temp('a.ics'), commits(0, 2000, { title: 'first' }));
  const seen = new Set<string>();
  for (let round = 0; round < 4; round += 1) {
    const child = spawnChild(new URL(`../testing/${program}.ts`, import.meta.url), [temp('a.ics'), `run ${round}`]);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    await sleep((round * 17) % 60);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const bytes = readFileSync(temp('a.ics'));
    expect(calendarFaults(bytes)).toEqual([]);
    const titles = new Set(readEvents(bytes).map((event) => event.get('SUMMARY')));
    expect(readEvents(bytes)).toHaveLength(2000);
    expect(titles.size).toBe(1);
    for (const title of titles) seen.add(title ?? '');
  }
  expect(seen.size).toBe(4);
  // A lock of the dead is taken over at once, and their temporary files go when they are old.
  const old = new Date(Date.now() - 7_200_000);
  for (const name of readdirSync(temp())) if (name.endsWith('.tmp')) utimesSync(temp(name), old, old);
  expect(await upsert(temp('a.ics'), commits(5000, 5001), { lockTimeoutMs: 0 })).toMatchObject({ added: 1 });
  expect(readdirSync(temp()).filter((name) => !name.includes('.lock-'))).toEqual(['a.ics']);
});
