import type { SummaryKey } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import { entry } from '../testing/entry.ts';
import { summaryKeys } from './summary-keys.ts';

const nowMs = 1_800_000_000_000;
const hourMs = 3_600_000;
const recipients = [
  { address: 'a@One.test', isDelivered: false, reason: 'timed out' },
  { address: '"x@y"@one.test', isDelivered: false },
  { address: 'b@two.test', isDelivered: true, reason: 'old' },
];
const mail = entry({
  sender: 'Jo@X.test',
  isBounce: false,
  recipients,
  receivedMs: nowMs - 2 * hourMs,
  host: { address: '192.0.2.7' },
  authId: 'jo',
  login: 'games',
  state: 'deferred',
});
const bounce = entry({ sender: '', isBounce: true, recipients: [], receivedMs: nowMs - 200 * hourMs, login: 'exim' });
const damaged = entry({
  sender: '',
  isBounce: false,
  recipients: [],
  state: 'damaged',
  receivedMs: nowMs,
  login: '',
  problem: { kind: 'envelope', reason: 'x' },
});

test.each<readonly [SummaryKey, QueueEntry, readonly string[]]>([
  ['recipientDomain', mail, ['one.test', 'one.test']],
  ['reason', mail, ['timed out', '(none)']],
  ['senderDomain', mail, ['x.test']],
  ['sender', mail, ['Jo@X.test']],
  ['host', mail, ['192.0.2.7']],
  ['authId', mail, ['jo']],
  ['login', mail, ['games']],
  ['state', mail, ['deferred']],
  ['age', mail, ['<6h']],
  ['recipientDomain', bounce, []],
  ['senderDomain', bounce, ['<>']],
  ['sender', bounce, ['<>']],
  ['host', bounce, ['(local)']],
  ['authId', bounce, ['(none)']],
  ['age', bounce, ['>=7d']],
  ['senderDomain', damaged, ['(damaged)']],
  ['host', damaged, ['(damaged)']],
  ['login', damaged, ['(damaged)']],
  ['state', damaged, ['damaged']],
  ['age', damaged, ['<5m']],
])('by %s', (by, message, keys) => {
  expect(summaryKeys(by, nowMs)(message)).toEqual(keys);
});
