import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of its own with files for a test; disposed of, it is gone. */
export class SceneFolder {
  readonly dir: string = realpathSync(mkdtempSync(path.join(tmpdir(), 'sluice-scene-')));

  path(name: string): string {
    return path.join(this.dir, name);
  }

  /** Writes a file below the folder, and the folders above it; its path. */
  write(name: string, content: string | Uint8Array): string {
    const file = this.path(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
