import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { ExampleMessage } from '../example-spool/example-message.ts';
import { type WriteSpoolOptions, writeSpool } from '../example-spool/write-spool.ts';
import type { QueueEntry } from '../queue-entry.ts';
import { placeOf } from '../testing/place-of.ts';
import { FileBytes } from './file-bytes.ts';
import { LockView } from './lock-view.ts';
import { MessageReader } from './message-reader.ts';
import { readMessage } from './read-message.ts';
import { foldersOf } from './spool-folders.ts';

const folder = tempFolder();
const receivedMs = 1_795_399_292_000;
const message: ExampleMessage = {
  receivedMs,
  sender: 'a@x.test',
  recipients: ['you@defer.test', 'me@ok.test'],
  headers: ['From: a@x.test', 'Subject: hello'],
  body: 'twelve bytes',
};

/** Writes one message; gives its id. */
function write(changes: Partial<ExampleMessage> = {}, options: WriteSpoolOptions = {}): string {
  return writeSpool(folder('spool'), [{ ...message, ...changes }], options).ids[0] ?? '';
}
const place = (): ReturnType<typeof placeOf> => placeOf(folder('spool'));
const file = (id: string, kind: string): string => folder(`spool/input/${id}-${kind}`);

test('the whole entry of a message with all that there can be', () => {
  const id = write({
    recipients: [
      'you@defer.test',
      { address: 'me@ok.test', errorsTo: 'owner@x.test', originalRecipient: 'rfc822;m@x' },
    ],
    delivered: ['me@ok.test'],
    frozenMs: receivedMs + 60_000,
    warnings: 2,
    login: 'the user',
    host: { address: '192.0.2.7', port: 25, name: 'h.test', helo: 'helo.test' },
    authId: 'joe',
    isSenderUntrusted: true,
    log: ['2026-11-23 02:01:59 you@defer.test R=smart defer (-1): not now'],
  });
  const entry = readMessage(place(), id, { fields: ['size', 'reasons', 'headers', 'locks'], headers: ['subject'] });
  expect(entry).toEqual({
    id,
    queue: '',
    isAside: false,
    state: 'frozen',
    receivedMs,
    sender: 'a@x.test',
    isBounce: false,
    recipients: [
      { address: 'you@defer.test', isDelivered: false, reason: 'R=smart defer (-1): not now' },
      { address: 'me@ok.test', isDelivered: true, errorsTo: 'owner@x.test', originalRecipient: 'rfc822;m@x' },
    ],
    sizeBytes: expect.any(Number),
    frozenSinceMs: receivedMs + 60_000,
    warnings: 2,
    login: 'the user',
    isSenderUntrusted: true,
    host: { address: '192.0.2.7', port: 25, name: 'h.test', helo: 'helo.test' },
    authId: 'joe',
    protocol: 'esmtp',
    headers: { subject: ['hello'] },
  });
});

test('nothing is read of a message that was not asked for', () => {
  const id = write({ log: ['2026-11-23 02:01:59 you@defer.test R=smart defer (-1): not now'], damage: 'no-body-file' });
  const entry = readMessage(place(), id);
  expect(Object.keys(entry ?? {})).not.toEqual(expect.arrayContaining(['sizeBytes']));
  expect(entry).not.toHaveProperty('headers');
  expect(entry).not.toHaveProperty('problem');
  expect(entry?.recipients[0]).not.toHaveProperty('reason');
});

test.each(['short', 'long'] as const)('the size is that of headers and body and one more, with %s ids', (ids) => {
  const id = write({ headers: ['X-A: b', { letter: '*', text: 'X-B: is not sent' }] }, { ids });
  const bodies = ['twelve bytes\n', ''];
  for (const body of bodies) {
    writeFileSync(file(id, 'D'), `${id}-D\n${body}`);
    const received = readMessage(place(), id, { fields: ['headers'] })?.headers?.['received']?.[0] ?? '';
    expect(received).not.toBe('');
    const sizeOfHeaders = Number(/^(\d+)P /m.exec(headerOf(id))?.[1]) + 'X-A: b\n'.length;
    expect(readMessage(place(), id, { fields: ['size'] })?.sizeBytes).toBe(sizeOfHeaders + body.length + 1);
  }
});

