import { Readable } from 'node:stream';
import { banwatch } from '../client/banwatch.ts';

/** How the client ended and what it wrote. */
export interface ClientRun {
  readonly status: number;
  readonly out: string;
  readonly errors: string;
}

/** Runs the client in this process. */
export async function runClient(
  argv: readonly string[],
  input = '',
  env: Readonly<Record<string, string>> = { LANG: 'C.UTF-8' },
): Promise<ClientRun> {
  let [out, errors] = ['', ''];
  const status = await banwatch(argv, {
    stdout(text) {
      out += text;
    },
    stderr(text) {
      errors += text;
    },
    stdin: Readable.from([input]),
    env,
    signal: new AbortController().signal,
  });
  return { status, out, errors };
}
