import { NodeNetfilterError } from '../../node-netfilter-error.ts';

/**
 * The bits of flags.
 *
 * @param what whose flags they are, for the message
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION`
 */
export function flagBits<F extends string>(what: string, flags: readonly F[], bits: ReadonlyMap<F, number>): number {
  let all = 0;
  for (const flag of flags) {
    const bit = bits.get(flag);
    if (bit === undefined) {
      const known = [...bits.keys()].join(', ');
      throw new NodeNetfilterError('OPTION', `a flag of a ${what} must be one of ${known}, not ${String(flag)}`, {
        value: flag,
      });
    }
    all |= bit;
  }
  return all;
}

/** The flags that bits stand for; others are left out. */
export const flagsOf = <F extends string>(all: number, bits: ReadonlyMap<F, number>): F[] =>
  [...bits].filter(([, bit]) => (all & bit) !== 0).map(([flag]) => flag);
