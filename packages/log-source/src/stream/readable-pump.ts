import type { Readable } from 'node:stream';
import { Credits } from '@sluice/pipeline';
import type { ChunkOutput } from '../chunks/chunk-output.ts';
import { LineAssembler } from '../chunks/line-assembler.ts';
import { LogSourceError } from '../log-source-error.ts';
import type { Meter } from '../metrics.ts';

/** What a pump tells, besides its chunks. */
export interface PumpListener {
  ended(): void;
  failed(error: LogSourceError): void;
}

/** Reads a Node stream while there are credits, and destroys it when stopped. */
export class ReadablePump {
  readonly #stream: Readable;
  readonly #listener: PumpListener;
  readonly #credits: Credits;
  readonly #lines: LineAssembler;
  /** What of the last block found no room yet. */
  #rest: Uint8Array = new Uint8Array(0);
  #end: 'open' | 'ended' | LogSourceError = 'open';
  #isStopped = false;
  #isPumping = false;

  constructor(
    stream: Readable,
    place: { readonly id: string; readonly path: string; readonly live: boolean },
    settings: { readonly maxInFlight: number; readonly maxLineBytes: number },
    output: ChunkOutput,
    meter: Meter,
    listener: PumpListener,
  ) {
    const { id, path, live } = place;
    this.#stream = stream;
    this.#listener = listener;
    this.#credits = new Credits(settings.maxInFlight, () => this.#pump());
    const { maxLineBytes } = settings;
    this.#lines = new LineAssembler({ source: { id, path }, live, maxLineBytes }, output, meter, () =>
      this.#credits.give(),
    );
  }

  start(): void {
    this.#stream.on('readable', this.#onReadable);
    this.#stream.on('end', this.#onEnd);
    this.#stream.on('error', this.#onError);
    this.#stream.on('close', this.#onClose);
    this.#pump();
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#stream.off('readable', this.#onReadable);
    this.#stream.off('end', this.#onEnd);
    this.#stream.off('close', this.#onClose);
    // The error listener stays: destroying may bring one more error, and there is nobody left to tell.
    this.#stream.destroy();
  }

  readonly #onReadable = (): void => this.#pump();
  readonly #onEnd = (): void => this.#finish('ended');
  readonly #onError = (cause: unknown): void => this.#finish(streamError('failed', cause));
  readonly #onClose = (): void => this.#finish(streamError('was closed before its end', undefined));

  #finish(end: 'ended' | LogSourceError): void {
    if (this.#end !== 'open') return;
    this.#end = end;
    this.#pump();
  }

  #pump(): void {
    // An ack inside `emit` comes back here, and the loop below goes on anyway.
    if (this.#isPumping || this.#isStopped) return;
    this.#isPumping = true;
    while (!this.#isStopped && this.#step()) {
      // Each step hands out at most one chunk.
    }
    this.#isPumping = false;
  }

  /** True when there may be more to do. */
  #step(): boolean {
    if (!this.#credits.take()) return false;
    this.#fill();
    if (this.#lines.emit()) return true;
    const isOver = this.#end !== 'open' && this.#rest.length === 0;
    if (isOver && this.#lines.emitRest()) return true;
    this.#credits.give();
    if (isOver) this.#tell();
    return this.#rest.length > 0;
  }

  /** Takes what the stream has, as far as there is room. */
  #fill(): void {
    while (this.#rest.length === 0) {
      const block: unknown = this.#end === 'open' ? this.#stream.read() : null;
      if (block === null) return;
      const bytes = typeof block === 'string' ? Buffer.from(block) : (block as Uint8Array);
      this.#rest = bytes.subarray(this.#lines.fill(bytes));
    }
    this.#rest = this.#rest.subarray(this.#lines.fill(this.#rest));
  }

  #tell(): void {
    if (this.#end === 'ended') this.#listener.ended();
    else if (this.#end !== 'open') this.#listener.failed(this.#end);
  }
}

function streamError(fault: string, cause: unknown): LogSourceError {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  const cure = 'see to the program that writes it, and subscribe again to a new stream';
  return new LogSourceError('ERR_LOG_SOURCE_STREAM', `the stream ${fault}${reason}`, { cure, cause });
}
