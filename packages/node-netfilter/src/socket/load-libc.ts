import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Libc } from './libc.ts';

/** The slice of koffi that is used. */
export interface Koffi {
  load(path: null): { func(definition: string): KoffiFunction };
  errno(): number;
}

interface KoffiFunction {
  (...args: unknown[]): number;
  async(...args: unknown[]): void;
}

const signatures = {
  socket: 'int socket(int domain, int type, int protocol)',
  bind: 'int bind(int fd, const void *address, uint32_t length)',
  getsockname: 'int getsockname(int fd, void *address, void *length)',
  getsockopt: 'int getsockopt(int fd, int level, int name, void *value, void *length)',
  setsockopt: 'int setsockopt(int fd, int level, int name, const void *value, uint32_t length)',
  send: 'long send(int fd, const void *bytes, size_t length, int flags)',
  recv: 'long recv(int fd, void *bytes, size_t length, int flags)',
  close: 'int close(int fd)',
} as const;

/**
 * The C library of this process, through koffi.
 *
 * @param load gives koffi
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_UNAVAILABLE`
 */
export async function loadLibc(
  load: () => Promise<Koffi> = async () => (await import('koffi')).default as unknown as Koffi,
  platform: string = process.platform,
): Promise<Libc> {
  if (platform !== 'linux')
    throw new NodeNetfilterError('UNAVAILABLE', `netlink is a part of Linux, which ${platform} is not`);
  const koffi = await load().catch((cause: unknown) => {
    throw new NodeNetfilterError('UNAVAILABLE', 'netlink sockets need the package koffi, which cannot be loaded', {
      cure: `install koffi (npm leaves it out with --omit=optional), or use the transport 'nft'`,
      cause,
    });
  });
  try {
    return bound(koffi);
  } catch (cause) {
    throw new NodeNetfilterError('UNAVAILABLE', 'koffi does not find the socket functions of the C library', {
      cure: `use the transport 'nft'`,
      cause,
    });
  }
}

function bound(koffi: Koffi): Libc {
  const library = koffi.load(null);
  const bind = <K extends keyof typeof signatures>(name: K): KoffiFunction => library.func(signatures[name]);
  const send = bind('send');
  const recv = bind('recv');
  const close = bind('close');
  return {
    socket: bind('socket'),
    bind: bind('bind'),
    getsockname: bind('getsockname'),
    getsockopt: bind('getsockopt'),
    setsockopt: bind('setsockopt'),
    send,
    recv,
    close,
    closeLater: (descriptor) =>
      new Promise((resolve, reject) => {
        close.async(descriptor, (error: unknown) => (error ? reject(error) : resolve()));
      }),
    errno: () => koffi.errno(),
    sendLater: async (descriptor, bytes) => {
      const { result, errno } = await later(send, koffi, descriptor, bytes, 0);
      return result < 0 ? errno : 0;
    },
    recvLater: async (descriptor, bytes, flags) => {
      const { result: length, errno } = await later(recv, koffi, descriptor, bytes, flags);
      return { length, errno };
    },
  };
}

// koffi keeps no reference to what it is given: without ours the collector might take the bytes away from the thread.
const inUse = new Set<{ readonly bytes: Uint8Array }>();

/** Calls `send` or `recv` in another thread. */
function later(
  call: KoffiFunction,
  koffi: Koffi,
  descriptor: number,
  bytes: Uint8Array,
  flags: number,
): Promise<{ readonly result: number; readonly errno: number }> {
  const use = { bytes };
  inUse.add(use);
  return new Promise((resolve, reject) => {
    const done = (error: unknown, result: number): void => {
      inUse.delete(use);
      // Only in here is errno that of this call.
      if (error) reject(error);
      else resolve({ result, errno: result < 0 ? koffi.errno() : 0 });
    };
    call.async(descriptor, bytes, bytes.length, flags, done);
  });
}
