// Opens the state in a folder and closes it; writes what keeps it from that, or nothing. Usage: <folder>
import { openBanStore } from '../open-ban-store.ts';

try {
  await openBanStore(process.argv[2] ?? '').close();
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`);
}
