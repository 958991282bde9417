import { type Address, parseAddress } from '@sluice/pipeline';
import { lookUpOrigins, originName } from './cymru-origins.ts';
import { withOrigins } from './cymru-status.ts';

const address = (text: string): Address => parseAddress(text) as Address;

describe('cymru', () => {
  test('asks for the address reversed', () => {
    expect(originName(address('192.0.2.10'))).toBe('10.2.0.192.origin.asn.cymru.com');
    expect(originName(address('2001:db8::1'))).toBe(
      '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.origin6.asn.cymru.com',
    );
    expect(originName(address('::'))).toBe(`${'0.'.repeat(32)}origin6.asn.cymru.com`);
  });

  test('reads one route, several, none, and faults, in the order of the addresses', async () => {
    const failed = (code: string): Error => Object.assign(new Error(code), { code });
    const answers = new Map<string, readonly string[][] | Error>([
      ['1.2.0.192', [['23028 | 192.0.2.0/24 | US | arin | 1998-09-25']]],
      ['2.2.0.192', [['2 | 192.0.2.0/24 | DE | ripencc | x'], ['1 | 192.0.2.0/23 ', '|  | ripencc | x']]],
      ['3.2.0.192', failed('ENOTFOUND')],
      ['4.2.0.192', failed('ETIMEOUT')],
      ['5.2.0.192', []],
    ]);
    const resolveTxt = async (name: string): Promise<readonly string[][]> => {
      const answer = answers.get(name.replace('.origin.asn.cymru.com', ''));
      if (answer === undefined || answer instanceof Error) throw answer;
      return answer;
    };
    const asked = [1, 2, 3, 4, 5].map((last) => address(`192.0.2.${last}`));
    expect(await lookUpOrigins(asked, resolveTxt)).toEqual([
      { asn: '23028', country: 'US', rir: 'arin' },
      { asn: '1, 2', country: 'DE, unknown', rir: 'ripencc' },
      { asn: 'nxdomain', country: 'nxdomain', rir: 'nxdomain' },
      { asn: 'error', country: 'error', rir: 'error' },
      { asn: 'unknown', country: 'unknown', rir: 'unknown' },
    ]);
  });

  test('keeps no more than 16 questions open', async () => {
    let [open, most] = [0, 0];
    const resolveTxt = async (): Promise<readonly string[][]> => {
      open += 1;
      most = Math.max(most, open);
      await new Promise(setImmediate);
      open -= 1;
      return [['1 | n | US | arin | d']];
    };
    const asked = Array.from({ length: 100 }, (_, index) => address(`192.0.2.${index}`));
    expect(await lookUpOrigins(asked, resolveTxt)).toHaveLength(100);
    expect(most).toBe(16);
  });

  test('asks about addresses and networks, never about other ids', async () => {
    const asked: string[] = [];
    const banned = ['192.0.2.1', 'some user', '198.18.0.0/15', '999.1.1.1'];
    await withOrigins({ jail: 'a', filter: {}, actions: { banned } }, async (name) => {
      asked.push(name);
      return [];
    });
    expect(asked).toEqual(['1.2.0.192.origin.asn.cymru.com', '0.0.18.198.origin.asn.cymru.com']);
  });
});
