/** What the client is connected to. */
export interface ClientIo {
  /** Takes output, line breaks included. */
  stdout(text: string): void;
  /** Takes messages. */
  stderr(text: string): void;
  /** Lines typed at it, for `-i`. */
  readonly stdin: NodeJS.ReadableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Its abort ends what waits. */
  readonly signal: AbortSignal;
}
