import type { DaemonStats } from './stats.ts';
import { summaryLines } from './summary.ts';

const stats: DaemonStats = {
  lines: 120_034,
  bytes: 21_300_000,
  failures: 5,
  bans: 3,
  alreadyBanned: 2,
  unbans: 0,
  rejects: 0,
  actionFailures: 0,
  wallMs: 4200,
  cpuMs: 1000,
};

describe('summaryLines', () => {
  test('says what was read, how fast, and what came of it', () => {
    expect(summaryLines(stats)).toEqual([
      'Read 120,034 lines, 21.3 MB, in 4.2 s (1.0 s of CPU: 21.3 MB per CPU second).',
      'Found 5 failures; banned 3, already banned 2, unbanned 0.',
    ]);
  });

  test('never hides what went wrong', () => {
    expect(summaryLines({ ...stats, rejects: 1, actionFailures: 2 }).slice(2)).toEqual([
      'Could not use 1 item; the log says why.',
      'The system refused 2 bans or unbans.',
    ]);
  });
});
