import { describeWith } from '../../../../../tools/testing/describe-with.ts';
import { askPython, python } from '../../../../../tools/testing/python.ts';
import { posixZone } from './posix-zone.ts';

const zones = [
  'UTC0',
  'CET-1',
  'CET-01CEST-02,M3.5.0,M10.5.0',
  'CET-1CEST,M3.5.0,M10.5.0/3',
  'XST5XDT,M3.2.0,M11.1.0/2',
  'EST5EDT,M3.2.0,M11.1.0',
  'NZST-12NZDT,M9.5.0,M4.1.0/3',
  '<+0530>-5:30',
  '<-03>3<-02>,M3.5.0/-2,M10.5.0/-1',
  'AAA3BBB,J60/2,J300/2',
  'AAA3BBB,59/2,300/2:30',
];

const script = `
import os, time
question = json.load(sys.stdin)
answers = []
for zone in question['zones']:
  os.environ['TZ'] = zone
  time.tzset()
  answers.append([time.localtime(at).tm_gmtoff for at in question['times']])
json.dump(answers, sys.stdout)
`;

describeWith([python], 'a zone of POSIX', () => {
  test('is ahead of UTC by what the C library says, around the year and around its changes', () => {
    const hour = 3600;
    const times = [2004, 2005, 2026].flatMap((year) => {
      const begin = Date.UTC(year, 0, 1) / 1000;
      return Array.from({ length: 366 * 8 }, (_, index) => begin + 3 * hour * index);
    });
    const offsets = askPython<number[][]>(script, { zones, times });
    zones.forEach((text, index) => {
      const zone = posixZone(text);
      const differing = times.filter((at, row) => zone?.offsetMsAt(at * 1000) !== (offsets[index]?.[row] ?? 0) * 1000);
      expect({ text, differing }).toEqual({ text, differing: [] });
    });
  });
});

test.each(['Europe/Paris', 'CET', '', 'CET-1CEST,M13.5.0,M10.5.0', 'CET-1CEST,M3.5.0', 'UTC+', '+02:00'])(
  '%j is none',
  (text) => {
    expect(posixZone(text)).toBeUndefined();
  },
);
