import { loadFilterConfig } from '@sluice/fail2ban-config/loader';
import { compileFilter, type Fail2banFilter } from '@sluice/fail2ban-filter';
import type { Failure } from '@sluice/pipeline';
import { casesNowMs, filterSpec, type OwnCase, ownCases } from '../testing/own-cases.ts';
import { defaultsDir } from './defaults-dir.ts';

const makeFilter = (spec: string): Fail2banFilter =>
  compileFilter(loadFilterConfig(spec, { configDir: defaultsDir() }), {
    useDns: 'no',
    timeZone: 'UTC',
    clock: { nowMs: () => casesNowMs },
  });

/** What the last line gives. */
function judge(row: OwnCase): Failure | undefined {
  const filter = makeFilter(filterSpec(row));
  return row.lines.map((line) => filter.processLine(line)).at(-1);
}

describe('the filters that come with banwatchd', () => {
  const cases = [...ownCases()];

  test('have cases each: eight at least, failures and others, IPv6 too', () => {
    for (const [filter, rows] of cases) {
      expect([filter, rows.length]).toEqual([filter, expect.any(Number)]);
      expect(rows.filter(({ match }) => match).length).toBeGreaterThanOrEqual(5);
      expect(rows.filter(({ match }) => !match).length).toBeGreaterThanOrEqual(5);
      expect(rows.some(({ host }) => host?.includes(':'))).toBe(true);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    }
  });

  test.each(cases)('%s finds who failed, and when, and nobody else', (_, rows) => {
    for (const row of rows) {
      const failure = judge(row);
      const found = failure && { host: failure.id, time: failure.timeMs / 1000 };
      const wanted = row.match ? { host: row.host, time: row.time } : undefined;
      expect({ id: row.id, line: row.lines.at(-1), found }).toEqual({
        id: row.id,
        line: row.lines.at(-1),
        found: wanted,
      });
    }
  });
});
