import type { NftSet } from '../ruleset/set.ts';
import { SetKeys } from './set-keys.ts';

const set = (name: string): NftSet => ({ family: 'inet', table: 't', set: name, key: ['ipv4_addr'] });

describe('SetKeys', () => {
  test('asks for a set once, and again when it is gone', async () => {
    const asked: string[] = [];
    const keys = new SetKeys(async (name) => {
      asked.push(name.set);
      return set(name.set);
    });
    for (let i = 0; i < 3; i++) expect(await keys.of(set('a'))).toEqual({ key: ['ipv4_addr'] });
    expect(asked).toEqual(['a']);
    keys.delete(set('a'));
    await keys.of(set('a'));
    expect(asked).toEqual(['a', 'a']);
  });

  test('does not ask for a set that it was told of', async () => {
    const keys = new SetKeys(() => Promise.reject(new Error('asked')));
    keys.add({ ...set('a'), flags: ['interval'] });
    expect(await keys.of(set('a'))).toEqual({ key: ['ipv4_addr'], flags: ['interval'] });
  });

  test('asks again where asking failed', async () => {
    let isWell = false;
    const keys = new SetKeys((name) => (isWell ? Promise.resolve(set(name.set)) : Promise.reject(new Error('busy'))));
    expect(await keys.of(set('a'))).toBeUndefined();
    isWell = true;
    expect(await keys.of(set('a'))).toEqual({ key: ['ipv4_addr'] });
  });

  test('forgets the oldest of more than a thousand sets', async () => {
    let asked = 0;
    const keys = new SetKeys(async (name) => {
      asked += 1;
      return set(name.set);
    });
    for (let n = 0; n <= 1024; n++) keys.add(set(`s${n}`));
    await keys.of(set('s1'));
    expect(asked).toBe(0);
    await keys.of(set('s0'));
    expect(asked).toBe(1);
  });
});
