const zero = 0x30;
const dot = 0x2e;

/**
 * Writes the four bytes of an IPv4 address that stands in a part of a text: four decimal octets without leading zeros,
 * which others read as octal.
 *
 * @param to where the part ends
 * @param at where the bytes go
 * @returns whether the part is an address; what was written counts only then
 */
export function parseIpv4(text: string, from: number, to: number, bytes: Uint8Array, at: number): boolean {
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    const digit = code - zero;
    if (digit >= 0 && digit <= 9) {
      if (digits > 0 && octet === 0) return false;
      octet = octet * 10 + digit;
      if (octet > 255) return false;
      digits++;
    } else {
      if (code !== dot || digits === 0 || dots === 3) return false;
      bytes[at + dots] = octet;
      dots++;
      octet = 0;
      digits = 0;
    }
  }
  bytes[at + 3] = octet;
  return dots === 3 && digits > 0;
}
