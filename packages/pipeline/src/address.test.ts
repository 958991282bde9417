import fc from 'fast-check';
import { testWith } from '../../../tools/testing/describe-with.ts';
import { corpus, corpusJson } from '../../../tools/testing/fail2ban-corpus.ts';
import { parseAddress } from './address.ts';

describe('parseAddress', () => {
  test.each([
    ['193.33.21.199', '193.33.21.199', 4],
    ['0.0.0.0', '0.0.0.0', 4],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', 6],
    ['::', '::', 6],
    ['::ffff:192.0.2.1', '192.0.2.1', 4],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221', 6],
    ['::10.0.0.1', '::a00:1', 6],
  ])('reads %s as %s', (text, canonical, family) => {
    expect(parseAddress(text)).toEqual({ text: canonical, family });
  });

  test.each([
    '999.1.1.1',
    '192.030.0.6',
    '1.2.3',
    '1.2.3.4.5',
    '0x7f.0.0.1',
    '2130706433',
    '1.2.3.4 ',
    '1.2.3.4\n',
    '[2001:db8::1]',
    'fe80::1%eth0',
    '2001:db8::1::2',
    '::ffff:1.2.3.04',
    '::ffff:999.1.1.1',
    '1:2:3:4:5:6:7:8:9',
    'localhost',
    '',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test('reads every IPv4 address that it writes, and no other spelling of it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(parseAddress(text)).toEqual({ text, family: 4 });
        expect(parseAddress(text.replace(/\d+$/, '0$&'))).toBeUndefined();
      }),
    );
  });

  test('gives one text to all spellings of an IPv6 address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const first = parseAddress(text);
        expect(first).toBeDefined();
        expect(parseAddress(first?.text ?? '')).toEqual(first);
        expect(parseAddress(text.toUpperCase())).toEqual(first);
      }),
    );
  });

  testWith([corpus], "agrees with fail2ban's addr.json", () => {
    const rows = corpusJson<Record<string, { str: string; valid: boolean; single: boolean }>>('addr.json');
    // fail2ban also takes brackets, which the filter's tag leaves outside the captured group, and `address/32`.
    const plain = Object.entries(rows).filter(([text]) => !text.includes('[') && !text.includes('/'));
    expect(plain.length).toBeGreaterThan(8);
    for (const [text, { str, valid, single }] of plain) {
      expect([text, parseAddress(text)?.text]).toEqual([text, valid && single ? str : undefined]);
    }
  });
});
