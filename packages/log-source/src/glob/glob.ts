import path from 'node:path';
import { check } from '../check.ts';
import { globSegment } from './glob-segment.ts';

/** A glob with the folder that it is resolved below. */
export class Glob {
  /** As a path: below `root`, absolute, without `.` and `..`. */
  readonly text: string;
  /** Path segments after the first `/`: a literal, or a test of a name. */
  readonly segments: readonly (string | ((name: string) => boolean))[];
  /** Whether it names one path and matches nothing. */
  readonly isLiteral: boolean;

  /**
   * @param glob `*`, `?`, `[…]` in any segment; `**` is refused
   * @param root folder that the glob is resolved below: `/a` and `../a` are `<root>/a`. Without it, relative globs
   *   are relative to the working directory.
   */
  constructor(glob: string, root?: string) {
    const segments = glob.split('/');
    if (segments.includes('**')) throw check.bad('globs', "without '**' (write one '*' for each level)", glob);
    this.text = root === undefined ? path.resolve(glob) : path.join(path.resolve(root), path.resolve('/', glob));
    const base = root === undefined ? '' : path.resolve(root);
    const literalSegments = root === undefined ? 0 : base.split('/').filter(Boolean).length;
    this.segments = this.text
      .split('/')
      .filter(Boolean)
      // The characters of `root` are never magic.
      .map((segment, index) => (index < literalSegments ? segment : globSegment(segment)));
    this.isLiteral = this.segments.every((segment) => typeof segment === 'string');
  }

  /** Whether the glob would find a file at this absolute path. */
  matches(file: string): boolean {
    const names = file.split('/').filter(Boolean);
    return (
      names.length === this.segments.length &&
      this.segments.every((segment, index) => {
        const name = names[index] as string;
        return typeof segment === 'string' ? segment === name : segment(name);
      })
    );
  }
}
