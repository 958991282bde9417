import fc from 'fast-check';
import type { QueueEntry } from '../queue-entry.ts';
import { bpSize } from '../render/bp-size.ts';
import { bpText } from '../render/bp-text.ts';
import { sizeOfText } from './size-of-text.ts';
import { TextParser } from './text-parser.ts';

interface Read {
  readonly entries: QueueEntry[];
  readonly flaws: string[];
  readonly gone: number;
  readonly isWhole: boolean;
}

function read(chunks: readonly Buffer[], maxMessageChars: number = 1 << 20): Read {
  const flaws: string[] = [];
  let gone = 0;
  const parser = new TextParser({
    queue: 'q',
    maxMessageChars,
    onFlaw: (reason, line) => flaws.push(`${reason}: ${line.slice(0, 40)}`),
    onGone: () => {
      gone += 1;
    },
  });
  const entries = chunks.flatMap((chunk) => parser.feed(chunk));
  return { entries, flaws, gone, isWhole: parser.isWhole };
}

const readText = (text: string): Read => read([Buffer.from(text)]);

const sample = ` 0m   351 1xVJLa-000000005ms-1ML7 <plain@x.test>
          you@defer.test
        D d1@ok.test
       +D member1@ok.test

 0m   389 1xVJLa-000000005ny-2PpV <spoofed2@x.test> (games)

95d  1.2K 1xVJLa-0005ku-09 <"x *** frozen ***"@x.test>
          "D not delivered"@x.test

 0m   299 1xVJLa-000000005pE-3DpW <> *** frozen ***

 0m       1xVJLa-000000005nP-2ABb <size900@x.test> (a b) *** frozen ***

      1xVJLa-000000005nU-2Bg0
    *** spool format error: size=60 ***

      1xVJLa-000000005nV-2Bg0
    *** spool read error: Permission denied ***

      1xVJLa-000000005nW-2Bg0
    *** spool read error: No such file or directory ***

 0m  694K 1xVJLa-000000005nj-2FnC <size700000@x.test>
    *** spool format error: size=859 ***
          after@defer.test

 0m   180 1xVJLa-000000005nk-2FnC <by-hand@x.test> (a)
    *** spool format error: size=767 *** *** frozen ***

`;

test('reads every form of a message that exim -bp prints', () => {
  const { entries, flaws, gone, isWhole } = readText(sample);
  expect(flaws).toEqual([]);
  expect(isWhole).toBe(true);
  expect(gone).toBe(1);
  const base = { queue: 'q', isAside: false, state: 'deferred', warnings: 0, login: '', isSenderUntrusted: false };
  expect(entries).toMatchObject([
    {
      ...base,
      id: '1xVJLa-000000005ms-1ML7',
      sender: 'plain@x.test',
      sizeBytes: 351,
      recipients: [
        { address: 'you@defer.test', isDelivered: false },
        { address: 'd1@ok.test', isDelivered: true },
      ],
    },
    { id: '1xVJLa-000000005ny-2PpV', sender: 'spoofed2@x.test', login: 'games', isSenderUntrusted: true },
    {
      id: '1xVJLa-0005ku-09',
      state: 'deferred',
      sender: '"x *** frozen ***"@x.test',
      sizeBytes: 1229,
      recipients: [{ address: '"D not delivered"@x.test', isDelivered: false }],
    },
    { state: 'frozen', sender: '', isBounce: true },
    { state: 'frozen', login: 'a b', sizeBytes: 0, problem: { kind: 'body' } },
    { id: '1xVJLa-000000005nU-2Bg0', state: 'damaged', problem: { kind: 'envelope', sizeBytes: 60 } },
    { id: '1xVJLa-000000005nV-2Bg0', state: 'damaged', problem: { kind: 'read', reason: 'Permission denied' } },
    {
      id: '1xVJLa-000000005nj-2FnC',
      state: 'deferred',
      problem: { kind: 'headers', sizeBytes: 859 },
      recipients: [{ address: 'after@defer.test' }],
    },
    { state: 'frozen', login: 'a', problem: { kind: 'headers', sizeBytes: 767 } },
  ]);
});

