import { runChild } from '../process/run-child.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { withoutEntities } from './entities.ts';
import { decoded, targetOf } from './svn-address.ts';
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
export async function readInfo(address: string, signal: AbortSignal): Promise<SvnInfo> {
  const answer = await runChild(svnCommand(['info', '--xml', '--', targetOf(address)]), signal);
  signal.throwIfAborted();
  const read = (form: RegExp): string => {
    const [, text] = form.exec(answer) ?? [];
    if (text === undefined) throw unexpected(answer);
    return withoutEntities(text);
  };
  return {
    revision: Number(read(/<entry\s[^>]*\brevision="(\d+)"/)),
    uuid: read(/<uuid>([^<]+)<\/uuid>/),
    root: read(/<root>([^<]+)<\/root>/),
    path: decoded(read(/<relative-url>\^([^<]*)<\/relative-url>/)).replace(/\/+$/, ''),
  };
}

/** Asks for the newest revision alone. */
export async function readNewest(address: string, signal: AbortSignal): Promise<number> {
  const answer = await runChild(svnCommand(['info', '--show-item', 'revision', '--', targetOf(address)]), signal);
  signal.throwIfAborted();
  if (!/^\d+$/.test(answer.trim())) throw unexpected(answer);
  return Number(answer);
}

const unexpected = (answer: string): VcsEventsError =>
  new VcsEventsError('ERR_VCS_EVENTS_FORMAT', 'svn info answered something else', { value: answer.slice(0, 200) });
