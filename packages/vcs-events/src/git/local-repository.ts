import path from 'node:path';
import { askGit } from './ask-git.ts';

/** Where a local repository keeps what. */
export interface LocalRepository {
  /** Where Git runs: any folder of a work tree, or a bare repository. Absolute. */
  readonly directory: string;
  /** Holds this work tree's HEAD. */
  readonly gitDirectory: string;
  /** Holds the branches; another one only for a linked work tree. */
  readonly commonDirectory: string;
}

/** Finds the repository at or above a path; throws Git's refusal when there is none, or one of another owner. */
export async function findRepository(directory: string, signal: AbortSignal): Promise<LocalRepository> {
  const answer = await askGit(directory, ['rev-parse', '--absolute-git-dir', '--git-common-dir'], signal);
  const [gitDirectory = '', commonDirectory = ''] = answer.split('\n');
  return { directory, gitDirectory, commonDirectory: path.resolve(directory, commonDirectory) };
}
