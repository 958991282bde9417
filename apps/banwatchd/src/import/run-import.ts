import type { ImportCounts } from '@sluice/ban-policy/lmdb';
import { exitStatus, exitStatusOf, type Io, Messages, writeAll } from '@sluice/command-line';
import { Fail2banDatabase, type FoundBan } from './fail2ban-database.ts';
import { type ImportOptions, readImportOptions } from './import-options.ts';
import { banJson, banLine, jailJson, jailLine } from './import-report.ts';

/**
 * `banwatch import`: takes the bans of fail2ban's database over into the state of banwatchd.
 *
 * @param args what follows the word `import`
 * @returns the exit status: 0 imported, 1 nothing to import or not all could be used, 2 it could not be done
 */
export function runImport(args: readonly string[], io: Io): Promise<number> {
  const messages = new Messages('banwatch import', io.stderr);
  return exitStatusOf(messages, async () => {
    const options = readImportOptions(args);
    if (typeof options !== 'string') return importAll(options, io, messages);
    writeAll(io.stdout, options);
    return exitStatus.done;
  });
}

async function importAll(options: ImportOptions, io: Io, messages: Messages): Promise<number> {
  const { file, jails, dryRun, json } = options;
  const nowMs = Date.now();
  const database = new Fail2banDatabase(file);
  const found = { count: 0, bare: 0 };
  function* bans(): Generator<FoundBan> {
    for (const ban of database.bans((row) => messages.next({ ...reject, ...row }))) {
      if (jails !== undefined && !jails.has(ban.jail)) continue;
      io.stop.signal.throwIfAborted();
      found.count += 1;
      if (!ban.isWhole) found.bare += 1;
      yield ban;
    }
  }
  try {
    const counts = dryRun ? wouldImport(bans(), nowMs, json, io) : await imported(bans(), nowMs, options);
    for (const [jail, of] of counts) writeAll(io.stdout, `${json ? jailJson(jail, of) : jailLine(jail, of)}\n`);
  } finally {
    database.close();
  }
  messages.endOfRejects();
  if (found.bare > 0) messages.note(`${found.bare} records came over without their lines, which could not be read`);
  if (found.count === 0) messages.note(`there is no ban in ${file}${jails === undefined ? '' : ' of these jails'}`);
  return found.count === 0 || messages.hasProblems ? exitStatus.problems : exitStatus.done;
}

const reject = { component: 'banwatchd', code: 'ERR_BANWATCH_IMPORT_ROW' };

async function imported(
  bans: Iterable<FoundBan>,
  nowMs: number,
  { state }: ImportOptions,
): Promise<ReadonlyMap<string, ImportCounts>> {
  // Loaded here, so that a dry run works where the state's library does not.
  const { importBans, openBanStore } = await import('@sluice/ban-policy/lmdb');
  const store = openBanStore(state);
  try {
    return await importBans(store, bans, nowMs);
  } finally {
    await store.close();
  }
}

function wouldImport(
  bans: Iterable<FoundBan>,
  nowMs: number,
  json: boolean,
  io: Io,
): ReadonlyMap<string, ImportCounts> {
  const counts = new Map<string, ImportCounts>();
  for (const found of bans) {
    const of = counts.get(found.jail) ?? { standing: 0, last: 0, past: 0, known: 0 };
    counts.set(found.jail, of);
    of[found.as] += 1;
    if (found.as === 'past' || found.ban.endMs <= nowMs) continue;
    of.standing += 1;
    writeAll(io.stdout, `${json ? banJson(found) : banLine(found)}\n`);
  }
  return counts;
}
