// Says when it may be told to stop, and ends a while after it was.
import { stopOnSignals } from '../run/stop-on-signals.ts';

const { signal } = stopOnSignals();
const wait = setInterval(() => {}, 1000);
signal.addEventListener('abort', () => {
  console.log('stopping');
  if (process.argv[2] !== 'never') clearInterval(wait);
});
console.log('ready');
