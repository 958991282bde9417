import koffi from 'koffi';

const LINUX_CAPABILITY_VERSION_3 = 0x2008_0522;

/**
 * Takes all capabilities from this process, as a thread has them: the main one, and the only one of libuv's pool, for which
 * the process has to run with UV_THREADPOOL_SIZE=1. See capset(2).
 */
export async function dropCapabilities(): Promise<void> {
  const capset = koffi.load(null).func('int capset(const void *header, const void *data)');
  const header = new Uint32Array([LINUX_CAPABILITY_VERSION_3, 0]);
  const none = new Uint32Array(6);
  const inPool = await new Promise((resolve, reject) => {
    capset.async(header, none, (error: unknown, result: number) => (error ? reject(error) : resolve(result)));
  });
  if (inPool !== 0 || capset(header, none) !== 0) throw new Error(`capset: ${koffi.errno()}`);
}
