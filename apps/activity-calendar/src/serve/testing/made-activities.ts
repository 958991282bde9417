import type { Activity } from '@sluice/pipeline';

const authors = [
  { name: 'Ada Lovelace', email: 'ada@example.org', tzMinutes: 60 },
  { name: 'Grace Hopper', email: 'grace@example.org', tzMinutes: -300 },
  { name: 'Радия Перлман', email: 'radia@example.org', tzMinutes: 330 },
];
const repositories = ['sluice', 'compiler', 'notes'];
const verbs = ['Add', 'Mend', 'Measure', 'Remove', 'Rename', 'Explain'];
const things = ['the scanner', 'a test of the year boundary', 'the feed', 'what nobody reads', 'the order of weeks'];

/** A number from 0 to 1 for each seed, the same on every machine. */
const dice = (seed: number): number => {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
};

const pick = <T>(list: readonly T[], seed: number): T => list[Math.floor(dice(seed) * list.length)] as T;

/** Commits as people make them, from 2022 to the end of October 2024: more on weekdays, by day, and in some months. */
export function madeActivities(count: number): readonly Activity[] {
  const firstDay = Date.UTC(2022, 0, 1) / 86_400_000;
  const activities: Activity[] = [];
  for (let seed = 1; activities.length < count; seed += 7) {
    const day = firstDay + Math.floor(dice(seed) * 1034);
    const isWeekend = (day + 3) % 7 >= 5;
    const isBusy = Math.sin(day / 40) > -0.4;
    if ((isWeekend && dice(seed + 1) < 0.8) || (!isBusy && dice(seed + 2) < 0.7)) continue;
    const author = pick(authors, seed + 3);
    const hour = 8 + (dice(seed + 4) + dice(seed + 5)) * 6;
    const n = activities.length;
    const title = `${pick(verbs, seed + 6)} ${pick(things, seed + 7)}`;
    const repository = pick(repositories, seed + 8);
    activities.push({
      uid: `commit-${n}@git`,
      source: { kind: 'git', id: 'git', label: repository },
      startMs: Math.round(day * 86_400_000 + hour * 3_600_000 - author.tzMinutes * 60_000),
      tzMinutes: author.tzMinutes,
      title,
      text: `${author.name}\n\n${title}\n\nThe reason for it is number ${n}.`,
      author: { name: author.name, email: author.email },
      categories: [repository],
      url: `https://example.org/${repository}/${n}`,
    });
  }
  return activities;
}
