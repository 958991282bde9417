import { NodeNetfilterError } from '../node-netfilter-error.ts';

/** The kernel keeps times as nanoseconds in 64 bits: 584 years. */
const maxTimeoutMs = 18_446_744_073_708;

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/**
 * A length of time as nft writes it: `1d2h3m4s5ms`. In milliseconds alone nft 1.0.6 takes 49 days at most.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION`
 */
export function timeText(ms: number): string {
  if (!(ms > 0 && ms <= maxTimeoutMs)) {
    const fault = `timeoutMs must be a number above 0 and of at most ${maxTimeoutMs}, not ${ms}`;
    throw new NodeNetfilterError('OPTION', fault, { value: ms, limit: maxTimeoutMs });
  }
  let rest = Math.ceil(ms);
  let text = '';
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * length;
  }
  return text;
}
