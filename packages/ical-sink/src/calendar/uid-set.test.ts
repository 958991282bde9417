import { UidSet } from './uid-set.ts';

test('knows each of many uids again, and no other', () => {
  const uids = new UidSet(1_000_000);
  const count = 50_000;
  for (let n = 0; n < count; n += 1) expect(uids.add(`r${n}@repository`)).toBe(true);
  for (let n = 0; n < count; n += 1) expect(uids.add(`r${n}@repository`)).toBe(false);
  expect(uids.add(`r${count}@repository`)).toBe(true);
});

test('remembers no more than it may', () => {
  const uids = new UidSet(2);
  expect(['a', 'b', 'c'].map((uid) => uids.add(uid))).toEqual([true, true, true]);
  expect(['a', 'b', 'c'].map((uid) => uids.add(uid))).toEqual([false, false, true]);
});
