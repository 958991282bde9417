import path from 'node:path';
import { manyMessages, writeSpool } from '@sluice/exim-queue/example-spool';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { summaryWords } from '../settings/summary-settings.ts';
import { here } from '../testing/here.ts';

let spool: string;
beforeAll(() => {
  spool = path.join(newFolder(), 'spool');
  writeSpool(spool, manyMessages({ count: 200, seed: 5, nowMs: Date.now() }));
});

describe('summary', () => {
  test.each(summaryWords)('counts by %s', async (by) => {
    const { status, out } = await here(['summary', '--spool', spool, '--by', by, '--json']);
    expect(status).toBe(0);
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { key: string; count: number });
    expect(rows.map(({ count }) => count)).toEqual(rows.map(({ count }) => count).sort((a, b) => b - a));
    if (!['rcpt-domain', 'reason'].includes(by)) expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(200);
  });

  test('is a table like that of exiqsumm, of the most frequent ones if asked', async () => {
    const { out } = await here(['summary', '--spool', spool]);
    expect(out).toMatch(/^\nCount {2}Volume {2}Oldest {2}Newest {2}Domain\n(?:-+ +){4}-{6}\n\n.*TOTAL\n\n$/s);
    const all = await here(['summary', '--spool', spool, '--by', 'state']);
    const most = await here(['summary', '--spool', spool, '--by', 'state', '--top', '1']);
    expect(most.out).toMatch(/^\nCount {2}Volume {2}Oldest {2}Newest {2}State\n(?:-+ +){4}-{5}\n\n.*\(\d+ more\)\n/s);
    const total = (text: string) => /.*TOTAL/.exec(text)?.[0];
    expect(total(most.out)).toBe(total(all.out));
    expect(most.out.split('\n').length).toBeLessThan(all.out.split('\n').length);
  });

  test('is JSON with whole numbers, of the most frequent ones if asked, and tells how many there are more', async () => {
    const { out, errors } = await here(['summary', '--spool', spool, '--by', 'sender-domain', '--top', '3', '--json']);
    expect(out.match(/\n/g)).toHaveLength(3);
    expect(out).not.toMatch(/\d\.\d/);
    expect(errors).toMatch(/^and \d+ more\n$/);
  });

  test('counts what the options choose', async () => {
    const { out } = await here(['summary', '--spool', spool, '--by', 'state', '--frozen', '--json']);
    expect(JSON.parse(out)).toMatchObject({ key: 'frozen' });
    expect((await here(['count', '--spool', spool, '--frozen'])).out).toBe(`${JSON.parse(out).count}\n`);
  });
});
