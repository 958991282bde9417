const short = 16;
const long = 23;
/** Where the dashes are, which both shapes have after the time, and before the last part. */
const firstDash = 6;

/**
 * Whether a text has the shape of a message id: `TTTTTT-PPPPPP-SS`, or `TTTTTT-PPPPPPPPPPP-SSSS` from Exim 4.97 on, of
 * ASCII letters and digits. Exim itself decides by the shape alone, and both kinds stand in one queue after an upgrade.
 */
export function isMessageId(text: string): boolean {
  return (text.length === short || text.length === long) && beginsWithId(text, text.length);
}

/** Whether the first `length` characters of a text, 16 or 23, are a message id. Makes no string of them. */
export function beginsWithId(text: string, length: number): boolean {
  const secondDash = length === short ? 13 : 18;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (index === firstDash || index === secondDash) {
      if (code !== 45) return false;
    } else if (!isAlphanumeric(code)) return false;
  }
  return true;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}
