import { open } from 'node:fs/promises';

const stepBytes = 1 << 18;

/** Whether two files of that length have the same bytes. */
export async function sameContent(one: string, other: string, length: number): Promise<boolean> {
  const handles = [await open(one, 'r')];
  try {
    handles.push(await open(other, 'r'));
    const buffers = handles.map(() => Buffer.allocUnsafeSlow(stepBytes));
    for (let at = 0; at < length; at += stepBytes) {
      const wanted = Math.min(stepBytes, length - at);
      const parts: Buffer[] = [];
      for (const [i, handle] of handles.entries()) {
        const buffer = buffers[i] as Buffer;
        const { bytesRead } = await handle.read(buffer, 0, wanted, at);
        if (bytesRead !== wanted) return false;
        parts.push(buffer.subarray(0, wanted));
      }
      if (!parts[0]?.equals(parts[1] as Buffer)) return false;
    }
    return true;
  } finally {
    for (const handle of handles) await handle.close();
  }
}
