import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { ExampleMessage } from './example-message.ts';
import { exampleMessages } from './example-messages.ts';
import { manyMessages } from './many-messages.ts';
import { writeSpool } from './write-spool.ts';

const inFolder = tempFolder();
const nowMs = Date.UTC(2026, 10, 23, 14, 0, 0);
const plain: ExampleMessage = { receivedMs: nowMs, sender: 'a@x.test', recipients: ['b@x.test'] };

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort();

const digestOf = (folder: string): string => {
  const hash = createHash('sha256');
  for (const name of filesIn(folder)) hash.update(name).update(readFileSync(path.join(folder, name)));
  return hash.digest('hex');
};

test.each([
  ['short', /^1xV[0-9A-Za-z]{3}-[0-9A-Za-z]{6}-[0-9A-Za-z]{2}$/],
  ['long', /^1xV[0-9A-Za-z]{3}-[0-9A-Za-z]{11}-[0-9A-Za-z]{4}$/],
] as const)('ids are %s', (ids, shape) => {
  const written = writeSpool(inFolder('sp'), [plain, plain], { ids });
  expect(written.ids.map((id) => shape.test(id))).toEqual([true, true]);
  expect(new Set(written.ids).size).toBe(2);
});

test('a message is -H and -D, and what else it has, in input and msglog', () => {
  const [id = ''] = writeSpool(inFolder('sp'), [{ ...plain, journal: ['b@x.test'], log: ['one', 'two'] }]).ids;
  expect(filesIn(inFolder('sp'))).toEqual([`input/${id}-D`, `input/${id}-H`, `input/${id}-J`, `msglog/${id}`]);
  expect(readFileSync(inFolder(`sp/input/${id}-D`), 'utf8')).toBe(`${id}-D\nHello.\n`);
  expect(readFileSync(inFolder(`sp/input/${id}-J`), 'utf8')).toBe('b@x.test\n');
  expect(readFileSync(inFolder(`sp/msglog/${id}`), 'utf8')).toBe('one\ntwo\n');
});

test('a split spool has a folder for the sixth character of ids, in named queues and for frozen mail put aside, too', () => {
  const messages = [plain, { ...plain, queue: 'parked' }, { ...plain, isAside: true, log: ['x'] }];
  const [a = '', b = '', c = ''] = writeSpool(inFolder('sp'), messages, { split: true }).ids;
  expect(filesIn(inFolder('sp'))).toEqual(
    [
      `input/${a[5]}/${a}-D`,
      `input/${a[5]}/${a}-H`,
      `parked/input/${b[5]}/${b}-D`,
      `parked/input/${b[5]}/${b}-H`,
      `Finput/${c[5]}/${c}-D`,
      `Finput/${c[5]}/${c}-H`,
      `Fmsglog/${c[5]}/${c}`,
    ].sort(),
  );
});

test('files and folders have the modes that Exim gives them, whatever the mask of the process', () => {
  const mask = process.umask(0o077);
  try {
    const [id = ''] = writeSpool(inFolder('sp'), [plain]).ids;
    expect(statSync(inFolder(`sp/input/${id}-H`)).mode & 0o777).toBe(0o640);
    expect(statSync(inFolder('sp/input')).mode & 0o777).toBe(0o750);
  } finally {
    process.umask(mask);
  }
});

test('the same messages make the same files', () => {
  for (const name of ['a', 'b']) writeSpool(inFolder(name), manyMessages({ count: 200, seed: 7, nowMs }));
  writeSpool(inFolder('c'), manyMessages({ count: 200, seed: 8, nowMs }));
  expect(digestOf(inFolder('a'))).toBe(digestOf(inFolder('b')));
  expect(digestOf(inFolder('a'))).not.toBe(digestOf(inFolder('c')));
});

test('a message that was made elsewhere keeps its id', () => {
  const id = '1xVJLa-000000005ms-1ML7';
  expect(writeSpool(inFolder('sp'), [{ ...plain, id }]).ids).toEqual([id]);
  expect(filesIn(inFolder('sp'))).toEqual([`input/${id}-D`, `input/${id}-H`]);
});

test('the result counts files and bytes', () => {
  const { files, bytes } = writeSpool(inFolder('sp'), exampleMessages(nowMs));
  const written = filesIn(inFolder('sp'));
  expect(files).toBe(written.length);
  expect(bytes).toBe(written.reduce((sum, name) => sum + statSync(inFolder(`sp/${name}`)).size, 0));
});

test.each<readonly [string, Partial<ExampleMessage>]>([
  ['id', { id: '../../etc/x' }],
  ['id', { id: '1xVJLa-000000005ms-1ML7\n' }],
  ['queue', { queue: '..' }],
  ['queue', { queue: 'a/b' }],
  ['queue', { queue: 'input' }],
  ['sender', { sender: 'a@x.test>\n<b@x.test' }],
  ['recipients', { recipients: ['a@x.test\nb@x.test'] }],
  ['recipients.errorsTo', { recipients: [{ address: 'a@x.test', errorsTo: 'b\n' }] }],
  ['recipients', { recipients: [] }],
  ['delivered', { delivered: ['a\0'] }],
  ['flags', { flags: ['-x\n-frozen 1'] }],
  ['host.helo', { host: { address: '192.0.2.1', helo: 'a\nb' } }],
  ['variables', { variables: { 'm 1\n': 'x' } }],
  ['receivedMs', { receivedMs: Number.NaN }],
])('a wrong %s is refused, and nothing of the message is written: %j', (option, wrong) => {
  expect(() => writeSpool(inFolder('sp'), [{ ...plain, ...wrong }])).toThrow(
    expect.objectContaining({ code: 'ERR_EXIM_QUEUE_OPTION', message: expect.stringContaining(`${option} must be`) }),
  );
  expect(filesIn(inFolder('.'))).toEqual([]);
});

test('an id that comes twice is refused', () => {
  const id = '1xVJLa-000000005ms-1ML7';
  expect(() =>
    writeSpool(inFolder('sp'), [
      { ...plain, id },
      { ...plain, id },
    ]),
  ).toThrow('no other message has');
});

test('a directory that is not empty is refused and stays as it is', () => {
  mkdirSync(inFolder('sp'));
  writeFileSync(inFolder('sp/notes'), 'mine');
  expect(() => writeSpool(inFolder('sp'), [plain])).toThrow('directory must be an empty directory');
  expect(filesIn(inFolder('sp'))).toEqual(['notes']);
});

test('a link that somebody puts in the way is not followed', () => {
  writeFileSync(inFolder('victim'), 'mine');
  const id = '1xVJLa-000000005ms-1ML7';
  function* messages(): Generator<ExampleMessage> {
    yield plain;
    symlinkSync(inFolder('victim'), inFolder(`sp/input/${id}-H`));
    yield { ...plain, id };
  }
  expect(() => writeSpool(inFolder('sp'), messages())).toThrow('EEXIST');
  expect(readFileSync(inFolder('victim'), 'utf8')).toBe('mine');
});
