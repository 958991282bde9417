/** libc's constants on Linux (socket(2), send(2), errno(3)). */
const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;
const EINTR = 4;
const EAGAIN = 11;

/** Length of `sun_path` (unix(7)). */
const maxPathBytes = 108;

/** A socket to send texts from, each one datagram. */
export interface DatagramSender {
  /** @returns the error number of libc; 0 when it is sent, 11 (EAGAIN) when the receiver has no room now */
  send(text: string): number;
  close(): void;
}

/**
 * `struct sockaddr_un`, or undefined for a name that does not fit.
 *
 * @param address absolute path, or `@` and the name of an abstract socket
 */
export function unixAddress(address: string): Buffer | undefined {
  const path = Buffer.from(address);
  // A path ends with NUL, an abstract name begins with it.
  const isAbstract = address.startsWith('@');
  const bytes = Buffer.concat([Buffer.alloc(2), path, Buffer.alloc(isAbstract ? 0 : 1)]);
  if (bytes.length - 2 > maxPathBytes) return undefined;
  bytes.set(new Uint8Array(Uint16Array.of(AF_UNIX).buffer));
  if (isAbstract) bytes[2] = 0;
  return bytes;
}

/**
 * Opens a UNIX datagram socket, which Node.js has none of, by libc.
 *
 * @param address as of {@link unixAddress}
 * @returns undefined where koffi is not installed or the address cannot be used
 */
export async function openDatagramSender(address: string): Promise<DatagramSender | undefined> {
  const to = unixAddress(address);
  if (to === undefined) return undefined;
  const koffi = await import('koffi').then(
    (module) => module.default,
    () => undefined,
  );
  if (koffi === undefined) return undefined;
  const libc = koffi.load(null);
  const socket = libc.func('int socket(int domain, int type, int protocol)');
  const sendTo = libc.func(
    'long sendto(int fd, const void *text, size_t bytes, int flags, const void *address, uint32_t addressBytes)',
  );
  const close = libc.func('int close(int fd)');
  const fd: number = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return undefined;
  return {
    send(text) {
      const bytes = Buffer.from(text);
      for (;;) {
        const sent: number = sendTo(fd, bytes, bytes.length, MSG_NOSIGNAL | MSG_DONTWAIT, to, to.length);
        const errno = sent < 0 ? koffi.errno() : 0;
        if (errno !== EINTR) return errno;
      }
    },
    close() {
      close(fd);
    },
  };
}

/** Whether sending again later may do. */
export const isBusy = (errno: number): boolean => errno === EAGAIN;
