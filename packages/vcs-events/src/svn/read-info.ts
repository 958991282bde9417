import { ChildFailure } from '@sluice/pipeline/node';
import { runChild } from '../run-child.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { withoutEntities } from './entities.ts';
import { decoded, parentOf, targetOf } from './svn-address.ts';
import { svnCommand } from './svn-command.ts';

/** What a repository says of itself. */
export interface SvnInfo {
  /** The newest revision. */
  readonly revision: number;
  readonly uuid: string;
  /** Address of the repository's root. */
  readonly root: string;
  /** Path from the root to the address that was asked for, with a slash before it; empty for the root. */
  readonly path: string;
}

/** Asks for all of it at once. */
export const readInfo = (address: string, signal: AbortSignal): Promise<SvnInfo> =>
  askInfo(targetOf(address), [], signal).catch(async (error: unknown) => {
    if (!isBogusDate(error)) throw error;
    const revision = await newestByLog(address, signal);
    return { ...(await infoOfBeginning(address, '', signal)), revision };
  });

/** Asks for the newest revision alone. */
export const readNewest = (address: string, signal: AbortSignal): Promise<number> =>
  askNewest(address, signal).catch((error: unknown) => {
    if (!isBogusDate(error)) throw error;
    return newestByLog(address, signal);
  });

async function askInfo(target: string, options: readonly string[], signal: AbortSignal): Promise<SvnInfo> {
  const answer = await runChild(svnCommand(['info', '--xml', ...options, '--', target]), signal);
  signal.throwIfAborted();
  const read = (form: RegExp): string => withoutEntities(found(form, answer));
  return {
    revision: Number(read(/<entry\s[^>]*\brevision="(\d+)"/)),
    uuid: read(/<uuid>([^<]+)<\/uuid>/),
    root: read(/<root>([^<]+)<\/root>/),
    path: decoded(read(/<relative-url>\^([^<]*)<\/relative-url>/)).replace(/\/+$/, ''),
  };
}

async function askNewest(address: string, signal: AbortSignal): Promise<number> {
  const answer = await runChild(svnCommand(['info', '--show-item', 'revision', '--', targetOf(address)]), signal);
  signal.throwIfAborted();
  return Number(found(/^(\d+)\s*$/, answer));
}

/** `svn info` gives up when the date of the last change cannot be read (E125003: Bogus date). `svn log` does not. */
const isBogusDate = (error: unknown): boolean => error instanceof ChildFailure && error.stderr.includes('E125003');

/** The newest revision that changed something at the address. */
async function newestByLog(address: string, signal: AbortSignal): Promise<number> {
  const args = ['log', '--xml', '-q', '-l', '1', '-r', 'HEAD:0', '--', targetOf(address)];
  const answer = await runChild(svnCommand(args), signal);
  signal.throwIfAborted();
  return Number(found(/<logentry\s[^>]*\brevision="(\d+)"/, answer));
}

/** What a repository says of revision 0, in which there is nothing but the root; so the root is looked for upwards. */
async function infoOfBeginning(address: string, below: string, signal: AbortSignal): Promise<SvnInfo> {
  try {
    return { ...(await askInfo(`${targetOf(address)}0`, ['-r', '0'], signal)), path: decoded(below) };
  } catch (error) {
    const [parent, name] = parentOf(address);
    const isAbsent = error instanceof ChildFailure && error.stderr.includes('W170000');
    if (!isAbsent || parent === undefined) throw error;
    return infoOfBeginning(parent, `/${name}${below}`, signal);
  }
}

function found(form: RegExp, answer: string): string {
  const [, text] = form.exec(answer) ?? [];
  if (text !== undefined) return text;
  const details = { value: answer.slice(0, 200) };
  throw new VcsEventsError('ERR_VCS_EVENTS_FORMAT', 'svn answered something else', details);
}
