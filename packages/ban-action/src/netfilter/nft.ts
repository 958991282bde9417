import type { CommandResult } from '../commands/command-runner.ts';
import { shellQuote } from '../commands/shell-quote.ts';
import type { ResolvedNetfilterOptions } from './netfilter-options.ts';
import { type NftFault, nftFault, nftStartFault } from './nft-fault.ts';

const maxListingBytes = 1 << 29;

/** What talks to nf_tables. */
export interface Nft {
  /** Runs the statements in one transaction: all are in effect, or none and the fault says why. */
  commit(statements: readonly string[], signal?: AbortSignal): Promise<NftFault | undefined>;
  /** What `nft -j list table` prints. */
  list(table: string, signal?: AbortSignal): Promise<string>;
}

/** A statement as a command line, for people to read and paste. */
export const nftCommandLine = (command: readonly string[], statement: string): string =>
  [...command, statement.replace(/\s+/g, ' ')].map(shellQuote).join(' ');

/** The real one. Statements go to the input of `nft -f -`; no shell is involved. */
export function nftProcess({ command, timeoutMs, runner }: ResolvedNetfilterOptions): Nft {
  const env = { LC_ALL: 'C' };
  const run = async (
    args: readonly string[],
    more: { input?: string },
    signal?: AbortSignal,
  ): Promise<CommandResult> => {
    const maxOutputBytes = 'input' in more ? 65_536 : maxListingBytes;
    try {
      return await runner.run({ argv: [...command, ...args], timeoutMs, maxOutputBytes, env, ...more }, signal);
    } catch (error) {
      throw nftStartFault(error, command[0] ?? '');
    }
  };
  return {
    async commit(statements, signal) {
      try {
        return nftFault(await run(['-f', '-'], { input: `${statements.join('\n')}\n` }, signal), timeoutMs);
      } catch (error) {
        return { error: error as NftFault['error'] };
      }
    },
    async list(table, signal) {
      const result = await run(['-j', 'list', 'table', 'inet', table], {}, signal);
      const fault = nftFault(result, timeoutMs);
      if (fault !== undefined) throw fault.error;
      return result.stdout;
    },
  };
}

/** One that only tells what it would run. */
export const nftRehearsal = (command: readonly string[], write: (line: string) => void): Nft => ({
  async commit(statements) {
    for (const statement of statements) write(nftCommandLine(command, statement));
    return undefined;
  },
  async list() {
    return '{"nftables":[]}';
  },
});
