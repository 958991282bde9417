import type { Command } from '../ruleset/command.ts';
import { statementLine } from './nft-statement.ts';
import { nftStatements } from './nft-statements.ts';

/**
 * A command as statements for nft 1.0.6 and later, one a line: what a person may paste, and what `nft -f` takes.
 *
 * 1. Every name is looked at, and every key is read and written anew: nothing that came with a command can end a
 *    statement or begin another one.
 * 2. nft's quotes know no escape: in a comment a double quote becomes a single one and a control character `?`.
 * 3. To delete elements that may not be there, they are added and then deleted: it takes both statements in one
 *    transaction (`nft -f`).
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_NAME` also for a name that is a word of nft's language, `…_KEY`,
 *   `…_OPTION`, and `…_UNSUPPORTED` for what only netlink can do
 */
export function commandText(command: Command): readonly string[] {
  return nftStatements(command).map(statementLine);
}
