import { ringRejects } from './reject.ts';

test('ringRejects keeps the last ones and counts all', () => {
  const rejects = ringRejects(2);
  for (const reason of ['a', 'b', 'c']) rejects.next({ component: 'x', code: 'ERR_X', reason });
  expect(rejects.last.map(({ reason }) => reason)).toEqual(['b', 'c']);
  expect(rejects.total).toBe(3);
});
