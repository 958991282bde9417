/** What is in use, and what this kernel can do: tried out when the firewall was opened, not guessed from its version. */
export interface Capabilities {
  /** `netlink`: this process speaks to the kernel itself. `nft`: through the program nft. */
  readonly transport: 'netlink' | 'nft';
  /** Why that one, in one sentence. */
  readonly reason: string;
  /** As `uname -r` prints it. */
  readonly kernelRelease: string;
  /** Elements may be deleted without knowing whether they are there, by a message of its own (Linux 6.3). */
  readonly destroyElements: boolean;
  /** To add an element again gives it the new timeout. Else it has to be deleted first. */
  readonly updateTimeouts: boolean;
  /** A table may belong to one socket (Linux 5.12), which `nft` cannot offer. */
  readonly ownedTables: boolean;
  /** Such a table may stay when the socket is gone (Linux 6.9). */
  readonly persistentTables: boolean;
  /** Connections can be cut (CONFIG_INET_DIAG_DESTROY), which needs netlink. */
  readonly cutConnections: boolean;
  /** Largest transaction in bytes. */
  readonly maxTransactionBytes: number;
}
