import fc from 'fast-check';
import { messageIdMs } from '../id/message-id-ms.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueueFilter } from '../queue-filter.ts';
import { entry } from '../testing/entry.ts';
import { compileFilter } from './compile-filter.ts';
import type { EnvelopeHead } from './condition.ts';

const nowMs = 1_700_000_000_000 + 3_600_000;
const matches = async (where: QueueFilter, changes: Partial<QueueEntry> = {}): Promise<boolean> =>
  (await compileFilter(where)).matches(entry(changes), nowMs);
const host = { address: '192.0.2.7', name: 'h.test', helo: 'helo.test' };
const frozen: Partial<QueueEntry> = { state: 'frozen', frozenSinceMs: nowMs - 1000 };
const damaged: Partial<QueueEntry> = { state: 'damaged', sender: '', recipients: [], login: '' };
const delivered = [
  { address: 'done@a.test', isDelivered: true },
  { address: '"x@y"@B.test', isDelivered: false, reason: 'defer (-1): Connection refused' },
];

const cases: readonly (readonly [QueueFilter, Partial<QueueEntry>, boolean])[] = [
  [{}, {}, true],
  [{}, damaged, true],
  [{ ids: ['1xVJLa-0005ku-09'] }, {}, true],
  [{ ids: ['1xVJLa-0005ku-0A'] }, {}, false],
  [{ ids: [] }, {}, false],
  [{ frozen: true }, frozen, true],
  [{ frozen: true }, { ...frozen, state: 'delivering' }, true],
  [{ frozen: true }, {}, false],
  [{ frozen: false }, {}, true],
  [{ bounce: true }, { sender: '', isBounce: true }, true],
  [{ bounce: false }, { sender: '', isBounce: true }, false],
  [{ state: 'deferred' }, {}, true],
  [{ state: ['new', 'frozen'] }, {}, false],
  [{ state: 'damaged' }, damaged, true],
  [{ olderThanMs: 3_599_999 }, {}, true],
  [{ olderThanMs: 3_600_000 }, {}, false],
  [{ youngerThanMs: 3_600_001 }, {}, true],
  [{ youngerThanMs: 3_600_000 }, {}, false],
  [{ frozenForMs: 999 }, frozen, true],
  [{ frozenForMs: 1000 }, frozen, false],
  [{ frozenForMs: 0 }, {}, false],
  [{ sender: 'PLAIN@*' }, {}, true],
  [{ sender: '' }, { sender: '' }, true],
  [{ sender: { regex: '^plain@' } }, {}, true],
  [{ sender: ['no', { regex: 'x\\.test$' }] }, {}, true],
  [{ senderDomain: 'x.test' }, {}, true],
  [{ senderDomain: 'x.test' }, { sender: '"a@x.test"@y.test' }, false],
  [{ recipient: 'done@*' }, { recipients: delivered }, false],
  [{ recipient: '*@b.test' }, { recipients: delivered }, true],
  [{ recipientDomain: 'b.test' }, { recipients: delivered }, true],
  [{ recipientDomain: 'a.test' }, { recipients: delivered }, false],
  [{ recipients: { max: 1 } }, { recipients: delivered }, true],
  [{ recipients: { min: 2 } }, { recipients: delivered }, false],
  [{ sizeBytes: { min: 351, max: 351 } }, {}, true],
  [{ sizeBytes: { min: 352 } }, {}, false],
  [{ sizeBytes: { max: 350 } }, {}, false],
  [{ host: '192.0.2.*' }, { host }, true],
  [{ host: 'h.test' }, { host }, true],
  [{ host: 'helo.test' }, { host }, true],
  [{ host: '*' }, {}, false],
  [{ authId: 'joe' }, { authId: 'joe' }, true],
  [{ authId: '*' }, {}, false],
  [{ login: 'r*' }, {}, true],
  [{ protocol: 'esmtp?' }, { protocol: 'esmtps' }, true],
  [{ protocol: '*' }, {}, false],
  [{ subject: '*grüße*' }, { headers: { subject: ['=?utf-8?Q?viele_Gr=C3=BC=C3=9Fe?='] } }, true],
  [{ subject: '*' }, { headers: {} }, false],
  [{ header: { 'X-Spam': 'yes' } }, { headers: { 'x-spam': ['no', 'YES'] } }, true],
  [{ header: { 'x-spam': 'yes', to: '*' } }, { headers: { 'x-spam': ['yes'] } }, false],
  [{ reason: { regex: 'refused' } }, { recipients: delivered }, true],
  [{ reason: '*' }, {}, false],
  [{ not: { frozen: true } }, {}, true],
  [{ any: [{ frozen: true }, { sender: 'plain@*' }] }, {}, true],
  [{ any: [] }, {}, false],
  [{ all: [] }, {}, true],
  [{ all: [{ frozen: false }, { bounce: true }] }, {}, false],
  [{ frozen: false, bounce: true }, {}, false],
];

