import type { NodeNetfilterError } from '../../node-netfilter-error.ts';

/** An error as it goes from process to process. */
export interface PlainError {
  readonly code: string;
  readonly message: string;
  readonly faults: readonly { readonly command: number; readonly element?: number; readonly code: string }[];
}

export const plainError = ({ code, message, faults }: NodeNetfilterError): PlainError => ({
  code,
  message,
  faults: faults.map(({ error, ...place }) => ({ ...place, code: error.code })),
});
