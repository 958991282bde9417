import type { Address } from '@sluice/pipeline';
import type { FilterNotice } from '../options.ts';
import type { Line } from './line.ts';

const dayMs = 86_400_000;

/** What is said of dates. */
export type DateNotice = Exclude<FilterNotice['kind'], 'name'>;

const messages: Record<DateNotice, string> = {
  shifted: 'a line was just written, but its date is over a minute away from now; check the clock and logtimezone',
  old: 'a line was left out because its date is older than findtime; check the clock and logtimezone if it is recent',
  undated: 'a line matched, but has no date that can be read; set datepattern',
};

/** Passes on the first notice of each kind a day, and each one about a host name. */
export class NoticeBoard {
  readonly #name: string;
  readonly #onNotice: ((notice: FilterNotice) => void) | undefined;
  readonly #saidAtMs = new Map<DateNotice, number>();

  constructor(name: string, onNotice: ((notice: FilterNotice) => void) | undefined) {
    this.#name = name;
    this.#onNotice = onNotice;
  }

  say(kind: DateNotice, { path, offset, nowMs }: Line, timeMs: number | undefined): void {
    if (this.#onNotice === undefined || nowMs - (this.#saidAtMs.get(kind) ?? Number.NEGATIVE_INFINITY) < dayMs) return;
    this.#saidAtMs.set(kind, nowMs);
    this.#onNotice({ kind, message: `filter ${this.#name}: ${messages[kind]}`, path, offset, timeMs });
  }

  name(hostName: string, addresses: readonly Address[], { path, offset }: Line): void {
    const texts = addresses.map(({ text }) => text).join(', ');
    const message = `filter ${this.#name}: the host name ${hostName} counts for what it stands for now: ${texts}`;
    this.#onNotice?.({ kind: 'name', message, path, offset, timeMs: undefined });
  }
}
