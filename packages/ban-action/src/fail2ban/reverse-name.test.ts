import { type Address, parseAddress } from '@sluice/pipeline';
import { reverseName } from './reverse-name.ts';

describe('reverseName', () => {
  it.each([
    ['192.0.2.1', '1.2.0.192.'],
    ['2001:db8::1', '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.'],
    ['::', `${'0.'.repeat(32)}`],
    ['::1', `1.${'0.'.repeat(31)}`],
    ['fe80::', `${'0.'.repeat(28)}0.8.e.f.`],
    ['1:2:3:4:5:6:7:8', '8.0.0.0.7.0.0.0.6.0.0.0.5.0.0.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.'],
  ])('%s is %s', (text, name) => {
    expect(reverseName(parseAddress(text) as Address)).toBe(name);
  });
});
