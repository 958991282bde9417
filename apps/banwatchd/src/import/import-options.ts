import { parseArguments } from '@sluice/command-line/commander';
import { Command } from 'commander';
import { defaultPaths } from '../default-paths.ts';
import { ImportError } from './import-error.ts';

/** What the command line of `banwatch import` says. */
export interface ImportOptions {
  readonly file: string;
  readonly state: string;
  /** Only these; undefined: all. */
  readonly jails: ReadonlySet<string> | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

interface Flags {
  readonly state: string;
  readonly jail?: readonly string[];
  readonly dryRun: boolean;
  readonly json: boolean;
}

const examples = `
Takes over what fail2ban knows: the bans that stand, how often each address was banned (for bantime.increment), and the
history that <ipmatches> and <ipfailures> show. Stop banwatchd before; fail2ban may run. What banwatchd knows already
stays as it is, so importing again is safe. Places in the logs are not taken over: banwatchd begins where the logs end.

Examples:
  banwatch import --dry-run /var/lib/fail2ban/fail2ban.sqlite3   what would come over
  banwatch import /var/lib/fail2ban/fail2ban.sqlite3             all jails
  banwatch import -j sshd -j recidive fail2ban.sqlite3           two jails

Exit status: 0 imported, 1 nothing to import or not all could be used, 2 usage, or it could not be done.`;

const usageError = (fault: string, cure: string): ImportError =>
  new ImportError('ERR_BANWATCH_IMPORT_USAGE', fault, { cure });

/**
 * @returns the options, or the text to print for `--help`
 * @throws ImportError `ERR_BANWATCH_IMPORT_USAGE`
 */
export function readImportOptions(args: readonly string[]): ImportOptions | string {
  let options: ImportOptions | undefined;
  const program = new Command('banwatch import')
    .usage('[OPTIONS] FAIL2BAN.sqlite3')
    .description("Imports the bans of fail2ban's database into the state of banwatchd.")
    .argument('<FAIL2BAN.sqlite3>', 'as `fail2ban-client get dbfile` names it')
    .option('--state <dir>', 'state of banwatchd', defaultPaths.state)
    .option('-j, --jail <name...>', 'only these jails')
    .option('-n, --dry-run', 'change nothing: print what would come over', false)
    .option('--json', 'one JSON object a line', false)
    .addHelpText('after', examples)
    .action((file: string, { state, jail, dryRun, json }: Flags) => {
      options = { file, state, jails: jail && new Set(jail), dryRun, json };
    });
  return parseArguments(program, args, usageError) ?? (options as unknown as ImportOptions);
}
