import { CounterMetrics, type Failure, fixedClock, type Reject } from '@sluice/pipeline';
import fc from 'fast-check';
import { compileFilter } from './compile-filter.ts';
import type { FilterChunk } from './filter-chunk.ts';
import type { FilterSource } from './filter-source.ts';
import { filterMetrics } from './metrics.ts';
import type { FilterNotice, FilterOptions } from './options.ts';
import { chunkOf } from './testing/chunks.ts';
import { accessLine, accessTimeMs, e107Filter } from './testing/e107.ts';

const clock = fixedClock(accessTimeMs);

/** A filter with everything it says. */
function listen(source: FilterSource, options: FilterOptions = {}) {
  const rejects: Reject[] = [];
  const notices: FilterNotice[] = [];
  const metrics = new CounterMetrics();
  const filter = compileFilter(source, {
    clock,
    metrics,
    timeZone: 'UTC',
    rejects: { next: (reject) => rejects.push(reject) },
    onNotice: (notice) => notices.push(notice),
    ...options,
  });
  const read = (text: string | Uint8Array, parts: Partial<FilterChunk> = {}): Failure[] => {
    const failures: Failure[] = [];
    filter.process(chunkOf(text, parts), (failure) => failures.push(failure));
    return failures;
  };
  return { filter, read, rejects, notices, metrics };
}

const e107: FilterSource = e107Filter;
const attack = (host: string): string => accessLine({ host, agent: 'perl post' });
const ids = (failures: readonly Failure[]): string[] => failures.map(({ id }) => id);
const iso = (seconds: number): string => new Date(accessTimeMs + seconds * 1000).toISOString().slice(0, 19);

