import { CounterMetrics, type Reject } from '@sluice/pipeline';
import { fail2banLog } from './log/fail2ban-log.ts';
import { rejectLog } from './reject-log.ts';

const reject = (reason: string): Reject => ({
  component: 'fail2ban-filter',
  code: 'ERR_FAIL2BAN_FILTER_ADDRESS',
  reason,
  path: '/var/log/a.log',
  offset: 120,
});

function logged(act: (sink: ReturnType<typeof rejectLog>, advanceMs: (ms: number) => void) => void): string[] {
  const lines: string[] = [];
  let nowMs = 0;
  const log = fail2banLog({ write: (line) => lines.push(line.replace(/^.*?WARNING /, '')) })('fail2ban.filter');
  const sink = rejectLog(log, new CounterMetrics(), { clock: { nowMs: () => nowMs }, maxPerWindow: 2, windowMs: 1000 });
  act(sink, (ms) => {
    nowMs += ms;
  });
  return lines;
}

describe('rejectLog', () => {
  test('names place, reason and code', () => {
    const lines = logged((sink) => sink.next(reject('999.1.1.1 is no address')));
    expect(lines).toEqual(['/var/log/a.log at byte 120: 999.1.1.1 is no address [ERR_FAIL2BAN_FILTER_ADDRESS]']);
  });

  test('does not say the path twice', () => {
    const lines = logged((sink) =>
      sink.next({ ...reject('/var/log/a.log: there is no such file'), code: 'ERR_LOG_SOURCE_MISSING' }),
    );
    expect(lines).toEqual(['/var/log/a.log: there is no such file [ERR_LOG_SOURCE_MISSING]']);
  });

  test('writes a bounded number per window and says how many it held back', () => {
    const lines = logged((sink, advanceMs) => {
      for (let i = 0; i < 100; i++) sink.next(reject(`r${i}`));
      advanceMs(1000);
      sink.next(reject('later'));
    });
    expect(lines.map((line) => line.replace(/^.*: /, ''))).toEqual([
      'r0 [ERR_FAIL2BAN_FILTER_ADDRESS]',
      'r1 [ERR_FAIL2BAN_FILTER_ADDRESS]',
      '98 more like the last ERR_FAIL2BAN_FILTER_ADDRESS',
      'later [ERR_FAIL2BAN_FILTER_ADDRESS]',
    ]);
  });

  test('flush says what is still held back, once', () => {
    const lines = logged((sink) => {
      for (let i = 0; i < 5; i++) sink.next(reject(`r${i}`));
      sink.flush();
      sink.flush();
    });
    expect(lines.slice(2)).toEqual(['3 more like the last ERR_FAIL2BAN_FILTER_ADDRESS']);
  });
});
