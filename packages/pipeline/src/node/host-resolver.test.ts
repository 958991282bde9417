import { getEventListeners } from 'node:events';
import type { Address } from '../address.ts';
import { type HostResolverOptions, hostResolver } from './host-resolver.ts';

const v4 = (text: string): Address => ({ text, family: 4 });

let end = new AbortController();
afterEach(() => {
  end.abort();
  end = new AbortController();
});

/** A resolver whose requests are answered by hand. */
function manual(options: HostResolverOptions = {}) {
  const requests: { readonly name: string; answer(...texts: string[]): Promise<void>; fail(): Promise<void> }[] = [];
  const passed = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const lookup = (name: string): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      requests.push({
        name,
        answer: (...texts) => {
          resolve(texts);
          return passed();
        },
        fail: () => {
          reject(new Error('ENOTFOUND'));
          return passed();
        },
      });
    });
  let nowMs = 0;
  const clock = { nowMs: () => nowMs };
  const resolver = hostResolver({ lookup, clock, signal: end.signal, ...options });
  return { resolver, requests, wait: (ms: number) => (nowMs += ms) };
}

test('asks the machine: localhost has a loopback address, and that address a name', async () => {
  const resolver = hostResolver();
  const addresses = await resolver.addressesOf('localhost');
  expect(addresses.map(({ text }) => text)).toEqual(expect.arrayContaining([expect.stringMatching(/^(?:127\.|::1$)/)]));
  expect(await resolver.nameOf(v4('127.0.0.1'))).toEqual(expect.stringMatching(/^[\w.-]+$/));
});

test('gives valid addresses, each once, IPv4 first', async () => {
  const { resolver, requests } = manual();
  const found = resolver.addressesOf('a.example');
  await requests[0]?.answer('2001:DB8::7', '192.0.2.7', '192.030.0.6', '::ffff:192.0.2.7', 'rubbish');
  expect(await found).toEqual([v4('192.0.2.7'), { text: '2001:db8::7', family: 6 }]);
});

test('answers at once what it has asked before, in any case of letters, until the answer is old', async () => {
  const { resolver, requests, wait } = manual({ ttlMs: 1000 });
  const found = resolver.addressesOf('a.example');
  expect(resolver.addressesOf('A.example')).toBe(found);
  await requests[0]?.answer('192.0.2.7');
  wait(999);
  expect(resolver.addressesOf('a.EXAMPLE')).toEqual([v4('192.0.2.7')]);
  wait(1);
  expect(resolver.addressesOf('a.example')).toBeInstanceOf(Promise);
  expect(requests.map(({ name }) => name)).toEqual(['a.example', 'a.example']);
});

test('remembers also that there is no answer', async () => {
  const { resolver, requests } = manual();
  const found = resolver.addressesOf('none.example');
  await requests[0]?.fail();
  expect(await found).toEqual([]);
  expect(resolver.addressesOf('none.example')).toEqual([]);
  expect(requests).toHaveLength(1);
});

test.each(['', '192.0.2.7', '3232235521', 'a b', '-x', 'ä.example', '$(reboot)'])('never asks for %j', (text) => {
  const { resolver, requests } = manual();
  expect(resolver.addressesOf(text)).toEqual([]);
  expect(requests).toEqual([]);
});

test('a log full of made-up names costs maxConcurrent requests, maxWaiting questions and maxCached answers', async () => {
  const { resolver, requests } = manual({ maxConcurrent: 3, maxWaiting: 5, maxCached: 4 });
  const found = Array.from({ length: 1000 }, (_, index) => resolver.addressesOf(`n${index}.example`));
  expect(requests).toHaveLength(3);
  expect(found.filter((answer) => answer instanceof Promise)).toHaveLength(8);
  for (let index = 0; index < 8; index += 1) {
    await requests[index]?.answer(`192.0.2.${index}`);
    expect(requests.length).toBeLessThanOrEqual(index + 4);
  }
  expect(requests).toHaveLength(8);
  const known = Array.from(
    { length: 8 },
    (_, index) => !(resolver.addressesOf(`n${index}.example`) instanceof Promise),
  );
  expect(known).toEqual([false, false, false, false, true, true, true, true]);
});

test('gives up when the time is over, waiting for a turn included, and does not ask more than it may meanwhile', async () => {
  const { resolver, requests } = manual({ timeoutMs: 20, maxConcurrent: 1 });
  const found = ['slow.example', 'waiting.example'].map((name) => resolver.addressesOf(name));
  expect(await Promise.all(found)).toEqual([[], []]);
  expect(requests.map(({ name }) => name)).toEqual(['slow.example']);
  expect(resolver.addressesOf('slow.example')).toEqual([]);
  const again = resolver.addressesOf('waiting.example');
  expect(requests).toHaveLength(1);
  await requests[0]?.answer('192.0.2.1');
  await requests[1]?.answer('192.0.2.2');
  expect(await again).toEqual([v4('192.0.2.2')]);
  expect(resolver.addressesOf('slow.example')).toEqual([]);
});

test('its signal ends all waiting, and has one listener however many wait', async () => {
  const abort = new AbortController();
  const { resolver, requests } = manual({ signal: abort.signal, maxConcurrent: 1 });
  const found = Array.from({ length: 20 }, (_, index) => resolver.addressesOf(`n${index}.example`));
  expect(getEventListeners(abort.signal, 'abort')).toHaveLength(2);
  abort.abort();
  expect(await Promise.all(found)).toEqual(found.map(() => []));
  expect(resolver.addressesOf('later.example')).toEqual([]);
  expect(requests).toHaveLength(1);
});

test.each([
  ['host.example', 'host.example'],
  ['192.0.2.9', undefined],
  ['$(reboot).example', undefined],
  [undefined, undefined],
])('takes %j as the name of an address for %j', async (given, name) => {
  const resolver = hostResolver({ reverse: async () => given });
  expect(await resolver.nameOf(v4('192.0.2.7'))).toBe(name);
  expect(resolver.nameOf(v4('192.0.2.7'))).toBe(name);
});

test.each<[HostResolverOptions, RegExp]>([
  [{ timeoutMs: 0 }, /^timeoutMs must be an integer from 1 to 3600000, not 0/],
  [{ maxCached: 0 }, /^maxCached must be an integer of at least 1, not 0/],
  [{ maxConcurrent: 1.5 }, /^maxConcurrent must be/],
  [{ maxWaiting: -1 }, /^maxWaiting must be/],
  [{ ttlMs: Number.NaN }, /^ttlMs must be/],
  [{ lookup: 'dig' as never }, /^lookup must be a function, not "dig"/],
])('refuses the option %j', (options, message) => {
  expect(() => hostResolver(options)).toThrow(message);
});
