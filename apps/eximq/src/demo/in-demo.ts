import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exampleMessages, writeSpool } from '@sluice/exim-queue/example-spool';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';

const hourMs = 3_600_000;

/** Runs a command on an example queue, which is made for it and removed afterwards, whatever happens. */
export async function inDemo(
  context: CommandContext,
  runCommand: (context: CommandContext) => Promise<number>,
): Promise<number> {
  const { where } = context;
  if (where.spool !== undefined || where.config !== undefined) {
    throw usageError('--demo brings its own queue', 'leave out --spool and --config');
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'eximq-demo-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // A second signal ends the program without coming back to here.
  process.once('exit', remove);
  try {
    const spool = path.join(folder, 'spool');
    // Within an hour it is the same queue: an id that one call told is there in the next.
    writeSpool(spool, exampleMessages(Math.floor(Date.now() / hourMs) * hourMs));
    return await runCommand({ ...context, where: { ...where, spool } });
  } finally {
    process.off('exit', remove);
    remove();
  }
}
