import { CounterMetrics } from '@sluice/pipeline';
import fc from 'fast-check';
import { lineKinds } from './line-kinds.ts';
import type { MainlogEvent, MainlogKind } from './mainlog-event.ts';
import { MainlogReader } from './mainlog-reader.ts';
import { id, read, readChunk, shortId, stamp, stampMs, told } from './testing/read-lines.ts';

describe('what stands before the text', () => {
  test.each([
    [stamp, stampMs, undefined],
    [`${stamp}.704`, stampMs + 704, undefined],
    [`${stamp} +0200`, stampMs - 7_200_000, undefined],
    [`${stamp}.016 -0330 [19949]`, stampMs + 16 + 12_600_000, 19949],
    [`${stamp} [7]`, stampMs, 7],
  ])('%s', (prefix, timeMs, pid) => {
    for (const one of [id, shortId]) {
      const [event] = read(`${prefix} ${one} Completed`).events;
      expect(event).toEqual({
        kind: 'completed',
        id: one,
        timeMs,
        ...(pid !== undefined && { pid }),
        path: 'mainlog',
        offset: 0,
      });
    }
  });

  test("a time without a zone is this machine's", () => {
    const [event] = read(`${stamp} ${id} Completed`, { timeZone: 'local' }).events;
    expect(event?.timeMs).toBe(new Date(2026, 10, 23, 2, 1, 59).getTime());
  });

  test.each([
    ['no time', 'Exim configuration error'],
    ['a month 13', `2026-13-01 00:00:00 ${id} Completed`],
    ['30 February', `2026-02-30 00:00:00 ${id} Completed`],
    ['hour 24', `2026-02-03 24:00:00 ${id} Completed`],
    ['nothing at all', ''],
    ['a time alone', stamp],
    ['a line of 70,000 bytes', `${stamp} ${id} <= ${'x'.repeat(70_000)}`],
  ])('%s is a reject', (_, line) => {
    const metrics = new CounterMetrics();
    const { events, rejects } = read(['2026-11-23 02:01:59 x', line], { metrics });
    expect(events.map(({ kind }) => kind)).toEqual(['other']);
    expect(rejects).toEqual([
      expect.objectContaining({
        code: 'ERR_EXIM_QUEUE_LOG_LINE',
        path: 'mainlog',
        offset: 22,
        value: line.slice(0, 1000),
      }),
    ]);
    expect(metrics.snapshot()).toEqual({ exim_queue_log_lines_total: 2, exim_queue_rejected_log_lines_total: 1 });
  });

  test('a line that the source cut is a reject, the whole ones before it are not', () => {
    const bytes = Buffer.from(`${stamp} ${id} Completed\n${stamp} ${id} removed by ro`);
    const { events, rejects } = readChunk(bytes, { offset: 100, ending: 'cut' });
    expect(events.map(({ kind }) => kind)).toEqual(['completed']);
    expect(rejects.map(({ offset }) => offset)).toEqual([100 + bytes.indexOf('\n') + 1]);
  });
});

describe('an arrival', () => {
  test('with all that Exim can log', () => {
    const text =
      '<= s@x.test H=mail.remote.test (helo.test) [192.0.2.7]:4321 I=[192.0.2.1]:25 Ci=4 P=esmtpsa L. X=TLS1.3:AES:256 CV=no SNI=x ' +
      'A=plain_server:alice PRX=192.0.2.3 S=1530 M8S=0 RT=0.003s id=abc@h.test T="a \\"b\\" \\\\ c" from <s@x.test> for b@ok.test "sp ace"@ok.test';
    expect(told(text)).toEqual({
      kind: 'arrived',
      sender: 's@x.test',
      host: { address: '192.0.2.7', port: 4321, name: 'mail.remote.test', helo: 'helo.test' },
      protocol: 'esmtpsa',
      authId: 'alice',
      sizeBytes: 1530,
      messageId: 'abc@h.test',
      subject: 'a "b" \\ c',
      recipients: ['b@ok.test', '"sp ace"@ok.test'],
      isFakeReject: false,
    });
  });

  test('of a bounce names what it bounces', () => {
    expect(told(`<= <> R=${shortId} U=Debian-exim P=local S=1542`)).toEqual({
      kind: 'arrived',
      sender: '',
      parentId: shortId,
      user: 'Debian-exim',
      protocol: 'local',
      sizeBytes: 1542,
      isFakeReject: false,
    });
  });

  test.each([
    ['H=(x.test) [2001:db8::7]', { address: '2001:db8::7', helo: 'x.test' }],
    ['H=([10.0.0.1]) [2001:db8::7]:25', { address: '2001:db8::7', port: 25, helo: '[10.0.0.1]' }],
    ['H=[192.0.2.7]', { address: '192.0.2.7' }],
    ['H=mx.test [192.0.2.7]', { address: '192.0.2.7', name: 'mx.test' }],
  ])('from %s', (text, host) => {
    expect(told(`<= s@x.test ${text} P=smtp S=1`)).toMatchObject({ host, protocol: 'smtp', sizeBytes: 1 });
  });

  test('in a named queue, or refused to the other side only', () => {
    expect(told('<= s@x.test Q=parked U=root P=local S=5')).toMatchObject({ queue: 'parked', user: 'root' });
    expect(told('(= s@x.test P=smtp S=5')).toMatchObject({ kind: 'arrived', isFakeReject: true });
  });
});

