import type { EximScene } from './exim-scene.ts';

const session = (...lines: readonly (string | Buffer)[]): readonly (string | Buffer)[] => [
  'EHLO client.remote.test',
  ...lines,
  'QUIT',
];
const from = ['-odq', '-oMa', '192.0.2.7.4321', '-oMs', 'host.remote.test'];

const dsn = session(
  'MAIL FROM:<dsn@x.test> RET=HDRS ENVID=QQ314159 SIZE=200',
  'RCPT TO:<dsn1@defer.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;dsn1@orig.test',
  'RCPT TO:<dsn2@defer.test> NOTIFY=NEVER',
  'RCPT TO:<"sp ace"@defer.test> NOTIFY=FAILURE ORCPT=rfc822;sp+20ace@orig.test',
  'DATA',
  'From: dsn@x.test',
  'To: dsn1@defer.test,',
  '\tdsn2@defer.test',
  `X-Long: ${'long text '.repeat(300)}`,
  'Subject: =?UTF-8?B?w6TDtsO8?= =?ISO-8859-1?Q?_gr=FC=DFe?=',
  '',
  '..dot line',
  '.',
);

const utf8 = session(
  'MAIL FROM:<gr\u00fc\u00dfe@\u00fcml\u00e4ut.test> SMTPUTF8',
  'RCPT TO:<\u7528\u6237@\u4f8b\u5b50.test>',
  'RCPT TO:<"\u00e4 \u00f6"@defer.test>',
  'DATA',
  'From: J\u00fcrgen <j\u00fcrgen@\u00fcml\u00e4ut.test>',
  'Subject: \u00dcber den Wolken \u{1f600}',
  '',
  'K\u00f6rper',
  '.',
);

const chunked = Buffer.from('From: chunk@x.test\r\nSubject: in chunks\r\n\r\nfirst line\r\n.\r\nlast line\r\n');
const bdat = session(
  'MAIL FROM:<bdat@x.test>',
  'RCPT TO:<bdat@defer.test>',
  `BDAT ${chunked.length} LAST\r\n${chunked.subarray(0, -2).toString()}`,
);

const nul = session(
  'MAIL FROM:<nul@x.test>',
  'RCPT TO:<nul@defer.test>',
  'DATA',
  'Subject: a NUL',
  '',
  Buffer.from('before\0after\xff\xfe', 'latin1'),
  '.',
);

const twoLinesLikeFlags = session(
  'MAIL FROM:<"-frozen 1"@x.test>',
  'RCPT TO:<"-local"@defer.test>',
  'DATA',
  'X-First: -frozen 1',
  ' -frozen 2',
  'Subject: Completed',
  '',
  'x',
  '.',
);

/** Messages that come by SMTP, each with what gives its id. */
export const smtpCases = (scene: EximScene): readonly (readonly [string, () => Promise<string>])[] =>
  Object.entries({ dsn, utf8, bdat, nul, twoLinesLikeFlags }).map(([name, lines]) => [
    name,
    async () => (await scene.smtp(lines, from))[0] ?? '',
  ]);
