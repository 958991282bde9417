import fc from 'fast-check';
import { HeaderFile } from './header-file.ts';
import { headerId, headerText } from './testing/header-text.ts';
import { readHeader } from './testing/read-header.ts';

const sound = ['ok', 'ok', 'ok'];
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

test('the envelope tells sender, times, login and flags', () => {
  const flags = [
    '-helo_name mail.x.test',
    '-host_address [192.0.2.7]:4321',
    '-host_name host.x.test',
    '-received_protocol esmtpsa',
    '-auth_id joe',
    '-frozen 1795399352',
    '-deliver_firsttime',
    '-sender_set_untrusted',
    '-unknown_flag 1',
  ];
  const { file, readings } = readHeader(headerText({ flags, times: '1795399292 3' }));
  expect(readings).toEqual(sound);
  const { head, recipients, headerBytes } = file;
  expect({ ...head, id: head.id, sender: head.sender, login: head.login }).toMatchObject({
    id: headerId,
    sender: 'act@x.test',
    login: 'root',
    receivedMs: 1_795_399_292_000,
    warnings: 3,
    isFrozen: true,
    frozenSinceMs: 1_795_399_352_000,
    isFirstTry: true,
    isSenderUntrusted: true,
  });
  expect(head.host).toEqual({ address: '192.0.2.7', port: 4321, name: 'host.x.test', helo: 'mail.x.test' });
  expect([head.protocol, head.authId, head.isBounce]).toEqual(['esmtpsa', 'joe', false]);
  expect(recipients).toEqual([{ address: 'you@defer.test', isDelivered: false }]);
  expect(headerBytes).toBe(15);
});

test('what an envelope does not say is not there, also when the one before it said it', () => {
  const file = new HeaderFile();
  for (const flags of [['-auth_id joe', '-host_address [::1]:25', '-frozen 1', '-received_protocol x'], []]) {
    const bytes = Buffer.from(headerText({ flags }));
    file.begin(bytes, bytes.length, true);
    expect(file.readHead(`${headerId}-H`)).toBe('ok');
  }
  const { authId, host, isFrozen, protocol } = file.head;
  expect([authId, host, isFrozen, protocol]).toEqual([undefined, undefined, false, undefined]);
});

test('a bounce has an empty sender', () => {
  const { file } = readHeader(headerText({ sender: '<>' }));
  expect([file.head.sender, file.head.isBounce]).toEqual(['', true]);
});

test.each([
  ['login with blanks 0 0', 'login with blanks'],
  ['nobody 65534 -2', 'nobody'],
  ['x 5 -1 -3', 'x 5'],
])('the login is what stands before two numbers: %s', (login, expected) => {
  expect(readHeader(headerText({ login })).file.head.login).toBe(expected);
});

test.each([
  ['<"a>b c"@x.test>', '"a>b c"@x.test'],
  ['<"x *** frozen ***"@x.test>', '"x *** frozen ***"@x.test'],
  [utf8('<jürgen@müller.test>'), 'jürgen@müller.test'],
])('senders are taken whole: %s', (sender, expected) => {
  expect(readHeader(headerText({ sender })).file.head.sender).toBe(expected);
});

test('flags are read behind the marks of what came from outside', () => {
  const { file } = readHeader(
    headerText({ flags: ['--helo_name evil', '--(mysql)auth_id it', '--host_address [::1]:1'] }),
  );
  expect(file.head.host).toEqual({ address: '::1', port: 1, helo: 'evil' });
  expect(file.head.authId).toBe('it');
});

test.each(['-aclm m_note', '-aclc c0', '--aclm m_note', '--(mysql)aclm m_note', '-acl 3'])(
  'values of variables are passed by their length, whatever they look like: %s',
  (name) => {
    const value = 'one\n-frozen 1795399352\n-auth_id forged\nXX\n0\n\n';
    const flags = [`${name} ${value.length}`, value.slice(0, -1), '', '-local'];
    const text = headerText({ flags }).replace(`${value}\n\n`, `${value}\n`);
    const { file, readings } = readHeader(text);
    expect(readings).toEqual(sound);
    expect([file.head.isFrozen, file.head.authId, file.recipients.length]).toEqual([false, undefined, 1]);
  },
);

test.each([
  ['a negative length', '-aclm x -1'],
  ['no length', '-aclm x'],
  ['a length beyond the file', '-aclm x 99999999999999999999'],
  ['an old variable with a number that there is not', '-acl 20 1'],
  ['an old variable that is too long', '-acl 1 16385'],
  ['a time of freezing that is none', '-frozen now'],
])('an envelope is damaged by %s', (_, flag) => {
  expect(readHeader(headerText({ flags: [flag] })).readings).toEqual(['damaged']);
});