describe('process', () => {
  test('names source, byte offset and line of a failure', () => {
    const { read } = listen(e107);
    const head = `${accessLine({ agent: 'Zürich ☃' })}\n`;
    expect(read(`${head}${attack('192.0.2.7')}\n${accessLine({})}\n`, { offset: 1000 })).toEqual([
      {
        id: '192.0.2.7',
        address: { text: '192.0.2.7', family: 4 },
        timeMs: accessTimeMs,
        path: '/var/log/test.log',
        sourceId: 'inode-7',
        offset: 1000 + Buffer.byteLength(head),
        line: attack('192.0.2.7'),
        groups: Object.assign(Object.create(null), { ip4: '192.0.2.7' }),
        pattern: 5,
      },
    ]);
  });

  test('takes a last line without a break', () => {
    const { read } = listen(e107);
    expect(ids(read(attack('192.0.2.7'), { ending: 'end' }))).toEqual(['192.0.2.7']);
  });

  test.each([true, false])(
    'loses no line to NULs, bad UTF-8, empty lines, CRs or length (prefilter: %s)',
    (prefilter) => {
      const { read, metrics } = listen(e107, { prefilter });
      const bytes = Buffer.concat([
        Buffer.from(`\n\n\0\0${attack('192.0.2.1')}\0\n`),
        Buffer.from([0xff, 0xc3, 0x28, 0x80]),
        Buffer.from(` ${attack('192.0.2.2')}\r\n`),
        Buffer.from(`\ufeff${attack('192.0.2.3')}\r\r\n\r\n`),
        Buffer.from(`${accessLine({ request: `GET /${'a/'.repeat(500_000)} HTTP/1.1` })}\n`),
        Buffer.from(`${attack('192.0.2.4')}\n`),
      ]);
      const failures = read(bytes);
      expect(ids(failures)).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']);
      expect(failures.map(({ line }) => line.slice(0, 3))).toEqual(['\0\x001', '��(', '\ufeff19', '192']);
      expect(failures[2]?.line.at(-1)).toBe('"');
      expect(metrics.get(filterMetrics.lines)).toBe(8);
      expect(metrics.get(filterMetrics.bytes)).toBe(bytes.length);
      expect(metrics.get(filterMetrics.failures)).toBe(4);
    },
  );

  test('finds the same failures however the log is divided into chunks, with a prefilter or without', () => {
    const line = fc.oneof(
      fc.constantFrom('', '\r', '\0', attack('192.0.2.7'), attack('999.1.1.1'), attack('example.org')),
      fc.ipV4().map(attack),
      fc.string({ unit: 'binary' }).map((agent) => accessLine({ agent: agent.replaceAll('\n', '') })),
      fc.nat(100_000).map((ago) => `192.0.2.8 - - [${iso(-ago)}] perl post`),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(line, fc.boolean()), { maxLength: 30 }), fc.boolean(), (lines, live) => {
        const whole = listen(e107);
        const parts = listen(e107);
        const all = listen(e107, { prefilter: false });
        const text = lines.map(([text]) => `${text}\n`).join('');
        const expected = text === '' ? [] : whole.read(text, { live });
        const found: Failure[] = [];
        let chunk = '';
        let offset = 0;
        for (const [text, ends] of lines) {
          chunk += `${text}\n`;
          if (!ends) continue;
          found.push(...parts.read(chunk, { live, offset }));
          offset += Buffer.byteLength(chunk);
          chunk = '';
        }
        if (chunk !== '') found.push(...parts.read(chunk, { live, offset }));
        expect(found).toEqual(expected);
        expect(parts.rejects).toEqual(whole.rejects);
        if (text !== '') expect(all.read(text, { live })).toEqual(expected);
      }),
    );
  });

  test('rejects an invalid address with its place, and goes on', () => {
    const { read, rejects, metrics } = listen(e107);
    const bad = attack('999.1.1.1');
    expect(ids(read(`${bad}\n${attack('192.0.2.7')}\n${attack('192.030.0.6')}\n`))).toEqual(['192.0.2.7']);
    expect(rejects).toEqual([
      {
        component: 'fail2ban-filter',
        code: 'ERR_FAIL2BAN_FILTER_ADDRESS',
        reason: '"999.1.1.1" is no valid address',
        path: '/var/log/test.log',
        offset: 0,
        value: '999.1.1.1',
      },
      expect.objectContaining({ value: '192.030.0.6', offset: bad.length + 1 + attack('192.0.2.7').length + 1 }),
    ]);
    expect(metrics.get(filterMetrics.rejected)).toBe(2);
  });

  test('counts a line that was cut short only if the match ends before the cut', () => {
    const { read, rejects } = listen({ failRegex: ['^<HOST> .*failed$', '^<HOST> .*denied'] });
    expect(ids(read('192.0.2.1 it failed\n192.0.2.2 it failed', { ending: 'cut' }))).toEqual(['192.0.2.1']);
    expect(ids(read('192.0.2.3 denied and', { ending: 'cut' }))).toEqual(['192.0.2.3']);
    expect(ids(read('192.0.2.4 it failed', { ending: 'end' }))).toEqual(['192.0.2.4']);
    expect(rejects).toMatchObject([{ code: 'ERR_FAIL2BAN_FILTER_CUT', offset: 20 }]);
  });

  test('lets an exception of the consumer through, and still counts', () => {
    const { filter, metrics } = listen(e107);
    const fail = (): never => {
      throw new Error('full');
    };
    expect(() => filter.process(chunkOf(`${attack('192.0.2.7')}\n`), fail)).toThrow('full');
    expect(metrics.get(filterMetrics.failures)).toBe(1);
  });
});

