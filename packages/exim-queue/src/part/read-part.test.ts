import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { CounterMetrics } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { ExampleMessage } from '../example-spool/example-message.ts';
import { writeSpool } from '../example-spool/write-spool.ts';
import { metricNames } from '../metrics.ts';
import type { PartOptions } from '../options.ts';
import type { QueuePlace } from '../queue-place.ts';
import { placeOf } from '../testing/place-of.ts';
import { readText } from '../testing/read-text.ts';
import type { PartName } from './part-name.ts';
import { readPart } from './read-part.ts';

const inFolder = tempFolder();
const plain: ExampleMessage = { receivedMs: Date.UTC(2026, 10, 23), sender: 'a@x.test', recipients: ['b@y.test'] };
const parts: readonly PartName[] = ['headers', 'body', 'log', 'message'];
const noMessage = '1xVJLa-000000005ms-1ML7';

const write = (message: Partial<ExampleMessage> = {}, split = false): string => {
  const [id = ''] = writeSpool(inFolder('sp'), [{ ...plain, ...message }], { split }).ids;
  return id;
};
const read = (id: string, part: PartName, options?: PartOptions, place: Partial<QueuePlace> = {}): Promise<string> =>
  readText(readPart(placeOf(inFolder('sp'), place), id, part, options));
const fails = (code: string) => expect.objectContaining({ code: `ERR_EXIM_QUEUE_${code}` });

test('headers, body and log are the files; a message is headers, a blank line, and the body', async () => {
  const id = write({ log: ['one', 'two'], body: 'Hello.\n.\nFrom me' });
  expect(await read(id, 'headers')).toBe(readFileSync(inFolder(`sp/input/${id}-H`), 'latin1'));
  expect(await read(id, 'body')).toBe(`${id}-D\nHello.\n.\nFrom me`);
  expect(await read(id, 'log')).toBe('one\ntwo\n');
  expect(await read(id, 'message')).toMatch(
    /^Received: [\s\S]*\nFrom: <a@x.test>\nTo: b@y.test\n\nHello.\n.\nFrom me$/,
  );
});

test('a message that came by CHUNKING has plain line ends', async () => {
  const id = write({ body: 'one\ntwo\n', isWireFormat: true });
  expect(await read(id, 'body')).toBe(`${id}-D\none\r\ntwo\r\n`);
  expect(await read(id, 'message')).toMatch(/b@y.test\n\none\ntwo\n$/);
});

test('a message without a body is headers and a blank line', async () => {
  expect(await read(write({ body: '' }), 'message')).toMatch(/b@y.test\n\n$/);
});

test('a split spool, a named queue among all, and what was put aside are looked into', async () => {
  const id = write({ log: ['x'], queue: 'parked', isAside: true }, true);
  expect(await read(id, 'log', {}, { queue: '*' })).toBe('x\n');
  expect(await read(id, 'message', {}, { queue: 'parked' })).toContain('Hello.');
  await expect(read(id, 'message', {}, { queue: '' })).rejects.toEqual(fails('GONE'));
  await expect(read(id, 'message', {}, { queue: 'parked', aside: false })).rejects.toEqual(fails('GONE'));
});

test.each(parts)('%s of a message that is not there is GONE', async (part) => {
  write();
  await expect(read(noMessage, part)).rejects.toEqual(fails('GONE'));
});

test('a message without -D has headers, and no body', async () => {
  const id = write({ damage: 'no-body-file' });
  expect(await read(id, 'headers')).toContain('<a@x.test>');
  await expect(read(id, 'body')).rejects.toEqual(fails('GONE'));
  await expect(read(id, 'message')).rejects.toEqual(fails('GONE'));
});

test('a damaged -H is shown as it is, and refused as a message', async () => {
  const id = write({ damage: 'cut-headers' });
  expect(await read(id, 'headers')).toBe(readFileSync(inFolder(`sp/input/${id}-H`), 'latin1'));
  await expect(read(id, 'message')).rejects.toEqual(fails('DAMAGED'));
});

test('a large body comes in pieces of at most 64 KiB, and no more of it is read than is taken', async () => {
  const id = write({ body: Buffer.alloc(5_000_000, 'x') });
  const metrics = new CounterMetrics();
  let pieces = 0;
  for await (const piece of readPart(placeOf(inFolder('sp')), id, 'body', { metrics })) {
    expect(piece.length).toBeLessThanOrEqual(65_536);
    pieces += 1;
    if (pieces === 3) break;
  }
  expect(metrics.get(metricNames.bytes)).toBe(3 * 65_536);
});

test('a message that leaves the queue while it is read is read to its end', async () => {
  const id = write({ body: 'x'.repeat(500_000) });
  let length = 0;
  for await (const piece of readPart(placeOf(inFolder('sp')), id, 'message')) {
    rmSync(inFolder('sp/input'), { recursive: true, force: true });
    length += piece.length;
  }
  expect(length).toBeGreaterThan(500_000);
  await expect(read(id, 'message')).rejects.toEqual(fails('GONE'));
});

