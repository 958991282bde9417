import { bodyBytes } from './body-bytes.ts';
import { bodyFacts } from './body-facts.ts';
import type { ExampleMessage } from './example-message.ts';
import { headerFile } from './header-file.ts';

const id = '1xVJLa-000000005ms-1ML7';
const receivedMs = Date.UTC(2026, 10, 23, 1, 59, 30) + 33.945;

const fileOf = (message: ExampleMessage): string =>
  Buffer.from(headerFile(message, id, bodyFacts(bodyBytes(message))), 'latin1').toString('utf8');

test('all that a message has is in its -H, line by line', () => {
  const message: ExampleMessage = {
    receivedMs,
    sender: 'jö@x.test',
    recipients: [
      'done@y.test',
      { address: '"sp ace"@y.test', originalRecipient: 'rfc822;sp+20ace@o.test', notify: ['failure'] },
      { address: 'm2@y.test', errorsTo: 'owner@y.test', parent: 0 },
      { address: 'never@y.test', notify: 'never' },
      { address: 'four@y.test', form: 'exim-4.0', parent: 2 },
      { address: 'three@y.test', form: 'exim-3' },
    ],
    delivered: ['done@y.test', 'b@y.test', 'a@y.test'],
    frozenMs: receivedMs + 60_000,
    warnings: 2,
    login: 'web site',
    uid: -2,
    gid: 33,
    host: { address: '192.0.2.7', port: 4321, name: 'out.x.test', helo: 'laptop' },
    authId: 'jo',
    protocol: 'esmtpa',
    isLocalBounce: true,
    isSenderUntrusted: true,
    variables: { m_note: 'größe\n-frozen 1', c0: '' },
    flags: ['-dsn_ret 2'],
    headers: ['From: <jö@x.test>', { letter: '*', text: 'To: old\n' }, 'To: a,\n b', 'X-Own: 1'],
    body: 'one\nlonger line\n\0end',
  };
  expect(fileOf(message)).toBe(`\
1xVJLa-000000005ms-1ML7-H
web site -2 33
<jö@x.test>
1795399170 2
-received_time_usec .033945
-received_time_complete 1795399170.033945
--helo_name laptop
--host_address [192.0.2.7]:4321
--host_name out.x.test
--host_auth plain_login
-received_protocol esmtpa
--aclm _note 17
größe
-frozen 1
--aclc 0 0

-body_linecount 2
-max_received_linelength 11
-body_zerocount 1
--auth_id jo
-frozen 1795399230
-localerror
-sender_set_untrusted
-dsn_ret 2
YY b@y.test
NN a@y.test
NN done@y.test
6
done@y.test
"sp ace"@y.test rfc822;sp+20ace@o.test 22,8  0,-1#3
m2@y.test  0,0 owner@y.test 12,0#3
never@y.test  0,2  0,-1#3
four@y.test 2
three@y.test 0,0,0

174P Received: from out.x.test ([192.0.2.7])
	by queue.example with esmtpa (Exim 4.98)
	(envelope-from <jö@x.test>)
	id 1xVJLa-000000005ms-1ML7;
	Mon, 23 Nov 2026 01:59:30 +0000
019F From: <jö@x.test>
008* To: old
010T To: a,
 b
009  X-Own: 1
`);
});

test('a message of which little is said was never tried and came from this machine', () => {
  expect(fileOf({ receivedMs, sender: '', recipients: ['b@y.test'] })).toBe(`\
1xVJLa-000000005ms-1ML7-H
Debian-exim 0 0
<>
1795399170 0
-received_time_usec .033945
-received_time_complete 1795399170.033945
-ident Debian-exim
-received_protocol local
-body_linecount 1
-max_received_linelength 6
-deliver_firsttime
-local
XX
1
b@y.test

144P Received: from Debian-exim
	by queue.example with local (Exim 4.98)
	id 1xVJLa-000000005ms-1ML7
	for b@y.test;
	Mon, 23 Nov 2026 01:59:30 +0000
009F From: <>
013T To: b@y.test
`);
});

test('a body in wire format has the line ends of SMTP, once', () => {
  const message = { receivedMs, sender: '', recipients: ['b@y.test'], body: 'a\r\nb\n', isWireFormat: true };
  expect(bodyBytes(message).toString()).toBe('a\r\nb\r\n');
  expect(fileOf(message)).toContain('\n-spool_file_wireformat\n');
});
