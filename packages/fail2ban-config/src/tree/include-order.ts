import { folderOf, joinPath } from '../config-files.ts';
import { faultAt, quote } from '../fail2ban-config-error.ts';
import type { IniFault, IniFile } from '../ini/ini-file.ts';
import type { Place } from '../place.ts';
import type { Line } from '../values/value.ts';
import type { Includes } from './includes-of.ts';

/** Most files that include each other in a row. */
export const MAX_INCLUDE_DEPTH = 20;
/** Most includes of one configuration, those of files that are not there counted too. */
export const MAX_INCLUDES = 1000;

/** A file and what it includes. */
export interface IncludingFile {
  readonly file: IniFile;
  readonly includes: Includes;
}

/** `x.local` for `x.conf`. */
const localTwin = (path: string): string => path.replace(/(?<=[^/])\.[^./]*$/, '').concat('.local');

/** Lists the files that a list of files stands for: each with its includes around it and its `.local` twin behind. */
export class IncludeOrder {
  /** In reading order; one that several include is there several times. */
  readonly files: IniFile[] = [];
  readonly faults: IniFault[] = [];
  readonly #load: (path: string) => IncludingFile | undefined;
  #includes = 0;

  /** @param load gives `undefined` for a file that is not there */
  constructor(load: (path: string) => IncludingFile | undefined) {
    this.#load = load;
  }

  /** Adds files, in this order. An include over a bound is left out and listed as a fault. */
  add(paths: readonly string[]): void {
    this.#addAll(paths, [], undefined);
  }

  #addAll(paths: readonly string[], stack: readonly string[], asked: Place | undefined): void {
    for (const path of paths) {
      this.#addOne(path, stack, asked);
      const twin = localTwin(path);
      if (!paths.includes(twin)) this.#addOne(twin, stack, asked);
    }
  }

  #addOne(path: string, stack: readonly string[], asked: Place | undefined): void {
    if (stack.includes(path)) return;
    if (stack.length > 0) this.#includes += 1;
    const loaded = this.#includes > MAX_INCLUDES ? undefined : this.#load(path);
    if (this.#includes > MAX_INCLUDES) this.#over(`${MAX_INCLUDES} includes`, path, asked);
    if (loaded === undefined) return;
    if (stack.length > MAX_INCLUDE_DEPTH) {
      this.#over(`${MAX_INCLUDE_DEPTH} levels`, path, asked);
      return;
    }
    const { file, includes } = loaded;
    this.#include(includes.before, file, stack);
    if (!this.files.includes(file)) this.faults.push(...includes.faults);
    this.files.push(file);
    this.#include(includes.after, file, stack);
  }

  #over(bound: string, path: string, asked: Place | undefined): void {
    const fault = `includes go over ${bound} with ${quote(path)}`;
    const error = faultAt(asked, 'ERR_FAIL2BAN_CONFIG_INCLUDE', fault, 'include fewer files, each by one path');
    if (!this.faults.some(({ error: { code } }) => code === error.code))
      this.faults.push({ error, section: undefined });
  }

  #include(names: readonly Line[], file: IniFile, stack: readonly string[]): void {
    for (const { text, place } of names)
      this.#addAll([joinPath(folderOf(file.path), text)], [...stack, file.path], place);
  }
}
