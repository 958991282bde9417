const zero = 48;
const dot = 46;

/** The first `prefix` bits of an IPv4 address in canonical text, as an address; undefined for any other text. */
export function ipv4Network(text: string, prefix: number): string | undefined {
  const { length } = text;
  if (length < 7 || length > 15) return undefined;
  let bits = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      if (digits === 0 || dots === 3) return undefined;
      bits = (bits << 8) | octet;
      dots += 1;
      octet = 0;
      digits = 0;
      continue;
    }
    const digit = code - zero;
    // Others read a leading zero as octal.
    if (digit < 0 || digit > 9 || (digits > 0 && octet === 0)) return undefined;
    octet = octet * 10 + digit;
    digits += 1;
    if (octet > 255) return undefined;
  }
  if (dots !== 3 || digits === 0) return undefined;
  if (prefix === 32) return text;
  const network = ((bits << 8) | octet) & (prefix === 0 ? 0 : -1 << (32 - prefix));
  return `${network >>> 24}.${(network >>> 16) & 255}.${(network >>> 8) & 255}.${network & 255}`;
}
