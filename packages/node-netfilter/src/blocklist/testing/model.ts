import { parseAddress, parseNetwork } from '@sluice/pipeline';
import type { Block, BlockOp } from '../block-op.ts';
import type { BlockedNetwork } from '../blocked-network.ts';

interface Expected {
  readonly endMs: number;
  readonly list: string;
}

/** Two ends that are nearer than this are the same; those of the operations differ by more. */
const sameEndMs = 8000;
/** Around its end a block may be there or not. */
const nearEndMs = 400;

/** What a block list ought to block, in the plainest way. */
export class Model {
  readonly blocks = new Map<string, Expected>();
  readonly #isShared: boolean;

  constructor(layout: 'shared' | 'per-list') {
    this.#isShared = layout === 'shared';
  }

  apply(ops: readonly BlockOp[]): void {
    for (const op of ops) {
      for (const key of this.#keys(op)) {
        if (op.kind === 'unblock') this.blocks.delete(key);
        else this.#block(key, op);
      }
    }
  }

  reconcile(blocks: readonly Block[]): void {
    this.blocks.clear();
    for (const block of blocks) for (const key of this.#keys(block)) this.#block(key, block);
  }

  key(network: string, port: string, list: string): string {
    return `${network} ${port} ${this.#isShared ? '' : list.replaceAll('"', '_')}`;
  }

  #block(key: string, { timeoutMs = Number.POSITIVE_INFINITY, list = '' }: Block): void {
    const safe = list.replaceAll('"', '_');
    this.blocks.set(key, { endMs: performance.now() + timeoutMs, list: safe });
  }

  #keys({ network, ports, list = '' }: Omit<Block, 'timeoutMs'>): string[] {
    const text = canonical(network);
    if (ports === undefined) return [this.key(text, '', list)];
    return ports.map(({ protocol, port }) => this.key(text, `${protocol}${port}`, list));
  }
}

const canonicalTexts: Record<string, string> = {
  '2001:db8::1': '2001:db8::/64',
  '::ffff:192.0.2.1': '192.0.2.1/32',
  '2001:db8:0:1::9/128': '2001:db8:0:1::9/128',
};

function canonical(network: string): string {
  const known = canonicalTexts[network];
  if (known !== undefined) return known;
  const { address, prefix } = parseNetwork(network) ?? { address: parseAddress('0.0.0.0'), prefix: 0 };
  return `${address?.text}/${prefix}`;
}

/** What is different between a model and what the kernel has; undefined when nothing is. */
export function modelDifference(model: Model, blocked: readonly BlockedNetwork[]): string | undefined {
  const nowMs = performance.now();
  const found = new Map<string, Expected>();
  for (const { address, prefix, port, list = '', expiresInMs = Number.POSITIVE_INFINITY } of blocked) {
    const key = model.key(`${address}/${prefix}`, port === undefined ? '' : `${port.protocol}${port.port}`, list);
    found.set(key, { endMs: nowMs + expiresInMs, list });
  }
  for (const [key, { endMs, list }] of model.blocks) {
    const got = found.get(key);
    found.delete(key);
    if (Math.abs(endMs - nowMs) < nearEndMs) continue;
    if (endMs < nowMs && got === undefined) continue;
    if (got === undefined) return `${key} is not blocked`;
    const isSame = got.endMs === endMs || Math.abs(got.endMs - endMs) < sameEndMs;
    if (!isSame || endMs < nowMs) return `${key} ends in ${got.endMs - nowMs} and not ${endMs - nowMs}`;
    if (got.list !== list) return `${key} is of ${got.list} and not ${list}`;
  }
  for (const [key, { endMs }] of found) if (endMs - nowMs > nearEndMs) return `${key} is blocked`;
  return undefined;
}
