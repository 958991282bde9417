import { checkLock } from './check-lock.mjs';

test('a lock with all platform packages has no fault', () => {
  const packages = {
    '': { version: '0.0.0' },
    'packages/a': { version: '1.0.0' },
    'node_modules/@sluice/a': { resolved: 'packages/a' },
    'node_modules/tool': { version: '1.0.0', optionalDependencies: { 'tool-linux': '1.0.0', 'tool-mac': '1.0.0' } },
    'node_modules/tool-linux': { version: '1.0.0' },
    'node_modules/tool/node_modules/tool-mac': { version: '1.0.0' },
  };
  expect(checkLock({ packages })).toEqual([]);
});

test('a lock without the binary of one platform is refused, with the tool and what it lacks', () => {
  const packages = {
    'node_modules/a/node_modules/tool': {
      version: '2.1.0',
      optionalDependencies: { 'tool-linux': '2.1.0', 'tool-mac': '2.1.0' },
    },
    'node_modules/a/node_modules/tool-linux': { version: '2.1.0' },
    'node_modules/b/node_modules/tool-mac': { version: '2.1.0' },
  };
  expect(checkLock({ packages })).toEqual([
    {
      file: 'package-lock.json',
      fault: 'node_modules/a/node_modules/tool@2.1.0 names tool-mac, which the lock lacks',
      cure: 'pin an older release that has all its platform packages',
    },
  ]);
});

test('a lock that names a host is refused', () => {
  const packages = { 'node_modules/a': { version: '1.0.0', resolved: 'https://registry.example/a/-/a-1.0.0.tgz' } };
  expect(checkLock({ packages })).toEqual([
    expect.objectContaining({ fault: 'node_modules/a is bound to the registry that it was locked with' }),
  ]);
});