test('a message that is moved to another folder is found there by the next iteration', async () => {
  const id = write();
  const part = readPart(placeOf(inFolder('sp')), id, 'headers');
  const before = await readText(part);
  mkdirSync(inFolder('sp/Finput'));
  renameSync(inFolder(`sp/input/${id}-H`), inFolder(`sp/Finput/${id}-H`));
  expect(await readText(part)).toBe(before);
});

test('more than maxBytes is TOO_LARGE, with the bound', async () => {
  const id = write({ log: ['x'.repeat(99)] });
  expect(await read(id, 'log', { maxBytes: 100 })).toHaveLength(100);
  await expect(read(id, 'log', { maxBytes: 99 })).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_TOO_LARGE',
    limit: 99,
  });
});

test.each(parts)(
  '%s ends quietly when it is aborted, before or while it is read, and closes its files',
  async (part) => {
    const id = write({ body: 'x'.repeat(500_000), log: ['y'.repeat(500_000)] });
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    expect(await read(id, part, { signal: AbortSignal.abort() })).toBe('');
    const abort = new AbortController();
    let length = 0;
    for await (const piece of readPart(placeOf(inFolder('sp')), id, part, { signal: abort.signal })) {
      length += piece.length;
      abort.abort();
    }
    expect(length).toBeLessThan(500_000);
    expect(open()).toBe(before);
  },
);

test('links, pipes and folders in the place of a file are not read, and do not hang', async () => {
  const id = write();
  const file = inFolder(`sp/input/${id}-H`);
  rmSync(file);
  symlinkSync('/etc/hostname', file);
  await expect(read(id, 'headers')).rejects.toEqual(fails('UNREADABLE'));
  rmSync(file);
  execFileSync('mkfifo', [file], { env: process.env });
  await expect(read(id, 'headers')).rejects.toEqual(fails('UNREADABLE'));
  rmSync(file);
  mkdirSync(file);
  await expect(read(id, 'headers')).rejects.toEqual(fails('UNREADABLE'));
});

test.each(['../../etc/passwd', '', 'x', `${noMessage}\n`, `${noMessage}-H`])('%j is no id', (id) => {
  expect(() => readPart(placeOf('/nowhere'), id, 'headers')).toThrow(fails('ID'));
});

test('wrong options are refused at the call', () => {
  const place = placeOf('/nowhere');
  expect(() => readPart(place, noMessage, 'tail' as PartName)).toThrow(fails('OPTION'));
  expect(() => readPart(place, noMessage, 'log', { maxBytes: 0 })).toThrow('maxBytes must be an integer of at least 1');
});

describe('without the right to read the spool', () => {
  const byExim = (script: string, options?: PartOptions, part: PartName = 'headers'): Promise<string> => {
    const exim = inFolder('exim');
    writeFileSync(exim, `#!/bin/sh\n${script}\n`);
    chmodSync(exim, 0o755);
    return read(noMessage, part, options, { backend: 'exim', exim, spoolFrom: 'exim', queue: 'parked' });
  };

  test('Exim is asked, with the queue and the id as arguments', async () => {
    expect(await byExim('printf "%s\\n" "$@"')).toBe(`-qGparked\n-Mvh\n${noMessage}\n`);
    expect(await byExim('printf "%s\\n" "$@"', {}, 'log')).toBe(`-qGparked\n-Mvl\n${noMessage}\n`);
  });

  test('a message is made of what Exim prints of headers and body', async () => {
    const id = write({ body: 'one\ntwo\n', isWireFormat: true });
    const exim = inFolder('exim');
    const script = `case $1 in -Mvh) cat ${inFolder('sp/input')}/$2-H ;; -Mvb) cat ${inFolder('sp/input')}/$2-D ;; esac`;
    writeFileSync(exim, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const asked = await read(id, 'message', {}, { backend: 'exim', exim, spoolFrom: 'exim' });
    expect(asked).toBe(await read(id, 'message'));
  });

  test.each([
    [`echo "Failed to open input file for ${noMessage}-H: No such file or directory"; exit 1`, 'GONE'],
    ['echo "Permission denied"; exit 1', 'DENIED'],
    ['echo "exim: permission denied" >&2; exit 1', 'DENIED'],
    ['echo "*** Something new"; exit 1', 'EXIM'],
    ['exit 3', 'EXIM'],
    ['head -c 100000 /dev/zero; exit 1', 'EXIM'],
    ['kill -9 $$', 'EXIM'],
  ])('what Exim says instead is an error: %s', async (script, code) => {
    await expect(byExim(script)).rejects.toEqual(fails(code));
  });

  test('words of an error that are in a message are the message', async () => {
    expect(await byExim('echo "Permission denied"')).toBe('Permission denied\n');
  });

  test('an Exim that does not end is ended by an abort', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    expect(await byExim('exec sleep 60', { signal: abort.signal })).toBe('');
  });

  test('without an Exim it says so, and what would help', async () => {
    await expect(read(noMessage, 'headers', {}, { backend: 'exim' })).rejects.toEqual(fails('DENIED'));
  });
});
