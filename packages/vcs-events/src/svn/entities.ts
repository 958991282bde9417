const reference = /&(?:#(\d{1,9})|#x([\dA-Fa-f]{1,8})|(lt|gt|amp|quot|apos));/g;
const characters: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** A text with XML's own entities and numeric references replaced, once. Other references, and impossible ones, stay. */
export const withoutEntities = (text: string): string =>
  text.includes('&') ? text.replace(reference, character) : text;

function character(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return characters.get(name) ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : whole;
}