describe('a recipient', () => {
  const fields = { router: 'ok', transport: 'devnull' };

  test.each([
    ['b <b@ok.test>', 'b@ok.test', 'b'],
    ['b@ok.test', 'b@ok.test', 'b@ok.test'],
    ['member1 <l@list.test>', 'l@list.test', 'member1'],
    ['m (a@b.test, c@d.test) <l@list.test>', 'l@list.test', 'm'],
    ['sp ace <"sp ace"@ok.test>', '"sp ace"@ok.test', 'sp ace'],
    ['q" r <"Q\\" r"@ok.test>', '"Q\\" r"@ok.test', 'q" r'],
    ['sp ace@ok.test <"sp ace"@ok.test>', '"sp ace"@ok.test', 'sp ace@ok.test'],
    ['|/bin/x -a <b> c <b@ok.test>', 'b@ok.test', '|/bin/x -a <b> c'],
    ['/var/mail/b <b@ok.test>', 'b@ok.test', '/var/mail/b'],
    [':blackhole: <x@bh.test>', 'x@bh.test', ':blackhole:'],
    ['x <a@b> r=evil t=t <"x <a@b> R=evil T=t"@ok.test>', '"x <a@b> R=evil T=t"@ok.test', 'x <a@b> r=evil t=t'],
    [' t= <" T="@ok.test>', '" T="@ok.test', ' t='],
  ])('%s', (text, recipient, address) => {
    const flags = { '=>': 'normal', '->': 'additional', '>>': 'cutthrough', '*>': 'suppressed' };
    for (const [flag, how] of Object.entries(flags)) {
      expect(told(`${flag} ${text} F=<s@x.test> P=<s@x.test> R=ok T=devnull S=0 QT=0.009s DT=0.003s`)).toEqual({
        kind: 'delivered',
        recipient,
        address,
        ...fields,
        how,
      });
    }
    expect(told(`== ${text} R=ok T=devnull defer (110) DT=0.000s: Connection timed out`)).toEqual({
      kind: 'deferred',
      recipient,
      address,
      ...fields,
      errorNumber: 110,
      reason: 'Connection timed out',
    });
    expect(told(`** ${text} F=<> R=ok T=devnull: no such user DT=0.010s`)).toEqual({
      kind: 'failed',
      recipient,
      address,
      ...fields,
      reason: 'no such user',
    });
  });

  test('delivered to a host that answered', () => {
    expect(
      told(
        '=> b@c.test R=dnslookup T=remote_smtp H=mx.c.test [192.0.2.7]:25 X=TLS1.3:A:256 CV=yes C="250 2.0.0 Ok: queued as X"',
      ),
    ).toEqual({
      kind: 'delivered',
      recipient: 'b@c.test',
      address: 'b@c.test',
      router: 'dnslookup',
      transport: 'remote_smtp',
      host: { address: '192.0.2.7', port: 25, name: 'mx.c.test' },
      answer: '250 2.0.0 Ok: queued as X',
      how: 'normal',
    });
  });

  test('refused by a host', () => {
    const text =
      'b@c.test R=dnslookup T=remote_smtp H=mx.c.test [192.0.2.7] X=TLS1.3:A:256 DN="/C=X: y": SMTP error after RCPT TO:<b@c.test>: 550 no: not here';
    expect(told(`** ${text}`)).toMatchObject({
      kind: 'failed',
      recipient: 'b@c.test',
      host: { address: '192.0.2.7', name: 'mx.c.test' },
      reason: 'SMTP error after RCPT TO:<b@c.test>: 550 no: not here',
    });
  });

  test('without a router', () => {
    expect(told('** nobody@x.test: Unrouteable address')).toEqual({
      kind: 'failed',
      recipient: 'nobody@x.test',
      address: 'nobody@x.test',
      reason: 'Unrouteable address',
    });
    expect(told('== a@x.test routing defer (-52): retry time not reached')).toMatchObject({
      recipient: 'a@x.test',
      errorNumber: -52,
      reason: 'retry time not reached',
    });
    expect(told('== a@x.test Q=parked R=rest defer (-1): nothing leaves this machine')).toMatchObject({
      queue: 'parked',
      router: 'rest',
      reason: 'nothing leaves this machine',
    });
  });
});