const headerOf = (id: string): string => readFileSync(file(id, 'H'), 'latin1');

test('both layouts of the spool, named queues, and what was put aside are looked into', () => {
  const messages: Partial<ExampleMessage>[] = [
    {},
    { queue: 'parked' },
    { isAside: true },
    { queue: 'parked', isAside: true },
  ];
  const { ids } = writeSpool(
    folder('spool'),
    messages.map((changes) => ({ ...message, ...changes })),
    { split: true },
  );
  const moved = ids[0] ?? '';
  const found = (queue: string, aside = true): (QueueEntry | undefined)[] =>
    ids.map((id) => readMessage({ ...place(), queue, aside }, id));
  const places = (entries: (QueueEntry | undefined)[]): unknown => entries.map((it) => it && [it.queue, it.isAside]);
  expect(places(found('*'))).toEqual([
    ['', false],
    ['parked', false],
    ['', true],
    ['parked', true],
  ]);
  expect(places(found(''))).toEqual([['', false], undefined, ['', true], undefined]);
  expect(places(found('parked', false))).toEqual([undefined, ['parked', false], undefined, undefined]);
  for (const kind of ['H', 'D']) renameSync(folder(`spool/input/${moved[5]}/${moved}-${kind}`), file(moved, kind));
  expect(found('')[0]).toMatchObject({ id: moved, state: 'new' });
});

test('what the journal says is delivered counts, if its line is whole', () => {
  const id = write({ journal: ['me@ok.test'] });
  appendFileSync(file(id, 'J'), 'you@defer.te');
  expect(readMessage(place(), id)?.recipients.map(({ isDelivered }) => isDelivered)).toEqual([false, true]);
});

test('a reason is found where another layout has the log', () => {
  const id = write({ log: ['2026-11-23 02:01:59 you@defer.test R=smart defer (-1): not now'] });
  mkdirSync(folder(`spool/msglog/${id[5]}`));
  renameSync(folder(`spool/msglog/${id}`), folder(`spool/msglog/${id[5]}/${id}`));
  expect(readMessage(place(), id, { fields: ['reasons'] })?.recipients[0]?.reason).toBe('R=smart defer (-1): not now');
});

test('a log that may not be read costs only the reasons, and is told of', () => {
  const id = write();
  mkdirSync(folder(`spool/msglog/${id}`));
  const told: string[] = [];
  const reader = new MessageReader({
    fields: new Set(['reasons']),
    headers: 'all',
    filter: undefined,
    nowMs: 0,
    locks: new LockView(),
    bytes: new FileBytes(8192),
    onUnreadable: (path) => told.push(path),
  });
  const [main] = foldersOf(place(), '');
  const directory = {
    folder: main as NonNullable<typeof main>,
    path: folder('spool/input/'),
    split: '',
    journals: undefined,
  };
  expect(reader.read(directory, `${id}-H`)).toMatchObject({ id, state: 'new' });
  expect(told).toEqual([folder(`spool/msglog/${id}`)]);
});

test('a message that is not there is undefined, and one without -D has a problem', () => {
  const id = write();
  expect(readMessage(place(), '1xVJN6-0005ku-09')).toBeUndefined();
  rmSync(file(id, 'D'));
  expect(readMessage(place(), id, { fields: ['size'] })).toMatchObject({ sizeBytes: 0, problem: { kind: 'body' } });
  rmSync(file(id, 'H'));
  expect(readMessage(place(), id, { fields: ['size'] })).toBeUndefined();
});

test.each([
  ['empty-header-file', 'envelope'],
  ['cut-envelope', 'envelope'],
  ['garbage', 'envelope'],
  ['cut-headers', 'headers'],
  ['wrong-length', 'headers'],
] as const)('%s is told as damage of the %s, with the size of the file', (damage, kind) => {
  const id = write({ damage });
  const sizeBytes = headerOf(id).length;
  const entry = readMessage(place(), id, { fields: ['size'] });
  expect(entry?.problem).toMatchObject({ kind, sizeBytes });
  expect(entry?.state).toBe(kind === 'envelope' ? 'damaged' : 'new');
});

