import type { NetworkChange } from '../../networks/network-driver.ts';
import { NginxDriver } from '../nginx-driver.ts';
import { resolveNginxOptions } from '../options.ts';

// Writes the file again and again, with now few and now many networks, until it is killed.
const [file = ''] = process.argv.slice(2);
const driver = new NginxDriver(resolveNginxOptions({ file, reloadCommand: ['true'], reloadIntervalMs: 0 }));
await driver.start();
for (let round = 0; ; round += 1) {
  const count = round % 2 === 0 ? 20_000 : 40_000;
  await driver.reconcile(
    Array.from({ length: count }, (_, n): NetworkChange => {
      const address = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
      return { kind: 'ban', address, family: 4, prefix: 32, jail: 'sshd', timeoutMs: Infinity, isKnown: false };
    }),
  );
  if (round === 0) process.stdout.write('writing\n');
}