describe('regexes', () => {
  test('ignoreregex takes a failure back', () => {
    const { read, metrics } = listen({ failRegex: ['from <HOST>'], ignoreRegex: ['friend', '192\\.0\\.2\\.9'] });
    expect(ids(read('from 192.0.2.1\nfrom 192.0.2.2 friend\nfrom 192.0.2.9\n'))).toEqual(['192.0.2.1']);
    expect(metrics.get(filterMetrics.ignored)).toBe(2);
  });

  test('failregexes see what <F-CONTENT> of the prefregex holds, and its groups are kept', () => {
    const { read } = listen({
      prefRegex: '^(?P<host>\\S+) app: <F-CONTENT>.+</F-CONTENT>$',
      failRegex: ['^bad <F-USER>\\S*</F-USER> from <HOST>$', '^worse from <HOST>$'],
      ignoreRegex: ['^bad nobody'],
    });
    const found = read(
      'a app: bad bob from 192.0.2.1\na: bad bob from 192.0.2.2\nb app: worse from 192.0.2.3\nb app: bad nobody from 192.0.2.4\n',
    );
    expect(found.map(({ id, pattern, groups }) => ({ id, pattern, ...groups }))).toEqual([
      { id: '192.0.2.1', pattern: 0, host: 'a', user: 'bob', ip4: '192.0.2.1' },
      { id: '192.0.2.3', pattern: 1, host: 'b', ip4: '192.0.2.3' },
    ]);
  });

  test('few ignoreregexes see the whole line before a prefregex cuts it', () => {
    const source = { prefRegex: '^\\S+ app: <F-CONTENT>.+</F-CONTENT>$', ignoreRegex: ['^friend'] };
    const line = 'friend app: bad from 192.0.2.1\n';
    const rules = ['from <HOST>', 'a<HOST>', 'b<HOST>', 'c<HOST>'];
    expect(listen({ ...source, failRegex: rules }).read(line)).toEqual([]);
    expect(ids(listen({ ...source, failRegex: rules.slice(0, 3) }).read(line))).toEqual(['192.0.2.1']);
  });

  test('an id of the filter’s own comes with the address', () => {
    const { read } = listen({ failRegex: ['user <F-ID>\\S+</F-ID> from <HOST>', 'user <F-ID>\\S+</F-ID>'] });
    expect(read('user bob from 192.0.2.1\nuser eve\n').map(({ id, address }) => [id, address?.text])).toEqual([
      ['bob', '192.0.2.1'],
      ['eve', undefined],
    ]);
  });

  test('see the line without its date', () => {
    const { read } = listen({ failRegex: ['^ host \\[\\] <HOST>$'] });
    expect(ids(read('Nov 23 16:05:37 host [] 192.0.2.1\nhost [] 192.0.2.2\n'))).toEqual(['192.0.2.1']);
  });
});

