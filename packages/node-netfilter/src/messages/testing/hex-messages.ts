/** The messages of a buffer, four bytes a group. */
export function messagesOf(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: string[] = [];
  for (let at = 0; at < bytes.length; at += (view.getUint32(at, true) + 3) & ~3) {
    const hex = Buffer.from(bytes.subarray(at, at + view.getUint32(at, true))).toString('hex');
    messages.push(hex.replace(/(.{8})(?=.)/g, '$1 '));
  }
  return messages;
}
