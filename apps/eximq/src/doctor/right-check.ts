import { type QueuePlace, runExim } from '@sluice/exim-queue/batches';
import type { Check } from './check.ts';
import { faultCheck } from './fault-check.ts';

/** No message has it. */
const nobodysId = '000000-000000-00';

/** Whether Exim lets this user act on messages: it tells its administrators what it refuses all others. */
export async function rightCheck(place: QueuePlace, signal: AbortSignal): Promise<Check> {
  const what = 'actions';
  try {
    const { stdout, stderr } = await runExim(place, ['-Mvl', nobodysId], { signal });
    if (!/permission denied/i.test(stdout + stderr))
      return { level: 'ok', what, text: 'Exim lets this user act on messages' };
    const text = "this user is none of Exim's administrators, and may not act on messages";
    return { level: 'warn', what, text, cure: "use sudo, or join Exim's group: Debian-exim on Debian" };
  } catch (error) {
    return faultCheck(what, 'warn', error);
  }
}
