import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BanList, decideBans, FailureCounter } from '@sluice/ban-policy';
import { from } from 'rxjs';
import { measure } from '../../../tools/bench/measure.mjs';
import { makeFailures } from './failures.mjs';

const run = promisify(execFile);
// The system's Python: the one that Debian's fail2ban is installed for.
const python = '/usr/bin/python3';
const script = fileURLToPath(new URL('fail2ban-counting.py', import.meta.url));
const rules = { maxRetry: 5, findTimeMs: 600_000 };

/** @param {'counts' | 'bans'} what */
const fail2ban = (what) => ({
  name: 'fail2ban (in its process)',
  available: async () => {
    const found = run(python, ['-c', 'import fail2ban.server.failmanager']);
    return found.then(
      () => true,
      () => 'it is not installed; run tools/setup-system.sh --peers (package fail2ban)',
    );
  },
  run: async ({ file, failures }) => {
    const { cpuMs, wallMs } = JSON.parse((await run(python, [script, file, what])).stdout);
    return { value: failures.length / (cpuMs / 1000), cpuMs, wallMs };
  },
});

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'failures-counted',
  async prepare({ cache, quick, peer }) {
    const failures = makeFailures(quick ? 100_000 : 1_000_000);
    const file = path.join(cache, `ban-policy-failures-${failures.length}.txt`);
    if (peer && !existsSync(file)) writeFileSync(file, failures.map(({ id, timeS }) => `${id} ${timeS}\n`).join(''));
    const events = failures.map(({ id, timeS }, n) => ({
      id,
      address: { text: id, family: 4 },
      timeMs: timeS * 1000,
      path: 'log',
      sourceId: 'log',
      offset: n * 100,
      line: 'line',
      groups: {},
      pattern: 0,
    }));
    return { file, failures: events, bans: quick ? 10_000 : 1_000_000 };
  },
  measurements: [
    {
      metric: 'failures counted per CPU second',
      unit: 'failures/s',
      better: 'higher',
      target: 3,
      ours: ({ failures }) =>
        measure(() => {
          const counter = new FailureCounter({ ...rules, maxMatches: 5, maxTracked: 100_000 });
          let cleanedMs = 0;
          for (const { id, timeMs, line } of failures) {
            if (timeMs - cleanedMs >= 5000) {
              counter.cleanup(timeMs);
              cleanedMs = timeMs;
            }
            counter.add(id, timeMs, line);
          }
        }, failures.length),
      theirs: fail2ban('counts'),
    },
    {
      metric: 'failures decided on per CPU second',
      unit: 'failures/s',
      better: 'higher',
      target: 3,
      ours: ({ failures }) =>
        measure(
          () =>
            from(failures)
              .pipe(decideBans({ ...rules, clock: 'event' }))
              .subscribe(),
          failures.length,
        ),
      theirs: fail2ban('bans'),
    },
    {
      metric: 'bans kept and ended per CPU second, all standing at once',
      unit: 'bans/s',
      better: 'higher',
      target: null,
      ours: ({ bans }) =>
        measure(() => {
          const list = new BanList();
          for (let n = 0; n < bans; n += 1)
            list.set({ id: String(n), bannedAtMs: 0, endMs: (n * 7919) % bans, failures: 1, count: 1 });
          while (list.takeExpired(bans) !== undefined);
        }, bans),
    },
  ],
};
