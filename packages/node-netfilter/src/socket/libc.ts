/** What is used of the C library; each function as its man page in section 2 says. */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  bind(descriptor: number, address: Uint8Array, length: number): number;
  getsockname(descriptor: number, address: Uint8Array, length: Uint8Array): number;
  getsockopt(descriptor: number, level: number, name: number, value: Uint8Array, length: Uint8Array): number;
  setsockopt(descriptor: number, level: number, name: number, value: Uint8Array, length: number): number;
  send(descriptor: number, bytes: Uint8Array, length: number, flags: number): number;
  recv(descriptor: number, bytes: Uint8Array, length: number, flags: number): number;
  close(descriptor: number): number;
  /** As `close`, in a thread of its own. */
  closeLater(descriptor: number): Promise<void>;
  /** Error number of the last call that failed. */
  errno(): number;
  /** As `send`, in a thread of its own. Gives the error number, 0 when it was sent. */
  sendLater(descriptor: number, bytes: Uint8Array): Promise<number>;
  /** As `recv`, in a thread of its own; only with MSG_DONTWAIT. */
  recvLater(descriptor: number, bytes: Uint8Array, flags: number): Promise<{ length: number; errno: number }>;
}
