/** A text that is not what an option takes. The message goes on from the option's name: `must be …, not "…"`. */
export class ValueFault extends Error {
  override readonly name = 'ValueFault';

  constructor(expected: string, text: string) {
    super(`must be ${expected}, not ${JSON.stringify(text)}`);
  }
}