test.each(cases)('%j of %j: %p', async (where, changes, expected) => {
  expect(await matches(where, changes)).toBe(expected);
});

describe('of a message with a damaged envelope', () => {
  test.each([
    { frozen: true },
    { frozen: false },
    { bounce: true },
    { sender: '' },
    { recipients: { max: 0 } },
    { not: { frozen: true } },
    { not: { sender: 'x' } },
    { not: { reason: 'x' } },
    { any: [{ frozen: true }, { frozen: false }] },
  ] satisfies QueueFilter[])('%j does not select what nobody knows', async (where) => {
    expect(await matches(where, damaged)).toBe(false);
  });

  test('its id and its state are known', async () => {
    expect(await matches({ state: 'damaged', olderThanMs: 1000 }, damaged)).toBe(true);
    expect(await matches({ not: { state: 'new' } }, damaged)).toBe(true);
    expect(await matches({ any: [{ frozen: true }, { ids: [entry().id] }] }, damaged)).toBe(true);
  });
});

test('a size that is not known selects nothing, whichever way it is asked for', async () => {
  const { sizeBytes: _, ...unknown } = entry();
  const filters = await Promise.all([{ sizeBytes: { max: 9 } }, { not: { sizeBytes: { max: 9 } } }].map(compileFilter));
  expect(filters.map((filter) => filter.matches(unknown, nowMs))).toEqual([false, false]);
});

test('a filter tells what has to be read for it', async () => {
  const where: QueueFilter = { all: [{ sizeBytes: { min: 1 } }, { not: { header: { To: 'x' }, subject: 'y' } }] };
  const { fields, headers } = await compileFilter(where);
  expect([[...fields].sort(), [...headers].sort()]).toEqual([
    ['headers', 'size'],
    ['subject', 'to'],
  ]);
  expect((await compileFilter({ sender: 'x', frozen: true, recipient: 'y' })).fields.size).toBe(0);
  expect([...(await compileFilter({ state: 'frozen' })).fields]).toEqual(['locks']);
  expect((await compileFilter({ state: 'damaged' })).fields.size).toBe(0);
  expect([...(await compileFilter({ reason: 'x' })).fields]).toEqual(['reasons']);
});

test.each([
  [{ frozn: true }, 'where.frozn must be left out: there is no such condition, not true'],
  [{ not: { constructor: 1 } }, 'where.not.constructor must be left out: there is no such condition, not 1'],
  [{ ids: ['x'] }, 'where.ids must be a list of message ids, not "x"'],
  [{ frozen: 'yes' }, 'where.frozen must be true or false, not "yes"'],
  [{ state: 'icy' }, "where.state must be 'new' or 'deferred' or 'frozen' or 'delivering' or 'damaged', not \"icy\""],
  [{ olderThanMs: '3d' }, 'where.olderThanMs must be a number of milliseconds of at least 0, not "3d"'],
  [
    { any: [{}, { youngerThanMs: -1 }] },
    'where.any[1].youngerThanMs must be a number of milliseconds of at least 0, not -1',
  ],
  [{ sizeBytes: { min: 2, max: 1 } }, 'where.sizeBytes.max must be an integer of at least 2, not 1'],
  [{ sizeBytes: 5 }, 'where.sizeBytes must be { min, max }, not 5'],
  [{ recipients: { least: 5 } }, 'where.recipients must be { min, max }, not "{ least }"'],
  [{ all: {} }, 'where.all must be a list of filters, not [object Object]'],
  [{ not: [] }, 'where.not must be a filter, not '],
  [{ header: { 'a b': 'x' } }, 'where.header must be patterns by the names of headers, not "a b"'],
])('%j is refused: %s', async (where, message) => {
  await expect(compileFilter(where as QueueFilter)).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_OPTION', message });
});

test('a fault in a pattern names the condition that has it', async () => {
  const where: QueueFilter = { any: [{ all: [{ sender: { regex: '(' } }] }] };
  await expect(compileFilter(where)).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_OPTION',
    message: expect.stringContaining('where.any[0].all[0].sender.regex'),
  });
});

