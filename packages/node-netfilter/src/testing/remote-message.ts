/** A request to the process in the namespace. */
export type RemoteRequest = { readonly id: number } & (
  | { readonly kind: 'open'; readonly protocol: number }
  | { readonly kind: 'listen'; readonly protocol: number; readonly groupMask: number }
  | {
      readonly kind: 'exchange';
      readonly socket: number;
      readonly request: Uint8Array;
      readonly until: 'drained' | 'dump';
      readonly isQuick: boolean;
    }
  | { readonly kind: 'receive'; readonly socket: number }
  | { readonly kind: 'close'; readonly socket: number }
  | { readonly kind: 'drop-capabilities' }
  | { readonly kind: 'descriptors' }
);

/** Its answer: a result, or an error in its parts, as an error's class does not survive the way. */
export interface RemoteAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string; readonly errno: number | undefined };
}
