import { type Address, parseAddress } from '@sluice/pipeline';

/** A network that the kernel blocks now. */
export interface BlockedNetwork {
  readonly address: Address;
  /** Leading bits that count. */
  readonly prefix: number;
  /** Whole seconds until the kernel lets it in again; absent when it never will. */
  readonly expiresInSeconds?: number;
  /** Jail that banned it first, where its name is plain. */
  readonly jail?: string;
}

interface ListedElement {
  readonly val: string;
  readonly expires?: number;
  readonly comment?: string;
}

interface Listing {
  readonly nftables: readonly {
    readonly set?: { readonly name: string; readonly elem?: readonly (string | { readonly elem: ListedElement })[] };
  }[];
}

/** Reads what `nft -j list table` prints: the elements of the ban sets. */
export function listedElements(json: string): BlockedNetwork[] {
  const { nftables }: Listing = JSON.parse(json);
  return nftables.flatMap(({ set }) => {
    const prefix = set?.name.match(/^all[46]_(\d+)$/)?.[1];
    if (set === undefined || prefix === undefined) return [];
    return (set.elem ?? []).flatMap((item) => {
      const { val, expires, comment }: ListedElement = typeof item === 'string' ? { val: item } : item.elem;
      const address = parseAddress(val);
      if (address === undefined) return [];
      return [
        {
          address,
          prefix: Number(prefix),
          ...(expires !== undefined && { expiresInSeconds: expires }),
          ...(comment !== undefined && { jail: comment }),
        },
      ];
    });
  });
}