test.each([
  ['another name', headerText().replace(headerId, '1xVJN6-0005ku-0A')],
  ['a name of another length', `x${headerText()}`],
  ['a login without ids', headerText({ login: 'root' })],
  ['a login with one id', headerText({ login: 'root 0' })],
  ['a sender without brackets', headerText({ sender: 'a@x.test' })],
  ['half a sender', headerText({ sender: '<' })],
  ['one time', headerText({ times: '1795399292' })],
  ['a time that is none', headerText({ times: 'x 0' })],
])('an envelope is damaged by %s', (_, text) => {
  expect(readHeader(text).readings).toEqual(['damaged']);
});

test.each([
  ['a node of the tree that is too short', headerText({ tree: ['NN'] })],
  ['a tree that lacks a node', headerText({ tree: ['YN a@x'], count: 'NN b@x', recipients: [] })],
  ['a count that is none', headerText({ count: 'x' })],
  ['more recipients than Exim bears', headerText({ count: '16385' })],
  ['an empty recipient', headerText({ count: '2', recipients: ['a@x', ''] })],
  ['fewer recipients than counted', headerText({ count: '9', headers: '' })],
  ['a NUL', headerText({ recipients: ['a\0@x'] })],
])('recipients are damaged by %s', (_, text) => {
  expect(readHeader(text).readings).toEqual(['ok', 'damaged']);
});

test('the tree and the journal tell who has it already', () => {
  const tree = ['YY d2@ok.test', 'NN d1@ok.test', 'NY "d 3"@ok.test', 'NN d4@ok.test'];
  const recipients = ['d1@ok.test', '"d 3"@ok.test', 'j@ok.test', 'D1@ok.test', 'u@defer.test'];
  const { file } = readHeader(headerText({ tree, recipients }), ['j@ok.test']);
  expect(file.recipients.map(({ isDelivered }) => isDelivered)).toEqual([true, true, true, false, false]);
});

test('a tree of any depth is read without a stack', () => {
  const depth = 200_000;
  const tree = Array.from({ length: depth }, (_, index) => `${index === depth - 1 ? 'N' : 'Y'}N a${index}@x.test`);
  const { file, readings } = readHeader(headerText({ tree, recipients: [`a${depth - 1}@x.test`, 'b@x.test'] }));
  expect(readings).toEqual(sound);
  expect(file.recipients.map(({ isDelivered }) => isDelivered)).toEqual([true, false]);
});

test('16,384 recipients are read, and fewer than none is none', () => {
  const recipients = Array.from({ length: 16_384 }, (_, index) => `r${index}@x.test`);
  expect(readHeader(headerText({ recipients })).file.recipients).toHaveLength(16_384);
  const { file, readings } = readHeader(headerText({ count: '-3', recipients: [] }));
  expect([readings, file.recipients]).toEqual([sound, []]);
});

describe('headers', () => {
  const lengthOf = (text: string): string => `${utf8(text).length}`.padStart(3, '0');
  const block = (...headers: readonly (readonly [letter: string, text: string])[]): string =>
    headers.map(([letter, text]) => `${lengthOf(text)}${letter} ${utf8(text)}`).join('');
  const headers = block(
    ['F', 'From: f@h.test\n'],
    [' ', 'Subject: a\n\tfolded\n  subject\n'],
    ['*', 'X-A: b\n'],
    [' ', 'X-A: c\r\n'],
    [' ', 'x-A :   d \n'],
    [' ', 'Subject: ü\n'],
    [' ', 'no colon\n'],
  );

  test('the sizes of those that are sent are added up', () => {
    const { file, readings } = readHeader(headerText({ headers }));
    expect(readings).toEqual(sound);
    expect(file.headerBytes).toBe(15 + 29 + 8 + 11 + 12 + 9);
  });

  test('those that are asked for come by name, unfolded, in UTF-8, and without those that were replaced', () => {
    const all = readHeader(headerText({ headers }), [], 'all').file.headers;
    expect({ ...all }).toEqual({ from: ['f@h.test'], subject: ['a\tfolded  subject', 'ü'], 'x-a': ['c', 'd'] });
    const some = readHeader(headerText({ headers }), [], new Set(['x-a', 'to'])).file.headers;
    expect({ ...some }).toEqual({ 'x-a': ['c', 'd'] });
  });

  test('a name from a mail is no property of all objects', () => {
    const { file } = readHeader(
      headerText({ headers: block([' ', '__proto__: x\n'], [' ', 'toString:\n']) }),
      [],
      'all',
    );
    expect(Object.entries(file.headers)).toEqual([
      ['__proto__', ['x']],
      ['tostring', ['']],
    ]);
  });

  test('a length of 0 at the very end is nothing to Exim, and no damage', () => {
    const { readings, file } = readHeader(headerText({ headers: '015F From: f@h.test\n0' }));
    expect([readings, file.headerBytes]).toEqual([sound, 15]);
  });

  test.each([
    ['no blank line', headerText().replace('\n\n', '\n')],
    ['something else than a length', headerText({ headers: 'x15F From: f@h.test\n' })],
    ['a header that is shorter than its length', headerText({ headers: '016F From: f@h.test\n' })],
    ['a header that is longer than its length', headerText({ headers: '014F From: f@h.test\n' })],
    ['a length alone', headerText({ headers: '015' })],
    ['a NUL', headerText({ headers: '015F From: f@h.te\0t\n' })],
    ['a huge length', headerText({ headers: '99999999999999999999F From: f@h.test\n' })],
  ])('are damaged by %s, and the envelope stays sound', (_, text) => {
    expect(readHeader(text).readings).toEqual(['ok', 'ok', 'damaged']);
  });
});

