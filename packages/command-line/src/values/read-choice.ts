import { ValueFault } from './value-fault.ts';

/** A reader of one of some words. */
export const readChoice =
  <const T extends string>(...choices: readonly T[]): ((text: string) => T) =>
  (text) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw new ValueFault(`one of ${choices.join(', ')}`, text);
    return found;
  };
