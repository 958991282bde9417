import type { Reports } from '../reports.ts';
import { askGit } from './ask-git.ts';

export interface Refs {
  /** Object name by full name: `refs/heads/main`. */
  readonly heads: ReadonlyMap<string, string>;
  /** Whether HEAD is on one of them. */
  readonly hasHead: boolean;
}

const ignored = /ignoring (?:broken ref|dangling symref|ref with broken name) (\S+)/g;

/** The refs below a name, or of that name. One that cannot be read is reported and left out. */
export async function listRefs(directory: string, name: string, reports: Reports, signal: AbortSignal): Promise<Refs> {
  const heads = new Map<string, string>();
  let hasHead = false;
  // Git goes on past a ref that a crash has left empty, and says so only here.
  const onWarnings = (text: string): void => {
    for (const [, ref] of text.matchAll(ignored)) {
      reports.add('ERR_VCS_EVENTS_REVISION', `ref ${ref} of ${directory} is broken and is left out`, ref);
    }
  };
  const format = '--format=%(objectname) %(HEAD) %(refname)';
  const answer = await askGit(directory, ['for-each-ref', format, name], signal, { onWarnings });
  for (const [, id = '', mark, ref = ''] of answer.matchAll(/^(\S+) (.) (.+)$/gm)) {
    heads.set(ref, id);
    hasHead ||= mark === '*';
  }
  return { heads, hasHead };
}
