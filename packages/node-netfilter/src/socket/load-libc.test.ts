import { type Koffi, loadLibc } from './load-libc.ts';

const unavailable = 'ERR_NODE_NETFILTER_UNAVAILABLE';

/** A koffi that finds all functions but one. */
const without = (missing: string): Koffi => ({
  errno: () => 0,
  load: () => ({
    func: (definition) => {
      if (definition.includes(`${missing}(`)) throw new Error(`Cannot find function '${missing}' in shared library`);
      return Object.assign(() => 0, { async: () => {} });
    },
  }),
});

describe('loadLibc', () => {
  test('says that netlink is for Linux where the platform is another', async () => {
    await expect(loadLibc(undefined, 'darwin')).rejects.toMatchObject({
      code: unavailable,
      message: expect.stringContaining('darwin'),
    });
  });

  test('says how to get koffi where it is not installed', async () => {
    const cause = Object.assign(new Error("Cannot find package 'koffi'"), { code: 'ERR_MODULE_NOT_FOUND' });
    await expect(loadLibc(() => Promise.reject(cause), 'linux')).rejects.toMatchObject({
      code: unavailable,
      cause,
      cure: expect.stringContaining('install koffi'),
    });
  });

  test.each(['socket', 'recv', 'close'])('says so where the C library has no %s', async (name) => {
    await expect(loadLibc(async () => without(name), 'linux')).rejects.toMatchObject({
      code: unavailable,
      cause: expect.objectContaining({ message: expect.stringContaining(name) }),
    });
  });
});