test('a damaged message has the time of its id, and nothing of the envelope', () => {
  const id = write({ damage: 'garbage' });
  expect(readMessage(place(), id)).toEqual({
    id,
    queue: '',
    isAside: false,
    state: 'damaged',
    receivedMs,
    sender: '',
    isBounce: false,
    recipients: [],
    warnings: 0,
    login: '',
    isSenderUntrusted: false,
    problem: { kind: 'envelope', sizeBytes: headerOf(id).length, reason: '-H is damaged in its envelope' },
  });
});

test('links are not followed, pipes are not waited for, and folders are no messages', () => {
  const id = write();
  const other = file(id, 'H');
  const [link, pipe, directory] = ['1xVJN6-0005ku-01', '1xVJN6-0005ku-02', '1xVJN6-0005ku-03'] as const;
  symlinkSync(other, file(link, 'H'));
  execFileSync('mkfifo', [file(pipe, 'H')]);
  mkdirSync(file(directory, 'H'));
  const problems = [link, pipe, directory].map((it) => readMessage(place(), it)?.problem);
  expect(problems).toMatchObject([
    { kind: 'read', reason: 'Too many levels of symbolic links' },
    { kind: 'envelope', sizeBytes: 0 },
    { kind: 'read', reason: 'Is a directory' },
  ]);
});

test('journals and logs that are pipes or links are not waited for, nor followed', () => {
  const [piped = '', linked = ''] = writeSpool(folder('spool'), [message, message]).ids;
  mkdirSync(folder('spool/msglog'), { recursive: true });
  execFileSync('mkfifo', [file(piped, 'J'), folder(`spool/msglog/${piped}`)]);
  symlinkSync('/dev/zero', file(linked, 'J'));
  expect(readMessage(place(), piped)?.problem).toMatchObject({ kind: 'read', reason: '-J is not a file' });
  expect(readMessage(place(), linked)?.problem).toMatchObject({ reason: 'Too many levels of symbolic links' });
  rmSync(file(piped, 'J'));
  const entry = readMessage(place(), piped, { fields: ['reasons'] });
  expect(entry?.problem).toBeUndefined();
  expect(entry?.recipients.some(({ reason }) => reason !== undefined)).toBe(false);
});

test('a -H of any size is read, up to 8 MiB', () => {
  const sizes = [15_000, 16_384, 70_000, 300_000, 3_000_000, 8_388_608].map((length) => {
    rmSync(folder('spool'), { recursive: true, force: true });
    const without = write({ headers: ['X-Long: '] });
    const rest = length - headerOf(without).length;
    rmSync(folder('spool'), { recursive: true });
    const digits = `${rest}`.length - 3;
    const id = write({ headers: [`X-Long: ${'x'.repeat(rest - digits)}`] });
    const entry = readMessage(place(), id, { fields: ['size', 'headers'], headers: ['x-long'] });
    expect([headerOf(id).length, entry?.problem]).toEqual([length, undefined]);
    return entry?.headers?.['x-long']?.[0]?.length === rest - digits;
  });
  expect(sizes).not.toContain(false);
});

test('of a -H of more than 8 MiB the envelope is told, and that it is too long', () => {
  const id = write({ headers: [`X-Long: ${'x'.repeat(8_400_000)}`] });
  const { problem, sender } = readMessage(place(), id, { fields: ['size'] }) ?? {};
  expect([sender, problem?.kind, problem?.sizeBytes]).toEqual(['a@x.test', 'headers', headerOf(id).length]);
  expect(problem?.reason).toContain('maxHeaderFileBytes');
});

test('a huge file of nothing is damaged, and costs no memory of its size', () => {
  const id = write();
  truncateSync(file(id, 'H'), 0);
  truncateSync(file(id, 'H'), 2 ** 36);
  expect(readMessage(place(), id, { fields: ['size'] })?.problem).toMatchObject({
    kind: 'envelope',
    sizeBytes: 2 ** 36,
  });
});

test('what is no id is refused before anything is opened', () => {
  expect(() => readMessage(place(), '../../etc/passwd')).toThrow(
    expect.objectContaining({ code: 'ERR_EXIM_QUEUE_ID', message: '"../../etc/passwd" is no message id' }),
  );
});
