/** A compressed format, known by the first bytes of a file. */
export type CompressionName = 'gzip' | 'zstd' | 'xz' | 'bzip2';

const formats: readonly { readonly name: CompressionName; readonly magic: readonly number[] }[] = [
  { name: 'gzip', magic: [0x1f, 0x8b, 0x08] },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  // After "BZh" comes the size of blocks, which is left out, and then the number of the first block.
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68, -1, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59] },
];

/** Most bytes that {@link compressionOf} needs. */
export const magicBytes = 10;

/** The format that first bytes announce; undefined for plain text. */
export const compressionOf = (head: Uint8Array): CompressionName | undefined =>
  formats.find(({ magic }) => magic.every((byte, index) => byte === -1 || head[index] === byte))?.name;
