import { stopOnSignals } from '@sluice/command-line';
import { eximq } from './eximq.ts';

const io = { stdin: 0, stdout: 1, stderr: 2, env: process.env, stop: stopOnSignals() };
void eximq(process.argv.slice(2), io).then((status) => {
  // All that it writes is written when it returns. Taking the heap of a large queue apart would only take time.
  process.exit(status);
});
