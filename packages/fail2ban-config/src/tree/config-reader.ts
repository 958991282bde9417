import { type ConfigFiles, joinPath } from '../config-files.ts';
import { Fail2banConfigError } from '../fail2ban-config-error.ts';
import type { IniFault, IniFile } from '../ini/ini-file.ts';
import { parseIni } from '../ini/parse-ini.ts';
import type { ConfigTree } from './config-tree.ts';
import { IncludeOrder, type IncludingFile } from './include-order.ts';
import { includesOf } from './includes-of.ts';
import { mergeFiles } from './merge-files.ts';

const fileFault = (error: unknown): IniFault => {
  if (error instanceof Fail2banConfigError) return { error, section: undefined };
  throw error;
};

/** A map that computes what it does not hold. */
function memo<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as T;
  };
}

/** Reads the configurations of one folder; each file is read and parsed once. */
export class ConfigReader {
  /** The configuration folder, without a slash at its end. */
  readonly dir: string;
  /**
   * Reads NAME.conf, NAME.d/*.conf, NAME.local and NAME.d/*.local with their includes; `undefined` when there is none.
   * What cannot be read is left out and listed among the tree's faults. The argument is `jail` or `filter.d/sshd`.
   */
  readonly tree: (name: string) => ConfigTree | undefined;
  readonly #files: ConfigFiles;
  readonly #load: (path: string) => IncludingFile | undefined;

  constructor(files: ConfigFiles, dir: string) {
    this.#files = files;
    this.dir = dir.replace(/(?<=.)\/+$/, '');
    this.tree = memo((name) => this.#readTree(name));
    this.#load = memo((path) => this.#loadFile(path));
  }

  #readTree(name: string): ConfigTree | undefined {
    const base = joinPath(this.dir, name);
    const faults: IniFault[] = [];
    const parts = this.#parts(`${base}.d`, faults);
    const order = new IncludeOrder(this.#load);
    order.add([
      `${base}.conf`,
      ...parts.filter((path) => path.endsWith('.conf')),
      `${base}.local`,
      ...parts.filter((path) => path.endsWith('.local')),
    ]);
    faults.push(...order.faults);
    return order.files.length === 0 && faults.length === 0 ? undefined : mergeFiles(name, order.files, faults);
  }

  #parts(dir: string, faults: IniFault[]): readonly string[] {
    try {
      const names = this.#files.list(dir).filter((name) => !name.startsWith('.'));
      return names.toSorted().map((name) => `${dir}/${name}`);
    } catch (error) {
      faults.push(fileFault(error));
      return [];
    }
  }

  #loadFile(path: string): IncludingFile | undefined {
    let file: IniFile;
    try {
      const text = this.#files.read(path);
      if (text === undefined) return undefined;
      file = parseIni(text, path);
    } catch (error) {
      file = { path, sections: new Map(), faults: [fileFault(error)] };
    }
    return { file, includes: includesOf(file) };
  }
}