test.each([
  ['Completed', { kind: 'completed' }],
  ['Completed QT=0.010s', { kind: 'completed' }],
  ['removed by root', { kind: 'removed', by: 'root' }],
  ['cancelled by timeout_frozen_after', { kind: 'cancelled', by: 'timeout_frozen_after' }],
  ['frozen by root', { kind: 'frozen', by: 'root' }],
  ['Frozen (delivery error message)', { kind: 'frozen', reason: 'delivery error message' }],
  ['Frozen by the system filter: held', { kind: 'frozen', by: 'the system filter', reason: 'held' }],
  ['*** Frozen', { kind: 'frozen' }],
  ['unfrozen by root', { kind: 'thawed', by: 'root' }],
  ['Unfrozen by forced delivery', { kind: 'thawed', by: 'forced delivery' }],
  ['Message is frozen', { kind: 'skipped', reason: 'Message is frozen' }],
  [
    'address <"a b"@x.test> marked delivered by root',
    { kind: 'markedDelivered', recipient: '"a b"@x.test', by: 'root' },
  ],
  ['recipient <new@x.test> added by root', { kind: 'recipientAdded', recipient: 'new@x.test', by: 'root' }],
  ['sender address changed to <> by root', { kind: 'senderChanged', sender: '', by: 'root' }],
  [
    'moved from input, msglog to (parked) input, msglog',
    { kind: 'moved', from: { queue: '', isAside: false }, to: { queue: 'parked', isAside: false } },
  ],
  [
    'moved from (parked) input, msglog to Finput, Fmsglog',
    { kind: 'moved', from: { queue: 'parked', isAside: false }, to: { queue: '', isAside: true } },
  ],
  [
    `Spool file for ${id} is locked (another process is handling this message)`,
    { kind: 'locked', reason: `Spool file for ${id} is locked (another process is handling this message)` },
  ],
  [`Spool file ${id}-D not found`, { kind: 'damaged', reason: `Spool file ${id}-D not found` }],
  [
    `Format error in spool file ${id}-H: size=60`,
    { kind: 'damaged', reason: `Format error in spool file ${id}-H: size=60` },
  ],
  ['no immediate delivery: load average 9', { kind: 'other', text: 'no immediate delivery: load average 9' }],
])('%s', (text, expected) => {
  expect(told(text)).toEqual(expected);
});

test.each([
  ['Start queue run: pid=3583 -qff', { phase: 'start', queue: '', detail: 'pid=3583 -qff' }],
  ["End 'parked' queue run: pid=20001", { phase: 'end', queue: 'parked', detail: 'pid=20001' }],
  [
    'Abandon queue run: pid=7 (load 9.00, max 3.00)',
    { phase: 'abandon', queue: '', detail: 'pid=7 (load 9.00, max 3.00)' },
  ],
])('%s', (text, run) => {
  expect(read(`${stamp} ${text}`).events).toEqual([
    { kind: 'queueRun', timeMs: stampMs, ...run, path: 'mainlog', offset: 0 },
  ]);
});

test('bytes of any kind never throw, and each line is an event or a reject', () => {
  const lines = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.string().map((text) => Buffer.from(`${stamp} ${id} ${text}`)),
    ),
  );
  fc.assert(
    fc.property(lines, (parts) => {
      const bytes = Buffer.concat(parts.flatMap((part) => [part.filter((byte) => byte !== 10), Buffer.from('\n')]));
      const { events, rejects } = readChunk(bytes);
      expect(events.length + rejects.length).toBe(parts.length);
    }),
  );
});

test('any division into chunks gives the same events', () => {
  const texts = ['<= a@x.test P=local S=3', '=> b <b@ok.test> R=ok T=t', 'Completed', 'frozen by root', 'é'];
  const lines = texts.map((text) => Buffer.from(`${stamp} ${id} ${text}\n`));
  const whole: MainlogEvent[] = [];
  const single: MainlogEvent[] = [];
  const source = { id: 'inode-7', path: 'mainlog' };
  new MainlogReader().feed({ source, bytes: Buffer.concat(lines), offset: 0 }, (event) => whole.push(event));
  const reader = new MainlogReader();
  let offset = 0;
  for (const bytes of lines) {
    reader.feed({ source, bytes, offset }, (event) => single.push(event));
    offset += bytes.length;
  }
  expect(single).toEqual(whole);
  expect(whole).toHaveLength(5);
});

test('only the kinds that are asked for are read', () => {
  const lines = ['<= a@x.test S=1', 'Completed', '** a@b: no', 'hello'].map((text) => `${stamp} ${id} ${text}`);
  const { events, rejects } = read([...lines, 'no time'], { kinds: ['failed', 'completed'] });
  expect(events.map(({ kind }) => kind)).toEqual(['completed', 'failed']);
  expect(rejects).toEqual([]);
  expect(() => read([], { kinds: ['fialed' as MainlogKind] })).toThrow(
    /kinds must be a list of kinds \(arrived, .*not "fialed"/,
  );
  expect(new Set(lineKinds.map(({ kind }) => kind)).size).toBe(17);
});
