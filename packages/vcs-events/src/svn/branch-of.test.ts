import { branchOf, layoutRoot } from './branch-of.ts';

const paths = (...all: readonly string[]): { readonly path: string }[] => all.map((path) => ({ path }));

test.each([
  [['/trunk/a', '/trunk'], '', 'trunk'],
  [['/branches/1.x/a/b'], '', 'branches/1.x'],
  [['/tags/1.0'], '', 'tags/1.0'],
  [['/trunk/tags/x'], '', 'trunk'],
  [['/project/branches/b/a'], '/project', 'branches/b'],
])('%j below %j is on %s', (changed, root, branch) => {
  expect(branchOf(paths(...changed), root)).toBe(branch);
});

test.each([
  [['/trunk/a', '/branches/1.x/a'], ''],
  [['/branches'], ''],
  [['/trunks/a'], ''],
  [['/src/trunk/a'], ''],
  [['/project/trunk/a', '/other/trunk/a'], '/project'],
  [['/'], ''],
  [[], ''],
])('%j below %j is on none', (changed, root) => {
  expect(branchOf(paths(...changed), root)).toBeUndefined();
});

test.each([
  ['', ''],
  ['/trunk', ''],
  ['/project', '/project'],
  ['/project/trunk/src/trunk', '/project'],
  ['/a/b/branches/1.x', '/a/b'],
  ['/trunks', '/trunks'],
])('who reads %j finds the branches below %j', (path, root) => {
  expect(layoutRoot(path)).toBe(root);
});