test('filters within filters have a bound', async () => {
  let where: QueueFilter = {};
  for (let depth = 0; depth < 200; depth += 1) where = { not: where };
  await expect(compileFilter(where)).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_OPTION' });
});

describe('asked with less', () => {
  const flag = fc.boolean();
  const age = fc.constantFrom(0, 1, 1800_000, 3_600_000, 7_200_000, 90_000_000);
  const leaf: fc.Arbitrary<QueueFilter> = fc.oneof(
    flag.map((frozen): QueueFilter => ({ frozen })),
    flag.map((bounce): QueueFilter => ({ bounce })),
    age.map((olderThanMs): QueueFilter => ({ olderThanMs })),
    age.map((youngerThanMs): QueueFilter => ({ youngerThanMs })),
    age.map((frozenForMs): QueueFilter => ({ frozenForMs })),
    fc
      .subarray(['new', 'deferred', 'frozen', 'delivering', 'damaged'] as const)
      .map((state): QueueFilter => ({ state })),
    fc.constantFrom<QueueFilter>(
      { sender: 'a*' },
      { senderDomain: 'x.test' },
      { login: 'root' },
      { protocol: 'local' },
      { authId: 'joe' },
      { host: '192*' },
      { recipient: 'a*' },
      { recipients: { min: 1 } },
      { sizeBytes: { min: 10 } },
      { subject: 'x' },
      { reason: 'x' },
      { ids: ['1xVJLa-0005ku-09'] },
    ),
  );
  const { filter } = fc.letrec<{ filter: QueueFilter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4 },
      leaf,
      tie('filter').map((not) => ({ not })),
      fc.array(tie('filter'), { maxLength: 3 }).map((any) => ({ any })),
      fc.array(tie('filter'), { maxLength: 3 }).map((all) => ({ all })),
    ),
  }));
  const message = fc.record({
    idAgeMs: fc.integer({ min: -3, max: 30 }).map((hours) => hours * 3_600_000),
    slipMs: fc.integer({ min: -3600, max: 3600 }).map((seconds) => seconds * 1000),
    isFrozen: flag,
    isFirstTry: flag,
    isLocked: flag,
    isDamagedLater: flag,
    sender: fc.constantFrom('', 'a@x.test', 'b@y.test'),
    hasMore: flag,
  });

  const id = '1xVJLa-0005ku-09';
  const idMs = messageIdMs(id);

  test('a filter never gives another answer than it gives in the end', async () => {
    await fc.assert(
      fc.asyncProperty(filter, message, async (where, it) => {
        const compiled = await compileFilter(where);
        const nowMs = idMs + it.idAgeMs;
        // The time of a damaged message is its id's.
        const receivedMs = idMs + (it.isDamagedLater ? 0 : it.slipMs);
        const known = {
          id,
          receivedMs,
          sender: it.sender,
          isBounce: it.sender === '',
          login: 'root',
          protocol: 'local',
          ...(it.hasMore && { host: { address: '192.0.2.1' }, authId: 'joe' }),
          ...(it.isFrozen && { frozenSinceMs: receivedMs + 1000 }),
        };
        const { isFrozen, isFirstTry } = it;
        const head: EnvelopeHead = {
          host: undefined,
          authId: undefined,
          frozenSinceMs: 0,
          ...known,
          isFrozen,
          isFirstTry,
        };
        const { sizeBytes: _, ...rest } = entry();
        const state = isFrozen ? 'frozen' : isFirstTry ? 'new' : 'deferred';
        const recipients = [{ address: it.hasMore ? 'a@b' : 'c@d', isDelivered: false }];
        const envelope: QueueEntry = { ...rest, ...known, state, recipients };
        const sound: QueueEntry = {
          ...envelope,
          sizeBytes: it.hasMore ? 100 : 1,
          headers: it.hasMore ? { subject: ['x'] } : {},
          ...(it.isLocked && { state: 'delivering', lockedBy: 1 }),
        };
        const whole = it.isDamagedLater ? { ...rest, ...damaged, id, receivedMs: idMs } : sound;
        const final = compiled.matches(whole, nowMs);
        if (!compiled.mayMatchId(id, nowMs)) expect(final).toBe(false);
        // What is found to be damaged behind the head is known less of in the end, and is not selected.
        const byHead = compiled.byHead(head, nowMs);
        if (byHead === false || (byHead === true && !it.isDamagedLater)) expect(final).toBe(byHead);
        const soFar = it.isDamagedLater ? undefined : compiled.soFar(envelope, nowMs);
        if (soFar !== undefined) expect(final).toBe(soFar);
      }),
      { numRuns: 3000 },
    );
  });
});
