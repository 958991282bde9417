const timeDigits = 6;

/** The time of a message id in ms since the epoch, whole seconds: its first six digits, to the base of 62. */
export function messageIdMs(id: string): number {
  let seconds = 0;
  for (let index = 0; index < timeDigits; index += 1) seconds = seconds * 62 + digitOf(id.charCodeAt(index));
  return seconds * 1000;
}

/** Digits are in the order of ASCII: 0-9, A-Z, a-z. */
function digitOf(code: number): number {
  if (code >= 97) return code - 61;
  return code >= 65 ? code - 55 : code - 48;
}
