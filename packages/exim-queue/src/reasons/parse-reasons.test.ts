import fc from 'fast-check';
import { parseReasons } from './parse-reasons.ts';

const at = '2026-11-23 14:26:19';
const reasonsOf = (...lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(parseReasons(lines.map((line) => `${line}\n`).join('')));

test('the words behind an address are its reason', () => {
  expect(
    reasonsOf(
      `${at} Received from a@x.test U=root P=local S=315`,
      `${at} u@defer.test R=rest defer (-1): nothing leaves this machine`,
      `${at} v@defer.test R=dns T=remote_smtp H=mx.test [192.0.2.25] defer (110): Connection timed out`,
      `${at} w@fail.test: no such user`,
      `${at} x@defer.test routing defer (-52): retry time not reached`,
    ),
  ).toEqual({
    'u@defer.test': 'R=rest defer (-1): nothing leaves this machine',
    'v@defer.test': 'R=dns T=remote_smtp H=mx.test [192.0.2.25] defer (110): Connection timed out',
    'w@fail.test': 'no such user',
    'x@defer.test': 'routing defer (-52): retry time not reached',
  });
});

test('the last attempt counts', () => {
  expect(reasonsOf(`${at} u@x.test R=a defer (1): first`, `${at} u@x.test R=b defer (2): second`)).toEqual({
    'u@x.test': 'R=b defer (2): second',
  });
});

test('what a redirection made stands for the address in the envelope, as a quoted one does', () => {
  expect(
    reasonsOf(
      `${at} member2@defer.test <all@list.test> R=rest defer (-1): later`,
      `${at} sp ace@defer.test <"sp ace"@defer.test> R=rest defer (-1): later`,
      `${at} |/bin/program <pipe@x.test> T=pipe defer (0): later`,
    ),
  ).toEqual({
    'member2@defer.test': 'R=rest defer (-1): later',
    'all@list.test': 'R=rest defer (-1): later',
    'sp ace@defer.test': 'R=rest defer (-1): later',
    '"sp ace"@defer.test': 'R=rest defer (-1): later',
    'pipe@x.test': 'T=pipe defer (0): later',
  });
});

test('deliveries, marks and lines without a time tell no reason', () => {
  expect(
    reasonsOf(
      `${at} d@ok.test: devnull transport succeeded`,
      `${at} member1@ok.test <all@list.test>: devnull transport succeeded`,
      '*** Frozen (delivery error message)',
      'u@x.test R=a defer (1): a server said so in a second line',
      `${at} Unfrozen by errmsg timer`,
    ),
  ).toEqual({});
});

test.each([`${at}.123`, `${at} +0100`, `${at}.123 -0800 [4711]`])('a time is known as "%s"', (stamp) => {
  expect(reasonsOf(`${stamp} u@x.test R=a defer (1): later`)).toEqual({ 'u@x.test': 'R=a defer (1): later' });
});

test('a very long reason is cut', () => {
  expect(reasonsOf(`${at} u@x.test R=a defer (1): ${'x'.repeat(5000)}`)['u@x.test']?.length).toBeLessThanOrEqual(1000);
});

test('any text gives reasons of one line for addresses of one line, and never throws', () => {
  const words = [
    `${at} `,
    'u@x.test',
    ' <',
    '>',
    ' R=',
    ' defer (',
    ': ',
    '\n',
    'Received from ',
    ' transport succeeded',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string())), (parts) => {
      for (const [address, reason] of parseReasons(parts.join(''))) {
        expect(address).toContain('@');
        expect(`${address}${reason}`).not.toContain('\n');
      }
    }),
  );
});
