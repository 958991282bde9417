const modifiedShifts = /&([^-&]*)(-?)/g;
const shifts = /\+([A-Za-z0-9+/]*)(-?)/g;
const base64Only = /^[A-Za-z0-9+/]+$/;

const utf16 = new TextDecoder('utf-16be', { ignoreBOM: true });

/** UTF-16, big end first, in base64; undefined when it does not come out even. */
function decodeUnits(base64: string): string | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length > 0 && bytes.length % 2 === 0 ? utf16.decode(bytes) : undefined;
}

/** Text in UTF-7 (RFC 2152). What is not, stays as it is. */
export function decodeUtf7(bytes: Buffer): string {
  return bytes.toString('latin1').replace(shifts, (whole, base64: string, end: string) => {
    if (base64 === '') return end === '-' ? '+' : whole;
    return decodeUnits(base64) ?? whole;
  });
}

/** A mailbox name in modified UTF-7 (RFC 3501, 5.1.3). One that is not such a name stays as it is. */
export function decodeModifiedUtf7(name: string): string {
  let isValid = true;
  const text = name.replace(modifiedShifts, (whole, shifted: string, end: string) => {
    if (shifted === '' && end === '-') return '&';
    const base64 = shifted.replaceAll(',', '/');
    const units = end === '-' && base64Only.test(base64) ? decodeUnits(base64) : undefined;
    isValid &&= units !== undefined;
    return units ?? whole;
  });
  return isValid ? text : name;
}
