import fc from 'fast-check';
import type { QueueEntry } from '../queue-entry.ts';
import { entry } from '../testing/entry.ts';
import { packEntry, unpackEntry } from './pack-entry.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const time = fc.integer({ min: 0, max: 2_000_000_000_000 });
/** An object of which each part may be absent, as those of an entry are. */
const partly = <T extends object>(parts: { [Name in keyof T]: fc.Arbitrary<T[Name]> }) =>
  fc.record(parts, { requiredKeys: [] as never[] });

const recipient = fc
  .tuple(
    fc.record({ address: text, isDelivered: fc.boolean() }),
    partly({ errorsTo: text, originalRecipient: text, reason: text }),
  )
  .map(([one, more]) => ({ ...one, ...more }));

const entries: fc.Arbitrary<QueueEntry> = fc
  .tuple(
    fc.record({
      id: fc.constant('1xVJLa-0005ku-09'),
      queue: text,
      isAside: fc.boolean(),
      state: fc.constantFrom('new', 'deferred', 'frozen', 'delivering', 'damaged'),
      receivedMs: time,
      sender: text,
      isBounce: fc.boolean(),
      recipients: fc.array(recipient, { maxLength: 5 }),
      warnings: fc.nat(9),
      login: text,
      isSenderUntrusted: fc.boolean(),
    }),
    partly({
      sizeBytes: fc.nat(),
      frozenSinceMs: time,
      lockedBy: fc.nat(),
      protocol: text,
      authId: text,
      host: fc
        .tuple(fc.record({ address: text }), partly({ port: fc.nat(65_535), name: text, helo: text }))
        .map(([one, more]) => ({ ...one, ...more })),
      problem: fc.record({ kind: fc.constantFrom('read', 'envelope', 'headers', 'body'), reason: text }),
    }),
  )
  .map(([one, more]) => ({ ...one, ...more }) as QueueEntry);

test('an entry is what it was when it is unpacked, and packs alike again', () => {
  fc.assert(
    fc.property(entries, (one) => {
      const packed = packEntry(one);
      expect(unpackEntry(one.id, packed)).toEqual(one);
      expect(packEntry(unpackEntry(one.id, packed))).toBe(packed);
    }),
  );
});

test('a host whose greeting is its name takes the name once', () => {
  const host = { address: '192.0.2.7', port: 25, name: 'mx.example.test', helo: 'mx.example.test' };
  const packed = packEntry(entry({ host }));
  expect(packed.split('mx.example.test')).toHaveLength(2);
  expect(unpackEntry('1xVJLa-0005ku-09', packed).host).toEqual(host);
});
