/** A small generator of numbers below `n` (the linear congruence of POSIX's rand48), so that a test is the same each time. */
export function dice(seed: number): (n: number) => number {
  let state = BigInt(seed) * 0x10000n + 0x330en;
  return (n) => {
    state = (state * 0x5deece66dn + 0xbn) & 0xffff_ffff_ffffn;
    return Number((state >> 17n) % BigInt(n));
  };
}

/** Lines that mean something in a -H, or look as if they did. */
const lines = [
  '-frozen 1700000000',
  '-frozen',
  '-frozen x',
  '--frozen 1700000000',
  '-frozen 1700000000 x',
  '-frozenx 5',
  '-frozen -5',
  '-N',
  '-deliver_firsttime',
  '-sender_set_untrusted',
  '-sender_set_untrusted x',
  '-localerror',
  '-local',
  '-local_scan x',
  '-manual_thaw',
  '-smtputf8',
  '-host_address [192.0.2.7]:4321',
  '-host_address 192.0.2.7.4321',
  '-host_address',
  '--host_name h.test',
  '-helo_name',
  '-auth_id a b',
  '-auth_sender',
  '-interface_address [::1]:25',
  '-aclc _x 3\nabc',
  '-aclc _x 30\nabc',
  '-aclm _y 9\n-frozen 1',
  '-aclm _y x',
  '-aclm _y',
  '-acl 3 4\nabcd',
  '-acl 12 4\nabcd',
  '-acl 99 2\nab',
  '-aclm _n -3',
  '-body_linecount 7',
  '-body_linecount x',
  '-body_zerocount 1',
  '-spool_file_wireformat',
  '-max_received_linelength',
  '-received_time_usec .5',
  '-received_time_usec x',
  '-received_time_complete 1.5',
  '-spam_score_int 7',
  '-tls_cipher x',
  '-tls_ver',
  '-dsn_envid x',
  '-dsn_ret 1',
  '-dsn_ret x',
  '-utf8_downcvt',
  '-utf8_optdowncvt x',
  '-debug_selector 0x5',
  '-',
  '--',
  '---frozen 5',
  '-\x00',
  '',
  ' ',
  'XX',
  'X',
  'XXX',
  'NN',
  'NN ',
  'NX x',
  'nn x@x.test',
  'Y',
  '0',
  '1',
  '2',
  '-1',
  '2 ',
  ' 2',
  '2x',
  '16384',
  '16385',
  '99999999999',
  '1700000000 5',
  '1700000000',
  '<>',
  '<a@x.test>',
  '<a@x.test> x',
  '<a b>',
  '<',
  'root 0 0',
  'a b c 1 2',
  'root -1 -5',
  'root',
  '1 2',
  ' 1 2',
  'x 1 2 ',
  'a@x.test 5',
  'a@x.test 1,2,3',
  'a@x.test 1,2,-1',
  'a@x.test rfc822;o 8,4  0,-1#3',
  'a@x.test rfc822;o 8,4 e@x.test 8,-1#3',
  '"a b" rfc822;o 8,4  0,-1#3',
  'a@x.test ',
  ' a@x.test',
  'a@x.test 12',
  'a b 7',
  '9',
  'a@x.test 4294967296',
  '005  ab',
  '003  a\n004S ab',
  '010F From: x\n',
  '0010F From: xy\n',
  '1  \n',
  '008* x: yz\n',
  '04',
  '999999999  x',
  '-05  abc',
  '008\tx: yz\n',
  '008  x: y\0\n',
];

// No NUL: one in the value of an ACL variable is where we differ, and Exim never writes it.
const bytes = '\n -0129YNXyn<>,;:"@a\x7f\xc3\xff\t\r';

/** A -H in which one thing or two are other than they were, as text of which each character is a byte. */
export function headerVariant(text: string, roll: (n: number) => number): string {
  let result = text;
  for (let changes = 1 + roll(2); changes > 0; changes--) result = change(result, roll);
  return result;
}

function change(text: string, roll: (n: number) => number): string {
  const rows = text.split('\n');
  // Most of what can go wrong lies before the headers.
  const envelopeRows = Math.max(2, rows.indexOf('') + 2);
  const row = 1 + roll(roll(4) === 0 ? rows.length : envelopeRows);
  const line = lines[roll(lines.length)] ?? '';
  const at = rows.slice(0, row).join('\n').length + roll((rows[row] ?? '').length + 1);
  switch (roll(9)) {
    case 0:
      return rows.toSpliced(row, 1).join('\n');
    case 1:
      return rows.toSpliced(row, 0, rows[row] ?? '').join('\n');
    case 2:
      return rows.toSpliced(row, 1, line).join('\n');
    case 3:
    case 4:
      return rows.toSpliced(row, 0, line).join('\n');
    case 5:
      return text.slice(0, at);
    case 6:
      return text.slice(0, at) + (bytes[roll(bytes.length)] ?? '') + text.slice(at);
    case 7:
      return text.slice(0, at) + text.slice(at + 1);
    default:
      return text.slice(0, at) + (bytes[roll(bytes.length)] ?? '') + text.slice(at + 1);
  }
}