describe('time', () => {
  const source: FilterSource = { failRegex: ['from <HOST>'] };

  test('is the line’s own while a log is read for the first time, older ones left out if asked', () => {
    const { read, notices, metrics } = listen(source, { findTimeMs: 600_000 });
    const found = read(`${iso(-600)} from 192.0.2.1\n${iso(-601)} from 192.0.2.2\n${iso(3600)} from 192.0.2.3\n`);
    expect(found.map(({ timeMs }) => timeMs - accessTimeMs)).toEqual([-600_000, 0]);
    expect(notices).toMatchObject([
      { kind: 'old', path: '/var/log/test.log', offset: 35, timeMs: accessTimeMs - 601_000 },
    ]);
    expect(metrics.get(filterMetrics.old)).toBe(1);
  });

  test('a line without a date is left out while a log is read for the first time, if old ones are', () => {
    const lines = `from 192.0.2.1\n${iso(-30)} from 192.0.2.2\nfrom 192.0.2.3\n`;
    const { read, notices, metrics } = listen(source, { findTimeMs: 600_000 });
    expect(ids(read(lines))).toEqual(['192.0.2.2', '192.0.2.3']);
    expect(notices).toMatchObject([{ kind: 'undated', offset: 0 }]);
    expect(metrics.get(filterMetrics.old)).toBe(1);
    expect(ids(listen(source, { findTimeMs: 600_000 }).read(lines, { live: true }))).toHaveLength(3);
    expect(ids(listen({ ...source, datePattern: '{NONE}' }, { findTimeMs: 600_000 }).read(lines))).toHaveLength(3);
  });

  test('is now for a line just written whose date is over a minute away, said once a day', () => {
    let nowMs = accessTimeMs;
    const { read, notices, metrics } = listen(source, { clock: { nowMs: () => nowMs } });
    const line = (seconds: number): string => `${iso(seconds)} from 192.0.2.1\n`;
    const off = (text: string): number[] => read(text, { live: true }).map(({ timeMs }) => timeMs - nowMs);
    expect(off(line(-60) + line(60) + line(-61) + line(3600))).toEqual([-60_000, 60_000, 0, 0]);
    nowMs += 86_399_000;
    expect(off(line(0))).toEqual([0]);
    expect(notices).toHaveLength(1);
    nowMs += 1000;
    expect(off(line(0))).toEqual([0]);
    expect(notices.map(({ kind, offset }) => [kind, offset])).toEqual([
      ['shifted', 70],
      ['shifted', 0],
    ]);
    expect(metrics.get(filterMetrics.shifted)).toBe(4);
  });

  test('of a line without a date is that of the last match within a minute, else now', () => {
    const { read, notices } = listen(source);
    const found = read(`from 192.0.2.1\n${iso(-30)} from 192.0.2.2\nfrom 192.0.2.3\nFeb 30 10:00:00 from 192.0.2.4\n`);
    expect(found.map(({ timeMs }) => timeMs - accessTimeMs)).toEqual([0, -30_000, -30_000, -30_000]);
    expect(notices).toMatchObject([{ kind: 'undated', timeMs: undefined }]);
    expect(read(`${iso(-61)} from 192.0.2.2\nfrom 192.0.2.3\n`).map(({ timeMs }) => timeMs - accessTimeMs)).toEqual([
      -61_000, 0,
    ]);
  });

  test('is what the caller says for a line that carries none', () => {
    const { filter } = listen({ failRegex: ['^app 2026-11-22 10:00:00 from <HOST>'] });
    expect(filter.processLine('app 2026-11-22 10:00:00 from 192.0.2.1', { timeMs: 5000 })).toMatchObject({
      timeMs: 5000,
    });
    expect(filter.processLine('app 2026-11-22 10:00:00 from 192.0.2.1')).toBeUndefined();
  });

  test('of lines without a year goes on over the new year, and over a clock change', () => {
    const at = (nowMs: number, lines: readonly string[], zone = 'Europe/Paris'): string[] => {
      const { read } = listen(source, { clock: fixedClock(nowMs), timeZone: zone });
      const found = read(lines.map((line) => `${line} host x: from 192.0.2.1\n`).join(''));
      return found.map(({ timeMs }) => new Date(timeMs).toISOString().replace('.000Z', 'Z'));
    };
    const newYear = ['Dec 30 10:00:00', 'Dec 31 23:59:59', 'Jan  1 00:00:00', 'Jan  1 00:30:00', 'Jan  1 23:00:00'];
    expect(at(Date.UTC(2026, 11, 31, 23, 30), newYear)).toEqual([
      '2026-12-30T09:00:00Z',
      '2026-12-31T22:59:59Z',
      '2026-12-31T23:00:00Z',
      '2026-12-31T23:30:00Z',
      '2027-01-01T22:00:00Z',
    ]);
    expect(at(Date.UTC(2027, 0, 2), ['Jan  3 02:00:00', 'Jan  1 02:00:00'])).toEqual([
      '2026-01-03T01:00:00Z',
      '2027-01-01T01:00:00Z',
    ]);
    const spring = ['Mar 29 01:59:59', 'Mar 29 02:30:00', 'Mar 29 03:00:00'];
    expect(at(Date.UTC(2026, 2, 29, 12), spring)).toEqual([
      '2026-03-29T00:59:59Z',
      '2026-03-29T01:30:00Z',
      '2026-03-29T01:00:00Z',
    ]);
    const autumn = ['Oct 25 01:59:59', 'Oct 25 02:30:00', 'Oct 25 03:00:00'];
    expect(at(Date.UTC(2026, 9, 25, 12), autumn)).toEqual([
      '2026-10-24T23:59:59Z',
      '2026-10-25T00:30:00Z',
      '2026-10-25T02:00:00Z',
    ]);
  });

  test.each<[FilterOptions, number]>([
    [{ timeZone: 'Europe/Paris' }, -3600],
    [{ logTimezone: 'CEST' }, -7200],
    [{ logTimezone: 'EST' }, 18_000],
    [{ timeZone: 'Europe/Paris', logTimezone: 'UTC-0100' }, 3600],
    [{ timeZone: '+02:00' }, -7200],
  ])('is read in the zone of %j', (options, seconds) => {
    const { read } = listen(source, options);
    expect(read(`${iso(0)} from 192.0.2.1\n`)[0]?.timeMs).toBe(accessTimeMs + seconds * 1000);
  });

  test('is searched where datepattern says', () => {
    const { read } = listen({ ...source, datePattern: '^\\[%d\\.%m\\.%Y %H:%M\\]' });
    const found = read('[22.11.2026 10:00] from 192.0.2.1\n');
    expect(found).toMatchObject([{ timeMs: Date.UTC(2026, 10, 22, 10) }]);
  });
});
