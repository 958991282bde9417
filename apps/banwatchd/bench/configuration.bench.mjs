import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { measureCommand } from '../../../tools/bench/measure.mjs';
import { available, banwatch, ownEnvironment } from './support/peer.mjs';

const jails = 91;

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'configuration-dumped',
  async prepare({ cache }) {
    const dir = path.join(cache, 'banwatchd-stock-tree');
    rmSync(dir, { recursive: true, force: true });
    cpSync('/etc/fail2ban', dir, { recursive: true, dereference: true });
    writeFileSync(path.join(dir, 'jail.local'), '[DEFAULT]\nenabled = true\n');
    return { dir };
  },
  measurements: [
    {
      metric: 'jails of the stock tree loaded and dumped per CPU second of the command',
      unit: 'jails/s',
      better: 'higher',
      target: 1,
      available: available('fail2ban-client'),
      ours: ({ dir }) => measureCommand([process.execPath, banwatch, '-c', dir, '-d'], jails, { env: ownEnvironment }),
      theirs: {
        name: 'fail2ban-client -d',
        available: available('fail2ban-client'),
        run: ({ dir }) => measureCommand(['fail2ban-client', '-c', dir, '-d'], jails, { exitCodes: [0, 255] }),
      },
    },
  ],
  cleanup: async ({ dir }) => rmSync(dir, { recursive: true, force: true }),
};
