import { fileURLToPath } from 'node:url';
import { measureCommand } from '../../../../tools/bench/measure.mjs';
import { eximSpool } from '../../../../tools/generate/exim-spool.mjs';

/** @typedef {import('../../../../tools/bench/types.d.ts').Run} Run */

const program = fileURLToPath(new URL('../../bin/eximq.cjs', import.meta.url));

/** With it Node.js reads certificates when it starts, which takes longer than all the rest of its start. */
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/** A queue of many messages, and how programs are run on it. */
export class QueuePlace {
  /** @param {Awaited<ReturnType<typeof eximSpool>>} made */
  constructor({ folder, spool, config }) {
    this.folder = folder;
    this.spool = spool;
    this.config = config;
  }

  /**
   * The files are read once, so that whoever is measured first does not pay for the disk.
   *
   * @param {string} cache @param {number} count
   */
  static async make(cache, count) {
    const place = new QueuePlace(await eximSpool(cache, count));
    await measureCommand(place.exim('-bp'), 1);
    return place;
  }

  /** @param {readonly string[]} args */
  eximq(...args) {
    return [process.execPath, program, '--spool', this.spool, '--config', this.config, ...args];
  }

  /** @param {readonly string[]} args */
  exim(...args) {
    return ['exim4', '-C', this.config, ...args];
  }

  /** @param {readonly string[]} args */
  exiqgrep(...args) {
    return ['exiqgrep', '-C', this.config, ...args];
  }
}

/** @param {readonly string[]} argv @returns {Promise<Run>} */
export async function cpuTime(argv) {
  const { wallMs, cpuMs } = await measureCommand(argv, 1, { env });
  return { value: cpuMs, wallMs, cpuMs };
}

/** @param {readonly string[]} argv @returns {Promise<Run>} */
export async function wallTime(argv) {
  const { wallMs, cpuMs } = await measureCommand(argv, 1, { env });
  return { value: wallMs, wallMs, cpuMs };
}
