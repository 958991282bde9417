import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { spawnChild } from '../../../../tools/testing/child.ts';
import type { NetworkNamespace } from '../../../../tools/testing/network-namespace.ts';
import { until } from '../../../../tools/testing/until.ts';
import type { DaemonOptions } from '../options.ts';

const child = new URL('daemon-child.ts', import.meta.url);

/** A daemon in a process and a network namespace of its own, where it may do as it likes. */
export class KernelDaemon {
  readonly log: string[] = [];
  /** How it ended: the status, or the signal. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  readonly #child: ChildProcess;

  constructor(namespace: NetworkNamespace, options: DaemonOptions) {
    const args = [JSON.stringify({ banWith: 'netfilter', ...options })];
    this.#child = spawnChild(child, args, { stdio: ['ignore', 'pipe', 'pipe'] }, namespace.command());
    this.ended = once(this.#child, 'exit').then(([code, signal]) => code ?? signal);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      let rest = '';
      stream?.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        this.log.push(...lines);
      });
    }
  }

  logged(text: string): string[] {
    return this.log.filter((line) => line.includes(text));
  }

  /** Waits until the log holds the text. */
  until(text: string): Promise<void> {
    return until(
      () => this.logged(text).length > 0,
      () => ({ text, log: this.log.slice(-50) }),
    );
  }

  /** @returns how it ended */
  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    this.#child.kill(signal);
    return this.ended;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

/** Addresses and networks that are elements of a set of the table, sorted. */
export function bannedIn(namespace: NetworkNamespace, table = 'sluice'): string[] {
  const text = namespace.run('nft', 'list', 'ruleset');
  const begin = text.indexOf(`table inet ${table} {`);
  if (begin < 0) return [];
  const sets = text.slice(begin).matchAll(/set (?!allow)[\w-]+ \{[^}]*?elements = \{([^}]*)\}/g);
  const keys = [...sets].flatMap(([, elements = '']) =>
    elements.split(',').map((one) => one.trim().split(/ (?!\.)(?<!\. )/)[0] ?? ''),
  );
  return keys.filter((key) => key !== '').sort();
}