describe('whatever the bytes are', () => {
  const flags = ['-helo_name h', '-host_address [::1]:2', '-aclm a 3', 'x\ny', '-frozen 1795399352', '--auth_id z'];
  const recipients = ['a@x', '"sp ace"@x rfc822;sp+20ace@x 16,8  0,-1#3', 'm@x  0,0 owner@list.test 15,0#3'];
  const whole = Buffer.from(headerText({ flags, tree: ['YN b@x', 'NN a@x'], recipients }), 'latin1');

  /** All that can be asked of a file that was read. */
  function facts(bytes: Buffer): unknown {
    const { file, readings } = readHeader(bytes, ['j@x'], 'all');
    const { head } = file;
    const said = readings[0] === 'ok' && [head.sender, head.login, head.protocol, head.authId, head.host, head.id];
    return [readings, said, readings[1] === 'ok' && file.recipients, file.headerBytes];
  }

  test('a file that ends too early is never sound, and never throws', () => {
    for (let length = 0; length < whole.length; length += 1) {
      const { readings } = readHeader(whole.subarray(0, length));
      // Where the headers begin is the end of a whole one without any, and the 0 of the first one's length says as much.
      const headersAt = whole.indexOf('\n\n') + 2;
      if (length !== headersAt && length !== headersAt + 1) expect(readings.at(-1)).toBe('damaged');
      facts(whole.subarray(0, length));
    }
  });

  test('any other byte anywhere gives an answer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, byte] of changes) bytes[at] = byte;
          expect(facts(bytes)).toBeDefined();
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('any bytes behind a sound beginning give an answer', () => {
    const begin = Buffer.from(`${headerId}-H\nroot 0 0\n<>\n1 0\n`);
    const piece = fc.oneof(
      fc.constantFrom('-aclm x ', '-frozen ', 'YY a@x\n', 'XX\n', '\n', ' ', '#3', '9', '-', '000F '),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(facts(Buffer.concat([begin, Buffer.from(pieces.join(''))]))).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });

  test('reading in pieces of any size gives what reading at once gives', () => {
    const buffer = Buffer.concat([whole, Buffer.from('\0garbage of the file before\n')]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 20 }), (steps) => {
        const file = new HeaderFile();
        let length = 0;
        const pieces = [...steps, whole.length];
        const more = (): void => {
          length = Math.min(whole.length, length + (pieces.shift() ?? whole.length));
          file.begin(buffer, length, length === whole.length);
        };
        more();
        const parts = [
          () => file.readHead(`${headerId}-H`),
          () => file.readRecipients([]),
          () => file.readHeaders('all'),
        ];
        for (const part of parts) {
          let reading = part();
          for (; reading === 'short'; reading = part()) more();
          expect(reading).toBe('ok');
        }
        const { file: other } = readHeader(whole, [], 'all');
        expect([file.recipients, file.headerBytes, file.headers]).toEqual([
          other.recipients,
          other.headerBytes,
          other.headers,
        ]);
        expect([file.head.sender, file.head.host, file.head.authId]).toEqual([
          other.head.sender,
          other.head.host,
          other.head.authId,
        ]);
      }),
    );
  });
});
