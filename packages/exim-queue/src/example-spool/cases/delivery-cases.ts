import type { ExampleMessage } from '../example-message.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const logTime = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');

/** What deliveries leave behind: what is frozen, bounced, partly delivered, and why it waits. */
export function deliveryCases(nowMs: number): readonly ExampleMessage[] {
  const at = (ageMs: number, text: string): string => `${logTime(nowMs - ageMs)} ${text}`;
  return [
    {
      receivedMs: nowMs - 2 * hourMs,
      sender: 'emil@example.org',
      recipients: ['slow@example.net'],
      log: [
        at(2 * hourMs, 'Received from emil@example.org U=emil P=local S=402'),
        at(2 * hourMs, 'slow@example.net R=dnslookup T=remote_smtp defer (110): Connection timed out'),
        at(hourMs, 'slow@example.net R=dnslookup T=remote_smtp defer (-53): retry time not reached for any host'),
      ],
    },
    {
      receivedMs: nowMs - 5 * hourMs,
      sender: 'fay@example.org',
      recipients: ['d1@example.net', 'd2@example.net', 'd3@example.net', 'u1@example.net', 'u2@example.net'],
      delivered: ['d3@example.net', 'd1@example.net', 'd2@example.net'],
      log: [
        at(5 * hourMs, 'u1@example.net R=dnslookup defer (-1): host lookup did not complete'),
        at(5 * hourMs, 'd1@example.net: remote_smtp transport succeeded'),
        at(5 * hourMs, 'u2@example.net R=dnslookup T=remote_smtp H=mx.example.net [192.0.2.25] defer (-44): 450 busy'),
      ],
    },
    // The journal tells of a delivery that -H does not know of yet.
    {
      receivedMs: nowMs - 6 * hourMs,
      sender: 'gus@example.org',
      recipients: ['j1@example.net', 'j2@example.net'],
      journal: ['j1@example.net'],
      isTried: true,
    },
    {
      receivedMs: nowMs - dayMs,
      sender: 'hana@example.org',
      recipients: ['all@list.example'],
      delivered: ['member1@example.net'],
      log: [at(dayMs, 'member2@example.net <all@list.example> R=dnslookup defer (-1): host lookup did not complete')],
    },
    {
      receivedMs: nowMs - dayMs,
      sender: 'ivo@example.org',
      recipients: ['once@list.example', { address: 'm2@example.net', errorsTo: 'owner@list.example', parent: 0 }],
      delivered: ['m1@example.net', 'once@list.example'],
    },
    {
      receivedMs: nowMs - 2 * dayMs,
      sender: 'jo@example.org',
      recipients: [
        'once@example.net',
        { address: 'four@example.net', form: 'exim-4.0' },
        { address: 'three@example.net', form: 'exim-3' },
      ],
      isTried: true,
      warnings: 1,
    },
    {
      receivedMs: nowMs - 3 * hourMs,
      sender: 'kai@example.org',
      recipients: [
        { address: 'r1@example.net', originalRecipient: 'rfc822;r1@old.example', notify: ['success', 'delay'] },
        { address: 'r2@example.net', notify: 'never' },
        { address: '"sp ace"@example.net', originalRecipient: 'rfc822;sp+20ace@old.example', notify: ['failure'] },
      ],
      flags: ['-dsn_envid QQ314159', '-dsn_ret 2'],
    },
    {
      receivedMs: nowMs - dayMs,
      sender: '',
      recipients: ['nobody@example.org'],
      frozenMs: nowMs - 20 * hourMs,
      isLocalBounce: true,
      headers: [
        'X-Failed-Recipients: gone@example.net',
        'From: Mail Delivery System <Mailer-Daemon@queue.example>',
        'To: nobody@example.org',
        'Subject: Mail delivery failed: returning message to sender',
      ],
      log: [at(20 * hourMs, 'nobody@example.org R=fail: no such user'), '*** Frozen (delivery error message)'],
    },
    { receivedMs: nowMs - 4 * hourMs, sender: '', recipients: ['lea@example.org'], isTried: true },
    {
      receivedMs: nowMs - 3 * dayMs,
      sender: 'max@example.org',
      recipients: ['held@example.net'],
      frozenMs: nowMs - 2 * dayMs,
      log: [at(2 * dayMs, 'held@example.net R=policy defer (-17): held by policy'), '*** Frozen'],
    },
    {
      receivedMs: nowMs - 2 * dayMs,
      sender: 'nora@example.org',
      recipients: ['x@example.net'],
      flags: ['-manual_thaw'],
    },
    {
      receivedMs: nowMs - dayMs,
      sender: 'otto@example.org',
      recipients: ['x@example.net'],
      frozenMs: nowMs - hourMs,
      isAside: true,
    },
    { receivedMs: nowMs - hourMs, sender: 'pia@example.org', recipients: ['x@example.net'], queue: 'parked' },
  ];
}
