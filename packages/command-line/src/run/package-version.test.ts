import { packageVersion } from './package-version.ts';

test("is the manifest's", () => {
  expect(packageVersion(new URL('../../package.json', import.meta.url))).toMatch(/^\d+\.\d+\.\d+$/);
});