test('a sender cannot make itself look frozen, untrusted or like another', () => {
  const senders = [
    '"> (root)"@x.test',
    '"> *** frozen ***"@x.test',
    '"a> (x) *** frozen ***"@x',
    '>',
    '(x)',
    'a>b',
    '<>',
  ];
  for (const sender of senders) {
    const { entries } = readText(` 0m   351 1xVJLa-0005ku-09 <${sender}>\n\n`);
    expect(entries).toMatchObject([{ sender, state: 'deferred', isSenderUntrusted: false }]);
  }
});

test('a recipient cannot make itself look like another message, like delivered or like an error', () => {
  const recipients = [' 0m   351 1xVJLa-0005ku-0A <x@y>', 'D x@y', '*** spool format error: size=1 ***', '+D x@y'];
  const { entries, flaws } = readText(
    ` 0m   351 1xVJLa-0005ku-09 <>\n${recipients.map((address) => `          ${address}\n`).join('')}\n`,
  );
  expect(flaws).toEqual([]);
  expect(entries).toHaveLength(1);
  expect(entries[0]?.recipients).toEqual(recipients.map((address) => ({ address, isDelivered: false })));
});

const word = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.replace(/[\n\0\ufffd]/g, '_'));
const unit = fc.string({ unit: 'binary', minLength: 0, maxLength: 12 }).map((text) => text.replace(/[\n\0]/g, '_'));
const char = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789ABCXYZabcxyz'), minLength: length, maxLength: length });
const id = fc.oneof(
  fc.tuple(char(6), char(6), char(2)).map((parts) => parts.join('-')),
  fc.tuple(char(6), char(11), char(4)).map((parts) => parts.join('-')),
);
const login = word.filter((text) => !text.includes('> ('));
const sizeBytes = fc.oneof(fc.nat(12_000), fc.nat(12 << 20), fc.nat(2 ** 32 - 2000));
const recipients = fc.array(
  fc.tuple(fc.oneof(word, unit), fc.boolean()).map(([address, isDelivered]) => ({ address, isDelivered })),
  { maxLength: 5 },
);

/** An entry with what the text tells of it, as the parser gives it back. */
const told: fc.Arbitrary<QueueEntry> = fc
  .record({
    id,
    sender: fc.oneof(fc.constant(''), word, unit),
    login: fc.option(login),
    sizeBytes,
    recipients,
    isFrozen: fc.boolean(),
    headers: fc.option(fc.nat(1e6)),
  })
  .map((facts) => {
    const shown = sizeOfText(bpSize(facts.sizeBytes));
    const problem =
      facts.headers !== null
        ? { kind: 'headers' as const, sizeBytes: facts.headers, reason: 'spool format error' }
        : { kind: 'body' as const, reason: 'there is no -D' };
    return {
      id: facts.id,
      queue: 'q',
      isAside: false,
      state: facts.isFrozen ? 'frozen' : 'deferred',
      receivedMs: expect.any(Number) as unknown as number,
      sender: facts.sender,
      isBounce: facts.sender === '',
      recipients: facts.recipients,
      sizeBytes: shown,
      warnings: 0,
      login: facts.login ?? '',
      isSenderUntrusted: facts.login !== null,
      ...((shown === 0 || facts.headers !== null) && { problem }),
    };
  });
const damaged: fc.Arbitrary<QueueEntry> = fc
  .record({ id, sizeBytes: fc.option(fc.nat(1e6)), reason: word })
  .map((facts) => ({
    id: facts.id,
    queue: 'q',
    isAside: false,
    state: 'damaged',
    receivedMs: expect.any(Number) as unknown as number,
    sender: '',
    isBounce: false,
    recipients: [],
    warnings: 0,
    login: '',
    isSenderUntrusted: false,
    problem:
      facts.sizeBytes === null
        ? { kind: 'read', reason: facts.reason }
        : { kind: 'envelope', sizeBytes: facts.sizeBytes, reason: 'spool format error' },
  }));

