import { parseAddress } from '@sluice/pipeline';
import { OwnAddresses } from './own-addresses.ts';

const address = (text: string) => {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
};

describe('OwnAddresses', () => {
  test('knows the loopback address of this machine', () => {
    const own = new OwnAddresses();
    expect(own.has(address('127.0.0.1'), 0)).toBe(true);
    expect(own.has(address('203.0.113.1'), 0)).toBe(false);
  });

  test('asks again after five minutes, not before', () => {
    let addresses = ['203.0.113.1', 'fe80::1%eth0'];
    const own = new OwnAddresses({ read: () => addresses });
    expect(own.has(address('203.0.113.1'), 1000)).toBe(true);
    expect(own.has(address('fe80::1'), 1000)).toBe(true);
    addresses = ['203.0.113.2'];
    expect(own.has(address('203.0.113.2'), 300_999)).toBe(false);
    expect(own.has(address('203.0.113.2'), 301_000)).toBe(true);
    expect(own.has(address('203.0.113.1'), 301_000)).toBe(false);
  });

  test('asks again when the clock was set back', () => {
    let addresses: string[] = [];
    const own = new OwnAddresses({ read: () => addresses });
    expect(own.has(address('203.0.113.1'), 1_000_000)).toBe(false);
    addresses = ['203.0.113.1'];
    expect(own.has(address('203.0.113.1'), 5)).toBe(true);
  });

  test('keeps what it knew when it cannot ask, and says so', () => {
    const faults: unknown[] = [];
    let read = (): string[] => ['203.0.113.1'];
    const own = new OwnAddresses({ read: () => read(), onFailed: (error) => faults.push(error) });
    expect(own.has(address('203.0.113.1'), 0)).toBe(true);
    const fault = new Error('EPERM');
    read = () => {
      throw fault;
    };
    expect(own.has(address('203.0.113.1'), 300_000)).toBe(true);
    expect(faults).toEqual([fault]);
  });
});
