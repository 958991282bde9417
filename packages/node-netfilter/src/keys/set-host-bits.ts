/** Clears all bits of an address behind the first `prefix` ones, or sets them. */
export function setHostBits(bytes: Uint8Array, at: number, length: number, prefix: number, isSet: boolean): void {
  for (let i = 0; i < length; i++) {
    const hostMask = 0xff >> Math.min(8, Math.max(0, prefix - i * 8));
    const byte = bytes[at + i] as number;
    bytes[at + i] = isSet ? byte | hostMask : byte & ~hostMask;
  }
}
