import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureCommand } from '../../../../tools/bench/measure.mjs';

const program = fileURLToPath(new URL('../../bin/activity-calendar.js', import.meta.url));

/** A repository, and a folder for what is made of it. */
export class Workplace {
  /** @param {string} repository */
  constructor(repository) {
    this.repository = repository;
    this.folder = mkdtempSync(path.join(tmpdir(), 'activity-calendar-bench-'));
    this.output = path.join(this.folder, 'commits.ics');
  }

  /**
   * The program's command line that writes the calendar anew; the old one is removed first, for one that would not change
   * is not written.
   *
   * @param {string} kind
   * @param {string} source
   */
  command(kind, source) {
    rmSync(this.output, { force: true });
    return [process.execPath, program, kind, source, '-q', '-o', this.output];
  }

  close() {
    rmSync(this.folder, { recursive: true });
  }
}

/**
 * Wall time of a command. A repository that this very user did not make is not asked about.
 *
 * @param {readonly string[]} argv
 * @returns {Promise<import('../../../../tools/bench/types.d.ts').Run>}
 */
export async function wallTime(argv) {
  const { wallMs, cpuMs } = await measureCommand(argv, 1, { env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } });
  return { value: wallMs, wallMs, cpuMs };
}
