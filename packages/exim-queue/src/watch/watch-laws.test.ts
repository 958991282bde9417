import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import type { QueueEntry } from '../queue-entry.ts';
import { placeOf } from '../testing/place-of.ts';
import { systemWatch, type WatchFolder } from './folder-watches.ts';
import { ChangeLog } from './testing/change-log.ts';
import { type ModelMessage, ModelSpool } from './testing/model-spool.ts';

/** One thing that happens to a spool; numbers choose the message and the recipient. */
const step = fc.record({
  what: fc.constantFrom(
    'arrive',
    'arrive',
    'freeze',
    'thaw',
    'defer',
    'deliver',
    'deliver',
    'settle',
    'sender',
    'add',
    'remove',
    'move',
    'pause',
  ),
  which: fc.nat(20),
  who: fc.nat(3),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const places = [
  {},
  { isSplit: true },
  { isAside: true },
  { queue: 'parked' },
  { queue: 'parked', isSplit: true, isAside: true },
];

async function take(spool: ModelSpool, { what, which, who }: Step): Promise<void> {
  const all = [...spool.messages.values()];
  const message = all[which % Math.max(1, all.length)];
  if (what === 'pause') return void (await pause(who * 3));
  if (what === 'arrive' || message === undefined) {
    const recipients = Array.from({ length: who + 1 }, (_, n) => `r${n}@x.test`);
    spool.arrive(`s${which}@x.test`, recipients, places[which % places.length]);
    return;
  }
  const pending = message.recipients.filter((one) => !message.taken.has(one) && !message.journal?.has(one));
  const recipient = pending[who % Math.max(1, pending.length)];
  if (what === 'freeze') spool.freeze(message, 1_700_000_000_000 + which * 1000);
  else if (what === 'thaw') spool.thaw(message);
  else if (what === 'defer') spool.defer(message);
  else if (what === 'deliver' && recipient !== undefined) spool.deliver(message, recipient);
  else if (what === 'settle') spool.settle(message);
  else if (what === 'sender') spool.editSender(message, `e${who}@x.test`);
  else if (what === 'add') spool.addRecipient(message, `added${which}@x.test`);
  else if (what === 'remove') spool.remove(message);
  else if (what === 'move') {
    const at = { queue: '', isAside: false, isSplit: false };
    spool.move(message, { ...at, ...places[(which + who) % places.length] });
  }
}

const expected = ({ id, sender, recipients, taken, journal, frozenMs, queue, isAside }: ModelMessage) => ({
  id,
  sender,
  recipients: recipients.map((address) => ({
    address,
    isDelivered: taken.has(address) || journal?.has(address) === true,
  })),
  frozenSinceMs: frozenMs,
  queue,
  isAside,
});

/** Fails when something is told twice, of a message that is not there, or in an impossible order. */
function checkOrder(log: ChangeLog): void {
  for (const id of new Set(log.changes.map((change) => change.id))) {
    if (id === '') continue;
    let isThere = false;
    let before: QueueEntry | undefined;
    let now: QueueEntry | undefined;
    const delivered = new Set<string>();
    for (const { kind, isGone, entry, recipients = [] } of log.of(id)) {
      const isFirst = kind === 'present' || kind === 'arrived';
      expect({ id, kind, isThere }).toEqual({ id, kind, isThere: !isFirst });
      isThere = !isGone;
      // Several changes that were seen at once share their entry.
      if (entry !== now) [before, now] = [now, entry];
      if (isFirst) for (const one of entry?.recipients ?? []) if (one.isDelivered) delivered.add(one.address);
      if (kind === 'frozen') expect(now?.frozenSinceMs).not.toBe(before?.frozenSinceMs);
      if (kind === 'thawed')
        expect([before?.frozenSinceMs, now?.frozenSinceMs]).toEqual([expect.any(Number), undefined]);
      if (kind !== 'delivered') continue;
      for (const recipient of recipients) {
        expect(delivered.has(recipient)).toBe(false);
        delivered.add(recipient);
      }
    }
  }
}

/** Loses one of so many events, chosen by the numbers. */
const losing =
  (numbers: readonly number[], isLost: (number: number) => boolean): WatchFolder =>
  (folder, onChange, onError) => {
    let count = 0;
    const pass = (name: string | null): void => {
      count += 1;
      if (!isLost(numbers[count % numbers.length] ?? 0)) onChange(name);
    };
    return systemWatch(folder, pass, onError);
  };

async function follows(steps: readonly Step[], watchFolder: WatchFolder, before: number): Promise<void> {
  const spool = new ModelSpool(newFolder());
  for (const one of steps.slice(0, before)) await take(spool, one);
  const log = new ChangeLog(placeOf(spool.root, { queue: '*' }), { reconcileMs: 100 }, watchFolder);
  if (before % 2 === 0) await log.ready();
  for (const one of steps.slice(before)) await take(spool, one);
  await log.ready();
  await log.reconciled();
  const seen = [...log.view.values()].map((entry) => ({
    id: entry?.id,
    sender: entry?.sender,
    recipients: entry?.recipients,
    frozenSinceMs: entry?.frozenSinceMs,
    queue: entry?.queue,
    isAside: entry?.isAside,
  }));
  const byId = (a: { id: string | undefined }, b: { id: string | undefined }) => (String(a.id) < String(b.id) ? -1 : 1);
  expect(seen.sort(byId)).toEqual([...spool.messages.values()].map(expected).sort(byId));
  checkOrder(log);
  expect(log.rejects).toEqual([]);
  log.close();
}

const history = fc.array(step, { minLength: 15, maxLength: 50 });

test('whatever happens, and whatever events are lost, the view equals the folders and nothing is told twice', async () => {
  const numbers = fc.array(fc.nat(9), { minLength: 1, maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(history, numbers, fc.nat(9), fc.nat(10), async (steps, drawn, share, before) => {
      await follows(
        steps,
        losing(drawn, (number) => number < share),
        before,
      );
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 60_000);

test('without any event the comparison alone finds all', async () => {
  const deaf: WatchFolder = () => ({ close: () => {} });
  await fc.assert(
    fc.asyncProperty(history, async (steps) => follows(steps, deaf, 2)),
    { numRuns: 6, endOnFailure: true },
  );
}, 60_000);
