import type { ExampleMessage } from '../example-message.ts';

const minuteMs = 60_000;
const longName = 'a-rather-long-local-part-that-somebody-chose-without-thinking-of-tables';
const longDomain = 'a-subdomain-of-a-department.of-a-faculty.of-a-university.with-a-long-name.example';

/** Senders and recipients of every shape. */
export const senderCases = (nowMs: number): readonly ExampleMessage[] => [
  { receivedMs: nowMs - 10_000, sender: 'ana@example.org', recipients: ['ben@example.net'] },
  { receivedMs: nowMs - 2 * minuteMs, sender: '"quoted local"@example.org', recipients: ['ben@example.net'] },
  { receivedMs: nowMs - 3 * minuteMs, sender: '"a>b c"@example.org', recipients: ['"sp ace"@example.net'] },
  // What looks frozen and is not: those who search the listing by text remove it.
  { receivedMs: nowMs - 4 * minuteMs, sender: '"x *** frozen ***"@example.org', recipients: ['ben@example.net'] },
  { receivedMs: nowMs - 5 * minuteMs, sender: "o'brien@example.org", recipients: ["o'hara@example.net"] },
  {
    receivedMs: nowMs - 6 * minuteMs,
    sender: 'plus+tag=x@example.org',
    recipients: ['MiXed@Example.NET', 'a@b@example.net'],
  },
  { receivedMs: nowMs - 7 * minuteMs, sender: `${longName}@${longDomain}`, recipients: [`${longName}@example.net`] },
  {
    receivedMs: nowMs - 8 * minuteMs,
    sender: 'jörg@bücher.example',
    recipients: ['rené@exämple.net'],
    flags: ['-smtputf8'],
    headers: ['From: Jörg <jörg@bücher.example>', 'To: René <rené@exämple.net>', 'Subject: Größe ändern'],
  },
  {
    receivedMs: nowMs - 9 * minuteMs,
    sender: 'root@example.org',
    recipients: ['ben@example.net'],
    login: 'games',
    uid: 5,
    gid: 60,
    isSenderUntrusted: true,
  },
  {
    receivedMs: nowMs - 10 * minuteMs,
    sender: 'web@example.org',
    recipients: ['ben@example.net'],
    login: 'web site user',
    uid: -2,
    gid: -2,
  },
  {
    receivedMs: nowMs - 11 * minuteMs,
    sender: 'news@example.org',
    recipients: Array.from({ length: 300 }, (_, index) => `reader${index}@example.net`),
    headers: ['From: <news@example.org>', 'To: readers:;', 'Subject: Three hundred readers'],
  },
  {
    receivedMs: nowMs - 12 * minuteMs,
    sender: 'cleo@example.com',
    recipients: ['ben@example.net'],
    host: { address: '192.0.2.7', port: 4321, name: 'out.example.com', helo: 'out.example.com' },
    protocol: 'esmtpsa',
    authId: 'cleo',
    flags: ['-tls_cipher TLS1.3:ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM:256'],
  },
  {
    receivedMs: nowMs - 13 * minuteMs,
    sender: 'dana@example.com',
    recipients: ['ben@example.net'],
    host: { address: '2001:db8::25', port: 50_000, helo: 'laptop' },
  },
];
