import { setImmediate as turn } from 'node:timers/promises';
import type { MailMessage } from '../mail-message.ts';
import type { MaildirSettings } from '../settings.ts';
import { forPeople } from './file-path.ts';
import { type Listing, listFolder, type MailPlace } from './list-folder.ts';
import type { MailFolder } from './mail-folder.ts';
import type { MailReader } from './mail-reader.ts';

/** Mails that are read before others have their turn: some milliseconds' work. */
const batchMails = 64;
/** Listings after which a folder counts as never coming to rest. */
const maxListings = 100;
/** A mail that no listing had for this long is removed, and not just being renamed at each of them. */
const forgetMs = 60_000;

/** The next batch from `at` on, all of it in one directory. */
function sameDirectory(places: readonly MailPlace[], at: number): readonly MailPlace[] {
  const next = places.slice(at, at + batchMails);
  const other = next.findIndex(({ directory }) => directory !== next[0]?.directory);
  return other === -1 ? next : next.slice(0, other);
}

/**
 * Reads a folder's mails, each once, whatever others rename meanwhile.
 *
 * 1. The folder is listed, and what is not known yet is read in the order of names, which is about that on the disk.
 * 2. A mail that is not there under its name any more is looked for in the next listing.
 * 3. A listing that may lack a mail, because the folder changed a moment ago, is followed by others until some bring
 *    nothing new.
 *
 * It remembers one name for each mail of the folder.
 */
export class FolderPass {
  readonly folder: MailFolder;
  /** Stamp of the last listing. */
  stamp = '';
  /** Whether the last listing left nothing to be looked at again. */
  isSettled = false;
  readonly #root: string;
  readonly #settings: MaildirSettings;
  readonly #reader: MailReader;
  /** What was read, and when it was last listed. */
  readonly #known = new Map<string, number>();

  constructor(root: string, folder: MailFolder, settings: MaildirSettings, reader: MailReader) {
    this.#root = root;
    this.folder = folder;
    this.#settings = settings;
    this.#reader = reader;
  }

  /** How many mails the folder has that are not known yet. */
  count(): number {
    return this.#unknown(listFolder(this.#root, this.folder, this.#settings.reports)).length;
  }

  /**
   * Reads what is not known yet.
   *
   * @param quietListings how many listings in a row must bring nothing new, if the folder does not come to rest before
   * @param onRead called with how many files were looked at, batch by batch
   */
  async *read(
    quietListings: number,
    onRead: (mails: number) => void = () => {},
  ): AsyncGenerator<readonly MailMessage[]> {
    const missing = new Set<string>();
    let quiet = 0;
    for (let listings = 0; listings < maxListings; listings += 1) {
      const listing = listFolder(this.#root, this.folder, this.#settings.reports);
      const news = this.#unknown(listing);
      const missed = yield* this.#readPlaces(news, missing, onRead);
      if (this.#settings.signal?.aborted) return;
      quiet = news.length === 0 ? quiet + 1 : 0;
      const isLast = missed === 0 && (listing.isExact || quiet >= quietListings);
      // Nobody asks what was read when nothing is read any more.
      if (this.#settings.follow || !isLast) this.#remember(news, missing);
      if (this.#settings.follow) this.#forget(listing);
      if (isLast) {
        this.#leave(listing, missing.size);
        return;
      }
      await turn();
    }
    this.#giveUp(missing);
  }

  /** Frees what is only needed for reading on. */
  release(): void {
    this.#known.clear();
  }

  #unknown(listing: Listing): MailPlace[] {
    if (this.#known.size === 0) return [...listing.mails.values()];
    const places: MailPlace[] = [];
    for (const [unique, place] of listing.mails) if (!this.#known.has(unique)) places.push(place);
    return places;
  }

  /**
   * Reads mails, notes in `missing` those that are not there under their names and takes out those that are.
   *
   * @returns how many were not there
   */
  async *#readPlaces(
    places: readonly MailPlace[],
    missing: Set<string>,
    onRead: (mails: number) => void,
  ): AsyncGenerator<readonly MailMessage[], number> {
    const { reports, signal } = this.#settings;
    let missed = 0;
    for (let at = 0; at < places.length && !signal?.aborted; ) {
      const read = await this.#reader.read(this.folder, sameDirectory(places, at));
      if (missing.size > 0) for (const { unique } of places.slice(at, at + read.taken)) missing.delete(unique);
      for (const { unique } of read.missing) missing.add(unique);
      // After an abort nothing is handed out any more.
      const mails = signal?.aborted ? [] : read.mails;
      const left = read.mails.length - mails.length;
      reports.add('found', read.taken - read.missing.length - left);
      reports.add('renamed', read.missing.length);
      reports.add('filtered', read.filtered);
      reports.add('emitted', mails.length);
      missed += read.missing.length;
      at += read.taken;
      onRead(read.taken - read.missing.length);
      if (mails.length > 0) yield mails;
      await turn();
    }
    return missed;
  }

  #remember(read: readonly MailPlace[], missing: ReadonlySet<string>): void {
    const now = performance.now();
    for (const { unique } of read) if (!missing.has(unique)) this.#known.set(unique, now);
  }

  /** Forgets mails that are removed, so that the memory is that of the folder as it is. */
  #forget({ mails, isExact }: Listing): void {
    const now = performance.now();
    for (const [unique, listedMs] of this.#known) {
      if (mails.has(unique)) this.#known.set(unique, now);
      else if (isExact || now - listedMs > forgetMs) this.#known.delete(unique);
    }
  }

  #leave({ stamp, isExact }: Listing, gone: number): void {
    this.stamp = stamp;
    this.isSettled = isExact;
    this.#settings.reports.add('found', gone);
    this.#settings.reports.add('gone', gone);
  }

  #giveUp(missing: ReadonlySet<string>): void {
    const { reports } = this.#settings;
    this.isSettled = false;
    const path = forPeople([this.#root, ...this.folder.directories].join('/'));
    reports.add('found', missing.size);
    for (const unique of missing)
      reports.reject('ERR_MAIL_SOURCE_UNSETTLED', 'is renamed each time that it is looked for', `${path}/${unique}`);
  }
}