/** Cuts bytes at some places. */
const cut = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
};

test('what is rendered is read back with the same facts, however it is cut into chunks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(told, damaged), { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      (entries, places) => {
        const now = 1_700_000_000_000;
        const text = entries.map((item) => bpText({ ...item, receivedMs: now }, now)).join('');
        const result = read(cut(Buffer.from(text), places));
        expect(result).toEqual({ entries, flaws: [], gone: 0, isWhole: true });
      },
    ),
    { numRuns: 500 },
  );
});

test('byte by byte the sample gives the same', () => {
  const bytes = Buffer.from(sample);
  expect(read([...bytes].map((byte) => Buffer.of(byte)))).toEqual(readText(sample));
});

test('the shown size of a message is shown again from what was read of it', () => {
  const sizes = [0, 1, 1023, 1024, 1280, 10188, 10239, 10240, 1048063, 1048064, 1048575, 1048576, 10485759, 10485760];
  for (const size of [...sizes, 17_000_000, 123_456_789, 2 ** 31, 3 * 2 ** 30, -19])
    expect(bpSize(sizeOfText(bpSize(size)))).toBe(bpSize(size));
});

test('any bytes are read without a throw, and any chunking of them gives the same', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(fc.nat(sample.length), fc.nat(255)).map(([at, byte]) => {
      const bytes = Buffer.from(sample);
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
    fc.nat(sample.length).map((length) => Buffer.from(sample.slice(0, length))),
  );
  fc.assert(
    fc.property(noise, fc.array(fc.nat(), { maxLength: 5 }), (bytes, places) => {
      expect(read(cut(bytes, places))).toEqual(read([bytes]));
    }),
    { numRuns: 1000 },
  );
});

test('of a text that is cut short the parser says that it is not whole', () => {
  const message = sample.slice(0, sample.indexOf('\n\n') + 2);
  for (let length = 1; length < message.length; length += 1) {
    expect(readText(message.slice(0, length))).toMatchObject({ entries: [], isWhole: false });
  }
});

test('a line that is no line of a list is told of, and the messages around it are read', () => {
  const { entries, flaws } = readText(
    ` 0m   351 1xVJLa-0005ku-09 <a>\n\nWarning: x\n 0m   351 1xVJLa-0005ku-0A <b>\n\n`,
  );
  expect(flaws).toEqual(['a line of its list that cannot be understood: Warning: x']);
  expect(entries.map(({ sender }) => sender)).toEqual(['a', 'b']);
});

test('a line beyond 64 KiB is left out and told of, in one chunk as in many', () => {
  const address = 'ä'.repeat(40_000);
  const text = Buffer.from(` 0m   351 1xVJLa-0005ku-09 <a>\n          ${address}\n          b@x\n\n`);
  const whole = read([text]);
  expect(whole.flaws).toEqual([expect.stringMatching(/^a line of more than 65536 bytes: /)]);
  expect(whole.entries[0]?.recipients).toEqual([{ address: 'b@x', isDelivered: false }]);
  expect(read(cut(text, [10, 60_000, 70_000, 80_050]))).toEqual(whole);
});

test('a message whose text exceeds the bound is left out and told of, and its lines are not kept', () => {
  const text = ` 0m   351 1xVJLa-0005ku-09 <a>\n${'          b@x\n'.repeat(500)}\n 0m   351 1xVJLa-0005ku-0A <b>\n\n`;
  const { entries, flaws } = read([Buffer.from(text)], 4096);
  expect(flaws).toEqual(['the list of a message is longer than 4096: 1xVJLa-0005ku-09']);
  expect(entries.map(({ sender }) => sender)).toEqual(['b']);
});
