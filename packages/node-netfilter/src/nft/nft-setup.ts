/** How nft is run. */
export interface NftSetup {
  readonly command: readonly string[];
  readonly timeoutMs: number;
}
