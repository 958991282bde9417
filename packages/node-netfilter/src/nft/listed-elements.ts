import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { SetElement } from '../ruleset/set-element.ts';

/** A key in nft's JSON (libnftables-json(5)). */
type Value =
  | string
  | number
  | { readonly concat: readonly Value[] }
  | { readonly prefix: { readonly addr: string; readonly len: number } }
  | { readonly range: readonly [Value, Value] };

interface Extras {
  readonly val: Value;
  readonly timeout?: number;
  readonly expires?: number;
  readonly comment?: string;
  readonly counter?: { readonly packets: number; readonly bytes: number };
}

type Item = Value | { readonly elem: Extras };

function valueText(value: Value): string {
  if (typeof value !== 'object') return String(value);
  if ('concat' in value) return value.concat.map(valueText).join(' . ');
  if ('prefix' in value) return `${value.prefix.addr}/${value.prefix.len}`;
  return value.range.map(valueText).join('-');
}

function elementOf(item: Item): SetElement {
  if (typeof item !== 'object' || !('elem' in item)) return { key: valueText(item) };
  const { val, timeout, expires, comment, counter } = item.elem;
  return {
    key: valueText(val),
    ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
    ...(expires !== undefined && { expiresInMs: expires * 1000 }),
    ...(comment !== undefined && { comment }),
    ...(counter !== undefined && { packets: BigInt(counter.packets), bytes: BigInt(counter.bytes) }),
  };
}

/** Reads what `nft -j list set` prints. Its times are whole seconds, cut. */
export function listedElements(json: string): readonly SetElement[] {
  try {
    const { nftables } = JSON.parse(json) as { nftables: { readonly set?: { readonly elem?: readonly Item[] } }[] };
    return nftables.flatMap(({ set }) => (set?.elem ?? []).map(elementOf));
  } catch (cause) {
    throw new NodeNetfilterError('MALFORMED', 'nft printed what is no list of a set', { cause });
  }
}
