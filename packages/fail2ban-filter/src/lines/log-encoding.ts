import { Fail2banFilterError } from '../fail2ban-filter-error.ts';

/** Makes text of a log's bytes; what cannot be decoded is U+FFFD. */
export interface LogEncoding {
  /** Equal for encodings that are. */
  readonly name: string;
  decode(bytes: Uint8Array): string;
}

const blockBytes = 4096;

/** An encoding of one byte for each character. */
function byteEncoding(name: string, charOf: (byte: number) => number): LogEncoding {
  return {
    name,
    decode(bytes) {
      let text = '';
      for (let start = 0; start < bytes.length; start += blockBytes)
        text += String.fromCharCode(...Array.from(bytes.subarray(start, start + blockBytes), charOf));
      return text;
    },
  };
}

const replacement = 0xfffd;

/** What Windows-1252 has in the place of the controls from 0x80 on; some versions of Node.js decode it as Latin-1. */
const windowsSigns = '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ';

/** Python's names of encodings, where the WHATWG's are others or mean others. */
const byteEncodings: readonly (readonly [RegExp, LogEncoding])[] = [
  [/^(?:us-?ascii|ascii|646)$/, byteEncoding('ascii', (byte) => (byte < 0x80 ? byte : replacement))],
  [/^(?:latin-?1|l1|iso-?8859-?1|8859|cp819)$/, byteEncoding('latin-1', (byte) => byte)],
  [
    /^(?:cp|windows-?)1252$/,
    byteEncoding('windows-1252', (byte) => (byte >> 5 === 4 ? windowsSigns.charCodeAt(byte - 0x80) : byte)),
  ],
];

const whatwgName = (name: string): string =>
  name.replace(/^(?:cp|windows)-?(125[013-8]|874)$/, 'windows-$1').replace(/^iso-?8859-?(\d+)$/, 'iso-8859-$1');

function decoderOf(name: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(whatwgName(name), { ignoreBOM: true });
  } catch {
    return undefined;
  }
}

/**
 * Reads fail2ban's `logencoding`: a name of Python's or the WHATWG's. Undefined stands for UTF-8, which is `auto` too.
 *
 * Throws ERR_FAIL2BAN_FILTER_OPTION for an unknown one, and for those in which a line break is not one byte (UTF-16).
 */
export function parseLogEncoding(text: string): LogEncoding | undefined {
  const name = text.trim().toLowerCase().replaceAll('_', '-');
  const own = byteEncodings.find(([names]) => names.test(name))?.[1];
  if (own !== undefined) return own;
  const decoder = name === 'auto' ? undefined : decoderOf(name);
  if (name === 'auto' || decoder?.encoding === 'utf-8') return undefined;
  if (decoder !== undefined && !/^utf-?16|^ucs/.test(decoder.encoding))
    return { name: decoder.encoding, decode: (bytes) => decoder.decode(bytes) };
  const expected = 'auto, or an encoding in which a line break is one byte, such as utf-8, latin-1 or windows-1252';
  throw new Fail2banFilterError(
    'ERR_FAIL2BAN_FILTER_OPTION',
    `encoding must be ${expected}, not ${JSON.stringify(text)}`,
    {
      value: text,
      cure: 'write the name of the encoding that the log is written in, or convert the log (iconv)',
    },
  );
}
