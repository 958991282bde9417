import { pause } from '@sluice/pipeline/node';
import type { MailMessage } from '../mail-message.ts';
import { MailSourceError } from '../mail-source-error.ts';
import type { MaildirSettings } from '../settings.ts';
import { codeOf } from './fault-of.ts';
import { toBytePath } from './file-path.ts';
import { findFolders } from './find-folders.ts';
import { FolderPass } from './folder-pass.ts';
import { FolderWatches } from './folder-watches.ts';
import { HeadReader } from './head-reader.ts';
import { stampOf } from './list-folder.ts';
import type { MailFolder } from './mail-folder.ts';
import { MailReader } from './mail-reader.ts';
import { ProgressClock } from './progress-clock.ts';

/** Listings without news after which a folder that never rests counts as read. A mail is lost if each misses it. */
const quietListings = 3;
/** Following rests for so many times as long as it worked, so that a folder that always changes takes a fifth of a core. */
const restShare = 4;
const maxRestMs = 1000;
/** What the top directory is called among what stirs. */
const top = '';

function noMaildir(file: string, fault: string, cause?: unknown): MailSourceError {
  const cure = 'name a directory with cur and new in it';
  return new MailSourceError('ERR_MAIL_SOURCE_NO_MAILDIR', fault, { file, cure, cause });
}

type EndingSettings = MaildirSettings & { readonly signal: AbortSignal };

/** Goes through the folders of a Maildir, and keeps on if it is to follow. */
export class MaildirPass {
  readonly #settings: EndingSettings;
  readonly #root: string;
  readonly #reader: MailReader;
  readonly #watches: FolderWatches;
  /** By directories, joined by `/`. */
  readonly #passes = new Map<string, FolderPass>();
  #hasBegun = false;
  /** When all folders were last looked at. */
  #polledMs = performance.now();

  constructor(settings: EndingSettings) {
    this.#settings = settings;
    this.#root = toBytePath(settings.directory).replace(/(?<=.)\/+$/, '');
    this.#reader = new MailReader(this.#root, settings, new HeadReader(settings.maxHeaderBytes));
    this.#watches = new FolderWatches(settings.reports, settings.signal);
  }

  /** @throws {MailSourceError} `NO_MAILDIR` when reading and there is none */
  async *run(): AsyncGenerator<readonly MailMessage[]> {
    const { follow, signal, onProgress } = this.#settings;
    try {
      if (follow) this.#watches.add(this.#root, top);
      const passes = this.#renew();
      this.#checkFolders(passes);
      const total = onProgress === undefined ? 0 : passes.reduce((sum, pass) => sum + pass.count(), 0);
      const progress = new ProgressClock(onProgress, total);
      for (const pass of passes) {
        yield* pass.read(quietListings, (mails) => progress.add(mails));
        if (!follow) pass.release();
      }
      progress.end();
      while (follow && !signal.aborted) yield* this.#next();
    } finally {
      this.#watches.close();
    }
  }

  /** Waits for news and reads them. */
  async *#next(): AsyncGenerator<readonly MailMessage[]> {
    const { signal, pollMs } = this.#settings;
    const stirred = await this.#watches.wait(Math.max(0, this.#polledMs + pollMs - performance.now()));
    if (signal.aborted) return;
    const startMs = performance.now();
    const isPoll = startMs >= this.#polledMs + pollMs;
    if (isPoll) this.#polledMs = startMs;
    if (isPoll || stirred.has(top)) this.#renew();
    for (const [key, pass] of this.#passes) {
      const isNews = stirred.has(key) || pass.stamp === '';
      const isDue = isPoll && (!pass.isSettled || stampOf(this.#root, pass.folder) !== pass.stamp);
      // What changed and no watch told of is perhaps another directory than the one that is watched.
      if (isDue && pass.isSettled) this.#watch(pass.folder, key);
      if (isNews || isDue) yield* pass.read(0);
      if (signal.aborted) return;
    }
    const restMs = Math.min((performance.now() - startMs) * restShare, maxRestMs);
    await pause(restMs, signal);
  }

  /** Looks for folders, watches those that are new and forgets those that are gone. */
  #renew(): readonly FolderPass[] {
    const { folders: wanted, follow } = this.#settings;
    const folders = this.#find().filter(({ name }) => wanted?.has(name) ?? true);
    const keys = new Set<string>();
    for (const folder of folders) {
      const key = folder.directories.length === 0 ? '/' : folder.directories.join('/');
      keys.add(key);
      if (this.#passes.has(key)) continue;
      if (follow) this.#watch(folder, key);
      this.#passes.set(key, new FolderPass(this.#root, folder, this.#settings, this.#reader));
    }
    for (const [key, { folder }] of this.#passes) if (!keys.has(key)) this.#forget(folder, key);
    return [...this.#passes.values()];
  }

  #find(): readonly MailFolder[] {
    const { directory, reports } = this.#settings;
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    try {
      const folders = findFolders(this.#root, reports);
      if (folders.length > 0 || !isFirst) return folders;
      throw noMaildir(directory, 'has no mail folder in it');
    } catch (cause) {
      if (cause instanceof MailSourceError) throw cause;
      const fault = `cannot be read (${codeOf(cause)})`;
      if (isFirst) throw noMaildir(directory, fault, cause);
      reports.flawOnce('ERR_MAIL_SOURCE_UNREADABLE', fault, directory);
      return [...this.#passes.values()].map(({ folder }) => folder);
    }
  }

  #checkFolders(passes: readonly FolderPass[]): void {
    const { directory, folders, reports } = this.#settings;
    const names = new Set(passes.map(({ folder }) => folder.name));
    for (const name of folders ?? [])
      if (!names.has(name))
        reports.flawOnce('ERR_MAIL_SOURCE_NO_FOLDER', `has no folder named ${JSON.stringify(name)}`, directory);
  }

  #watch({ directories }: MailFolder, key: string): void {
    for (const half of ['new', 'cur']) this.#watches.add([this.#root, ...directories, half].join('/'), key);
  }

  #forget({ directories }: MailFolder, key: string): void {
    this.#passes.delete(key);
    for (const half of ['new', 'cur']) this.#watches.delete([this.#root, ...directories, half].join('/'));
  }
}
