import type { ExampleDamage, ExampleMessage } from '../example-message.ts';

const minuteMs = 60_000;
const damages: readonly ExampleDamage[] = [
  'empty-header-file',
  'cut-envelope',
  'cut-headers',
  'garbage',
  'nuls',
  'wrong-length',
  'no-header-file',
  'no-body-file',
];

/** Files that are damaged or missing, as a full disk or a crash leaves them. */
export const damageCases = (nowMs: number): readonly ExampleMessage[] => [
  ...damages.map(
    (damage, index): ExampleMessage => ({
      receivedMs: nowMs - (20 + index) * minuteMs,
      sender: `${damage}@example.org`,
      recipients: ['ben@example.net'],
      damage,
    }),
  ),
  // A frozen one without a body: its line in the listing has a column less.
  {
    receivedMs: nowMs - 30 * minuteMs,
    sender: 'frozen-no-body@example.org',
    recipients: ['ben@example.net'],
    frozenMs: nowMs - 29 * minuteMs,
    damage: 'no-body-file',
  },
];
