import { checksum } from './checksum.ts';
import { serialFault } from './serial-fault.ts';
import { packageSeries, serialFormat } from './serial-version.ts';

/** The first byte is no text, so that nothing takes the rest for one. */
const magic = Uint8Array.of(0x8b, 0x53, 0x4c, 0x4d);
const seriesBytes = 8;
const formatAt = magic.length;
const seriesAt = formatAt + 4;
const lengthAt = seriesAt + seriesBytes;
const checksumAt = lengthAt + 4;
/** Bytes before the content: magic, format (u32), series of the package (8, padded with NUL), length (u32), checksum (u32). */
const headerBytes = checksumAt + 4;

const series = new TextEncoder().encode(packageSeries.padEnd(seriesBytes, '\0'));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const holds = (bytes: Uint8Array, at: number, wanted: Uint8Array): boolean =>
  wanted.every((byte, index) => bytes[at + index] === byte);

/** Puts content into an envelope that says what it is and whether it is whole. Little endian. */
export function seal(content: Uint8Array): Uint8Array {
  const sealed = new Uint8Array(headerBytes + content.length);
  const view = viewOf(sealed);
  sealed.set(magic);
  view.setUint32(formatAt, serialFormat, true);
  sealed.set(series, seriesAt);
  view.setUint32(lengthAt, content.length, true);
  view.setUint32(checksumAt, checksum(content), true);
  sealed.set(content, headerBytes);
  return sealed;
}

/**
 * The content of an envelope, as a view.
 *
 * @throws LogMatcherError `ERR_LOG_MATCHER_SERIAL` for bytes that are foreign, of another version, cut short or damaged
 */
export function unseal(sealed: Uint8Array): Uint8Array {
  if (!ArrayBuffer.isView(sealed) || sealed.length < headerBytes || !holds(sealed, 0, magic)) {
    throw serialFault('these bytes are no serialised set');
  }
  const view = viewOf(sealed);
  const format = view.getUint32(formatAt, true);
  if (format !== serialFormat || !holds(sealed, seriesAt, series)) {
    const theirs = sealed.slice(seriesAt, lengthAt);
    const version = String.fromCharCode(...theirs.filter((byte) => byte > 0x20 && byte < 0x7f));
    const ours = `${packageSeries}, format ${serialFormat}`;
    throw serialFault(`the set was serialised by version ${version}, format ${format}, and this is ${ours}`);
  }
  const content = sealed.subarray(headerBytes);
  const length = view.getUint32(lengthAt, true);
  if (content.length !== length) {
    throw serialFault(`the serialised set has ${content.length} bytes of content instead of ${length}`);
  }
  if (checksum(content) !== view.getUint32(checksumAt, true))
    throw serialFault('the serialised set is damaged: checksum');
  return content;
}
