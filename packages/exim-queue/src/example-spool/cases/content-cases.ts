import type { ExampleMessage } from '../example-message.ts';

const hourMs = 3_600_000;
const mebibyte = 2 ** 20;
const line = 'Words, words, words and some more of these words again.\n';

const text = (bytes: number): string => line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes);

/** Sizes at which the listing changes its unit, and what headers and bodies may hold. */
export const contentCases = (nowMs: number): readonly ExampleMessage[] => [
  ...[500, 900, 4000, 9600, 10_400, 700_000, 3.4 * mebibyte, 12 * mebibyte].map(
    (bytes, index): ExampleMessage => ({
      receivedMs: nowMs - (13 + index) * hourMs,
      sender: `size${index}@example.org`,
      recipients: ['ben@example.net'],
      body: text(Math.round(bytes)),
    }),
  ),
  {
    receivedMs: nowMs - 8 * hourMs,
    sender: 'quin@example.org',
    recipients: ['ben@example.net'],
    // The values hold lines that look like flags: they are read by their length.
    variables: { m_note: 'line one\n-frozen 1\nXX', c_conn: 'conn-value', m0: '', c1: 'größe\n' },
  },
  {
    receivedMs: nowMs - 9 * hourMs,
    sender: 'rosa@example.org',
    recipients: ['ben@example.net'],
    headers: [
      { letter: '*', text: 'From: <before@rewriting.example>' },
      'From: "Rosa, of sales" <rosa@example.org>',
      'To: ben@example.net,\n "C, D" <cd@example.net>',
      'Subject: =?utf-8?B?w4RuZGVydW5nIGRlciBHcsO2w59l?=\n =?utf-8?Q?_=C3=BCberall?=',
      `X-Long: ${'x'.repeat(3000)}`,
      'Reply-To: sales@example.org',
      'Cc: ef@example.net',
    ],
  },
  {
    receivedMs: nowMs - 9.5 * hourMs,
    sender: 'sven@example.org',
    recipients: ['ben@example.net'],
    headers: ['From: <sven@example.org>', { text: Buffer.from('Subject: Gr\xf6\xdfe', 'latin1') }],
    body: Buffer.from('Gr\xf6\xdfe\n\0 a NUL\n.\n..\nFrom here\nno break at the end', 'latin1'),
  },
  {
    receivedMs: nowMs - 10 * hourMs,
    sender: 'tess@example.org',
    recipients: ['ben@example.net'],
    body: 'It came by CHUNKING\nand lies here as it came.\n.dots\n',
    isWireFormat: true,
  },
  { receivedMs: nowMs - 11 * hourMs, sender: 'ana@example.org', recipients: ['ben@example.net'], body: '' },
];
