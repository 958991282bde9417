import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import type { SummaryRow } from '@sluice/exim-queue/batches';
import { manyMessages, writeSpool } from '@sluice/exim-queue/example-spool';
import fc from 'fast-check';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import { startEximq } from '../testing/eximq.ts';
import { here } from '../testing/here.ts';
import { domainRows } from './domain-rows.ts';
import { expositionText } from './exposition-text.ts';

const row = (key: string, count: number): SummaryRow => ({
  key,
  count,
  sizeBytes: count * 10,
  shownBytes: count * 10,
  oldestMs: 0,
  newestMs: 0,
  frozen: 0,
});

describe('sender domains', () => {
  test('are the most frequent ones, and the rest together', () => {
    const rows = domainRows([row('a.test', 5), row('b.test', 3), row('c.test', 2), row('<>', 1)], 2);
    expect(rows.map(({ domain, count }) => [domain, count])).toEqual([
      ['a.test', 5],
      ['b.test', 3],
      ['other', 3],
    ]);
  });

  test('come once each, whatever senders call theirs, and none gets lost', () => {
    const key = fc.oneof(
      fc.constantFrom('other', 'OTHER', '', '<>', 'A.test', 'a.test'),
      fc.string({ maxLength: 300 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat(100))), fc.nat(5), (pairs, top) => {
        const rows = domainRows(
          pairs.map(([name, count]) => row(name, count)),
          top,
        );
        expect(new Set(rows.map(({ domain }) => domain)).size).toBe(rows.length);
        expect(rows.every(({ domain }) => domain !== '')).toBe(true);
        expect(rows.length).toBeLessThanOrEqual(top + 1);
        expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(pairs.reduce((sum, [, count]) => sum + count, 0));
      }),
    );
  });
});

test('a label can end neither its quotes nor its line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (domain) => {
      const text = expositionText([{ name: 'n', help: 'h', values: [{ labels: { domain }, value: 1 }] }]);
      expect(text.split('\n')).toHaveLength(4);
      expect(text.split('\n')[2]).toMatch(/^n\{domain="(?:[^"\\]|\\["\\n])*"\} 1$/u);
    }),
  );
});

describe('eximq metrics', () => {
  let folder: string;
  let spool: string;
  beforeAll(() => {
    folder = newFolder();
    spool = path.join(folder, 'spool');
    writeSpool(spool, manyMessages({ count: 200, seed: 5, nowMs: Date.now() }));
  });

  const get = (url: string, options: { method?: string; host?: string } = {}) =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const { method = 'GET', host } = options;
      const asked = request(
        url,
        { method, agent: false, ...(host !== undefined && { headers: { host } }) },
        (response) => {
          let text = '';
          response.on('data', (data) => {
            text += data;
          });
          response.on('end', () => resolve({ status: response.statusCode, text }));
        },
      );
      asked.on('error', reject).end();
    });

  test('prints the numbers of the queue', async () => {
    const { status, out, errors } = await here(['metrics', '--spool', spool, '--top-domains', '3']);
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(out).toContain('# TYPE exim_queue_messages gauge\nexim_queue_messages 200\n');
    for (const name of ['frozen_messages', 'bounce_messages', 'deferred_messages', 'size_bytes', 'oldest_age_seconds'])
      expect(out).toMatch(new RegExp(`^exim_queue_${name} \\d+(\\.\\d+)?$`, 'm'));
    const domains = out.match(/^exim_queue_sender_domain_messages\{.*\} \d+$/gm) ?? [];
    expect(domains).toHaveLength(4);
    expect(domains.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)).toBe(200);
  });

  test('replaces a file in one step, readable by all', async () => {
    const file = path.join(folder, 'exim.prom');
    writeFileSync(file, 'old');
    expect(await here(['metrics', '--spool', spool, '--textfile', file])).toEqual({ status: 0, out: '', errors: '' });
    expect(readFileSync(file, 'utf8')).toContain('exim_queue_messages 200\n');
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(readdirSync(folder).sort()).toEqual(['exim.prom', 'spool']);
    const { status, errors } = await here(['metrics', '--spool', spool, '--textfile', '/nosuch/x.prom']);
    expect({ status, errors }).toEqual({
      status: 2,
      errors: expect.stringMatching(/^eximq: \/nosuch\/x\.prom cannot be written: no such file or directory; /),
    });
    expect(existsSync('/nosuch')).toBe(false);
  });

  test('serves them until it is stopped, and nothing else, to nobody who calls this machine by another name', async () => {
    const { child, errors, ended } = startEximq(['metrics', '--spool', spool, '--listen', '127.0.0.1:0']);
    try {
      await until(() => errors().includes('/metrics'));
      const url = errors().trim();
      const both = await Promise.all([get(url), get(url)]);
      for (const { status, text } of both) {
        expect(status).toBe(200);
        expect(text).toContain('exim_queue_messages 200\n');
      }
      expect(await get(new URL('/', url).href)).toMatchObject({ status: 404 });
      expect(await get(url, { method: 'POST' })).toMatchObject({ status: 405 });
      expect(await get(url, { host: 'evil.test' })).toMatchObject({ status: 421 });
      const second = await here(['metrics', '--spool', spool, '--listen', new URL(url).host]);
      expect(second).toMatchObject({
        status: 2,
        errors: expect.stringMatching(/cannot listen on 127\.0\.0\.1:\d+: address already in use; /),
      });
    } finally {
      child.kill('SIGTERM');
    }
    expect((await ended).status).toBe(0);
  });
});
