/** A compressed format. */
export interface Compression {
  readonly name: 'gzip' | 'zstd' | 'xz' | 'bzip2';
  /** The first bytes of every such file. */
  readonly magic: readonly number[];
  readonly extension: RegExp;
  /** What to do with such a file, as one imperative clause. */
  readonly cure: string;
}

const formats: readonly Compression[] = [
  { name: 'gzip', magic: [0x1f, 0x8b], extension: /\.t?gz$/i, cure: 'read it with readFiles' },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], extension: /\.zst$/i, cure: 'unpack it with zstd -d' },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], extension: /\.xz$/i, cure: 'unpack it with xz -d' },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68], extension: /\.bz2$/i, cure: 'unpack it with bzip2 -d' },
];

/** Most bytes that {@link compressionOf} needs. */
export const magicBytes = 6;

/** The format that a file's first bytes announce. */
export function compressionOf(head: Uint8Array): Compression | undefined {
  return formats.find(({ magic }) => magic.every((byte, index) => head[index] === byte));
}

/** The format that a file's name announces. */
export function compressionByName(file: string): Compression | undefined {
  return formats.find(({ extension }) => extension.test(file));
}
